"""Which pieces of a page are the article, and which passages of it the main reader lost.

trafilatura says which text is the article's (the best open reader measured; its output is not
used as text, because it drops repeated paragraphs and zero-width characters). Its answer is
laid over the pieces of the page; what it left out inside the article is then looked at again.
"""

import re
from collections import Counter
from copy import deepcopy
from typing import NamedTuple

import trafilatura
from lxml import html

from onrecord.ingest.body import Piece
from onrecord.records import BlockKind

__all__ = ["Selected", "Selection", "select"]

# Above this number of elements trafilatura takes minutes; the pieces are then judged alone.
_MAX_ELEMENTS = 40_000
# Shorter pieces occur anywhere by chance: they count only as whole lines inside the article.
_LONG = 24
_CHUNK = 32
_CORE = 60


class Selected(NamedTuple):
    """A piece of the article, and the part it plays."""

    piece: Piece
    kind: BlockKind


class Selection(NamedTuple):
    """The pieces of the article in document order."""

    selected: list[Selected]
    truncated_why: str | None = None


_NOT_WORD = re.compile(r"[\W_]+")


def select(root: html.HtmlElement, pieces: list[Piece]) -> Selection:
    """Return what of *pieces* belongs to the article."""
    lines = _main_lines(root)
    matched = _matches(pieces, lines)
    core = [at for at, hit in enumerate(matched) if hit]
    if not core:
        return Selection([])
    return Selection([Selected(pieces[at], pieces[at].kind) for at in core])


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
    """Return for each piece whether the main text has it."""
    whole = Counter(lines)
    hay = "".join(lines)
    long = [
        not piece.hidden and len(piece.folded) >= _LONG and _inside(piece.folded, hay)
        for piece in pieces
    ]
    copies = Counter(piece.folded for piece, hit in zip(pieces, long, strict=True) if hit)
    anchors = [
        at
        for at, piece in enumerate(pieces)
        if long[at] and copies[piece.folded] == 1 and len(piece.folded) >= _CORE
    ] or [at for at, hit in enumerate(long) if hit]
    if not anchors:
        return long
    first, last = anchors[0], anchors[-1]
    result = []
    for at, piece in enumerate(pieces):
        inside = first <= at <= last
        if long[at]:
            result.append(inside or copies[piece.folded] == 1)
        else:
            result.append(inside and not piece.hidden and piece.folded in whole)
    return result


def _inside(folded: str, hay: str) -> bool:
    """Return whether most of *folded* occurs in *hay*."""
    if folded in hay:
        return True
    chunks = [folded[at : at + _CHUNK] for at in range(0, len(folded) - _CHUNK + 1, _CHUNK)]
    return bool(chunks) and sum(chunk in hay for chunk in chunks) > 0.5 * len(chunks)
