"""Days, weeks, months and years as values ("2026-03", "2026-W10"), and steps between them."""

import calendar
import datetime as dt
import re
from typing import Final, Literal

from onrecord.records import DateRange

__all__ = [
    "Direction",
    "day_value",
    "month_near",
    "month_range",
    "range_of",
    "shift_day",
    "shift_month",
    "week_value",
    "weekday_near",
    "year_of_month_day",
]

Direction = Literal["back", "ahead"]

_MONTHS: Final = 12
_WEEK: Final = 7
_DAY_LENGTH: Final = len("2026-03-04")
_MONTH_LENGTH: Final = len("2026-03")
_YEAR_LENGTH: Final = len("2026")


def day_value(day: dt.date) -> str:
    """Return a day as "2026-03-04"."""
    return day.isoformat()


def week_value(day: dt.date) -> str:
    """Return the ISO week of a day as "2026-W10"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def shift_day(day: dt.date, days: int) -> dt.date | None:
    """Return the day *days* later, or None where the calendar ends."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def shift_month(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month *months* later.

    >>> shift_month(2026, 1, -1)
    (2025, 12)
    """
    count = year * _MONTHS + month - 1 + months
    return count // _MONTHS, count % _MONTHS + 1


def weekday_near(anchor: dt.date, weekday: int, direction: Direction) -> dt.date | None:
    """Return the day of a weekday (ISO, 1 to 7) at or next to *anchor*, back or ahead."""
    if direction == "back":
        return shift_day(anchor, -((anchor.isoweekday() - weekday) % _WEEK))
    return shift_day(anchor, (weekday - anchor.isoweekday()) % _WEEK)


def month_near(anchor: dt.date, month: int, direction: Direction) -> tuple[int, int]:
    """Return year and month of a month at or next to *anchor*, back or ahead."""
    if direction == "back":
        return anchor.year - (month > anchor.month), month
    return anchor.year + (month < anchor.month), month


def year_of_month_day(anchor: dt.date, month: int, day: int) -> int | None:
    """Return the year in which a day without year lies nearest to *anchor*; None if in none."""
    found: list[tuple[int, int]] = []
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        try:
            found.append((abs((dt.date(year, month, day) - anchor).days), year))
        except ValueError:
            continue
    return min(found)[1] if found else None


def month_range(year: int, month: int) -> tuple[str, str]:
    """Return the first and the last day of a month."""
    last = calendar.monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last:02d}"


_WEEK_VALUE = re.compile(r"\d{4}-W\d\d(?:-WE)?")


def range_of(value: str, rule: str) -> DateRange | None:
    """Return the days of a value, or None where it names none.

    >>> found = range_of("2026-W10", "this week")
    >>> found.start, found.end, found.precision
    ('2026-03-02', '2026-03-08', 'day')
    >>> range_of("PAST_REF", "recently") is None
    True
    >>> range_of("2026-WI", "this winter") is None  # a season, which has no agreed days
    True
    """
    if not value[:_YEAR_LENGTH].isdecimal():
        return None
    if _WEEK_VALUE.fullmatch(value):
        return _week_range(value, rule)
    if len(value) == _DAY_LENGTH and value[-2:].isdecimal():
        return DateRange(start=value, end=value, precision="day", rule=rule)
    if len(value) == _MONTH_LENGTH and value[-2:].isdecimal():
        start, end = month_range(int(value[:_YEAR_LENGTH]), int(value[-2:]))
        return DateRange(start=start, end=end, precision="month", rule=rule)
    if len(value) == _YEAR_LENGTH:
        return DateRange(start=f"{value}-01-01", end=f"{value}-12-31", precision="year", rule=rule)
    return None


def _week_range(value: str, rule: str) -> DateRange:
    """Return Monday to Sunday, or the weekend ("2026-W10-WE")."""
    year, week, *weekend = value.split("-")
    monday = dt.date.fromisocalendar(int(year), int(week[1:]), 1)
    start = shift_day(monday, 5 if weekend else 0) or monday
    end = shift_day(monday, _WEEK - 1) or monday
    return DateRange(start=start.isoformat(), end=end.isoformat(), precision="day", rule=rule)
