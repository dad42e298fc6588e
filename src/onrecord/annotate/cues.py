"""Where in a unit the words stand that attribute."""

from onrecord.annotate.lexicon import Cue, CueForm, Form, Lexicon
from onrecord.annotate.phrases import is_adverb, is_verb, skip_adverbials
from onrecord.annotate.sources import Spot
from onrecord.annotate.units import QUOTE, Unit

__all__ = ["NOBODY", "find_cues", "is_negated"]

_ANY = Cue("*", "speech", frozenset(("m", "v")))
"""Of any verb: frame m is a quotation behind a colon or comma."""
_ADJECTIVAL = ("al", "ing", "ed", "ous", "ive", "ic", "ble", "ful", "less", "ary")
"""Endings of words before a noun: "international calls for" is no verb."""
_LINKING = frozenset(("appeared", "appears", "became", "becomes", "seemed", "seems"))
"""Verbs that say what somebody is: nobody seems words."""
_SUBJECT_REACH = 6
NOBODY = frozenset(("neither", "nobody", "none"))
"""Subjects of whom a verb is denied."""
_NEITHER_REACH = 14
"""Items from a verb back to the "neither" of its subject."""
_LONG_QUOTATION = 6
"""Tokens with the marks: a shorter one may be a title or a scare quote."""


def find_cues(unit: Unit, lexicon: Lexicon) -> list[Spot]:
    """Return the cues of a unit in order; words in quotations are never cues."""
    spots: list[Spot] = []
    covered = -1
    near = _near_quotations(unit)
    cues = lexicon.cues
    for item in [at for at, word in enumerate(unit.lowers) if word in cues or at in near]:
        if item < covered or unit.quotations[item] >= 0:
            continue
        readings = cues.get(unit.lowers[item])
        if readings is None:
            spot = _any_verb(unit, lexicon, item)
        else:
            spot = _reading_at(unit, lexicon, item, readings)
        if spot is not None:
            spots.append(spot)
            covered = spot.last
    return spots


def _near_quotations(unit: Unit) -> set[int]:
    """Return the items at which a verb of no list can introduce or follow a quotation."""
    near: set[int] = {len(unit) - 2} if unit.lowers[-1] == ":" else set()
    if QUOTE in unit.lowers:
        for item, number in enumerate(unit.quotations):
            if number >= 0:
                near.update((item - 2, *range(item + 1, item + _SUBJECT_REACH)))
    return near


def _any_verb(unit: Unit, lexicon: Lexicon, item: int) -> Spot | None:
    """Return a verb of no list that stands where only a cue can: "she fumed: “…”"."""
    word = unit.lowers[item]
    if item == 0 or unit.is_capital(item) or not is_verb(unit, lexicon, item):
        return None
    if word in _LINKING or lexicon.has(word, "modal", "be", "have", "do", "preposition"):
        return None
    if not (_introduces(unit, item) or _follows(unit, item)):
        return None
    form: Form = "s" if word.endswith("s") else "past"
    return Spot(item, item + 1, CueForm(_ANY, form, ()))


def _introduces(unit: Unit, item: int) -> bool:
    """Return whether a colon or comma and a quotation come right after an item."""
    if item + 1 == len(unit) - 1 and unit.lowers[-1] == ":":
        return True
    return item + 2 < len(unit) and unit.lowers[item + 1] in (":", ",") and _is_long(unit, item + 2)


def _follows(unit: Unit, item: int) -> bool:
    """Return whether a quotation that ends like speech stands a subject's length before."""
    for place in range(item - 1, max(-1, item - _SUBJECT_REACH), -1):
        if unit.quotations[place] >= 0:
            return _is_long(unit, place) and unit.last_mark(place) in ",.?!…"
        if unit.lowers[place] in ",;:":
            return False
    return False


def _is_long(unit: Unit, item: int) -> bool:
    return unit.quotations[item] >= 0 and unit.lasts[item] - unit.firsts[item] > _LONG_QUOTATION


def _reading_at(
    unit: Unit, lexicon: Lexicon, item: int, readings: tuple[CueForm, ...]
) -> Spot | None:
    """Return the longest reading of the words at *item* that can be a verb there."""
    if not _may_be_verb(unit, lexicon, item, readings[0]):
        return None
    for reading in readings:
        last = _rest_end(unit, lexicon, item + 1, reading.rest)
        if last is not None:
            if "negated" in reading.cue.frames and not is_negated(unit, lexicon, item):
                continue
            return Spot(item, last, reading, _is_passive(unit, lexicon, item, reading))
    return None


def _rest_end(unit: Unit, lexicon: Lexicon, item: int, rest: tuple[str, ...]) -> int | None:
    """Return the item after the particles of a cue, a day passed over ("called Friday for")."""
    for start in (item, skip_adverbials(unit, lexicon, item) if rest else item):
        last = start + len(rest)
        if tuple(unit.lowers[start:last]) == rest:
            return last
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
    if before == "both" and _is_floating(unit, lexicon, item - 1):
        return True
    if lexicon.has(before, "determiner"):
        return lexicon.has(before, "pronoun", "relative")
    if lexicon.has(before, "preposition") and not lexicon.has(before, "adverb", "subordinator"):
        return before == "to" and reading.form == "base"
    return not _is_noun(unit, lexicon, item, reading)


def _is_floating(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether "both" stands behind its subject: "Brandt and Roe both declined"."""
    if item < 1 or not unit.is_word(item - 1) or is_verb(unit, lexicon, item - 1):
        return False
    if unit.lowers[item + 2 : item + 3] == ["and"]:  # "he both defended and shrugged it off"
        return False
    word = unit.lowers[item - 1]
    return word not in lexicon.cues and not lexicon.has(
        word, "preposition", "conjunction", "subordinator", "relative", "adverb"
    )


def _is_noun(unit: Unit, lexicon: Lexicon, item: int, reading: CueForm) -> bool:
    """Return whether a form that is also a noun ("report", "calls") is one here."""
    if reading.form not in ("base", "s") or "noun" not in reading.cue.frames:
        return False
    before = unit.lowers[item - 1]
    verbal = lexicon.has(before, "pronoun", "relative", "modal", "do", "negation", "adverb")
    named = unit.is_capital(item - 1) and (reading.form == "s" or before.endswith("s"))
    if verbal or before == "to" or named:
        return False
    if before.endswith(_ADJECTIVAL):
        return True
    after = item + len(reading.rest) + 1
    return after >= len(unit) or not (
        unit.lowers[after] in (":", QUOTE)
        or unit.is_capital(after)
        or lexicon.has(unit.lowers[after], "determiner", "possessive", "object", "pronoun")
    )


def is_negated(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether "not" stands between the subject and the verb, or "neither" in the subject."""
    place = item - 1
    while place >= 0 and is_adverb(lexicon, unit.lowers[place]):
        place -= 1
    word = unit.lowers[place] if place >= 0 else ""
    return lexicon.has(word, "negation") or word.endswith("n't") or _is_nobodys(unit, item)


def _is_nobodys(unit: Unit, item: int) -> bool:
    """Return whether the subject denies the verb: "neither the police nor the council would"."""
    for place in range(item - 1, max(-1, item - _NEITHER_REACH), -1):
        if unit.lowers[place] in NOBODY:
            return True
        if not unit.is_word(place) and unit.lowers[place] != ".":
            return False
    return False


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
