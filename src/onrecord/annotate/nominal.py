"""Statements without a verb of their own: "according to", "in the words of"."""

from onrecord.annotate.contents import stripped
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.phrases import noun_phrase_after
from onrecord.annotate.units import Unit

__all__ = ["nominal_drafts"]


def nominal_drafts(context: Context, number: int, cuts: list[int]) -> list[Draft]:
    """Return the attributions by "according to" in unit *number*; adds to *cuts*."""
    unit = context.units[number]
    drafts: list[Draft] = []
    for item in range(len(unit) - 2, -1, -1):
        if unit.lowers[item] == "according" and unit.lowers[item + 1] == "to":
            draft = _according(context, unit, number, item, cuts)
            if draft is not None:
                drafts.append(draft)
                cuts.append(item)
    drafts.reverse()
    return drafts


def _according(
    context: Context, unit: Unit, number: int, item: int, cuts: list[int]
) -> Draft | None:
    last = noun_phrase_after(unit, context.lexicon, item + 2, stops="clause-joint")
    if last == item + 2:
        return None
    if item <= 1:
        bounds = stripped(unit, last, min((c for c in cuts if c > last), default=len(unit)))
        method = "rules:according-first"
    else:
        start = max((i + 1 for i in range(item) if unit.lowers[i] == ";"), default=0)
        bounds = stripped(unit, start, item)
        method = "rules:according-last"
    if bounds is None:
        return None
    for place in range(*bounds):
        if unit.quotations[place] >= 0:
            context.used.add(unit.quotations[place])
    return Draft(
        source=unit.span(item + 2, last),
        cue=unit.span(item, item + 2),
        content=(unit.span(*bounds),),
        cue_class="speech",
        method=method,
        unit=number,
    )
