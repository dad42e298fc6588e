"""Places in a text that can be told apart: roads, buildings and towns by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from onrecord.annotate.found import Parse
from onrecord.resources import Resources

__all__ = ["Localities", "Locality", "localities_of", "locality_at"]

_LONGEST: Final = 5
"""Words of the name of a place."""


class Locality(NamedTuple):
    """A place: its tokens, its folded name, and what it is one of ("road", "building", "town")."""

    first: int
    last: int
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Localities:
    """Look-up tables by folded word or phrase."""

    openers: frozenset[str]
    """Words that a place follows ("in", "near")."""
    kinds: Mapping[str, str]
    """What a name is one of, by its last word ("street": a road)."""
    towns: frozenset[str]
    wide: frozenset[str]
    """Countries, states and what else holds many towns: no value of its own."""


@cache
def localities_of(resources: Resources) -> Localities:
    """Return the compiled tables of *resources*."""
    rows = resources.tables["localities"]
    wide = frozenset(row[0] for row in rows if row[1] == "wide")
    return Localities(
        openers=frozenset(row[0] for row in rows if row[1] == "opener"),
        kinds={row[0]: row[1] for row in rows if row[1] in ("road", "building")},
        towns=resources.words("place_names") - wide,
        wide=wide,
    )


def locality_at(parse: Parse, first: int, tables: Localities) -> Locality | None:
    """Return the place named from token *first* on, or None where there is no plain one."""
    sentence = parse.sentences[parse.sentence_of[first]]
    last = first
    while (
        last < min(sentence.last, first + _LONGEST)
        and parse.words[last][0].isupper()
        and not parse.lowers[last].endswith("'s")
    ):
        last += 1
    if last == first:
        return None
    name = " ".join(parse.lowers[first:last])
    unit = tables.kinds.get(parse.lowers[last - 1], "") if last - first > 1 else ""
    if not unit and name in tables.towns:
        unit = "town"
    return Locality(first, last, name, unit) if unit else None
