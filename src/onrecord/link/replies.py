"""A link between an answer and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.link.aims import Aim
from onrecord.records import Act, Reply
from onrecord.spans import Span

__all__ = ["Link", "holds", "is_about", "link", "overlap"]

_REPLIES: Mapping[Act, Reply] = {
    "denies": "denies",
    "disputes": "disputes",
    "apologises": "apologises",
    "declines": "declines",
    "accuses": "escalates",
    "threatens": "escalates",
    "supports": "supports",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One answer, with the words that show it."""

    answering: Aim
    answered: Aim
    reply: Reply
    evidence: tuple[Span, ...]
    confidence: float
    method: str


def link(
    aim: Aim, other: Aim, method: str, confidence: float, *, reply: Reply | None = None
) -> Link:
    """Return the link by which *aim* answers *other*; its act says how, unless *reply* does."""
    statement = aim.statement
    places = [place for place in (statement.cue, *statement.content) if place]
    return Link(
        answering=aim,
        answered=other,
        reply=reply or _REPLIES.get(statement.act, "answers"),
        evidence=tuple(sorted(set(places))),
        confidence=confidence,
        method=method,
    )


def holds(aim: Aim, other: Aim) -> bool:
    """Return whether the content of *aim* holds that of *other* ("declined to say whether").

    Both are of one article.
    """
    return any(
        mine.covers(theirs) for mine in aim.statement.content for theirs in other.statement.content
    )


def is_about(aim: Aim, other: Aim) -> bool:
    """Return whether *aim* speaks of the speaker of *other*, or of what that speaker is part of."""
    if aim.about & other.voices:
        return True
    return bool(aim.marks & other.side) and not aim.side & other.side


def overlap(aim: Aim, other: Aim) -> bool:
    """Return whether the contents of two statements share characters of one article."""
    return aim.statement.article_id == other.statement.article_id and any(
        mine.overlaps(theirs)
        for mine in aim.statement.content
        for theirs in other.statement.content
    )
