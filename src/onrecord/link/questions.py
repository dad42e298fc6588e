"""Answers to what the sentence itself shows: a question before them, a claim inside them."""

from collections.abc import Iterator, Sequence

from onrecord.link.aims import Aim
from onrecord.link.replies import Link, holds, link
from onrecord.records import Act

__all__ = ["links_inside", "links_to_questions"]

_ADJACENT = 4
"""Characters between a question and whatever follows as its answer: stop, space, quotation mark."""
_NEAR = 200
"""Characters, some two sentences, between a question and a plain answer in its paragraph."""
_PLAIN_ANSWERS: frozenset[Act] = frozenset(("states", "answers", "declines", "denies"))
_ABOUT_A_CLAIM: frozenset[Act] = frozenset(("denies", "disputes", "declines"))


def links_to_questions(here: Sequence[Aim]) -> Iterator[Link]:
    """Yield the answers to the questions of an article; *here* are its statements in order.

    The next statement by somebody else answers where it follows at once, or plainly and in the
    same paragraph; so does what its speaker goes on to say there. A statement that declines
    what it holds ("declined to say whether") answers it.
    """
    for place, question in enumerate(here):
        if question.is_question:
            for number, answer in enumerate(_answers(question, here[place + 1 :])):
                yield link(answer, question, "question", 0.6 if number else 0.8)


def _answers(question: Aim, after: Sequence[Aim]) -> Iterator[Aim]:
    """Yield what answers a question: one statement, and those that its speaker adds."""
    last = question
    for aim in after:
        if aim.start < last.sentence.end - 1 or aim.key == question.key:
            continue
        if aim.lines[0] != last.lines[1]:
            return
        if last is question:
            if not _is_answer(aim, question):
                return
        elif aim.voices != last.voices:
            return
        yield aim
        last = aim


def _is_answer(aim: Aim, question: Aim) -> bool:
    if not aim.voices or aim.voices & question.voices or aim.statement.act == "asks":
        return False
    gap = aim.start - question.sentence.end
    return gap <= _ADJACENT or (gap <= _NEAR and aim.statement.act in _PLAIN_ANSWERS)


def links_inside(here: Sequence[Aim]) -> Iterator[Link]:
    """Yield denials, disputes and refusals with the statement of somebody else they hold.

    "The board disputed claims that the pier was shut" answers those claims.
    """
    for place, aim in enumerate(here):
        if aim.statement.act not in _ABOUT_A_CLAIM:
            continue
        for other in here[place + 1 :]:
            if other.start > aim.sentence.end:
                break
            if not aim.voices & other.voices and aim.key != other.key and holds(aim, other):
                yield link(aim, other, "inside", 0.8)
