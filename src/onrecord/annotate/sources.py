"""Whose words a cue introduces: the subject before it, or the name after it."""

from typing import Literal, NamedTuple

from onrecord.annotate.lexicon import CueForm, Lexicon
from onrecord.annotate.phrases import (
    is_adverb,
    is_joint,
    is_verb,
    noun_phrase_after,
    noun_phrase_before,
    skip_back,
)
from onrecord.annotate.relayed import RELAYED, relayed_subject
from onrecord.annotate.units import Unit

__all__ = ["Source", "Spot", "source_after", "source_before", "starts_clause"]

How = Literal[
    "subject",
    "relative",
    "aside",
    "shared",
    "participle",
    "gerund",
    "reduced",
    "recorded",
    "relayed",
    "observed",
    "infinitive",
    "inverted",
]
_RECORDINGS = frozenset(
    ("audio", "clip", "clips", "footage", "recording", "recordings", "tape", "tapes", "video")
)
"""What lets others speak: in "footage of Moll saying “…”" it is Moll who says it."""
_WATCHED = frozenset(("caught", "filmed", "heard", "overheard", "recorded", "seen", "videotaped"))
"""What tells that others speak: "was heard shouting"."""
_ARTICLES = frozenset(("a", "an", "every", "the"))
_ASIDE_REACH = 40
_MARKS = frozenset((",", "-", "—", "–", ")"))


class Spot(NamedTuple):
    """A cue found in a unit: items from `first` up to, not including, `last`."""

    first: int
    last: int
    reading: CueForm
    passive: bool = False


class Source(NamedTuple):
    """Items of a source, how it was found, and where its clause starts."""

    first: int
    last: int
    how: How
    clause: int
    """First item of the source's clause: its first item, or the joining word before the cue."""


def source_before(
    unit: Unit, lexicon: Lexicon, spot: Spot, known: list[tuple[Spot, Source]]
) -> Source | None:
    """Return the source of a cue that stands to its left, or None.

    *known* are the cues before it in the unit whose source was found, in order.
    """
    end = skip_back(unit, lexicon, spot.first)
    if end < 0:
        return None
    word, form = unit.lowers[end], spot.reading.form
    if word == "to" and form == "base":
        controlled = end > 0 and (
            lexicon.has(unit.lowers[end - 1], "controller")
            or unit.lowers[max(0, end - 2) : end] == ["far", "as"]
        )
        return _shared(unit, lexicon, end, known, "infinitive") if controlled else None
    if form == "ing" and not _has_be(unit, lexicon, end, spot.first):
        observed = _observed(unit, lexicon, end, spot)
        return observed or _participle(unit, lexicon, end, spot, known)
    if word in ("and", "but", "or", "then"):
        cues = [cue.last for cue, _ in known]
        relayed = relayed_subject(unit, lexicon, end, cues) if word == "and" else None
        if relayed is not None:
            return Source(*relayed, RELAYED, relayed[0])
        return _shared(unit, lexicon, end, known, "shared")
    return _subject(unit, lexicon, end)


def _subject(unit: Unit, lexicon: Lexicon, end: int) -> Source | None:
    """Return the subject that ends with item *end*, right before its finite verb."""
    if lexicon.has(unit.lowers[end], "relative") and unit.lowers[end] not in ("whom", "whose"):
        return _relative(unit, lexicon, end)
    if unit.lowers[end] in _MARKS:
        return _before_aside(unit, lexicon, end)
    first = noun_phrase_before(unit, lexicon, end)
    if first is None or _waits_for_noun(unit, lexicon, end):
        return None
    return Source(first, end + 1, "subject", first)


def _waits_for_noun(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether a noun follows, no verb: "the | hope", "the newly | announced plan"."""
    word = unit.lowers[item]
    return word in _ARTICLES or (
        lexicon.has(word, "possessive") and not lexicon.has(word, "object", "pronoun")
    )


def _has_be(unit: Unit, lexicon: Lexicon, end: int, cue: int) -> bool:
    return any(lexicon.has(unit.lowers[item], "be") for item in range(end + 1, cue))


def _participle(
    unit: Unit, lexicon: Lexicon, end: int, spot: Spot, known: list[tuple[Spot, Source]]
) -> Source | None:
    """Return the source of ", adding", "by saying", "a letter saying" or "footage of her saying"."""
    word = unit.lowers[end]
    if word in _MARKS or word in ("and", "or"):
        return _shared(unit, lexicon, end, known, "participle")
    if lexicon.has(word, "preposition", "subordinator"):
        return _shared(unit, lexicon, end, known, "gerund")
    if lexicon.has(word, "determiner", "possessive", "be"):
        return None
    first = noun_phrase_before(unit, lexicon, end)
    if first is None or unit.lowers[first] in ("who", "which"):
        return None
    for place in range(end - 1, first, -1):
        if unit.lowers[place] == "of" and unit.lowers[place - 1] in _RECORDINGS:
            return Source(place + 1, end + 1, "recorded", spot.first)
    return Source(first, end + 1, "reduced", spot.first)


def _observed(unit: Unit, lexicon: Lexicon, end: int, spot: Spot) -> Source | None:
    """Return "Moll" of "Moll was heard shouting" or "accused Moll of saying"."""
    if unit.lowers[end] in ("of", "for"):
        return _reproved(unit, lexicon, end, spot)
    return _watched(unit, lexicon, end, spot) if unit.lowers[end] in _WATCHED else None


def _watched(unit: Unit, lexicon: Lexicon, verb: int, spot: Spot) -> Source | None:
    end = skip_back(unit, lexicon, verb)
    if end < 0 or not _has_be(unit, lexicon, end, verb):
        return None
    subject = _subject(unit, lexicon, end)
    return subject and Source(subject.first, subject.last, "observed", spot.first)


def _reproved(unit: Unit, lexicon: Lexicon, end: int, spot: Spot) -> Source | None:
    first = noun_phrase_before(unit, lexicon, end - 1)
    if first is None or first == 0:
        return None
    for reading in lexicon.cues.get(unit.lowers[first - 1], ()):
        if reading.cue.cue_class == "speech" and "n" in reading.cue.frames and not reading.rest:
            return Source(first, end, "observed", spot.first)
    return None


def _relative(unit: Unit, lexicon: Lexicon, end: int) -> Source | None:
    """Return "who" as the source: it is what is printed; coreference finds its antecedent."""
    before = end - 1
    if unit.lowers[end] == "that" and (
        before < 0 or not unit.is_word(before) or is_verb(unit, lexicon, before)
    ):
        return None
    if (
        unit.lowers[end] == "which"
        and before >= 0
        and lexicon.has(unit.lowers[before], "preposition")
    ):
        return None
    return Source(end, end + 1, "relative", end)


def _shared(
    unit: Unit, lexicon: Lexicon, end: int, known: list[tuple[Spot, Source]], how: How
) -> Source | None:
    """Return the subject that a coordinated verb or a participle shares with a verb before it."""
    for _, source in reversed(known):
        top = source.clause == 0 or not unit.is_word(source.clause - 1)
        top = top or lexicon.has(unit.lowers[source.clause - 1], "conjunction", "subordinator")
        if source.last <= end and top:
            return Source(source.first, source.last, how, end)
    found = _clause_subject(unit, lexicon, end)
    if found is None:
        return None
    return Source(found[0], found[1], how, end)


def _clause_subject(unit: Unit, lexicon: Lexicon, end: int) -> tuple[int, int] | None:
    """Return the subject of the nearest clause that starts before item *end*."""
    for place in range(end - 1, -1, -1):
        if unit.lowers[place] in ";-" or lexicon.has(unit.lowers[place], "clause-joint"):
            if is_joint(unit, lexicon, place):
                continue
            found = _subject_at(unit, lexicon, place + 1, end)
            if found is not None:
                return found
    start = 0
    while start < end and (
        lexicon.has(unit.lowers[start], "conjunction")
        or is_adverb(lexicon, unit.lowers[start])
        or unit.lowers[start] == ","
    ):
        start += 1
    if start < end and _opens_adjunct(unit, lexicon, start):
        start = _after_comma(unit, start, end)
    return _subject_at(unit, lexicon, start, end)


def _opens_adjunct(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether something stands before the subject: "After the vote,", "Last week,"."""
    word = unit.lowers[item]
    if lexicon.has(word, "preposition", "subordinator", "day") or word.endswith("ing"):
        return True
    after = unit.lowers[item + 1] if item + 1 < len(unit) else ""
    return lexicon.has(word, "temporal") and lexicon.has(after, "period", "day")


def _after_comma(unit: Unit, start: int, end: int) -> int:
    for place in range(start, end):
        if unit.lowers[place] == ",":
            return place + 1
    return start


def _subject_at(unit: Unit, lexicon: Lexicon, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase at *start* if a verb or a comma follows it before *end*."""
    if start >= end or not unit.is_word(start) or is_verb(unit, lexicon, start):
        return None
    last = noun_phrase_after(unit, lexicon, start, stops=None)
    if not start < last <= end:
        return None
    if lexicon.has(unit.lowers[start], "wh", "subordinator", "preposition"):
        return None
    follows = last < len(unit) and (
        is_verb(unit, lexicon, last)
        or is_adverb(lexicon, unit.lowers[last])
        or (unit.lowers[last] == "," and start == 0)
        or last == end
        or unit.lowers[last] in lexicon.cues
        or unit.lowers[last] in ("who", "(")
    )
    return (start, last) if follows else None


def _before_aside(unit: Unit, lexicon: Lexicon, end: int) -> Source | None:
    """Return the name before an appositive or relative clause: "Ms Roe, a baker, said"."""
    opener = {")": "("}.get(unit.lowers[end], unit.lowers[end])
    best: Source | None = None
    for place in range(end - 1, max(0, end - _ASIDE_REACH), -1):
        if unit.lowers[place] != opener or (place + 1 == end and opener == ","):
            continue
        if opener == "," and not _is_aside(unit, lexicon, place + 1):
            continue
        if not unit.is_word(place - 1) and unit.lowers[place - 1] != ")":
            continue
        last = place - 1
        if unit.lowers[last] == ")":
            return _before_aside(unit, lexicon, last)
        first = noun_phrase_before(unit, lexicon, last)
        if first is None or is_verb(unit, lexicon, last):
            continue
        best = Source(first, last + 1, "aside", first)
        if not _chained(unit, first):
            break
    return best


def _chained(unit: Unit, first: int) -> bool:
    """Return whether the phrase is itself an aside of one further left ("Roe, 43, of Hull,")."""
    return first > 0 and unit.lowers[first - 1] == ","


def _is_aside(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    word = unit.lowers[item]
    if lexicon.has(word, "determiner", "possessive", "preposition", "relative", "adverb"):
        return True
    return unit.is_word(item) and (
        word[0].isdigit()
        or word.endswith(("ing", "ed"))
        or (unit.is_word(item) and not is_verb(unit, lexicon, item))
    )


def source_after(unit: Unit, lexicon: Lexicon, spot: Spot) -> Source | None:
    """Return the source of an inverted cue ("…,” said Ms Roe of Hull."), or None."""
    start = spot.last
    if start >= len(unit) or not unit.is_word(start):
        return None
    word = unit.lowers[start]
    if lexicon.has(word, "preposition", "day", "wh", "conjunction", "object") and word != "it":
        return None
    last = noun_phrase_after(unit, lexicon, start, stops="ends-name")
    if last <= start or not _may_speak(unit, lexicon, start, last):
        return None
    return Source(start, last, "inverted", spot.first)


def _may_speak(unit: Unit, lexicon: Lexicon, first: int, last: int) -> bool:
    """Return whether the words after a cue can be its source rather than its object."""
    if lexicon.has(unit.lowers[first], "pronoun"):
        return True
    if lexicon.has(unit.lowers[first], "reflexive") or "'" in unit.lowers[first][:-2]:
        return any(unit.is_capital(item) for item in range(first, last))
    return True


def starts_clause(unit: Unit, lexicon: Lexicon, first: int) -> bool:
    """Return whether the noun phrase at *first* opens its sentence or clause."""
    if first == 0:
        return True
    before = unit.lowers[first - 1]
    return not unit.is_word(first - 1) or lexicon.has(before, "conjunction", "subordinator")
