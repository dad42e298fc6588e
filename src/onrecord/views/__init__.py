"""Answers to a reader's questions as plain rows, one module a question.

Views read the rows of one story and nothing else, so they work where no model is installed.
They choose and count; they never change, merge or drop a row of the record.
"""
