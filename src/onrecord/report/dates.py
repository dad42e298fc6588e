"""Dates in words, as precise as they are held and no more."""

from typing import Final

from onrecord.records import DateRange

__all__ = ["day_words", "range_words"]

_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_DATE_PARTS: Final = 3
_CLOCK: Final = slice(11, 16)


def day_words(date: str | None, *, clock: bool = False) -> str:
    """Return an ISO 8601 date in words; with *clock*, the time of day as the outlet gives it.

    >>> day_words("2026-04-18T10:02:00+01:00"), day_words("2026-04"), day_words(None)
    ('18 Apr 2026', 'Apr 2026', 'no date')
    >>> day_words("2026-04-18T10:02:00+01:00", clock=True)
    '18 Apr 2026, 10:02'
    """
    if not date:
        return "no date"
    parts = date[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > _DATE_PARTS:
        return date
    words = [str(int(parts[2]))] if len(parts) == _DATE_PARTS else []
    if len(parts) > 1:
        month = int(parts[1])
        if not 1 <= month <= len(_MONTHS):
            return date
        words.append(_MONTHS[month - 1])
    day = " ".join([*words, parts[0]])
    time = date[_CLOCK]
    return f"{day}, {time}" if clock and time else day


def range_words(said: DateRange) -> str:
    """Return when something was said, in words, with what is not known of it.

    >>> said = DateRange(start="2026-04-01", end="2026-04-30", precision="month", rule="month")
    >>> range_words(said)
    'Apr 2026, day not stated'
    """
    if said.precision == "year":
        return f"{said.start[:4]}, day not stated"
    if said.precision == "month":
        return f"{day_words(said.start[:7])}, day not stated"
    if said.start[:10] == said.end[:10]:
        return day_words(said.start)
    return f"between {day_words(said.start)} and {day_words(said.end)}"
