"""Half-open ranges of Unicode code points into an article's text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.errors import SpanError

__all__ = ["Span", "all_covered", "any_overlap", "join_spans", "trim"]


class Span(NamedTuple):
    """The characters from `start` up to, but not including, `end`; code points, 0-based."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the wording of the span in *text*.

        Raises:
            SpanError: the span is empty or does not lie inside *text*.

        >>> Span(2, 5).of("a boat")
        'boa'
        """
        if not 0 <= self.start < self.end <= len(text):
            raise SpanError(f"span {self.start}-{self.end} is outside a text of {len(text)}")
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Return whether every character of *other* lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the spans share a character."""
        return self.start < other.end and other.start < self.end


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its ends, or None where nothing is left.

    >>> trim("  so ", 0, 5)
    Span(start=2, end=4)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def any_overlap(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    """Return whether one of *spans* shares a character with one of *others*."""
    return any(span.overlaps(other) for span in spans for other in others)


def all_covered(spans: Iterable[Span], around: Sequence[Span]) -> bool:
    """Return whether each of *spans* lies inside one of *around*.

    >>> all_covered([Span(1, 2), Span(8, 9)], [Span(0, 4), Span(8, 9)])
    True
    """
    return all(any(other.covers(span) for other in around) for span in spans)


def join_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the wording of several spans, pieces joined by ` … ` (`statements.text`)."""
    return " … ".join(span.of(text) for span in spans)
