"""Expressions of time in a text, resolved against the day of writing.

What a date names itself is read in `named_times`; here stand what counts from another day
("last Friday", "two weeks ago") and the choice of the rule for a word.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from onrecord.annotate.calendar import (
    Direction,
    day_value,
    month_near,
    shift_day,
    shift_month,
    week_value,
    weekday_near,
)
from onrecord.annotate.found import Parse
from onrecord.annotate.named_times import (
    YEAR_DIGITS,
    day_number,
    direction,
    from_decade,
    from_digits,
    from_month,
    from_year,
    looks_ahead,
    year_number,
)
from onrecord.annotate.time_words import Place, TimeFound, TimeWords

__all__ = ["find_times"]

_THEN = 2
"""Value of words that count from another time than today's (\"earlier\", \"later\")."""


_Rule = Callable[[Place], TimeFound | None]


def find_times(
    parse: Parse, tokens: range, anchor: dt.date | None, tables: TimeWords
) -> list[TimeFound]:
    """Return the expressions among *tokens*, in order and apart from each other.

    *anchor* is the day of writing; without it, only what names its year has a value. No
    expression goes beyond its sentence.
    """
    found: list[TimeFound] = []
    quarter: str | None = None
    after = tokens.start
    known = tables.classes
    words = parse.lowers[tokens.start : tokens.stop]
    # Few words start an expression, and what is no word: the rest is passed over at once.
    for at in [at for at, word in enumerate(words, after) if word in known or not word.isalpha()]:
        rules = _rules_for(parse.lowers[at].removesuffix("'s"), tables)
        if not rules or at < after:
            continue
        stop = min(tokens.stop, parse.sentences[parse.sentence_of[at]].last)
        place = Place(parse.lowers, parse.words, at, stop, anchor, quarter, tables)
        one = next((one for one in (rule(place) for rule in rules) if one), None)
        if one is None:
            continue
        found.append(one)
        if one.value and "-Q" in one.value:
            quarter = quarter or one.value
        after = one.last
    return found


def _rules_for(word: str, tables: TimeWords) -> tuple[_Rule, ...]:
    known = tables.classes.get(word)
    if known is not None:
        return _BY_KIND[known[0]]
    if word[:1].isdigit():
        return _DIGITS
    if "-" in word:
        return _HYPHENS
    return ()


def _from_weekday(place: Place) -> TimeFound | None:
    """Read "Monday", "on Monday, March 3"."""
    if not place.words[place.at][0].isupper():
        return None
    step = 1 + (place.word(1) in (",", "the"))
    for rule in (from_month, from_digits):
        inner = place._replace(at=place.at + step)
        found = rule(inner) if step < place.stop - place.at and _names_day(inner) else None
        if found is not None and found.value is not None and len(found.value) > len("2026-03"):
            return found._replace(first=place.at)
    return _weekday(place, place.at, int(place.value(0)), direction(place), "weekday")


def _names_day(place: Place) -> bool:
    return place.kind(0) == "month" or day_number(place.word(0)) is not None


def _weekday(place: Place, first: int, number: int, direction: Direction, rule: str) -> TimeFound:
    day = weekday_near(place.anchor, number, direction) if place.anchor else None
    return TimeFound(first, place.at + 1, day_value(day) if day else None, rule)


def _from_deictic(place: Place) -> TimeFound | None:
    """Read "yesterday", "today"."""
    day = shift_day(place.anchor, int(place.value(0))) if place.anchor else None
    return TimeFound(place.at, place.at + 1, day_value(day) if day else None, place.word(0))


def _from_shift(place: Place) -> TimeFound | None:
    """Read "last month", "next Monday", "this summer", "the past week"."""
    shift = int(place.value(0))
    step = 1
    while place.kind(step) == "shift" or place.word(step) in ("fiscal", "calendar"):
        step += 1
    inner = place._replace(at=place.at + step)
    kind = inner.kind(0)
    rule = f"{place.word(0)} {kind if kind != 'unit' else inner.value(0)}"
    if kind == "weekday":
        return _shifted_weekday(inner, place.at, shift, rule)
    if kind == "month" and inner.words[inner.at][0].isupper():
        return _shifted_month(inner, place.at, shift, rule)
    if kind == "season":
        return _season(inner, place.at, shift, rule)
    if kind == "unit" and not inner.word(0).endswith("s"):
        value = _shifted_unit(inner, inner.value(0), shift)
        return TimeFound(place.at, inner.at + 1, value, rule) if value != "" else None
    return None


def _shifted_weekday(place: Place, first: int, shift: int, rule: str) -> TimeFound:
    if place.anchor is None:
        return TimeFound(first, place.at + 1, None, rule)
    number = int(place.value(0))
    if shift == 0:
        return _weekday(place, first, number, direction(place), rule)
    start = shift_day(place.anchor, shift)
    day = weekday_near(start, number, "back" if shift < 0 else "ahead") if start else None
    return TimeFound(first, place.at + 1, day_value(day) if day else None, rule)


def _shifted_month(place: Place, first: int, shift: int, rule: str) -> TimeFound:
    if place.anchor is None:
        return TimeFound(first, place.at + 1, None, rule)
    month = int(place.value(0))
    year = place.anchor.year
    if shift < 0:
        year -= month >= place.anchor.month
    elif shift > 0:
        year += month <= place.anchor.month
    return TimeFound(first, place.at + 1, f"{year:04d}-{month:02d}", rule)


def _season(place: Place, first: int, shift: int, rule: str) -> TimeFound | None:
    step = 2 if place.word(1) == "of" else 1
    year = year_number(place.word(step))
    if year is not None:
        return TimeFound(first, place.at + step + 1, f"{year:04d}-{place.value(0)}", "season year")
    if place.anchor is None:
        return TimeFound(first, place.at + 1, None, rule)
    starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[place.value(0)]
    year = place.anchor.year
    if shift < 0 and starts + 2 >= place.anchor.month:
        year -= 1
    elif shift > 0 and starts <= place.anchor.month:
        year += 1
    return TimeFound(first, place.at + 1, f"{year:04d}-{place.value(0)}", rule)


def _shifted_unit(place: Place, unit: str, shift: int) -> str | None:
    """Return the value of a unit before, of or after the day of writing; "" for no date."""
    return None if place.anchor is None else _unit_near(place.anchor, unit, shift)


def _unit_near(anchor: dt.date, unit: str, shift: int) -> str | None:
    if unit in ("week", "weekend"):
        day = shift_day(anchor, 7 * shift)
        return week_value(day) + ("-WE" if unit == "weekend" else "") if day else None
    if unit == "quarter":
        year, month = shift_month(anchor.year, anchor.month, 3 * shift)
        return f"{year:04d}-Q{(month + 2) // 3}"
    year, month = shift_month(anchor.year, anchor.month, shift)
    values = {
        "month": f"{year:04d}-{month:02d}",
        "year": f"{anchor.year + shift:04d}",
        "decade": f"{anchor.year // 10 + shift:03d}",
    }
    return values.get(unit, "")


def _from_number(place: Place) -> TimeFound | None:
    """Read "two weeks ago", "a year earlier", "several days ago"."""
    number = int(place.value(0)) if place.kind(0) == "number" else _small(place.word(0))
    step = 1
    if place.word(0) == "a" and place.word(1) == "few":
        number, step = 0, 2
    if number is None or place.kind(step) != "unit" or place.kind(step + 1) != "ago":
        return None
    unit, side = place.value(step), int(place.value(step + 1))
    last = place.at + step + 2
    rule = f"{unit} {place.word(step + 1)}"
    if number == 0:
        return TimeFound(place.at, last, "PAST_REF" if side < 0 else "FUTURE_REF", rule)
    if unit == "day" and abs(side) == _THEN:
        # Days "earlier" and "later" count from the day last spoken of, not from today.
        return TimeFound(place.at, last, None, "then " + str(number if side > 0 else -number))
    if unit == "year" and number == 1 and side < 0 and place.quarter is not None:
        return TimeFound(place.at, last, _year_back(place.quarter), "year before the quarter")
    return TimeFound(place.at, last, _stepped(place, unit, number if side > 0 else -number), rule)


def _small(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < YEAR_DIGITS else None


def _stepped(place: Place, unit: str, number: int) -> str | None:
    if place.anchor is None:
        return None
    if unit == "day":
        day = shift_day(place.anchor, number)
        return day_value(day) if day else None
    if unit == "fortnight":
        return _shifted_unit(place, "week", 2 * number)
    return _shifted_unit(place, unit, number) or None


def _from_ordinal(place: Place) -> TimeFound | None:
    """Read "the third quarter", with or without its year."""
    if place.word(1) != "quarter":
        return None
    return _quarter(place, int(place.value(0)), 2)


def _quarter(place: Place, number: int, step: int) -> TimeFound | None:
    after = step + (place.word(step) in (",", "of"))
    year = year_number(place.word(after))
    if year is not None:
        return TimeFound(place.at, place.at + after + 1, f"{year:04d}-Q{number}", "quarter year")
    if place.anchor is None:
        return TimeFound(place.at, place.at + step, None, "quarter")
    ahead = looks_ahead(place) is True
    year = place.anchor.year - (not ahead and 3 * number - 2 > place.anchor.month)
    return TimeFound(place.at, place.at + step, f"{year:04d}-Q{number}", "quarter, nearest year")


def _from_hyphen(place: Place) -> TimeFound | None:
    """Read "third-quarter", "mid-March", "mid-1990s", "year-earlier"."""
    left, _, right = place.word(0).partition("-")
    kind, value = place.tables.classes.get(left, ("", ""))
    if right == "quarter" and kind == "ordinal":
        return _quarter(place, int(value), 1)
    if left == "year" and right in ("earlier", "ago") and place.quarter is not None:
        return TimeFound(
            place.at, place.at + 1, _year_back(place.quarter), "year before the quarter"
        )
    if left == "year" and right in ("earlier", "ago") and place.anchor is not None:
        return TimeFound(place.at, place.at + 1, f"{place.anchor.year - 1:04d}", "year earlier")
    kind, value = place.tables.classes.get(right, ("", ""))
    if left in ("mid", "early", "late") and kind == "month" and place.anchor is not None:
        year, month = month_near(place.anchor, int(value), direction(place))
        return TimeFound(place.at, place.at + 1, f"{year:04d}-{month:02d}", "month, nearest year")
    return None


def _from_unit(place: Place) -> TimeFound | None:
    """Read "the weekend", "the day after", "the quarter": what only the text around tells."""
    word, before = place.word(0), place.word(-1)
    if word == "weekend" and before in ("the", "over"):
        value = _shifted_unit(place, "weekend", 0)
        return TimeFound(place.at, place.at + 1, value, "weekend")
    if word == "day":
        return _spoken_day(place, before)
    company = word in ("quarter", "period") and before in ("the", "latest")
    if company and place.quarter is not None:
        return TimeFound(place.at, place.at + 1, place.quarter, "quarter spoken of")
    return None


def _spoken_day(place: Place, before: str) -> TimeFound | None:
    """Read "the day after", "the following day"."""
    if before == "the" and place.word(1) in ("after", "before"):
        shift = 1 if place.word(1) == "after" else -1
        return TimeFound(place.at, place.at + 2, None, f"then {shift}")
    if before == "following":
        return TimeFound(place.at, place.at + 1, None, "then 1")
    return None


def _year_back(quarter: str) -> str:
    year, number = quarter.split("-")
    return f"{int(year) - 1:04d}-{number}"


def _from_next_day(place: Place) -> TimeFound | None:
    """Read "the next day", "the previous day", "the same day": counted from the day spoken of."""
    if place.word(1) != "day" or place.word(-1) not in ("the", "that"):
        return None
    return TimeFound(place.at, place.at + 2, None, f"then {place.value(0)}")


def _from_reference(place: Place) -> TimeFound | None:
    """Read "now", "recently", "the future"."""
    if place.word(0) == "future" and place.word(-1) not in ("the", "near"):
        return None
    last = place.at + 1 + (place.kind(1) == "unit")
    return TimeFound(place.at, last, place.value(0), "reference")


def _from_season(place: Place) -> TimeFound | None:
    """Read "the summer", "in spring", "summer 2026"."""
    if place.word(-1) in ("the", "in", "of", "during") or year_number(place.word(1)):
        return _season(place, place.at, 0, "season")
    return None


_BY_KIND: Mapping[str, tuple[_Rule, ...]] = {
    "weekday": (_from_weekday,),
    "month": (from_month,),
    "deictic": (_from_deictic,),
    "season": (_from_season,),
    "reference": (_from_reference,),
    "shift": (_from_next_day, _from_shift),
    "unit": (_from_unit,),
    "number": (_from_number,),
    "ordinal": (_from_ordinal,),
    "ago": (),
}
_DIGITS: tuple[_Rule, ...] = (from_digits, from_year, from_decade, _from_number)
_HYPHENS: tuple[_Rule, ...] = (_from_hyphen, from_decade)
