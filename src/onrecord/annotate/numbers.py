"""Numbers in digits or words, with their scale: "10,000", "2.6 million", "two dozen"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.annotate.found import Parse
from onrecord.resources import Resources

__all__ = ["Number", "NumberWords", "number_at", "number_words_of", "written"]

_DIGITS = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)")
_GROUP = re.compile(r"\d{3}")
_LONGEST_GROUP = 3


class Number(NamedTuple):
    """A number: its tokens, half-open, its value, and the unit written to it ("48-page")."""

    first: int
    last: int
    value: float
    unit: str


class _Unit(NamedTuple):
    kind: str
    unit: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """Look-up tables by folded word."""

    values: Mapping[str, float]
    scales: Mapping[str, float]
    units: Mapping[str, _Unit]
    qualifiers: Mapping[str, tuple[tuple[str, ...], ...]]
    """All words of each qualifier by its last word, longest first."""


@cache
def number_words_of(resources: Resources) -> NumberWords:
    """Return the compiled tables of *resources*."""
    rows = resources.tables["numerals"]
    qualifiers: dict[str, list[tuple[str, ...]]] = {}
    for phrase, _ in resources.tables["qualifiers"]:
        words = tuple(phrase.split())
        qualifiers.setdefault(words[-1], []).append(words)
    return NumberWords(
        values={word: float(value) for word, value, part in rows if part == "unit"},
        scales={word: float(value) for word, value, part in rows if part == "scale"},
        units={
            word: _Unit(kind, unit, float(factor))
            for word, kind, unit, factor in resources.tables["units"]
        },
        qualifiers={
            last: tuple(sorted(phrases, key=len, reverse=True))
            for last, phrases in qualifiers.items()
        },
    )


def number_at(parse: Parse, at: int, stop: int, tables: NumberWords) -> Number | None:
    """Return the number that starts at token *at*, or None; *stop* ends the sentence."""
    word = parse.lowers[at]
    if word[:1].isdigit():  # folding leaves nothing of a zero-width character
        return _digits(parse, at, stop, tables)
    head, _, unit = word.partition("-")
    if head in tables.values and (not unit or unit in tables.units):
        number = Number(at, at + 1, tables.values[head], unit)
        return _scaled(parse.lowers, number, stop, tables)
    if word in ("a", "an") and at + 1 < stop and parse.lowers[at + 1] in ("dozen", "hundred"):
        return _scaled(parse.lowers, Number(at, at + 1, 1.0, ""), stop, tables)
    return None


def _digits(parse: Parse, at: int, stop: int, tables: NumberWords) -> Number | None:
    head, _, unit = parse.lowers[at].partition("-")
    match = _DIGITS.fullmatch(head)
    if match is None or not head.isascii():
        return None
    digits, suffix = match.groups()
    last = at + 1
    while len(digits) <= _LONGEST_GROUP or last > at + 1:
        if not _is_group(parse, last, stop):
            break
        digits += parse.lowers[last + 1]
        last += 2
    value = float(digits)
    if suffix:
        if suffix not in tables.scales:
            return None
        value *= tables.scales[suffix]
    return _scaled(parse.lowers, Number(at, last, value, unit), stop, tables)


def _is_group(parse: Parse, at: int, stop: int) -> bool:
    """Return whether ",000" follows without white space."""
    return (
        at + 1 < stop
        and parse.lowers[at] == ","
        and parse.starts[at + 1] == parse.ends[at] == parse.starts[at] + 1
        and parse.starts[at] == parse.ends[at - 1]
        and _GROUP.fullmatch(parse.lowers[at + 1]) is not None
    )


def _scaled(lowers: Sequence[str], number: Number, stop: int, tables: NumberWords) -> Number:
    """Return the number times the scales that follow it ("2.6 million")."""
    value, last = number.value, number.last
    while last < stop and not number.unit and lowers[last] in tables.scales:
        value *= tables.scales[lowers[last]]
        last += 1
    return Number(number.first, last, value, number.unit)


def written(value: float) -> str:
    """Return a number as digits, without needless zeros.

    >>> written(2600000.0), written(0.50)
    ('2600000', '0.5')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")
