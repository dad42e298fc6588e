"""Whoever the mentions of one article refer to, as they are put together; none of it is stored."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from onrecord.naming import Name
from onrecord.records import MentionKind, SpeakerKind
from onrecord.spans import Span

__all__ = ["Cast", "Place", "Referent", "Role"]

_EVIDENCE = 2
_CLEARLY = 2
_SPAN = itemgetter(0, 1)
_FIRST = itemgetter(0)


class Place(NamedTuple):
    """Where a referent is mentioned: tokens `first` to `last` (not included)."""

    first: int
    last: int
    kind: MentionKind
    method: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role as printed with a name: its noun, whose ("his lawyer") and the printed words."""

    noun: str
    owner: int | None
    span: Span
    qualified: bool
    """Says of what ("NAACP president"): it is not what a bare "the president" looks for."""


@dataclass(slots=True, eq=False)
class Referent:
    """Whoever some mentions of one article refer to; numbers are final only when written."""

    number: int
    kind: SpeakerKind
    names: list[Name] = field(default_factory=list)
    printed: dict[str, int] = field(default_factory=dict)
    honorific: set[str] = field(default_factory=set)
    """Printed forms that begin with an honorific ("Mrs. Ruiz")."""
    places: list[Place] = field(default_factory=list)
    """In text order; of two with the same words, the one noted last stands last."""
    begins: int = -1
    """First token of the mention that gives the referent its number among the others.

    That is the mention noted first, which for a name is a full one; once a mention is resolved (in
    a headline, by a description or a pronoun) it is the first in the text. The ids of the unnamed
    hold the number, so the two are kept apart.
    """
    roles: list[Role] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    handles: list[str] = field(default_factory=list)
    masculine: int = 0
    feminine: int = 0
    plural: bool = False
    document: bool = False
    wrote: set[str] = field(default_factory=set)
    """Nouns of the documents that are the referent's."""
    noun: str = ""
    """Head noun, where the referent has no name."""

    def print(self, form: str) -> None:
        """Count a printed form of the referent's name."""
        self.printed[form] = self.printed.get(form, 0) + 1

    def mention(self, place: Place, *, resolved: bool = False) -> bool:
        """Note a mention; return False where it is known already."""
        begin = bisect_left(self.places, _SPAN(place), key=_SPAN)
        end = bisect_right(self.places, _SPAN(place), lo=begin, key=_SPAN)
        if place in self.places[begin:end]:
            return False
        self.places.insert(end, place)
        if resolved or self.begins < 0:
            self.begins = self.places[0].first
        return True

    def last_before(self, token: int) -> int:
        """Return the first token of the last mention before *token*, or -1."""
        after = bisect_left(self.places, token, key=_FIRST)
        return self.places[after - 1].first if after else -1

    def mark(self, agreement: str, weight: int = 1) -> None:
        """Count evidence of agreement: a title, a noun or a pronoun of the text."""
        if agreement == "m":
            self.masculine += weight
        elif agreement == "f":
            self.feminine += weight

    @property
    def is_lone(self) -> bool:
        """Return whether no name of more than one word is printed."""
        return all(len(name.words) == 1 for name in self.names)

    @property
    def agreement(self) -> str:
        """Return what the text's titles, nouns and pronouns agree on: m, f or nothing.

        One pronoun is no evidence, and a third of the other kind makes it void.
        """
        if self.masculine >= _EVIDENCE and self.masculine > _CLEARLY * self.feminine:
            return "m"
        if self.feminine >= _EVIDENCE and self.feminine > _CLEARLY * self.masculine:
            return "f"
        return ""


@dataclass(slots=True)
class Cast:
    """The referents of an article, and which of them each printed name names."""

    referents: list[Referent] = field(default_factory=list)
    of_name: dict[int, Referent] = field(default_factory=dict)
    """By first token of the printed name."""
    open_names: dict[int, tuple[Referent, ...]] = field(default_factory=dict)
    """Names that could be several referents', by first token."""
    families: dict[int, tuple[Referent, ...]] = field(default_factory=dict)
    """Persons meant by "the Ruizes", by first token of the name."""
    persons: dict[str, list[Referent]] = field(default_factory=dict)
    """Persons by each word that can stand for their name."""
    bodies: dict[frozenset[str], Referent] = field(default_factory=dict)

    def add(self, kind: SpeakerKind) -> Referent:
        """Return a new referent."""
        referent = Referent(len(self.referents), kind)
        self.referents.append(referent)
        return referent
