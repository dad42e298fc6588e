"""JSON lines and plain text to articles."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.ids import ArticleId, content_hash
from onrecord.records import Article, Reject

__all__ = ["article_from_row", "read_file"]

_KNOWN = frozenset(
    ("id", "url", "outlet", "title", "byline", "published", "language", "text", "html")
)


def article_from_row(row: dict[str, Any], locator: str) -> Article:
    """Return the article of an input row with `text`."""
    text = str(row["text"]).replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "replace").decode("utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    given = None if row.get("id") is None else str(row["id"])
    byline = row.get("byline") or ()
    outlet, url, title = row.get("outlet"), row.get("url"), row.get("title")
    identity = (given or "", outlet or "", url or "", title or "", row.get("published") or "")
    return Article(
        id=ArticleId(content_hash("article", *identity, digest)),
        given_id=given,
        locator=locator,
        outlet=outlet,
        url=url,
        title=title,
        byline=(byline,) if isinstance(byline, str) else tuple(byline),
        published=row.get("published"),
        published_precision="day" if row.get("published") else None,
        published_rule="input" if row.get("published") else None,
        language=row.get("language"),
        text=text,
        text_sha256=digest,
        extra={key: row[key] for key in sorted(row) if key not in _KNOWN},
    )


def read_file(path: Path) -> Iterator[Article | Reject]:
    """Yield the articles of a JSON lines file."""
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            yield article_from_row(msgspec.json.decode(line), f"{path}#{number}")
