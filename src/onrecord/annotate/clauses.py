"""Statements whose cue is a verb: the content before it, after it or around it."""

from typing import NamedTuple

from onrecord.annotate.contents import (
    Right,
    after_adjuncts,
    right_content,
    stripped,
    whole_quotation,
)
from onrecord.annotate.cues import find_cues
from onrecord.annotate.drafts import Context, Draft, Pieces
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_adverb
from onrecord.annotate.sources import Source, Spot, source_after, source_before
from onrecord.annotate.units import Unit
from onrecord.spans import Span

__all__ = ["drafts_of_unit"]

_DASHES = frozenset(("-", "—", "–"))
_BREAKS = frozenset((",", ";", *_DASHES))
_SHORTEST_CLAUSE = 2
"""Items: "No, he said." has too few words to tell from an adverb."""


class _Cued(NamedTuple):
    """A cue with its source."""

    spot: Spot
    source: Source


def drafts_of_unit(context: Context, number: int, cuts: list[int]) -> list[Draft]:
    """Return the attributions whose cue is a verb of unit *number*, in order of their cues.

    *cuts* are items where other rules found an attribution to start; new ones are added.
    """
    unit = context.units[number]
    cued = _sourced(unit, context.lexicon)
    drafts: list[Draft] = []
    # From right to left: where a later attribution starts, the content before it ends.
    for found in reversed(cued):
        draft = _draft(context, number, found, cuts)
        if draft is not None:
            drafts.append(draft)
            cut = _cut(unit, context.lexicon, found)
            if cut is not None:
                cuts.append(cut)
    drafts.reverse()
    return drafts


def _sourced(unit: Unit, lexicon: Lexicon) -> list[_Cued]:
    """Return the cues of a unit that have a source in it."""
    known: list[tuple[Spot, Source]] = []
    for spot in find_cues(unit, lexicon):
        if spot.passive:
            continue
        source = _source(unit, lexicon, spot, known)
        if source is not None:
            known.append((spot, source))
    return [_Cued(spot, source) for spot, source in known]


def _source(
    unit: Unit, lexicon: Lexicon, spot: Spot, known: list[tuple[Spot, Source]]
) -> Source | None:
    """Return the subject before a cue or, where content stands before it, the name after it."""
    inverts = "v" in spot.reading.cue.frames and spot.reading.form in ("past", "s")
    before = spot.first - 1
    while before > 0 and is_adverb(lexicon, unit.lowers[before]):
        before -= 1
    if inverts and before >= 0:
        if unit.quotations[before] >= 0 and whole_quotation(unit, before):
            return source_after(unit, lexicon, spot)
        if unit.lowers[before] in _DASHES or unit.lowers[before] == ",":
            inverted = source_after(unit, lexicon, spot)
            if inverted is not None and _closes(unit, lexicon, inverted.last):
                return inverted
    return source_before(unit, lexicon, spot, known)


def _closes(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether nothing but adjuncts follows before the next mark or the end."""
    after = after_adjuncts(unit, lexicon, item)
    return after >= len(unit) or (not unit.is_word(after) and unit.quotations[after] < 0)


def _cut(unit: Unit, lexicon: Lexicon, found: _Cued) -> int | None:
    """Return the item at which content to the left must end because this cue takes over."""
    clause = found.source.clause
    if found.source.how in ("shared", "participle"):
        place = clause
        return place if unit.lowers[place] in (",", "and", "but", "or", "then") else None
    if clause == 0:
        return None
    before = unit.lowers[clause - 1]
    if (
        before in (",", ";", "—", "–")
        or lexicon.has(before, "conjunction")
        or before
        in (
            "while",
            "although",
            "though",
            "whereas",
            "as",
        )
    ):
        return clause - 1
    return None


def _draft(context: Context, number: int, found: _Cued, cuts: list[int]) -> Draft | None:
    unit = context.units[number]
    spot, source = found
    frames = spot.reading.cue.frames
    anchor = spot.first if source.how == "inverted" else min(source.first, spot.first)
    if source.how in ("subject", "aside", "inverted", "relative"):
        draft = _left(context, number, found, anchor, cuts)
        if draft is not None:
            return draft
    if source.how == "inverted":
        return None
    right = right_content(context, unit, spot.last, frames, cuts)
    if right is None:
        return _across(context, number, found)
    pieces = [unit.span(right.first, right.last)]
    if right.marked:
        _use(context, unit, right.first)
        pieces += _follow_on(context, number)
    return _make(unit, number, found, pieces, _method(right, source))


def _method(right: Right, source: Source) -> str:
    if right.marked:
        return f"rules:quotation-after-{source.how}"
    return f"rules:{right.frame}-after-{source.how}"


def _make(unit: Unit, number: int, found: _Cued, pieces: Pieces, method: str) -> Draft:
    spot, source = found
    return Draft(
        source=unit.span(source.first, source.last),
        cue=unit.span(spot.first, spot.last),
        content=tuple(pieces),
        cue_class=spot.reading.cue.cue_class,
        method=method,
        unit=number,
    )


def _use(context: Context, unit: Unit, item: int) -> None:
    if unit.quotations[item] >= 0:
        context.used.add(unit.quotations[item])


def _left(
    context: Context, number: int, found: _Cued, anchor: int, cuts: list[int]
) -> Draft | None:
    """Return the attribution whose content stands before the cue, or around it."""
    unit = context.units[number]
    before = anchor - 1
    while before > 0 and is_adverb(context.lexicon, unit.lowers[before]):
        before -= 1
    if before < 0 or not found.spot.reading.cue.frames & {"q", "c"}:
        return None
    if unit.quotations[before] >= 0 and whole_quotation(unit, before):
        return _quotation_left(context, number, found, before)
    if unit.lowers[before] in _DASHES or unit.lowers[before] == ",":
        if before > 0 and unit.quotations[before - 1] >= 0:
            return _quotation_left(context, number, found, before - 1)
        return _clause_left(context, number, found, before, cuts)
    return None


def _quotation_left(context: Context, number: int, found: _Cued, item: int) -> Draft | None:
    """Return the attribution of the quotation at *item*, with what follows the cue in marks."""
    unit = context.units[number]
    start = _quotation_start(unit, context.lexicon, item)
    for place in range(start, item + 1):
        _use(context, unit, place)
    pieces = [unit.span(start, item + 1)]
    group = max(found.spot.last, found.source.last)
    second = _second_quotation(unit, context.lexicon, group)
    if second is not None:
        _use(context, unit, second)
        pieces.append(unit.span(second, second + 1))
    pieces += _follow_on(context, number)
    where = "around" if len(pieces) > 1 else "before"
    return _make(unit, number, found, pieces, f"rules:quotation-{where}-{found.source.how}")


def _quotation_start(unit: Unit, lexicon: Lexicon, item: int) -> int:
    """Return where content starts that ends with a quotation: with it, or with its clause."""
    place = item
    while place > 0:
        before = unit.lowers[place - 1]
        if unit.quotations[place - 1] < 0 and (before in ",:;" or before in lexicon.cues):
            return item
        place -= 1
    return place


def _second_quotation(unit: Unit, lexicon: Lexicon, item: int) -> int | None:
    """Return the quotation that goes on after "…,” she said (on Monday, after a vote), “…"."""
    for place in range(item, len(unit)):
        if unit.quotations[place] >= 0:
            before = unit.lowers[place - 1]
            return place if place == item or before in (",", ":", ".", "-", "—") else None
        if (
            place > item + 1
            and unit.lowers[place] in lexicon.cues
            and unit.lowers[place - 1] == ","
        ):
            return None
    return None


def _follow_on(context: Context, number: int) -> Pieces:
    """Return the quotations that go on right after: “…,” she said. “…” and next paragraphs."""
    unit = context.units[number]
    pieces: Pieces = []
    block = unit.block
    for after in range(number + 1, len(context.units)):
        following = context.units[after]
        if not all(quotation >= 0 for quotation in following.quotations):
            break
        if following.block > block + 1 or not _is_firm(context, following.quotations[0]):
            break
        block = following.block
        for place in range(len(following)):
            _use(context, following, place)
        pieces.append(following.span(0, len(following)))
    return pieces


def _is_firm(context: Context, number: int) -> bool:
    """Return whether a quotation is closed, or part of a row of paragraphs each opened by a mark.

    A lone opening mark is not enough: it may be a stray.
    """
    quotation = context.quotations[number]
    following = context.quotations[number + 1 : number + 2]
    return (
        quotation.closed
        or quotation.continues is not None
        or any(after.continues == number for after in following)
    )


def _clause_left(
    context: Context, number: int, found: _Cued, comma: int, cuts: list[int]
) -> Draft | None:
    """Return the attribution of a clause before its cue ("The pier is shut, she said")."""
    unit, lexicon = context.units[number], context.lexicon
    if found.source.how == "aside" and found.source.first == 0:
        return None
    group = max(found.spot.last, found.source.last)
    after = after_adjuncts(unit, lexicon, group)
    first = _left_start(unit, comma)
    left = stripped(unit, first, comma)
    if left is None or left[1] - left[0] < _SHORTEST_CLAUSE:
        return None
    ended = after >= len(unit) or unit.lowers[after] in (".", ";", "?", "!", ")", "…")
    if ended:
        pieces = [unit.span(*left)]
        return _make(unit, number, found, pieces, f"rules:fronted-{found.source.how}")
    if unit.lowers[group] not in _BREAKS:
        return None
    end = min((cut for cut in cuts if cut > group), default=len(unit))
    right = stripped(unit, group + 1, end)
    if right is None:
        return None
    pieces = [unit.span(*left), unit.span(*right)]
    return _make(unit, number, found, pieces, f"rules:parenthetical-{found.source.how}")


def _left_start(unit: Unit, comma: int) -> int:
    """Return where the clause starts that ends at *comma*."""
    start = 0
    for place in range(comma):
        if unit.lowers[place] in (";", ":"):
            start = place + 1
    return start


def _across(context: Context, number: int, found: _Cued) -> Draft | None:
    """Return the attribution of a quotation that opens the next paragraph after a colon."""
    unit = context.units[number]
    if number + 1 >= len(context.units) or unit.lowers[-1] != ":":
        return None
    following = context.units[number + 1]
    if following.quotations[0] < 0 or found.spot.last < len(unit) - 12:
        return None
    _use(context, following, 0)
    pieces: list[Span] = [following.span(0, 1)]
    if len(following) == 1:
        pieces += _follow_on(context, number + 1)
    return _make(unit, number, found, pieces, f"rules:next-paragraph-{found.source.how}")
