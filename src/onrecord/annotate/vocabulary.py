"""The word lists that names, roles and sources are read with, ready for look-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.naming import nickname_groups
from onrecord.resources import Resources

__all__ = ["RoleNoun", "Title", "Vocabulary", "vocabulary_of"]


class Title(NamedTuple):
    """A title before a name: its kind, the agreement of the word itself, what it stands for."""

    kind: str
    agreement: str
    nouns: tuple[str, ...]


class RoleNoun(NamedTuple):
    """A noun for a person in a role: the agreement of the word itself, and its classes."""

    agreement: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """Word lists by what they are used for; all words folded. Two are never compared."""

    given: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    openers: frozenset[str]
    breaks: frozenset[str]
    """Days, months and pronouns: they end a name."""
    organisation_words: frozenset[str]
    company_words: frozenset[str]
    """End the name of a company: "Ferries"."""
    organisation_names: frozenset[str]
    places: frozenset[str]
    place_words: frozenset[str]
    peoples: frozenset[str]
    documents: frozenset[str]
    collectives: frozenset[str]
    groups: frozenset[str]
    bodies: frozenset[str]
    offices: frozenset[str]
    verbs: frozenset[str]
    place_stems: frozenset[str]
    """Places without their last vowels: what demonyms are made of ("singapor-eans")."""
    titles: Mapping[str, Title]
    titled: frozenset[str]
    """What may stand before a name as a title: titles, parties and peoples."""
    role_nouns: Mapping[str, RoleNoun]
    nicknames: Mapping[str, frozenset[int]]
    classes: Mapping[str, frozenset[str]]
    """Closed classes of function words, by class (`source_words.tsv`)."""

    def title(self, word: str) -> Title | None:
        """Return the title that a folded word is, also as "ex-mayor" or "mayor-elect"."""
        found = self.titles.get(word)
        if found is None and "-" in word:
            before, _, after = word.partition("-")
            if after == "elect":
                return self.titles.get(before)
            if before in self.classes["title_prefix"] or before in self.titles:
                return self.titles.get(after)  # "ex-mayor", "Major-General"
        return found


@cache
def vocabulary_of(resources: Resources) -> Vocabulary:
    """Return the vocabulary of *resources*, built once."""
    titles = {
        row[0]: Title(row[1], row[2], tuple(noun for noun in row[3].split(",") if noun != "-"))
        for row in resources.tables["titles"]
    }
    nouns = {
        row[0]: RoleNoun(row[1], frozenset(row[2].split(",")))
        for row in resources.tables["role_nouns"]
    }
    words = resources.words
    classes = {row[0]: frozenset(row[1].split()) for row in resources.tables["source_words"]}
    return Vocabulary(
        given=words("given_names"),
        particles=words("name_particles"),
        suffixes=words("name_suffixes"),
        openers=words("name_openers"),
        breaks=words("calendar") | words("source_pronouns") | classes["feast"],
        organisation_words=words("organisation_words"),
        company_words=words("company_words"),
        organisation_names=words("organisation_names"),
        places=words("place_names"),
        place_words=words("place_words"),
        peoples=words("party_words"),
        documents=words("documents"),
        collectives=words("collectives"),
        groups=words("group_nouns"),
        bodies=words("body_nouns"),
        offices=words("office_words"),
        verbs=words("finite-verbs"),
        place_stems=frozenset(place.rstrip("aeiouy") for place in words("place_names")),
        titles=titles,
        titled=frozenset(titles) | words("party_words"),
        role_nouns=nouns,
        nicknames=nickname_groups(resources.tables["nicknames"]),
        classes=classes,
    )
