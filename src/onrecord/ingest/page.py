"""A saved page to an article with typed blocks."""

import re
from typing import Any, NamedTuple

from msgspec.structs import replace

from onrecord.ingest.body import folded, pieces_of
from onrecord.ingest.completeness import no_article, why_truncated
from onrecord.ingest.decoding import decode_page, normalise
from onrecord.ingest.draft import Draft
from onrecord.ingest.files import Fields, fields_of, make_article
from onrecord.ingest.linked_data import linked_data_of
from onrecord.ingest.metadata import merged, read_metadata, summary_of
from onrecord.ingest.mhtml import is_mhtml, is_webarchive, page_of
from onrecord.ingest.selection import Selected, select
from onrecord.ingest.tree import parse_tree
from onrecord.ingest.visibility import visibility_of
from onrecord.records import Article, Block, Embed
from onrecord.resources import Resources
from onrecord.spans import Span

_TOP = 5
_OWN = frozenset(("paragraph", "list", "blockquote", "embed"))
# SingleFile: "Page saved with SingleFile / url: ..."; browsers: "saved from url=(0042)...".
_SAVED = re.compile(
    r"(?:Page saved with SingleFile\s+url:|Archive processed by SingleFile\s+url:|saved from url=\(\d+\))\s*(https?://\S+)"
)
_FRAME = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_SAVED_CHARACTERS = 5000

__all__ = ["read_page", "read_row_page"]


def read_page(
    data: bytes,
    locator: str,
    resources: Resources,
    *,
    url: str | None = None,
    charset: str | None = None,
    truncated_why: str | None = None,
) -> Article:
    """Return the article of a page.

    Args:
        data: The bytes of the page, or of the file that a browser put it in.
        locator: Where it was read.
        resources: Word lists.
        url: Where it was fetched from, where the transport says so.
        charset: The encoding that the transport declares.
        truncated_why: What the transport says is missing.

    Raises:
        Unreadable: with the reason why there is no article.
    """
    if is_mhtml(data) or is_webarchive(data):
        data, charset, url = page_of(data)
    text, _codec = decode_page(data, charset)
    article = _article(normalise(text), locator, Fields(), url, resources)
    if truncated_why is None:
        return article
    return replace(article, truncated=True, truncated_why=truncated_why)


def read_row_page(row: dict[str, Any], locator: str, resources: Resources) -> Article:
    """Return the article of an input row with `html`; what the row says goes before the page."""
    given = fields_of(row, resources)
    return _article(normalise(row["html"]), locator, given, given.url, resources)


def _article(
    source: str, locator: str, given: Fields, url: str | None, resources: Resources
) -> Article:
    root = parse_tree(source)
    pieces = pieces_of(root, visibility_of(root))
    selection = select(
        root, pieces, summary_of(root), resources, fragment=not _FRAME.search(source)
    )
    read = read_metadata(root, pieces, url or _saved_from(source), resources)
    fields = merged(given, read)
    selected = _without_title(selection.selected, fields.title)
    if not selected:
        raise no_article(root, resources)
    composed = _compose(selected, resources)
    own = "\n".join(block.span.of(composed.text) for block in composed.blocks if block.kind in _OWN)
    if not own:
        raise no_article(root, resources)
    truncated_why = why_truncated(own, root, linked_data_of(root, fields.url), resources)
    return make_article(
        fields,
        composed.text,
        locator,
        blocks=composed.blocks,
        embeds=composed.embeds,
        hidden=composed.hidden,
        truncated_why=truncated_why,
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
