"""Clauses before or around their cue: "The pier is shut, she said", "The pier, she said, is"."""

from onrecord.annotate.contents import after_adjuncts, stripped
from onrecord.annotate.cued import BREAKS, Cued, draft_of
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_verb, noun_phrase_after
from onrecord.annotate.units import Unit

__all__ = ["as_clause", "clause_before"]

_TITLE_REACH = 16
_SHORTEST_CLAUSE = 2
"""Items: "No, he said." has too few words to tell from an adverb."""
_ENDS = frozenset((".", ";", "?", "!", ")", "…"))


def clause_before(
    context: Context, number: int, cued: Cued, comma: int, cuts: list[int]
) -> Draft | None:
    """Return the attribution of the clause that ends at *comma*, or of the one around the cue."""
    unit, lexicon = context.units[number], context.lexicon
    if _has_other_content(unit, cued):
        return None
    left = stripped(unit, _start(unit, comma), comma)
    if left is None:
        return None
    after = _after_addressee(unit, lexicon, cued, left)
    if after >= len(unit) or unit.lowers[after] in _ENDS:
        if left[1] - left[0] < _SHORTEST_CLAUSE:
            return None
        return draft_of(context, number, cued, [unit.span(*left)], "fronted")
    if unit.lowers[cued.group] not in BREAKS:
        return None
    return _around(context, number, cued, left, cuts)


def _after_addressee(unit: Unit, lexicon: Lexicon, cued: Cued, left: tuple[int, int]) -> int:
    """Return the item after the adjuncts of a cue, and after whom it was told behind a clause."""
    after = after_adjuncts(unit, lexicon, cued.group)
    clause = any(is_verb(unit, lexicon, item) for item in range(*left))
    if "a" not in cued.spot.reading.cue.frames or after >= len(unit) or not clause:
        return after
    if not unit.is_word(after) or lexicon.has(unit.lowers[after], "wh", "subordinator"):
        return after
    last = noun_phrase_after(unit, lexicon, after, stops="ends-addressee")
    return after_adjuncts(unit, lexicon, last)


def _has_other_content(unit: Unit, cued: Cued) -> bool:
    """Return whether the left is the source's own aside, or the right fills the cue's frame."""
    if cued.source.how == "aside" and cued.source.first == 0:
        return True
    group = cued.group
    return group < len(unit) and unit.lowers[group] in cued.spot.reading.cue.frames


def _around(
    context: Context, number: int, cued: Cued, left: tuple[int, int], cuts: list[int]
) -> Draft | None:
    """Return the attribution of a clause that goes on after its cue."""
    unit = context.units[number]
    resumed: int | None = cued.group
    if cued.source.how == "inverted":
        resumed = _after_title(unit, context.lexicon, cued.group)
    if resumed is None:
        return draft_of(context, number, cued, [unit.span(*left)], "fronted")
    end = min((cut for cut in cuts if cut > resumed), default=len(unit))
    right = stripped(unit, resumed + 1, end)
    if right is None:
        return None
    pieces = [unit.span(*left), unit.span(*right)]
    return draft_of(context, number, cued, pieces, "parenthetical")


def _after_title(unit: Unit, lexicon: Lexicon, comma: int) -> int | None:
    """Return the mark after which content goes on behind "said Ms Roe, a baker," or None."""
    for place in range(comma, min(comma + _TITLE_REACH, len(unit) - 1)):
        if unit.lowers[place] in BREAKS and (
            unit.quotations[place + 1] >= 0 or is_verb(unit, lexicon, place + 1)
        ):
            return place
    return None


def _start(unit: Unit, comma: int) -> int:
    """Return where the clause starts that ends at *comma*."""
    start = 0
    for place in range(comma):
        if unit.lowers[place] in (";", ":"):
            start = place + 1
    return start


def as_clause(
    context: Context, number: int, cued: Cued, item: int, cuts: list[int]
) -> Draft | None:
    """Return the attribution of the clause that "as Ms Roe noted" at *item* belongs to."""
    unit = context.units[number]
    if item > 0 and unit.lowers[item - 1] == ",":
        return clause_before(context, number, cued, item - 1, cuts)
    if item > 1:
        return None
    after = after_adjuncts(unit, context.lexicon, cued.group)
    if after >= len(unit) or unit.lowers[after] != ",":
        return None
    end = min((cut for cut in cuts if cut > after), default=len(unit))
    right = stripped(unit, after + 1, end)
    return None if right is None else draft_of(context, number, cued, [unit.span(*right)], "as")
