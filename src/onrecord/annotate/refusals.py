"""Statements by silence that name nothing else: "the police would not comment"."""

from collections.abc import Sequence

from onrecord.annotate.contents import after_adjuncts
from onrecord.annotate.cued import Cued
from onrecord.annotate.cues import is_negated
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Attribution
from onrecord.annotate.phrases import is_adverb

__all__ = ["as_refusal", "refusal", "with_refusals"]

_RULE = "rules:refusal"
_ANSWERS = frozenset(("answer", "comment", "elaborate", "reply", "respond"))


def refusal(context: Context, number: int, cued: Cued) -> Draft | None:
    """Return the attribution of "would not" and "comment", where nothing else is the content.

    It stands as in "declined" and "to comment": the verb of answering is what was not done.
    """
    unit, lexicon = context.units[number], context.lexicon
    spot, source = cued
    if spot.reading.cue.verb not in _ANSWERS or source.how not in ("subject", "aside"):
        return None
    if not is_negated(unit, lexicon, spot.first):
        return None
    first = source.last
    while first < spot.first and is_adverb(lexicon, unit.lowers[first]):
        first += 1
    after = after_adjuncts(unit, lexicon, spot.last)
    closed = after >= len(unit) or unit.lowers[after] in (".", ",", ";", "and", "but")
    auxiliary = first < spot.first and unit.is_word(first)
    if not (closed and auxiliary):
        return None
    return Draft(
        source=unit.span(source.first, source.last),
        cue=unit.span(first, spot.first),
        content=(unit.span(spot.first, spot.last),),
        cue_class="speech",
        method=f"{_RULE}-{source.how}",
        unit=number,
        told=True,
    )


def as_refusal(draft: Draft, cued: Cued) -> Draft:
    """Return a draft under the name of this rule: "did not return" and "calls"."""
    return draft._replace(method=f"{_RULE}-{cued.source.how}")


def with_refusals(found: Sequence[Attribution], rules: Sequence[Attribution]) -> list[Attribution]:
    """Return *found* with the refusals of *rules* that no words of it touch.

    The articles that the model learnt from leave them out; a reader misses who would not answer.
    """
    taken = [
        span
        for one in found
        for span in (*one.content, *(part for part in (one.cue, one.source) if part is not None))
    ]
    return [
        *found,
        *(
            rule
            for rule in rules
            if rule.method.startswith(_RULE)
            and not any(span.overlaps(part) for span in taken for part in rule.content)
        ),
    ]
