"""Which statements stand inside another's words for sure: "she said he told her that ..."."""

from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_adverb
from onrecord.annotate.relayed import RELAYED
from onrecord.annotate.sources import Source, Spot
from onrecord.annotate.units import QUOTE, Unit

__all__ = ["is_told"]

_CLAUSES = frozenset(("c", "t", "w", "g"))
_NOUNS = frozenset(("n", "of", "for", "on", "against", "with", "about"))
_SUBJECTS = frozenset(("subject", "aside", "inverted", "relative", "observed", RELAYED))
_OPEN = frozenset(("if", "unless", "whether", "than"))
_ANYBODY = frozenset(("anybody", "anyone", "everybody", "everyone", "nobody"))
"""Who said nothing yet: "anybody who complains"."""
_OBJECT = 6
"""Items: how far the noun of an object is looked for."""
_LONGEST_SOURCE = 12
"""Items: a longer one has been read back over more than one phrase."""


def is_told(unit: Unit, lexicon: Lexicon, spot: Spot, source: Source, rule: str) -> bool:
    """Return whether the cue says that words were spoken, not that they may, should or did not be.

    What another person's words tell of is mostly deeds; so an object counts only of cues whose
    object is words wherever they stand ("denied the claim", not "called the police").
    """
    if source.how not in _SUBJECTS or not _is_speaker(unit, lexicon, source):
        return False
    if (
        _is_open(unit, lexicon, spot, source)
        or _may_be_noun(unit, lexicon, spot, source)
        or _is_reduced(unit, spot)
        or _is_evidence(unit, spot, source)
    ):
        return False
    frame, _, where = rule.partition("-")
    frames = spot.reading.cue.frames
    if where != "after" or frame in _CLAUSES:
        return where != "after" or "memory" not in frames
    if frame in _NOUNS:
        told = "told" in frames and not _is_deed(unit, lexicon, spot)
        return told or _is_naming(unit, lexicon, spot, source)
    if frame == "q":
        # "He was asking “a valid question”": what was done, not what was said.
        return spot.reading.form != "ing" and not _is_title(unit, spot, source)
    return frame == "quotation" or (frame == "i" and _is_said(unit, lexicon, spot))


def _is_speaker(unit: Unit, lexicon: Lexicon, source: Source) -> bool:
    """Return whether a source is a third person in one phrase."""
    first = unit.lowers[source.first]
    if source.last - source.first > _LONGEST_SOURCE or not unit.is_word(source.first):
        return False
    if lexicon.has(first, "contraction") or first in ("i", "we", "you", "it", "there", "one"):
        return False
    last = unit.lowers[source.last - 1]
    if lexicon.has(last, "preposition") or (
        lexicon.has(last, "determiner") and not lexicon.has(last, "pronoun", "relative")
    ):
        return False
    return not lexicon.has(first, "preposition", "adverb", "subordinator")


def _may_be_noun(unit: Unit, lexicon: Lexicon, spot: Spot, source: Source) -> bool:
    """Return whether "demands" may be a noun: nothing before it is a pronoun or a name."""
    reading, last = spot.reading, source.last - 1
    if reading.form not in ("s", "base") or "noun" not in reading.cue.frames:
        return False
    named = reading.form == "s" and unit.is_capital(last)
    return not (named or lexicon.has(unit.lowers[last], "pronoun", "relative"))


def _is_open(unit: Unit, lexicon: Lexicon, spot: Spot, source: Source) -> bool:
    """Return whether a modal, a negation or a condition leaves open that it was said."""
    between = unit.lowers[source.last : spot.first]
    if any(lexicon.has(word, "modal", "negation") or word.endswith("n't") for word in between):
        return "negated" not in spot.reading.cue.frames
    if source.how == RELAYED:
        return False
    if "to" in between or spot.reading.form == "base":
        spoken = any(lexicon.has(word, "do", "pronoun") for word in between)
        return not spoken and _is_singular(unit, source)
    before = unit.lowers[source.first - 1] if source.first else ""
    return before in _OPEN or (source.how == "relative" and before in _ANYBODY)


def _is_reduced(unit: Unit, spot: Spot) -> bool:
    """Return whether a participle stands in place of a clause: "a crew charged with", "as told by"."""
    if spot.reading.form not in ("past", "participle"):
        return False
    after = unit.lowers[spot.last] if spot.last < len(unit) else ""
    return after == "by" or ("accused" in spot.reading.cue.frames and bool(spot.reading.rest))


def _is_evidence(unit: Unit, spot: Spot, source: Source) -> bool:
    """Return whether things tell it, not people: "cracks that indicated that ..."."""
    is_thing = source.how == "relative" and unit.lowers[source.first] in ("that", "which")
    return is_thing and "evidence" in spot.reading.cue.frames


def _is_title(unit: Unit, spot: Spot, source: Source) -> bool:
    """Return whether a thing bears a name: "a song called “Low Tide”", not "what she called “low”"."""
    frames = spot.reading.cue.frames
    before = unit.lowers[source.first - 1] if source.first else ""
    return "naming" in frames and "w" not in frames and before not in ("what", "which")


def _is_singular(unit: Unit, source: Source) -> bool:
    """Return whether the base form of a verb cannot be the present of its subject."""
    last = unit.lowers[source.last - 1]
    return not (last.endswith("s") or last in ("they", "who", "people") or _is_joint(unit, source))


def _is_joint(unit: Unit, source: Source) -> bool:
    return "and" in unit.lowers[source.first : source.last]


def _is_deed(unit: Unit, lexicon: Lexicon, spot: Spot) -> bool:
    """Return whether the object is something made or held: "asserted his Third Charter right"."""
    for item in range(spot.last, min(spot.last + _OBJECT, len(unit))):
        word = unit.lowers[item]
        if not unit.is_word(item) or lexicon.has(word, "preposition"):
            return False
        if word in lexicon.deed_objects:
            return True
    return False


def _is_naming(unit: Unit, lexicon: Lexicon, spot: Spot, source: Source) -> bool:
    """Return whether somebody is given a name or an epithet: "what she called a farce"."""
    if "naming" not in spot.reading.cue.frames:
        return False
    before = unit.lowers[source.first - 1] if source.first else ""
    if before in ("what", "which") or QUOTE in unit.lowers[spot.last : spot.last + 3]:
        return True
    after = spot.last
    while after < len(unit) and is_adverb(lexicon, unit.lowers[after]):
        after += 1
    return (
        after + 1 < len(unit)
        and lexicon.has(unit.lowers[after], "object")
        and lexicon.has(unit.lowers[after + 1], "determiner")
    )


def _is_said(unit: Unit, lexicon: Lexicon, spot: Spot) -> bool:
    """Return whether what was promised or refused is itself words: "refused to say"."""
    if "refusal" not in spot.reading.cue.frames:
        return "told" in spot.reading.cue.frames
    for word in unit.lowers[spot.last : spot.last + 4]:
        if word != "to" and not is_adverb(lexicon, word):
            readings = lexicon.cues.get(word, ())
            return any(one.cue.cue_class == "speech" and one.form == "base" for one in readings)
    return False
