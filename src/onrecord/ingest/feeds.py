"""RSS, Atom and JSON feeds with content: each entry becomes an input row with `html`."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from onrecord.errors import described
from onrecord.ingest.documents import Document, rejected

__all__ = ["is_feed", "list_feed"]

_HEAD_BYTES = 1024
_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")
_HALF = re.compile(rb"&#(?:x0{0,9}d[89a-f][0-9a-f]{2}|0{0,9}5[5-7]\d{3});", re.IGNORECASE)
# A shorter description without a paragraph is a summary and not the article.
_CONTENT_CHARACTERS = 600


def is_feed(data: bytes) -> bool:
    """Return whether *data* begins like a feed."""
    head = data[:_HEAD_BYTES].lower()
    return any(root in head for root in _ROOTS) or b"jsonfeed.org/version" in head


def list_feed(data: bytes, name: str) -> Iterator[Document]:
    """Yield a row for each entry of a feed, or a reject where it holds a summary only.

    Entities are not resolved, nothing is fetched, and the parser stops at its own limits of
    depth and size; a feed that is not well-formed is read as far as it goes, and named.

    Args:
        data: The bytes of the feed, never a path or an address.
        name: For locators: `name#number`.
    """
    rows, fault = _rows(data)
    number = 0
    for number, row in enumerate(rows, 1):
        locator = f"{name}#{number}"
        if row.get("html"):
            yield Document(locator=locator, format="row", data=msgspec.json.encode(row))
        else:
            yield rejected(locator, "no_text", "the feed holds a summary of the entry only")
    if fault is not None or not number:
        yield rejected(f"{name}#{number + 1}", "damaged", fault or "the feed has no entry")


def _rows(data: bytes) -> tuple[list[dict[str, Any]], str | None]:
    """Return the rows of a feed, and what stopped the reading; never raises for its content."""
    try:
        if data.lstrip()[:1] == b"{":
            return _json_rows(data)
        # The parser lets references to halves of a character in, and cannot hand them out.
        return _xml_rows(_HALF.sub(b"&#xFFFD;", data))
    except Exception as error:  # noqa: BLE001 - one feed must not end the run; it is listed
        return [], described(error)


def _json_rows(data: bytes) -> tuple[list[dict[str, Any]], str | None]:
    try:
        feed = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        return [], f"not JSON: {error}"
    items = feed.get("items") if isinstance(feed, dict) else None
    rows: list[dict[str, Any]] = []
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            rows.append({})
            continue
        authors = item.get("authors") or [item.get("author")]
        listed = authors if isinstance(authors, list) else []
        names = [one.get("name") for one in listed if isinstance(one, dict)]
        rows.append(
            _row(
                id=item.get("id"),
                url=item.get("url"),
                title=item.get("title"),
                outlet=feed.get("title"),
                byline=[name for name in names if isinstance(name, str)],
                published=item.get("date_published"),
                language=item.get("language") or feed.get("language"),
                html=item.get("content_html") or item.get("content_text"),
            )
        )
    return rows, None


def _xml_rows(data: bytes) -> tuple[list[dict[str, Any]], str | None]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [], str(error)
    if root is None:
        return [], "not XML"
    channel = next((node for node in root.iter() if _name(node) in ("channel", "feed")), root)
    outlet, language = (
        _text(channel, "title"),
        _text(channel, "language") or channel.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )
    rows = [
        _row(
            id=_text(entry, "guid", "id"),
            url=_link(entry),
            title=_text(entry, "title"),
            outlet=outlet,
            byline=_authors(entry),
            published=_text(entry, "pubDate", "published", "date", "issued"),
            language=language,
            html=_content(entry),
        )
        for entry in root.iter()
        if _name(entry) in ("item", "entry")
    ]
    fault = parser.error_log[0].message if len(parser.error_log) else None
    return rows, fault


def _row(**fields: Any) -> dict[str, Any]:
    return {
        name: value for name, value in fields.items() if isinstance(value, (str, list)) and value
    }


def _name(node: Any) -> str:
    """Return the tag without its namespace, or "" for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _text(node: Any, *names: str) -> str | None:
    """Return the text of the first child of one of these names, in the order of the names."""
    for name in names:
        for child in node:
            if _name(child) == name:
                text = "".join(child.itertext()).strip()
                if text:
                    return text
    return None


def _link(entry: Any) -> str | None:
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = child.get("href") or (child.text or "").strip()
            if address:
                return str(address)
    return None


def _authors(entry: Any) -> list[str]:
    found = []
    for child in entry:
        if _name(child) in ("creator", "author"):
            name = _text(child, "name") or "".join(child.itertext()).strip()
            if name:
                found.append(name)
    return found


def _content(entry: Any) -> str | None:
    """Return the HTML of an entry: its content, or a description that is as long as one."""
    for child in entry:
        if _name(child) in ("encoded", "content"):
            content = _markup(child)
            if content:
                return content
    for child in entry:
        if _name(child) in ("description", "summary"):
            content = _markup(child)
            if len(content) >= _CONTENT_CHARACTERS or content.count("<p") > 1:
                return content
    return None


def _markup(node: Any) -> str:
    """Return what stands in *node* as HTML: escaped in it, or as elements of it."""
    if len(node):
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in node)
        return f"{node.text or ''}{inner}"
    return (node.text or "").strip()
