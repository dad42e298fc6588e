"""Printed and machine-readable dates to ISO 8601 with the precision that they have.

A date that can be read in two ways (3/4/2019) is not read, unless the page says which English
it is written in. Offsets are kept as the outlet gives them; no clock is consulted.
"""

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from onrecord.records import Precision
from onrecord.resources import Resources

__all__ = ["Dated", "date_pattern", "parse_date"]

# Years of anything that can have been published on the web or scanned from print.
_FIRST_YEAR, _LAST_YEAR = 1700, 2100
_YEAR_DIGITS, _DAY_DIGITS, _MONTHS = 4, 2, 12


class Dated(NamedTuple):
    """A date in ISO 8601, how fine it is, and the rule that found it."""

    value: str
    precision: Precision
    rule: str


_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T\s]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?![\d:])",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"\s*(\d{4})-(\d\d)\s*")
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})(?![\d/])")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})[:.](\d\d)(?::(\d\d))?\s?(?:([ap])\.?m\b\.?)?\s?\(?([A-Z]{1,4}\b|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)


class _Names(NamedTuple):
    """What the word lists of a language contribute to reading dates."""

    months: dict[str, int]
    zones: dict[str, str]
    written: re.Pattern[str]


@cache
def _names(resources: Resources) -> _Names:
    months = {name.casefold(): int(number) for name, number in resources.tables["months"]}
    zones = {row[0]: row[1] for row in resources.tables["time_zones"]}
    return _Names(months, zones, re.compile(date_pattern(resources), re.IGNORECASE))


@cache
def date_pattern(resources: Resources) -> str:
    """Return a pattern for a written-out date, such as "April 3, 2019" or "3rd April 2019".

    It has six groups: month, day, year and day, month, year.
    """
    names = sorted((row[0] for row in resources.tables["months"]), key=lambda name: -len(name))
    month = "|".join(re.escape(name) for name in names)
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    return (
        rf"\b(?:({month})\.?\s{{1,3}}{day},?\s{{1,3}}(\d{{4}})"
        rf"|{day}\s{{0,3}}(?:of\s)?[-\s]?({month})\.?,?[-\s]{{1,3}}(\d{{4}}))(?!\d)"
    )


def parse_date(
    text: str, resources: Resources, *, rule: str, day_first: bool | None = None
) -> Dated | None:
    """Return the date that *text* (a field or a short line) gives, or None.

    Args:
        text: At most a line; the first date in it counts.
        resources: Month names and time zone letters.
        rule: Stored with the date.
        day_first: How 3/4/2019 is to be read; None leaves it unread.
    """
    text = text.strip()[:200]
    iso = _ISO.search(text)
    if iso is not None:
        return _iso(iso, rule)
    month = _MONTH_ONLY.fullmatch(text)
    if month is not None:
        return _dated((int(month[1]), int(month[2]), 1), None, rule, "month")
    names = _names(resources)
    written = names.written.search(text)
    if written is not None:
        name, number, year = (
            written[1] or written[5],
            written[2] or written[4],
            written[3] or written[6],
        )
        day = (int(year), names.months[name.casefold()], int(number))
        return _dated(day, _time_beside(text, written, names), rule)
    slashed = _SLASHED.search(text)
    if slashed is not None:
        found = _numeric(slashed, day_first=day_first)
        return _dated(found, _time_beside(text, slashed, names), rule) if found else None
    return None


def _iso(found: re.Match[str], rule: str) -> Dated | None:
    day = (int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return _dated(day, None, rule)
    offset = (found[7] or "").upper()
    if offset in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    elif offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        offset = f"{offset[0]}{digits[:2]}:{digits[2:]}"
    clock = (int(found[4]), int(found[5]), int(found[6] or 0))
    # A bare midnight is how databases print a day.
    bare = clock == (0, 0, 0) and not offset
    return _dated(day, None if bare else (*clock, offset), rule)


def _time_beside(
    text: str, found: re.Match[str], names: _Names
) -> tuple[int, int, int, str] | None:
    """Return the time of day printed beside a date, where its zone is printed too."""
    beside = _TIME.search(text, found.end()) or _TIME.search(text[: found.start()])
    if beside is None or beside[5] is None:
        return None
    zone = beside[5]
    offset = zone if zone[0] in "+-" else names.zones.get(zone.upper())
    if offset is None:
        return None
    if ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    hour = int(beside[1])
    if beside[4] is not None:
        hour = hour % 12 + (12 if beside[4] in "pP" else 0)
    return hour, int(beside[2]), int(beside[3] or 0), offset


def _numeric(found: re.Match[str], *, day_first: bool | None) -> tuple[int, int, int] | None:
    """Return year, month, day of a numeric date that can be read in one way only."""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == _YEAR_DIGITS:
        return first, second, third
    if len(found[4]) != _YEAR_DIGITS or len(found[1]) > _DAY_DIGITS:
        return None
    if first > _MONTHS or first == second:
        return third, second, first
    if second > _MONTHS:
        return third, first, second
    if day_first is None and found[2] == ".":
        day_first = True
    if day_first is None:
        return None
    return (third, second, first) if day_first else (third, first, second)


def _dated(
    day: tuple[int, int, int],
    clock: tuple[int, int, int, str] | None,
    rule: str,
    precision: Precision = "day",
) -> Dated | None:
    try:
        date = dt.date(*day)
        time = dt.time(*clock[:3]) if clock else None
    except ValueError:
        return None
    if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        return None
    if precision == "month":
        return Dated(date.isoformat()[:7], "month", rule)
    if time is None or clock is None:
        return Dated(date.isoformat(), precision, rule)
    return Dated(f"{date.isoformat()}T{time.isoformat()}{clock[3]}", "second", rule)
