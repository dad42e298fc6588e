"""Quotations that open with a cue: the charter “calls on the guild to open the pier”."""

from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.lexicon import CueForm, Lexicon
from onrecord.annotate.phrases import noun_phrase_before
from onrecord.annotate.units import QUOTE, Unit
from onrecord.spans import Span

__all__ = ["opened_drafts"]

_SHORTEST = 2
"""Tokens of the content."""


def opened_drafts(context: Context, number: int) -> list[Draft]:
    """Return the attributions whose cue is the first word of a quotation behind its source.

    The outlet names who speaks, and prints verb and words as they stand.
    """
    unit = context.units[number]
    if QUOTE not in unit.lowers:
        return []
    return [
        draft
        for item in range(1, len(unit))
        if unit.quotations[item] >= 0
        for draft in [_draft(context, number, item)]
        if draft is not None
    ]


def _draft(context: Context, number: int, item: int) -> Draft | None:
    unit, lexicon, parse = context.units[number], context.lexicon, context.parse
    first, last = unit.firsts[item] + 1, unit.lasts[item]
    begin = first + lexicon.has(parse.lowers[first], "have") if first < last else first
    reading = _reading(context, begin, last)
    subject = noun_phrase_before(unit, lexicon, item - 1) if reading else None
    if reading is None or subject is None or not _may_speak(unit, lexicon, subject, item):
        return None
    start = begin + 1 + len(reading.rest)
    if parse.lowers[start] == "that":
        start += 1
    if last - start < _SHORTEST:
        return None
    return Draft(
        source=unit.span(subject, item),
        cue=parse.span(first, begin + 1 + len(reading.rest)),
        content=(Span(parse.starts[start], parse.ends[last - 1]),),
        cue_class="speech",
        method="rules:quotation-opened",
        unit=number,
        told=True,
    )


def _reading(context: Context, begin: int, last: int) -> CueForm | None:
    """Return the cue that the tokens from *begin* on are, if their object is words."""
    lowers = context.parse.lowers
    for reading in context.lexicon.cues.get(lowers[begin], ()) if begin < last else ():
        end = begin + 1 + len(reading.rest)
        if end < last and lowers[begin + 1 : end] == reading.rest:
            told = "told" in reading.cue.frames or lowers[end] == "that"
            return reading if told and reading.form in ("s", "past") else None
    return None


def _may_speak(unit: Unit, lexicon: Lexicon, first: int, item: int) -> bool:
    """Return whether the phrase before a quotation is a third person or a document."""
    word = unit.lowers[first]
    own = word in ("i", "we", "you", "it") or lexicon.has(word, "object", "preposition")
    clause = any(lexicon.has(other, "relative") for other in unit.lowers[first:item])
    # "let go for “repeated failures”", "they were only “asked to wait”": no subject stands there.
    open_ = lexicon.has(unit.lowers[item - 1], "preposition", "adverb", "be")
    return not own and not clause and not open_ and unit.is_word(item - 1)
