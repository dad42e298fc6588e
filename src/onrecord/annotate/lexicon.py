"""The word lists of the rules tier, compiled once per process into look-up tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from onrecord.records import CueClass
from onrecord.resources import Resources

__all__ = ["Adjuncts", "Cue", "CueForm", "Form", "Lexicon", "lexicon_of"]

Form = Literal["base", "s", "past", "participle", "ing"]


class Cue(NamedTuple):
    """One row of `cues.tsv`: a verb that attributes, and what may follow it as content."""

    verb: str
    cue_class: CueClass
    frames: frozenset[str]


class CueForm(NamedTuple):
    """An inflected form of a cue, and the words that must follow it ("point" + "out")."""

    cue: Cue
    form: Form
    rest: tuple[str, ...]


class Adjuncts(NamedTuple):
    """Words that begin what tells when and where something was said."""

    always: frozenset[str]
    before_times: frozenset[str]
    """Do so before a time only: "on Monday"."""
    times: frozenset[str]
    rooms: frozenset[str]
    """Behind "in": "in court"."""
    media: frozenset[str]
    """Behind "in" and a determiner: "in a letter"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Look-up tables by folded word."""

    cues: Mapping[str, tuple[CueForm, ...]]
    """Readings by first word, those with most words first."""
    nouns: Mapping[str, frozenset[str]]
    """Frames of the nouns that name an act of saying."""
    classes: Mapping[str, frozenset[str]]
    """Classes of function words ("preposition", "modal" ...)."""
    verbs: frozenset[str]
    """Forms that end a noun phrase wherever they stand."""
    deed_objects: frozenset[str]
    """What is made or held, not told, by a verb of saying ("declared war")."""

    adjuncts: Adjuncts
    contact_verbs: frozenset[str]
    """What somebody does who turns to another ("rang him")."""
    preludes: Mapping[str, tuple[tuple[str, ...], ...]]
    """How the occasion of a statement is told before it: further words by the first one."""

    def has(self, word: str, *classes: str) -> bool:
        """Return whether *word* belongs to one of the classes."""
        known = self.classes.get(word)
        return known is not None and not known.isdisjoint(classes)

    def is_base(self, word: str) -> bool:
        """Return whether a verb has no tense: its form for "she" is known as well."""
        return _third_person(word) in self.verbs


@cache
def lexicon_of(resources: Resources) -> Lexicon:
    """Return the compiled word lists of *resources*."""
    cues: dict[str, list[CueForm]] = {}
    for verb, cue_class, frames in resources.tables["cues"]:
        for word, reading in _readings(verb, cue_class, frames):
            cues.setdefault(word, []).append(reading)
    preludes: dict[str, list[tuple[str, ...]]] = {}
    for phrase in resources.lists["prelude_openings"]:
        word, *rest = phrase.split()
        preludes.setdefault(word, []).append(tuple(rest))
    return Lexicon(
        cues={
            word: tuple(sorted(readings, key=lambda reading: -len(reading.rest)))
            for word, readings in cues.items()
        },
        nouns={
            form: frozenset(frames.split())
            for noun, frames in resources.tables["cue-nouns"]
            for form in (noun, f"{noun}s")
        },
        classes={
            word: frozenset(classes.split()) for word, classes in resources.tables["function-words"]
        },
        verbs=resources.words("finite-verbs"),
        deed_objects=resources.words("deed_objects"),
        adjuncts=_adjuncts(resources),
        contact_verbs=resources.words("contact_verbs"),
        preludes={word: tuple(rests) for word, rests in preludes.items()},
    )


def _adjuncts(resources: Resources) -> Adjuncts:
    """Return the words of `adjunct_words.tsv`; days, months and parts of the day are times too."""
    listed = {name: frozenset(words.split()) for name, words in resources.tables["adjunct_words"]}
    timed = {"day", "month", "period"}
    times = {
        word
        for word, classes in resources.tables["function-words"]
        if not timed.isdisjoint(classes.split())
    }
    return Adjuncts(
        always=listed["always"],
        before_times=listed["before_times"],
        times=frozenset(times) | resources.words("calendar"),
        rooms=listed["rooms"],
        media=listed["media"],
    )


def _readings(verb: str, cue_class: str, frames: str) -> list[tuple[str, CueForm]]:
    """Return the inflected forms of one row."""
    base, *irregular = verb.split("/")
    head, *rest = base.split()
    past = irregular[0].split()[0] if irregular else _past(head)
    participle = irregular[1].split()[0] if len(irregular) > 1 else past
    cue = Cue(base, "attitude" if cue_class == "attitude" else "speech", frozenset(frames.split()))
    forms: list[tuple[str, Form]] = [
        (head, "base"),
        (_third_person(head), "s"),
        (past, "past"),
        (_present_participle(head, past), "ing"),
    ]
    if participle != past:
        forms.append((participle, "participle"))
    return [(word, CueForm(cue, form, tuple(rest))) for word, form in forms]


_SIBILANTS = ("s", "sh", "ch", "x", "z")


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(_SIBILANTS) or base.endswith("go") else "s")


def _past(base: str) -> str:
    return base + ("d" if base.endswith("e") else "ed")


def _present_participle(base: str, past: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "ye")):
        return base[:-1] + "ing"
    doubled = base + base[-1]
    return (doubled if past == doubled + "ed" else base) + "ing"
