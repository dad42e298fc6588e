"""Quotation marks to spans: every kind of mark, nested, unclosed, continued over paragraphs.

Marks are read paragraph by paragraph, so that a stray one cannot damage more than its own.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.annotate.found import Parse, Quotation
from onrecord.spans import Span, trim

__all__ = ["find_quotations"]

# Some archives print a double mark as two single ones.
_MARK = re.compile(r"'''|''|``|’’|‘‘|[\"＂“”„‟«»‘’'‹›]")
_OPENING = frozenset(("“", "„", "‟", "«", "‹", "``", "‘‘"))
_CLOSING = frozenset(("”", "»", "›", "’’"))
_STRAIGHT = frozenset(('"', "＂", "''"))
_SINGLE = frozenset("'’‘")
_BEFORE_OPENING = frozenset(" \t\u00a0\u2009\u200a([{—–-/:;,\"“‘'…")
_ELISION = re.compile(r"(?:em|n|tis|twas|til|till|cause|bout|round|\d\ds?)\b", re.IGNORECASE)
# What comes before a quotation whose closing mark was forgotten; anywhere else it is a stray.
_LAST_OPEN = 3
_LEADS = frozenset((",", ":", ".", "?", "!"))
_NEAR = 600
"""Characters: how far a single-quoted stretch is looked through for its closing mark."""
_CLOSED_SINGLE = re.compile(r"[,.?!…][’']")


class _Pair(NamedTuple):
    """A quotation with its marks; `closer` is empty where the paragraph ends without one."""

    start: int
    end: int
    opener: str
    closer: str


class _Unfinished(NamedTuple):
    """A quotation that its paragraph does not close; the next goes on only with the same mark."""

    number: int
    opener: str


@dataclass(slots=True)
class _Paragraph:
    """Marks still open in the paragraph being read, and the pairs found so far."""

    text: str
    start: int
    end: int
    open: list[tuple[int, str]] = field(default_factory=list)
    singles: int = 0
    """How many of the open marks are single ones."""
    pairs: list["_Pair"] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    """Where each kind of mark stands."""

    def before(self, place: int) -> str:
        return self.text[place - 1] if place > self.start else " "

    def after(self, place: int, mark: str) -> str:
        following = place + len(mark)
        return self.text[following] if following < self.end else " "

    @property
    def doubles(self) -> int:
        return len(self.open) - self.singles

    def push(self, place: int, mark: str) -> None:
        self.open.append((place, mark))
        self.singles += mark in _SINGLE

    def close(self, place: int, closer: str, kinds: frozenset[str]) -> None:
        """Close the innermost open mark of *kinds*; marks opened inside it were strays."""
        while self.open:
            start, mark = self.open.pop()
            self.singles -= mark in _SINGLE
            if mark in kinds:
                self.pairs.append(_Pair(start, place + len(closer), mark, closer))
                return


_DOUBLES = _OPENING | _CLOSING | _STRAIGHT


def find_quotations(parse: Parse) -> tuple[Quotation, ...]:
    """Return the quotations of an article in text order, outer ones before inner ones."""
    found: list[Quotation] = []
    continued: _Unfinished | None = None
    for block in parse.blocks:
        pairs = _pairs(parse.text, block)
        first = len(found)
        found += _nested(parse.text, pairs, block, continued)
        continued = _unfinished(parse.text, found, first, block)
    return tuple(found)


def _unfinished(text: str, found: list[Quotation], first: int, block: Span) -> _Unfinished | None:
    """Return the outer quotation that runs on over the end of *block*."""
    for number in range(len(found) - 1, first - 1, -1):
        quotation = found[number]
        if quotation.depth == 0:
            runs_on = not quotation.closed and quotation.outer.end == block.end
            opener = text[quotation.outer.start : quotation.inner.start].strip()
            return _Unfinished(number, opener) if runs_on else None
    return None


def _nested(
    text: str,
    pairs: list[_Pair],
    block: Span,
    continued: _Unfinished | None,
) -> list[Quotation]:
    """Turn the pairs of one block into quotations with their depth."""
    found: list[Quotation] = []
    around: list[int] = []
    for start, end, opener, closer in pairs:
        inner = trim(text, start + len(opener), end - len(closer))
        if inner is None:
            continue
        while around and around[-1] <= start:
            around.pop()
        goes_on = continued is not None and continued.opener == opener
        opens_block = start == block.start and not found
        found.append(
            Quotation(
                outer=Span(start, end),
                inner=inner,
                closed=bool(closer),
                depth=len(around),
                continues=continued.number if continued and goes_on and opens_block else None,
            )
        )
        around.append(end)
    return found


def _pairs(text: str, block: Span) -> list[_Pair]:
    """Return the pairs of marks of one block, outer ones first."""
    paragraph = _Paragraph(text, block.start, block.end)
    marks = [(match.start(), match.group()) for match in _MARK.finditer(text, *block)]
    for place, mark in marks:
        paragraph.places.setdefault(mark, []).append(place)
    for place, mark in marks:
        if mark == "'''":
            _read_triple(paragraph, place)
        elif mark in _SINGLE:
            _read_single(paragraph, place, mark)
        else:
            _read_double(paragraph, place, mark)
    _finish(paragraph)
    paragraph.pairs.sort(key=lambda pair: (pair.start, -pair.end))
    return paragraph.pairs


def _read_triple(paragraph: _Paragraph, place: int) -> None:
    """Read a single and a doubled single mark: the single one is the inner one."""
    if paragraph.singles:
        _read_single(paragraph, place, "'")
        _read_double(paragraph, place + 1, "''")
    else:
        _read_double(paragraph, place, "''")
        _read_single(paragraph, place + 2, "'")


def _read_double(paragraph: _Paragraph, place: int, mark: str) -> None:
    if _opens(paragraph, place, mark):
        paragraph.push(place, mark)
    elif paragraph.doubles:
        paragraph.close(place, mark, _DOUBLES)


def _opens(paragraph: _Paragraph, place: int, mark: str) -> bool:
    before, after = paragraph.before(place), paragraph.after(place, mark)
    if mark in _OPENING:
        # The closing mark of the low style is the opening mark of the high one, and some keyboards
        # give the opening mark at both ends.
        low = mark == "“" and bool(paragraph.open) and paragraph.open[-1][1] == "„"
        at_end = not before.isspace() and before != "(" and (after.isspace() or after in ",.;)")
        return not (low or (at_end and paragraph.doubles > 0))
    is_open = paragraph.doubles > 0
    if mark in _CLOSING:
        # The wrong way round at the start of a paragraph: editors' software does this.
        return not is_open and place == paragraph.start
    looks_opening = before in _BEFORE_OPENING and not after.isspace()
    if not is_open:
        return looks_opening or not before.isalnum()
    # An opening mark inside an open quotation is one level down only if both are closed later.
    places = paragraph.places.get(mark, [])
    rest = len(places) - bisect_right(places, place)
    both_closed = rest > 0 and rest % 2 == 0
    return before.isspace() and after.isalnum() and both_closed


def _read_single(paragraph: _Paragraph, place: int, mark: str) -> None:
    before, after = paragraph.before(place), paragraph.after(place, mark)
    if before.isalnum() and after.isalnum():
        return
    if mark != "’" and before in _BEFORE_OPENING and not after.isspace():
        is_elision = _ELISION.match(paragraph.text, place + 1, paragraph.end) is not None
        if not is_elision and (mark == "‘" or not paragraph.singles):
            paragraph.push(place, mark)
        return
    if mark == "‘" or before.isspace() or not paragraph.singles:
        return
    if not _is_possessive(paragraph, place):
        paragraph.close(place, mark, _SINGLE)


def _is_possessive(paragraph: _Paragraph, place: int) -> bool:
    """Tell the apostrophe of "the workers' rights" from a closing mark."""
    text, end = paragraph.text, paragraph.end
    if text[place - 1] not in "sS" or place + 2 >= end:
        return False
    if not (text[place + 1] == " " and text[place + 2].isalpha()):
        return False
    return _CLOSED_SINGLE.search(text, place + 1, min(end, place + _NEAR)) is not None


def _finish(paragraph: _Paragraph) -> None:
    """Decide what the marks mean that were never closed."""
    start, text = paragraph.start, paragraph.text
    if paragraph.open and paragraph.open[0][0] == start and paragraph.open[0][1] not in "'’":
        paragraph.pairs.append(_Pair(start, paragraph.end, paragraph.open[0][1], ""))
        return
    for place, mark in paragraph.open[-_LAST_OPEN:]:
        if mark in _SINGLE:
            continue
        lead = text[max(start, place - 2) : place].strip()
        if lead in _LEADS and not _crosses(paragraph.pairs, place):
            paragraph.pairs.append(_Pair(place, paragraph.end, mark, ""))
            return


def _crosses(pairs: list[_Pair], place: int) -> bool:
    """Return whether a quotation from *place* to the end would cut another in two."""
    return any(pair.start < place < pair.end for pair in pairs)
