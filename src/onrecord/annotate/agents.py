"""Where the agent of a passive ends: "described by Holt as reckless | after the vote"."""

from collections.abc import Container

from onrecord.annotate.certainties import Claim, Range
from onrecord.annotate.found import Parse

__all__ = ["with_whole_agent"]

_ALWAYS = frozenset(("after", "amid", "before", "during", "when", "while"))
_BEFORE_TIMES = frozenset(("at", "in", "last", "next", "on", "this"))
_TIMES = frozenset(("afternoon", "april", "august", "autumn", "evening", "june", "march", "may"))
_TIMES |= {"month", "months", "morning", "night", "spring", "summer", "week", "weeks", "winter"}
_TIMES |= {"year"}
_ROOMS = frozenset(("court", "parliament", "public"))
_MEDIA = frozenset(
    ("email", "hearing", "interview", "letter", "post", "report", "speech", "statement", "tweet")
)
"""What somebody says something in: behind "in" and a determiner."""


def with_whole_agent(parse: Parse, claim: Claim, dates: Container[str]) -> Claim:
    """Return the claim of a passive with its agent short, and nothing of when it was said.

    *dates* are folded words of the calendar.
    """
    if claim.source is None or claim.cue is None or claim.source[0] < claim.cue[1]:
        return claim
    first, last = claim.source
    if parse.lowers[first] == "by" and last > first + 1:
        first += 1
    if parse.lowers[first - 1] != "by":
        return claim
    contents = tuple(
        _short(parse, piece, dates) if piece[0] >= last else piece for piece in claim.contents
    )
    return claim._replace(source=_short(parse, (first, last), dates), contents=contents)


def _short(parse: Parse, span: Range, dates: Container[str]) -> Range:
    first, last = span
    words = parse.lowers
    end = next((at for at in range(first + 1, last) if _opens_adjunct(words, at, dates)), last)
    while end > first + 1 and words[end - 1] == ",":
        end -= 1
    return first, end


def _opens_adjunct(words: tuple[str, ...] | list[str], item: int, dates: Container[str]) -> bool:
    """Return whether a time, a room or a medium starts at *item*: "after the vote", "in court"."""
    word = words[item]
    after = words[item + 1] if item + 1 < len(words) else ""
    if word in _ALWAYS or word not in _BEFORE_TIMES:
        return word in _ALWAYS
    if after in dates or after in _TIMES or (word == "in" and (after.isdigit() or after in _ROOMS)):
        return True
    return word == "in" and any(one in _MEDIA for one in words[item + 2 : item + 3])
