"""Days of publication, where they are known to the day."""

from datetime import date

__all__ = ["published_day"]

_DAY = len("2000-01-01")


def published_day(published: str | None) -> int | None:
    """Return the number of the day in an ISO 8601 date, or None where it gives no day.

    >>> published_day("2031-03-02T10:00:00Z") - published_day("2031-03-01")
    1
    >>> published_day("2031-03") is None
    True
    """
    if published is None or len(published) < _DAY:
        return None
    try:
        return date.fromisoformat(published[:_DAY]).toordinal()
    except ValueError:
        return None
