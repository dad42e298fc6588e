"""The timeline as a small drawing: when each item was said, and when it was printed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from onrecord.records import Row
from onrecord.report.dates import day_words
from onrecord.views.timeline import Moment

__all__ = ["Dot", "Strip", "Tick", "draw"]

WIDTH: Final = 960
_MARGIN: Final = 24
_ROW: Final = 17
_MOST_DAYS: Final = 120  # beyond it the days are too thin to tell apart; the list is enough


class Dot(Row, frozen=True, kw_only=True):
    """An item on its day; `x`, `y` in drawing units."""

    x: float
    y: float
    number: int


class Tick(Row, frozen=True, kw_only=True):
    """A day of the axis; `label` is empty where it would not fit."""

    x: float
    label: str
    printed: int
    """Articles published on that day."""


class Strip(Row, frozen=True, kw_only=True):
    """A drawing `WIDTH` units wide."""

    height: int
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    title: str


def draw(moments: Sequence[Moment], published: Sequence[str]) -> Strip | None:
    """Return the strip of items whose day is known, or None where there is little to see.

    *published* are the articles' dates (ISO 8601).
    """
    exact = [row for row in moments if row.said and row.said.precision in ("day", "second")]
    said = [(_day(row.said.start), row.item.number) for row in exact if row.said]
    printed = [_day(row) for row in published]
    days = sorted({day for day, _ in said if day} | {day for day in printed if day})
    if len(days) < 2 or (days[-1] - days[0]).days > _MOST_DAYS:  # noqa: PLR2004 - a line has two ends
        return None
    span = (days[-1] - days[0]).days
    step = (WIDTH - 2 * _MARGIN) / span
    stacks: dict[date, int] = {}
    dots = []
    for day, number in said:
        if day:
            level = stacks[day] = stacks.get(day, 0) + 1
            dots.append((day, level, number))
    top = max(stacks.values(), default=1) * _ROW + 8
    return Strip(
        height=top + 34,
        dots=tuple(
            Dot(x=_x(day, days[0], step), y=top - level * _ROW + 8, number=number)
            for day, level, number in dots
        ),
        ticks=_ticks(days[0], span, step, printed),
        title=f"When items were said, {day_words(str(days[0]))} to {day_words(str(days[-1]))}",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _x(day: date, first: date, step: float) -> float:
    return round(_MARGIN + (day - first).days * step, 1)


def _ticks(first: date, span: int, step: float, printed: Sequence[date | None]) -> tuple[Tick, ...]:
    every = max(1, round(70 / step))  # a label is about 70 units wide
    ticks = []
    for number in range(span + 1):
        day = first + timedelta(days=number)
        label = day_words(str(day)).rpartition(" ")[0] if number % every == 0 else ""
        ticks.append(Tick(x=_x(day, first, step), label=label, printed=printed.count(day)))
    return tuple(ticks)
