"""Quotations that stand alone: no cue, and at best a speaker in the sentence before."""

from onrecord.annotate.cued import use
from onrecord.annotate.direct import follow_on, is_firm
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.units import Unit

__all__ = ["bare_drafts"]

_SHORTEST_FOLLOWING = 6
_SHORTEST_ALONE = 12
"""Tokens with the marks: shorter ones in a paragraph of their own are titles and slogans."""
_ENDS = ".?!…,"


def bare_drafts(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Return the quotations that no other rule took and that are sentences by themselves.

    Right behind a statement a quotation belongs to its source; elsewhere nobody is named.
    """
    last_of: dict[int, Draft] = {}
    for draft in drafts:
        last_of[draft.unit] = draft
    found: list[Draft] = []
    for number, unit in enumerate(context.units):
        if not _is_bare(context, unit):
            continue
        before = last_of.get(number - 1)
        bare = _draft(context, number, before)
        if bare is not None:
            found.append(bare)
            last_of[number] = bare
            use(context, unit, 0, len(unit))
    return found


def _is_bare(context: Context, unit: Unit) -> bool:
    return all(quotation >= 0 for quotation in unit.quotations) and not any(
        quotation in context.used for quotation in unit.quotations
    )


def _draft(context: Context, number: int, before: Draft | None) -> Draft | None:
    unit = context.units[number]
    size = unit.lasts[-1] - unit.firsts[0]
    if unit.last_mark(len(unit) - 1) not in _ENDS or not is_firm(context, unit.quotations[-1]):
        return None
    follows = before is not None and before.cue_class == "speech" and before.source is not None
    if follows:
        gap = unit.block - context.units[number - 1].block
        follows = gap <= 1 and size >= _SHORTEST_FOLLOWING
    if not follows and (size < _SHORTEST_ALONE or not _is_paragraph(context, number)):
        return None
    return Draft(
        source=before.source if follows and before else None,
        cue=None,
        content=(unit.span(0, len(unit)), *follow_on(context, number)),
        cue_class="speech",
        method="rules:following-quotation" if follows else "rules:bare-quotation",
        unit=number,
    )


def _is_paragraph(context: Context, number: int) -> bool:
    """Return whether the unit is all of its paragraph."""
    block = context.units[number].block
    neighbours = context.units[max(0, number - 1) : number + 2]
    return sum(unit.block == block for unit in neighbours) == 1
