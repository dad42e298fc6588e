"""Paragraphs that each open with a mark and do not close it: they go on with what was announced.

The model reads a speech that is printed over many paragraphs window by window, and leaves the later
paragraphs without a source. The marks tell that they belong to the first.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Quotation

__all__ = ["with_continued"]


def with_continued(
    found: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Return *found*, nameless paragraphs of a quotation joined to the statement that opens it."""
    inside = _inside(found, quotations)
    joined: dict[int, list[int]] = {}
    owners: dict[int, int] = {}
    for number, quotation in enumerate(quotations):
        places = inside.get(number, [])
        named = [place for place in places if not _is_nameless(found[place])]
        owner = None if quotation.continues is None else owners.get(quotation.continues)
        if owner is not None and places and not named:
            joined.setdefault(owner, []).extend(places)
            owners[number] = owner
        elif len(named) == 1:
            owners[number] = named[0]
    rests = {place for places in joined.values() for place in places}
    return [
        _with_rests(one, [found[rest] for rest in joined.get(place, ())])
        for place, one in enumerate(found)
        if place not in rests
    ]


def _inside(found: Sequence[Attribution], quotations: Sequence[Quotation]) -> dict[int, list[int]]:
    """Return the statements with words in each outer quotation."""
    outer = [number for number, one in enumerate(quotations) if not one.depth]
    starts = [quotations[number].outer.start for number in outer]
    inside: dict[int, list[int]] = {}
    for place, one in enumerate(found):
        for piece in one.content:
            first = max(bisect_right(starts, piece.start) - 1, 0)
            for number in outer[first : bisect_right(starts, piece.end)]:
                places = inside.setdefault(number, [])
                if quotations[number].outer.overlaps(piece) and place not in places[-1:]:
                    places.append(place)
    return inside


def _is_nameless(one: Attribution) -> bool:
    return one.source is None and one.cue is None


def _with_rests(one: Attribution, rests: Sequence[Attribution]) -> Attribution:
    if not rests:
        return one
    pieces = {span for rest in rests for span in rest.content}
    return replace(one, content=tuple(sorted(pieces.union(one.content))))
