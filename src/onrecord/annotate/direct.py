"""Quotations before, around and after their cue, and those that go on in next paragraphs."""

from onrecord.annotate.cued import Cued, draft_of, use
from onrecord.annotate.drafts import Context, Draft, Pieces
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.units import Unit

__all__ = ["across", "follow_on", "is_firm", "quotation_before"]

_COLON_REACH = 25


def quotation_before(context: Context, number: int, cued: Cued, item: int) -> Draft:
    """Return the attribution of the quotation at *item*, with what follows the cue in marks."""
    unit = context.units[number]
    start = _start(unit, item)
    use(context, unit, start, item + 1)
    pieces = [unit.span(start, item + 1)]
    second = _second(unit, context.lexicon, cued.group)
    if second is not None:
        use(context, unit, second, second + 1)
        pieces.append(unit.span(second, second + 1))
    pieces += follow_on(context, number)
    where = "around" if len(pieces) > 1 else "before"
    return draft_of(context, number, cued, pieces, f"quotation-{where}")


def _start(unit: Unit, item: int) -> int:
    """Return where content starts that ends with a quotation: with it, or with its clause."""
    if item > 0 and unit.quotations[item - 1] < 0 and unit.lowers[item - 1] in ",:;":
        return item
    for place in range(item - 1, -1, -1):
        if unit.quotations[place] < 0 and unit.lowers[place] in ":;":
            return place + 1
    return 0


def _second(unit: Unit, lexicon: Lexicon, item: int) -> int | None:
    """Return the quotation that goes on after "…,” she said (on Monday, after a vote), “…"."""
    for place in range(item, len(unit)):
        before = unit.lowers[place - 1]
        if unit.quotations[place] >= 0:
            return place if place == item or before in (",", ":", ".", "-", "—") else None
        if place > item and unit.lowers[place] in lexicon.cues and before == ",":
            return None
    return None


def follow_on(context: Context, number: int) -> Pieces:
    """Return the quotations that go on right after unit *number*: “…,” she said. “…”."""
    pieces: Pieces = []
    block = context.units[number].block
    for following in context.units[number + 1 :]:
        if not all(quotation >= 0 for quotation in following.quotations):
            break
        if following.block > block + 1 or not is_firm(context, following.quotations[0]):
            break
        block = following.block
        use(context, following, 0, len(following))
        pieces.append(following.span(0, len(following)))
    return pieces


def is_firm(context: Context, number: int) -> bool:
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


def across(context: Context, number: int, cued: Cued) -> Draft | None:
    """Return the attribution of a quotation that opens the next paragraph after a colon."""
    unit = context.units[number]
    if number + 1 >= len(context.units) or unit.lowers[-1] != ":":
        return None
    following = context.units[number + 1]
    if following.quotations[0] < 0 or cued.spot.last < len(unit) - _COLON_REACH:
        return None
    use(context, following, 0, 1)
    pieces = [following.span(0, 1)]
    if len(following) == 1:
        pieces += follow_on(context, number + 1)
    return draft_of(context, number, cued, pieces, "next-paragraph")
