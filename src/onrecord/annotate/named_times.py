"""Dates that name their month, their year or their day in numbers: "3 May", "2019", "12/3/20"."""

import datetime as dt

from onrecord.annotate.calendar import Direction, day_value, month_near, year_of_month_day
from onrecord.annotate.time_words import Place, TimeFound

__all__ = [
    "YEAR_DIGITS",
    "day_number",
    "direction",
    "from_decade",
    "from_digits",
    "from_month",
    "from_year",
    "looks_ahead",
    "year_number",
]

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_FIRST_BARE, _LAST_BARE = 1900, 2049
"""Years that need no preposition before them: counts of that size are written with a comma."""
_LAST_DAY = 31
YEAR_DIGITS = 4
_DAY_DIGITS, _THOUSANDS = 2, 3
_REACH = 10
"""Words before an expression in which the verb it goes with is looked for."""


def looks_ahead(place: Place) -> bool | None:
    """Return whether the verb before an expression looks ahead; None where there is none."""
    for step in range(-1, -_REACH, -1):
        word = place.word(step)
        if word in place.tables.ahead:
            return True
        if word in place.tables.behind or (word.endswith("ed") and len(word) > YEAR_DIGITS):
            return False
        if word in (".", ";", ""):
            return None
    return None


def direction(place: Place) -> Direction:
    """Return where to look for a day that does not say: behind, unless its verb looks ahead."""
    return "ahead" if looks_ahead(place) else "back"


def day_number(word: str) -> int | None:
    """Return the day of the month that a word writes ("3", "3rd")."""
    digits = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    if (
        digits.isascii()
        and digits.isdigit()
        and len(digits) <= _DAY_DIGITS
        and 1 <= int(digits) <= _LAST_DAY
    ):
        return int(digits)
    return None


def year_number(word: str) -> int | None:
    """Return the year that a word of four digits is, if it can be one."""
    if len(word) == YEAR_DIGITS and word.isascii() and word.isdigit():
        return int(word) if _FIRST_YEAR <= int(word) <= _LAST_YEAR else None
    return None


def _full(year: int, month: int, day: int) -> str | None:
    try:
        return day_value(dt.date(year, month, day))
    except ValueError:
        return None


def _year_after(place: Place, step: int) -> tuple[int | None, int]:
    """Return the year that follows, after a comma or not, and where the expression ends."""
    comma = step + (place.word(step) == ",")
    year = year_number(place.word(comma))
    return (year, comma + 1) if year is not None else (None, step)


def _month_day(place: Place, month: int, day: int, step: int, first: int) -> TimeFound | None:
    """Return a day of a month, with its year if that follows at *step*."""
    year, step = _year_after(place, step)
    rule = "day month year" if year else "day month, nearest year"
    if year is None and place.anchor is not None:
        year = year_of_month_day(place.anchor, month, day)
    value = _full(year, month, day) if year is not None else None
    if value is None and year is not None:
        return None
    return TimeFound(place.at + first, place.at + step, value, rule)


def from_month(place: Place) -> TimeFound | None:
    """Read "March 3, 2026", "March 2026", "March"."""
    if not place.words[place.at][0].isupper():
        return None
    month = int(place.value(0))
    step = 2 if place.word(1) == "." else 1
    day = day_number(place.word(step))
    if day is not None and not _counts(place, step + 1):
        return _month_day(place, month, day, step + 1, 0)
    year = year_number(place.word(step + (place.word(step) in (",", "of"))))
    if year is not None:
        last = step + (place.word(step) in (",", "of")) + 1
        return TimeFound(place.at, place.at + last, f"{year:04d}-{month:02d}", "month year")
    if not _is_month_alone(place):
        return None
    if place.anchor is None:
        return TimeFound(place.at, place.at + 1, None, "month")
    year = _year_of_month(place, month)
    return TimeFound(place.at, place.at + 1, f"{year:04d}-{month:02d}", "month, nearest year")


def _year_of_month(place: Place, month: int) -> int:
    """Return the year of a month alone: the nearest, unless the verb looks the other way."""
    anchor = place.anchor or dt.date.min
    ahead = looks_ahead(place)
    if ahead is None:
        return year_of_month_day(anchor, month, 1) or anchor.year
    return month_near(anchor, month, "ahead" if ahead else "back")[0]


def _counts(place: Place, step: int) -> bool:
    """Return whether a number goes on ("May 30,000", "March 3 percent")."""
    return place.word(step) in ("percent", "%") or (
        place.word(step) == ","
        and len(place.word(step + 1)) == _THOUSANDS
        and place.word(step + 1).isdigit()
    )


def _is_month_alone(place: Place) -> bool:
    """Tell the month from a name or a verb ("May said", "March on"): full name, after a sign."""
    before = place.word(-1)
    signs = ("in", "of", "since", "last", "next", "by", "until", "early", "late", "from", "to")
    if place.word(0) in ("may", "march", "mar", "jan", "dec", "nov", "oct", "sep", "aug"):
        return before in signs
    return True


def from_digits(place: Place) -> TimeFound | None:
    """Read "3 March 2026", "the 3rd of March", "2026-03-03"."""
    word = place.word(0)
    if len(word) == len("2026-03-03") and word[4] == word[7] == "-":
        parts = word.split("-")
        if all(part.isascii() and part.isdigit() for part in parts):
            value = _full(*(int(part) for part in parts))
            return TimeFound(place.at, place.at + 1, value, "iso") if value else None
    day = day_number(word)
    step = 2 if place.word(1) == "of" else 1
    if day is not None and place.kind(step) == "month":
        month = int(place.value(step))
        step += 2 if place.word(step + 1) == "." else 1
        return _month_day(place, month, day, step, 0)
    return None


def from_year(place: Place) -> TimeFound | None:
    """Read "in 2026", "(2026)", "2026's"."""
    year = year_number(place.word(0))
    if year is None:
        return None
    owner = place.lowers[place.at].endswith("'s")
    if not (owner or place.word(-1) in place.tables.before_year or _is_bare_year(place, year)):
        return None
    return TimeFound(place.at, place.at + 1, f"{year:04d}", "year")


def _is_bare_year(place: Place, year: int) -> bool:
    """Tell "the 1996 election" from "1996 people": not before a plural, not after a currency."""
    after = place.word(1)
    counted = after.endswith("s") and after.isalpha()
    return _FIRST_BARE <= year <= _LAST_BARE and not counted and place.word(-1) not in "$£€,.-"


def from_decade(place: Place) -> TimeFound | None:
    """Read "the 1990s", "the '80s", "the mid-1990s"."""
    word = place.word(0).removeprefix("mid-").removeprefix("late-").removeprefix("early-")
    digits = word.removesuffix("s")
    if word == digits or not digits.isdigit() or digits[-1] != "0":
        return None
    if len(digits) == YEAR_DIGITS:
        return TimeFound(place.at, place.at + 1, digits[:3], "decade")
    if len(digits) == len("80") and place.word(-1) in ("'", "the"):
        return TimeFound(place.at, place.at + 1, "19" + digits[0], "decade")
    return None
