"""Rows and plain texts to articles."""

import hashlib
from typing import Any, NamedTuple

import msgspec

from onrecord.ids import ArticleId, content_hash
from onrecord.ingest.dates import Dated, parse_date
from onrecord.ingest.decoding import normalise, without_surrogates
from onrecord.ingest.plain import lay_out
from onrecord.ingest.reasons import Unreadable
from onrecord.records import Article, Block, Embed
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = [
    "KNOWN_FIELDS",
    "Fields",
    "article_from_row",
    "article_from_text",
    "fields_of",
    "make_article",
    "row_of",
]

KNOWN_FIELDS = frozenset(
    ("id", "url", "outlet", "title", "byline", "published", "language", "text", "html")
)


def row_of(data: bytes) -> dict[str, Any]:
    """Return the JSON object in *data*.

    Raises:
        Unreadable: `bad_row`, where it is none; `no_text`, where it has neither text nor html.
    """
    try:
        row = msgspec.json.decode(normalise(data.decode("utf-8-sig", "replace")))
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable("bad_row", f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise Unreadable("bad_row", f"a JSON object is needed, found {type(row).__name__}")
    for name in ("text", "html"):
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            raise Unreadable("bad_row", f"{name} is {type(value).__name__}, not a string")
    if row.get("text") is None and row.get("html") is None:
        raise Unreadable("no_text", "the row has neither text nor html")
    return row


class Fields(NamedTuple):
    """What an input row or a page says of an article besides its text."""

    given_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    published: Dated | None = None
    modified: str | None = None
    language: str | None = None
    extra: dict[str, Any] = {}  # noqa: RUF012 - never changed, and msgspec copies it


def fields_of(row: dict[str, Any], resources: Resources) -> Fields:
    """Return the fields of an input row; a date that cannot be read is kept in `extra`."""
    text = _string(row.get("published"))
    dated = parse_date(text, resources, rule="input") if text else None
    extra = {key: row[key] for key in sorted(row) if key not in KNOWN_FIELDS}
    if text and dated is None:
        extra["published"] = row["published"]
    return Fields(
        given_id=_string(row.get("id")),
        url=_string(row.get("url")),
        outlet=_string(row.get("outlet")),
        title=_string(row.get("title")),
        byline=_byline(row.get("byline")),
        published=dated,
        language=_string(row.get("language")),
        extra=extra,
    )


def make_article(
    fields: Fields,
    text: str,
    locator: str,
    *,
    blocks: tuple[Block, ...],
    embeds: tuple[Embed, ...] = (),
    hidden: tuple[Span, ...] = (),
    headline: str | None = None,
    truncated_why: str | None = None,
) -> Article:
    """Return the article row; its id is the same wherever and in whatever order it is read.

    Args:
        fields: What is known besides the text.
        text: The final text.
        locator: Where it was read.
        blocks: Of *text*.
        embeds: Posts in *text*.
        hidden: What a reader of the page does not see.
        headline: Taken as the title where no field gives one; no part of the id.
        truncated_why: What is known to be missing, if anything.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    dated = fields.published
    identity = (
        fields.given_id, fields.outlet, fields.url, fields.title, dated.value if dated else None
    )  # fmt: skip
    return Article(
        id=ArticleId(content_hash("article", *(part or "" for part in identity), digest)),
        given_id=fields.given_id,
        locator=locator,
        outlet=fields.outlet,
        url=fields.url,
        title=fields.title or headline,
        byline=fields.byline,
        published=dated.value if dated else None,
        published_precision=dated.precision if dated else None,
        published_rule=dated.rule if dated else None,
        modified=fields.modified,
        language=fields.language,
        text=text,
        text_sha256=digest,
        blocks=blocks,
        embeds=embeds,
        hidden=hidden,
        truncated=truncated_why is not None,
        truncated_why=truncated_why,
        extra=fields.extra,
    )


def article_from_row(row: dict[str, Any], locator: str, resources: Resources) -> Article:
    """Return the article of an input row with `text`; unknown fields go to `extra`.

    Raises:
        Unreadable: `empty`, where the text is nothing but white space.
    """
    text = normalise(row["text"])
    if not text.strip():
        raise Unreadable("empty", "the text is nothing but white space")
    fields = fields_of(row, resources)
    layout = lay_out(text, fields.title, resources)
    return make_article(
        fields, text, locator, blocks=layout.blocks, embeds=layout.embeds, headline=layout.title
    )


def article_from_text(text: str, locator: str, resources: Resources) -> Article:
    """Return the article of a plain text file.

    Raises:
        Unreadable: `empty`, where the text is nothing but white space.
    """
    return article_from_row({"text": text}, locator, resources)


def _string(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    text = str(value)
    return without_surrogates(text) if text.strip() else None


def _byline(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(name for name in (_string(item) for item in values) if name)
