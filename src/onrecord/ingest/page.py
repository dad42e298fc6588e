"""A saved page to an article with typed blocks."""

from typing import Any

from onrecord.ingest.body import pieces_of
from onrecord.ingest.decoding import decode_page, normalise
from onrecord.ingest.files import Fields, fields_of, make_article
from onrecord.ingest.metadata import merged, read_metadata
from onrecord.ingest.reasons import Unreadable
from onrecord.ingest.selection import Selected, select
from onrecord.ingest.tree import parse_tree
from onrecord.ingest.visibility import visibility_of
from onrecord.records import Article, Block, Embed
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["read_page", "read_row_page"]


def read_page(data: bytes, locator: str, resources: Resources) -> Article:
    """Return the article of a page."""
    text, _codec = decode_page(data)
    return _article(normalise(text), locator, Fields(), resources)


def read_row_page(row: dict[str, Any], locator: str, resources: Resources) -> Article:
    """Return the article of an input row with `html`; what the row says goes before the page."""
    return _article(normalise(row["html"]), locator, fields_of(row, resources), resources)


def _article(source: str, locator: str, given: Fields, resources: Resources) -> Article:
    root = parse_tree(source)
    pieces = pieces_of(root, visibility_of(root))
    selection = select(root, pieces)
    text, blocks, embeds = _compose(selection.selected)
    if not text:
        raise Unreadable("no_main_text", "no passage of running text was found")
    fields = merged(given, read_metadata(root, resources))
    return make_article(fields, text, locator, blocks=blocks, embeds=embeds)


def _compose(selected: list[Selected]) -> tuple[str, tuple[Block, ...], tuple[Embed, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for item in selected:
        if parts:
            parts.append("\n\n")
            at += 2
        parts.append(item.piece.text)
        blocks.append(Block(kind=item.kind, span=Span(at, at + len(item.piece.text))))
        at += len(item.piece.text)
    return "".join(parts), tuple(blocks), ()
