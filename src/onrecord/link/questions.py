"""Answers to what the sentence itself shows: a question before them, a claim inside them."""

import re
from collections.abc import Iterator, Sequence

from onrecord.link.aims import Aim
from onrecord.link.replies import Link, holds, link, overlap
from onrecord.records import Act

__all__ = ["is_in_a_deed", "links_inside", "links_to_questions"]

_ADJACENT = 4
"""Characters between a question and whatever follows as its answer: stop, space, quotation mark."""
_NEAR = 200
"""Characters, some two sentences, between a question and a plain answer in its paragraph."""
_LINES = 2
"""Line ends between two paragraphs."""
_BESIDE = 3
"""Statements before and after a question among which is what the person said to whom it was put."""
_PLAIN_ANSWERS: frozenset[Act] = frozenset(("states", "answers", "declines", "denies"))
_CLAUSE = re.compile(
    r"(?!what\b).*\b(?:am|are|be|been|did|had|has|have|is|was|were|will|would)\b", re.DOTALL
)
"""Words in front of a claim that speak of a deed: what is denied is the deed and not the claim."""
_ABOUT_A_CLAIM: frozenset[Act] = frozenset(("denies", "disputes", "declines"))


def links_to_questions(here: Sequence[Aim]) -> Iterator[Link]:
    """Yield the answers to the questions of an article; *here* are its statements in order.

    The next statement by somebody else answers where it follows at once, or plainly and in the
    same paragraph; so does what its speaker goes on to say there. "Roe, asked whether the quay
    was safe, said no" is an answer of Roe. What somebody would not say is answered by others who
    say it there ("Roe did not say whether ..., but two clerks said ...").
    """
    for place, question in enumerate(here):
        if question.asked == "open":
            yield from _said_by_others(question, here[place + 1 : place + 1 + _BESIDE])
        if not question.is_question:
            continue
        beside = here[max(0, place - _BESIDE) : place + 1 + _BESIDE]
        around = next((aim for aim in beside if _is_around(aim, question)), None)
        if around is not None:
            yield link(around, question, "question", 0.8)
            continue
        for number, answer in enumerate(_answers(question, here[place + 1 :])):
            yield link(answer, question, "question", 0.6 if number else 0.8)


def _said_by_others(question: Aim, after: Sequence[Aim]) -> Iterator[Link]:
    """Yield the next statement in the paragraph, if somebody else makes it and it is set against."""
    outside = [aim for aim in after if aim.start >= question.sentence.end]
    for aim in outside[:1]:
        against = aim.contrasts and bool(aim.voices) and not aim.voices & question.voices
        if against and aim.lines[0] == question.lines[1] and aim.statement.act in _PLAIN_ANSWERS:
            yield link(aim, question, "question", 0.6)


def _is_around(aim: Aim, question: Aim) -> bool:
    """Return whether the sentence of an answer holds its question.

    Of one source with the question ("Roe, asked whether ..., said no"), or with the words of the
    question before its own ("Asked, "Was it you?" Roe replied, "No."").
    """
    said, asked = aim.statement, question.statement
    if aim.key == question.key or not aim.voices or said.act == "asks":
        return False
    end = asked.content[-1].end
    if question.asked == "put" and said.source == asked.source:
        return said.cue is not None and end <= said.cue.start
    follows = end <= said.content[-1].start and question.start <= aim.start
    return follows and overlap(aim, question) and not aim.voices & question.voices


def _answers(question: Aim, after: Sequence[Aim]) -> Iterator[Aim]:
    """Yield what answers a question: one statement, and those that its speaker adds."""
    last = question
    for aim in after:
        if last is not question and _is_of_one_sentence(aim, last):
            yield aim
            continue
        if aim.start < last.sentence.end - 1 or aim.key == question.key:
            continue
        if aim.lines[0] != last.lines[1] and not (last is question and _follows(aim, question)):
            return
        if last is question:
            if not _is_answer(aim, question):
                return
        elif aim.voices != last.voices:
            return
        yield aim
        last = aim


def _is_of_one_sentence(aim: Aim, last: Aim) -> bool:
    """Return whether two statements have one source ("said the quay was safe and called ...")."""
    source = aim.statement.source
    return source is not None and source == last.statement.source and not overlap(aim, last)


def _follows(aim: Aim, question: Aim) -> bool:
    """Return whether a paragraph opens with *aim* right after one that ends with a question.

    It is asked, as is said: many a speech ends with a question that nobody is to answer.
    """
    gap = aim.start - question.sentence.end
    return bool(question.asked) and gap <= _ADJACENT and aim.lines[0] - question.lines[1] <= _LINES


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


def is_in_a_deed(aim: Aim, other: Aim) -> bool:
    """Return whether *aim* denies what somebody did about *other*, and not *other* itself.

    "Roe denied that she had ignored Brandt's warning that the pier was unsafe" says nothing of
    the pier.
    """
    inside = aim.statement.article_id == other.statement.article_id and holds(aim, other)
    if not inside or aim.statement.act == "declines":
        return False
    before = other.sentence.start - aim.statement.content[0].start
    return _CLAUSE.match(aim.statement.text[: max(0, before)]) is not None
