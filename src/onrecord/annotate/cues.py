"""Where in a unit the words stand that attribute."""

from onrecord.annotate.lexicon import CueForm, Lexicon
from onrecord.annotate.phrases import is_adverb
from onrecord.annotate.sources import Spot
from onrecord.annotate.units import QUOTE, Unit

__all__ = ["find_cues"]


def find_cues(unit: Unit, lexicon: Lexicon) -> list[Spot]:
    """Return the cues of a unit in order; words in quotations are never cues."""
    spots: list[Spot] = []
    covered = -1
    for item, word in enumerate(unit.lowers):
        readings = lexicon.cues.get(word)
        if readings is None or item < covered or unit.quotations[item] >= 0:
            continue
        spot = _reading_at(unit, lexicon, item, readings)
        if spot is not None:
            spots.append(spot)
            covered = spot.last
    return spots


def _reading_at(
    unit: Unit, lexicon: Lexicon, item: int, readings: tuple[CueForm, ...]
) -> Spot | None:
    """Return the longest reading of the words at *item* that can be a verb there."""
    if not _may_be_verb(unit, lexicon, item, readings[0]):
        return None
    for reading in readings:
        last = item + 1 + len(reading.rest)
        if tuple(unit.lowers[item + 1 : last]) == reading.rest:
            return Spot(item, last, reading, _is_passive(unit, lexicon, item, reading))
    return None


def _may_be_verb(unit: Unit, lexicon: Lexicon, item: int, reading: CueForm) -> bool:
    """Tell "he reports" from "the reports": no cue in a noun's or a name's place."""
    if item == 0:
        return reading.form in ("ing", "past")
    if unit.is_capital(item) and not unit.is_title():
        return False
    if reading.form == "ing":
        return not lexicon.has(unit.lowers[item], "preposition") and not lexicon.has(
            unit.lowers[item - 1], "determiner", "possessive"
        )
    return _may_be_finite(unit, lexicon, item, reading)


def _may_be_finite(unit: Unit, lexicon: Lexicon, item: int, reading: CueForm) -> bool:
    before = unit.lowers[item - 1]
    if lexicon.has(before, "possessive") or before.endswith("'s"):
        return False
    if lexicon.has(before, "determiner"):
        return lexicon.has(before, "pronoun", "relative")
    if lexicon.has(before, "preposition") and not lexicon.has(before, "adverb", "subordinator"):
        return before == "to"
    return not _is_noun(unit, lexicon, item, reading)


def _is_noun(unit: Unit, lexicon: Lexicon, item: int, reading: CueForm) -> bool:
    """Return whether a form that is also a noun ("report", "calls") is one here."""
    if reading.form not in ("base", "s") or "noun" not in reading.cue.frames:
        return False
    before = unit.lowers[item - 1]
    verbal = lexicon.has(before, "pronoun", "relative", "modal", "do", "negation", "adverb")
    if verbal or before == "to" or unit.is_capital(item - 1):
        return False
    after = item + len(reading.rest) + 1
    return after >= len(unit) or not (
        unit.lowers[after] in (":", QUOTE)
        or unit.is_capital(after)
        or lexicon.has(unit.lowers[after], "determiner", "possessive", "object", "pronoun")
    )


def _is_passive(unit: Unit, lexicon: Lexicon, item: int, reading: CueForm) -> bool:
    """Return whether a form of "be" governs a participle ("was asked", "has been told")."""
    if reading.form not in ("past", "participle"):
        return False
    place = item - 1
    while place >= 0 and (
        is_adverb(lexicon, unit.lowers[place]) or lexicon.has(unit.lowers[place], "negation")
    ):
        place -= 1
    return place >= 0 and lexicon.has(unit.lowers[place], "be")
