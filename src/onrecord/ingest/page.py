"""A saved page to an article with typed blocks."""

import re
from typing import Any, NamedTuple

from onrecord.ingest.body import folded, pieces_of
from onrecord.ingest.decoding import decode_page, normalise
from onrecord.ingest.draft import Draft
from onrecord.ingest.files import Fields, fields_of, make_article
from onrecord.ingest.metadata import merged, read_metadata
from onrecord.ingest.reasons import Unreadable
from onrecord.ingest.selection import Selected, select
from onrecord.ingest.tree import parse_tree
from onrecord.ingest.visibility import visibility_of
from onrecord.records import Article, Block, Embed
from onrecord.resources import Resources
from onrecord.spans import Span

_TOP = 5
# SingleFile: "Page saved with SingleFile / url: ..."; browsers: "saved from url=(0042)...".
_SAVED = re.compile(
    r"(?:Page saved with SingleFile\s+url:|Archive processed by SingleFile\s+url:|saved from url=\(\d+\))\s*(https?://\S+)"
)
_SAVED_CHARACTERS = 5000

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
    selection = select(root, pieces, resources)
    fields = merged(given, read_metadata(root, pieces, given.url or _saved_from(source), resources))
    selected = _without_title(selection.selected, fields.title)
    if not selected:
        raise Unreadable("no_main_text", "no passage of running text was found")
    composed = _compose(selected, resources)
    return make_article(
        fields,
        composed.text,
        locator,
        blocks=composed.blocks,
        embeds=composed.embeds,
        hidden=composed.hidden,
    )


class _Composed(NamedTuple):
    """The final text with what is known of its parts."""

    text: str
    blocks: tuple[Block, ...]
    embeds: tuple[Embed, ...]
    hidden: tuple[Span, ...]


def _saved_from(source: str) -> str | None:
    """Return the address that a browser or SingleFile wrote into the page when it was saved."""
    found = _SAVED.search(source, 0, _SAVED_CHARACTERS)
    return found[1] if found else None


def _compose(selected: list[Selected], resources: Resources) -> _Composed:
    """Return the text of the pieces, one empty line between two, with their blocks and posts."""
    text = "\n\n".join(item.piece.text for item in selected)
    draft = Draft(text, resources)
    hidden: list[Span] = []
    at = 0
    for number, item in enumerate(selected):
        span = Span(at, at + len(item.piece.text))
        at = span.end + 2
        if item.piece.hidden:
            draft.put("boilerplate", span)
            hidden.append(span)
        else:
            draft.add(span, item.kind, top=number < _TOP or number >= len(selected) - _TOP)
    blocks = _without_trailing_headings(draft.blocks)
    return _Composed(text, blocks, tuple(draft.embeds), tuple(hidden))


def _without_trailing_headings(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks with headings that nothing follows as boilerplate: links to others."""
    result = list(blocks)
    for at in range(len(result) - 1, -1, -1):
        if result[at].kind == "heading":
            result[at] = Block(kind="boilerplate", span=result[at].span)
        elif result[at].kind in ("paragraph", "list", "blockquote"):
            break
    return tuple(result)


def _without_title(selected: list[Selected], title: str | None) -> list[Selected]:
    """Return the pieces without the headline above them: it is the title, not the text."""
    if not title:
        return selected
    wanted = folded(title)
    above = 0
    for number, item in enumerate(selected[:_TOP]):
        if item.piece.folded == wanted:
            above = number + 1
    return [
        item
        for number, item in enumerate(selected)
        if number >= above or item.piece.folded != wanted
    ]
