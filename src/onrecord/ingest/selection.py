"""Which pieces of a page are the article, and which passages of it the main reader lost.

trafilatura says which text is the article's (the best open reader measured; its output is not
used as text, because it drops repeated paragraphs and zero-width characters). Its answer is
laid over the pieces of the page; what it left out inside the article is then looked at again.
"""

import re
from collections import Counter
from copy import deepcopy
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import trafilatura
from lxml import html

from onrecord.ingest.body import Piece
from onrecord.records import BlockKind
from onrecord.resources import Resources

__all__ = ["Selected", "Selection", "has_cue", "select"]

# Above this number of elements trafilatura takes minutes; the pieces are then judged alone.
_MAX_ELEMENTS = 40_000
# Shorter pieces occur anywhere by chance: they count only as whole lines inside the article.
_LONG = 24
_CHUNK = 32
# Short lines are looked for this many pieces before the first and after the last long one.
_NEAR = 12
# A paragraph put back is at least this long, with at most this share of its characters in links.
_OWN, _LINKED = 50, 0.4
_LINK_SHARE = 0.95
# So many kept pieces of the same mark-up make it the article's own.
_ALIKE = 2
_BESIDE = 15
# Less than this share of the text occurring once means that the article is there in copies.
_ONCE = 0.3
_SUMMARY = 30
# So many characters in common make a line the page's own description.
_SAME = 40
_LONG_PARAGRAPH = 80
_NEARLY_ALL = 0.85


class Selected(NamedTuple):
    """A piece of the article, and the part it plays."""

    piece: Piece
    kind: BlockKind


class Selection(NamedTuple):
    """The pieces of the article in document order."""

    selected: list[Selected]
    put_back: int = 0
    """Paragraphs that the main reader had lost."""


_STANDFIRST = re.compile(
    r"stand-?first|HeaderDek|(?:^|[\s_-])(?:dek|deck|sub-?(?:title|head|headline|heading)|strap-?line|lede"
    r"|article-?(?:summary|intro|lead|description)|excerpt)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")
_QUOTE = re.compile(r"[\"“”„«»‘]")


def select(
    root: html.HtmlElement,
    pieces: list[Piece],
    summary: str,
    resources: Resources,
    *,
    fragment: bool = False,
) -> Selection:
    """Return what of *pieces* belongs to the article, furniture inside it included as such.

    Args:
        root: The whole page.
        pieces: Its passages in document order.
        summary: What the page says the article is about, folded; "" where it does not say.
        resources: Word lists.
        fragment: Whether it is a piece of HTML without a frame, as feeds carry it: nothing but
            the article.
    """
    kept = _matches(pieces, _main_lines(root))
    if not any(kept):
        kept = _all_shown(pieces) if fragment else _running_text(pieces)
    if not any(kept):
        return Selection([])
    region = _Region(pieces, kept, summary)
    selected: list[Selected] = []
    put_back = 0
    for at, piece in enumerate(pieces):
        if kept[at]:
            selected.append(Selected(piece, "boilerplate" if _is_link(piece) else piece.kind))
            continue
        kind = region.kind(at, resources)
        if kind is not None:
            selected.append(Selected(piece, kind))
            put_back += kind == "paragraph"
    return Selection(selected, put_back)


def _is_link(piece: Piece) -> bool:
    """Return whether all of a line leads elsewhere: the headline of another article."""
    own = len(piece.text) - sum(piece.text.count(mark) for mark in "|«»·•/ ")
    return (
        piece.kind in ("paragraph", "list", "heading")
        and piece.linked >= _LINK_SHARE * own > 0
        and not piece.text.endswith((".", ":"))
    )


class _Region:
    """The part of the page that the kept pieces take up, and how they are marked up."""

    def __init__(self, pieces: list[Piece], kept: list[bool], summary: str) -> None:
        self._summary = summary
        self._pieces = pieces
        chosen = [at for at, keep in enumerate(kept) if keep]
        self._first, self._last = chosen[0], chosen[-1]
        self._markup = Counter(_markup(pieces[at]) for at in chosen)
        self._tag = _commonest_tag([pieces[at] for at in chosen])
        self._container = _container([pieces[at] for at in chosen])

    def kind(self, at: int, resources: Resources) -> BlockKind | None:
        """Return the part that a piece plays which the main reader left out, or None."""
        piece = self._pieces[at]
        inside = self._first <= at <= self._last
        if not inside and not self._adjoins(at):
            return None
        if self._is_standfirst(at):
            return "heading"
        if self._container is not None and not _is_in(piece.node, self._container):
            return None
        if not piece.hidden and piece.kind in ("embed", "caption"):
            return piece.kind
        if not piece.hidden and self._is_own(at, resources):
            return "paragraph" if piece.kind == "heading" else piece.kind
        kept = piece.node.tag not in ("nav", "form") and (inside or self._is_said(at, resources))
        return "boilerplate" if kept else None

    def _is_said(self, at: int, resources: Resources) -> bool:
        """Return whether a piece beside the kept ones, in their element, may report speech.

        It is not read as the article's own, but it is not lost either.
        """
        piece = self._pieces[at]
        if self._container is None or piece.hidden or len(piece.text) < _OWN or _is_link(piece):
            return False
        return _QUOTE.search(piece.text) is not None or has_cue(piece.text, resources)

    def _is_own(self, at: int, resources: Resources) -> bool:
        """Return whether a piece reads and is marked up like the article's own paragraphs."""
        piece = self._pieces[at]
        if len(piece.text) < _OWN or piece.linked > _LINKED * len(piece.text):
            return False
        inside = self._first <= at <= self._last
        if self._markup[_markup(piece)] >= _ALIKE and (inside or not piece.aside):
            return True
        if piece.aside or not inside:
            return False
        return (
            (_reads_on(piece) and piece.node.tag == self._tag)
            or _QUOTE.search(piece.text) is not None
            or has_cue(piece.text, resources)
        )

    def _is_standfirst(self, at: int) -> bool:
        """Return whether a piece above the text is the summary that outlets print there."""
        piece = self._pieces[at]
        if at >= self._first or piece.hidden or len(piece.text) < _SUMMARY:
            return False
        if piece.kind not in ("paragraph", "heading") or _is_link(piece):
            return False
        if self._summary and self._summary.startswith(piece.folded[:_SAME]):
            return True
        parent = piece.node.getparent()
        names = f"{piece.node.get('class', '')} {'' if parent is None else parent.get('class', '')}"
        return _STANDFIRST.search(names) is not None

    def _adjoins(self, at: int) -> bool:
        """Return whether a piece outside the kept ones follows or precedes them closely."""
        if at > self._last:
            return at - self._last <= _BESIDE
        return self._first - at <= _BESIDE


def _all_shown(pieces: list[Piece]) -> list[bool]:
    return [not piece.hidden and bool(piece.folded) for piece in pieces]


def _commonest_tag(chosen: list[Piece]) -> str:
    """Return the tag that most of the chosen text stands in."""
    lengths: Counter[str] = Counter()
    for piece in chosen:
        lengths[str(piece.node.tag)] += len(piece.text)
    return max(lengths, key=lambda tag: (lengths[tag], tag))


def _reads_on(piece: Piece) -> bool:
    """Return whether a passage is as long as a paragraph and ends like one."""
    return len(piece.text) >= _LONG_PARAGRAPH and piece.text.endswith((".", "!", "?", "”", '"'))


def _running_text(pieces: list[Piece]) -> list[bool]:
    """Return for each piece whether it is a paragraph, where the main reader found none.

    Only pages with several are articles; the passages of side columns are left out.
    """
    reads = [
        not piece.hidden
        and not piece.aside
        and piece.kind == "paragraph"
        and piece.linked < _LINKED * len(piece.text)
        and _reads_on(piece)
        for piece in pieces
    ]
    return reads if sum(reads) >= _ALIKE else [False] * len(pieces)


def _markup(piece: Piece) -> tuple[str, ...]:
    """Return the tags and classes of the piece's block and of the two elements around it."""
    parts: list[str] = []
    node: html.HtmlElement | None = piece.node
    for _ in range(3):
        if node is None:
            break
        parts += (str(node.tag), node.get("class", ""))
        node = node.getparent()
    return tuple(parts)


def _container(chosen: list[Piece]) -> html.HtmlElement | None:
    """Return the deepest element that holds nearly all of the chosen text."""
    shares: dict[html.HtmlElement, int] = {}
    total = 0
    for piece in chosen:
        total += len(piece.text)
        for node in (piece.node, *piece.node.iterancestors()):
            shares[node] = shares.get(node, 0) + len(piece.text)
    holding = [node for node, share in shares.items() if share >= _NEARLY_ALL * total]
    # The first chosen piece comes first in the dictionary, from the inside out.
    return holding[0] if holding else None


def _is_in(node: html.HtmlElement, container: html.HtmlElement) -> bool:
    return node is container or any(above is container for above in node.iterancestors())


@cache
def _cue(resources: Resources) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in resources.lists["cues_of_speech"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def has_cue(text: str, resources: Resources) -> bool:
    """Return whether a word that attributes ("said") is in *text*."""
    return _cue(resources).search(text) is not None


def _main_lines(root: html.HtmlElement) -> list[str]:
    """Return the folded lines of what trafilatura takes for the main text."""
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        return []
    document = trafilatura.bare_extraction(
        deepcopy(root), fast=True, include_comments=False, include_tables=True
    )
    if document is None or document.body is None:
        return []
    lines = (_NOT_WORD.sub("", line).casefold() for line in (document.text or "").split("\n"))
    return [line for line in lines if line]


def _matches(pieces: list[Piece], lines: list[str]) -> list[bool]:
    """Return for each piece whether the main text has it, in its place.

    Long pieces anchor the rest: a short line counts only where the main text has that very
    line between the anchors around it, a repeated one only between the first and the last.
    """
    hay = "".join(lines)
    starts = list(accumulate((len(line) for line in lines), initial=0))
    lines_at: dict[str, list[int]] = {}
    for start, line in zip(starts, lines, strict=False):
        lines_at.setdefault(line, []).append(start)
    places = [
        -1 if piece.hidden or len(piece.folded) < _LONG else _place_of(piece.folded, hay)
        for piece in pieces
    ]
    places = _first_copy(pieces, places)
    copies = Counter(piece.folded for piece, at in zip(pieces, places, strict=True) if at >= 0)
    unique = [
        at for at, piece in enumerate(pieces) if places[at] >= 0 and copies[piece.folded] == 1
    ] or [at for at, place in enumerate(places) if place >= 0]
    if not unique:
        return [False] * len(pieces)
    first, last = unique[0], unique[-1]
    after = _next_places(places, len(hay))
    result: list[bool] = []
    before = 0
    for at, piece in enumerate(pieces):
        if places[at] >= 0:
            inside = first <= at <= last or _is_beside(piece, pieces[first], pieces[last])
            result.append(inside or copies[piece.folded] == 1)
            before = places[at]
            continue
        near = first - _NEAR <= at <= last + _NEAR and not piece.hidden
        spots = lines_at.get(piece.folded, ()) if near else ()
        result.append(any(before <= spot <= after[at] for spot in spots))
    return result


def _first_copy(pieces: list[Piece], places: list[int]) -> list[int]:
    """Return *places* without those of later copies, where nearly all of the text is there twice.

    Some pages hold the whole article once for each width of screen.
    """
    lengths: dict[str, list[int]] = {}
    for piece, place in zip(pieces, places, strict=True):
        if place >= 0:
            lengths.setdefault(piece.folded, []).append(len(piece.folded))
    once = sum(found[0] for found in lengths.values() if len(found) == 1)
    if once > _ONCE * sum(found[0] for found in lengths.values()):
        return places
    seen: set[str] = set()
    result: list[int] = []
    for piece, place in zip(pieces, places, strict=True):
        result.append(-1 if piece.folded in seen else place)
        seen.add(piece.folded)
    return result


def _is_beside(piece: Piece, first: Piece, last: Piece) -> bool:
    """Return whether a repeated passage stands in the same element as the article's edge."""
    parent = piece.node.getparent()
    return parent is not None and parent in (first.node.getparent(), last.node.getparent())


def _next_places(places: list[int], end: int) -> list[int]:
    """Return for each piece where the next long piece stands in the main text."""
    result = [end] * len(places)
    for at in range(len(places) - 1, -1, -1):
        result[at] = end
        if places[at] >= 0:
            end = places[at]
    return result


def _place_of(folded: str, hay: str) -> int:
    """Return where *folded*, or most of it, occurs in *hay*, or -1."""
    place = hay.find(folded)
    if place >= 0:
        return place
    chunks = [folded[at : at + _CHUNK] for at in range(0, len(folded) - _CHUNK + 1, _CHUNK)]
    found = [place for place in (hay.find(chunk) for chunk in chunks) if place >= 0]
    return found[0] if len(found) > 0.5 * len(chunks) else -1
