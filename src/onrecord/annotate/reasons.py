"""Behind a demand or an announcement that somebody leaves, why: these are the outlet's words.

"The council called on Ines Moll to resign over the flood that had cost 40 families their
homes": what was said is that she should resign. Left in, the reason outweighs the demand, and
the same demand in another outlet, with another reason or none, looks like other words.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span

__all__ = ["without_reasons"]

_REASONS = frozenset(("over", "amid"))
_TIMES = frozenset(("weekend", "next", "past", "last", "coming", "course", "summer", "winter"))
"""One of the two words behind "over" that make it a time."""
_REACH = 7
"""Words between the leaving and its reason: "step down as chairman of the board over"."""
_LEAST = 3
"""Words that must be left."""


def without_reasons(
    found: Sequence[Attribution], parse: Parse, leaving: frozenset[str]
) -> tuple[Attribution, ...]:
    """Return *found* with indirect statements cut before the reason for a *leaving*.

    No statement is cut to the words of another.
    """
    taken = {one.content for one in found}
    done = list(found)
    for place, one in enumerate(found):
        content = _without_reason(one, parse, leaving) if one.mode == "indirect" else one.content
        if content not in taken:
            taken.add(content)
            done[place] = replace(one, content=content)
    return tuple(replace(one, within=_around(one, done)) for one in done)


def _without_reason(one: Attribution, parse: Parse, leaving: frozenset[str]) -> tuple[Span, ...]:
    last = one.content[-1]
    first, end = bisect_left(parse.starts, last.start), bisect_left(parse.starts, last.end)
    for token in range(first + _LEAST, end):
        before = parse.lowers[max(first, token - _REACH) : token]
        after = parse.lowers[token + 1 : token + 3]
        if (
            parse.lowers[token] in _REASONS
            and not leaving.isdisjoint(before)
            and _TIMES.isdisjoint(after)
        ):
            comma = parse.words[token - 1] == ","
            return (*one.content[:-1], Span(last.start, parse.ends[token - 1 - comma]))
    return one.content


def _around(one: Attribution, done: Sequence[Attribution]) -> int | None:
    """Return the number of the statement that still holds *one*, from the nearest outwards."""
    outer = one.within
    while outer is not None and not done[outer].holds(one):
        outer = done[outer].within
    return outer
