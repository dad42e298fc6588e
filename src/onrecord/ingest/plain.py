"""Running text to typed blocks: what is the article's own, what is furniture around it.

Crawlers leave plain text with a date or a photo credit glued to the first paragraph, "also
read" lines, and posts flattened to "words — Name (@handle) date". The text itself stays as it
is; blocks say which part of it is what. Whatever is not surely furniture stays a paragraph: a
lost paragraph is worse than a surplus line.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.folding import fold
from onrecord.ingest.draft import Draft
from onrecord.records import Block, BlockKind, Embed
from onrecord.resources import Resources
from onrecord.spans import Span, trim

__all__ = ["Layout", "lay_out"]


class Layout(NamedTuple):
    """The blocks of a text, the posts in it, and the headline it opens with, if any."""

    title: str | None
    blocks: tuple[Block, ...]
    embeds: tuple[Embed, ...]


_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
_BULLET = re.compile(r"[•·▪◦‣●■*]\s*\S")
_ITEM = re.compile(r"(?:[-–]|\d{1,2}[.)])\s+\S")
_QUOTED_LINE = re.compile(r">\s?\S")

_ENDS_SENTENCE = tuple(".!?…:;,\"”’')")
_MARKS = frozenset('"“”„«»')

# Text that was wrapped at a fixed width has most of its lines near that width.
_WRAP_MIN, _WRAP_MAX, _WRAP_LINES = 45, 100, 4

_TITLE_CHARACTERS, _TITLE_WORDS, _HEADING_CHARACTERS, _HEADING_WORDS = 160, 3, 80, 12
# Datelines, bylines and credits are looked for in this many blocks from the top.
_TOP_BLOCKS = 4


def lay_out(text: str, title: str | None, resources: Resources) -> Layout:
    """Return the blocks of *text*: sorted, disjoint, each without white space at its ends.

    Args:
        text: The whole text; spans are code points into it.
        title: The headline where the input names it.
        resources: Word lists for furniture and dates.
    """
    pieces = list(_pieces(text))
    headline = _headline(text, pieces, title)
    draft = Draft(text, resources)
    for number, span in enumerate(pieces):
        if headline is not None and span == headline:
            draft.put("heading", span)
        else:
            draft.add(span, _kind(span.of(text), number), top=number < _TOP_BLOCKS)
    found = None if title or headline is None else headline.of(text)
    return Layout(found, tuple(_with_items(text, draft.blocks)), tuple(draft.embeds))


def _pieces(text: str) -> Iterator[Span]:
    """Yield the paragraphs of *text*: between blank lines, else line by line."""
    breaks = _BLANK if _is_wrapped(text) else _LINE
    start = 0
    for found in breaks.finditer(text):
        span = trim(text, start, found.start())
        if span is not None:
            yield span
        start = found.end()
    span = trim(text, start, len(text))
    if span is not None:
        yield span


def _is_wrapped(text: str) -> bool:
    """Return whether line ends inside paragraphs are those of a fixed width."""
    inner = [
        line
        for paragraph in _BLANK.split(text)
        for line in paragraph.split("\n")[:-1]
        if line.strip()
    ]
    if len(inner) < _WRAP_LINES:
        return False
    near = [line for line in inner if _WRAP_MIN <= len(line) <= _WRAP_MAX]
    open_ended = [line for line in near if not line.rstrip().endswith((".", "!", "?", '"', "”"))]
    return len(near) > 0.8 * len(inner) and len(open_ended) > 0.6 * len(inner)


def _headline(text: str, pieces: list[Span], title: str | None) -> Span | None:
    """Return the span of the headline that the text opens with, or None."""
    if not pieces[1:]:
        return None
    if title:
        wanted = fold(title).strip(" .")
        for span in pieces[:2]:
            if len(span.of(text)) < len(title) + 4 and fold(span.of(text)).strip(" .") == wanted:
                return span
        return None
    first, second = pieces[0].of(text), pieces[1].of(text)
    looks = (
        len(first) <= _TITLE_CHARACTERS
        and len(first.split()) >= _TITLE_WORDS
        and not first.endswith((".", ":", ",", ";", "…"))
        and not first.startswith(("By ", "by ", "-", "–", "—", "(", "•"))
        and len(second) > len(first)
    )
    return pieces[0] if looks else None


def _kind(words: str, number: int) -> BlockKind:
    if _BULLET.match(words):
        return "list"
    if _QUOTED_LINE.match(words):
        return "blockquote"
    if (
        number
        and len(words) <= _HEADING_CHARACTERS
        and words[0].isupper()
        and not words.endswith(_ENDS_SENTENCE)
        and len(words.split()) <= _HEADING_WORDS
        and not _MARKS & set(words)
    ):
        return "heading"
    return "paragraph"


def _with_items(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks with runs of dashed or numbered lines as lists."""
    marked = [
        block.kind in ("paragraph", "heading") and bool(_ITEM.match(block.span.of(text)))
        for block in blocks
    ]
    beside = [False, *marked, False]
    return [
        Block(kind="list", span=block.span) if mark and (beside[at] or beside[at + 2]) else block
        for at, (block, mark) in enumerate(zip(blocks, marked, strict=True))
    ]
