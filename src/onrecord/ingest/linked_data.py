"""What the JSON-LD of a page says of its article: the one node that describes this page."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import html

__all__ = ["LinkedData", "linked_data_of"]

_MAX_CHARACTERS = 3_000_000
# The standard library's parser recurses; a page nested deeper than this describes no article.
_MAX_DEPTH = 60
_MAX_NODES = 5000

_COMMENTS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/|;)\s*$"
)
_ARTICLE_TYPES = frozenset(
    ("BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "TechArticle", "Review",
     "VideoObject", "CreativeWork", "Recipe", "HowTo")
)  # fmt: skip
# What hangs on an article by these properties is another article.
_ELSEWHERE = frozenset(
    ("itemListElement", "hasPart", "mentions", "comment", "comments", "relatedLink", "isRelatedTo",
     "review", "citation", "isBasedOn", "liveBlogUpdate", "video", "associatedMedia", "speakable",
     "subjectOf", "publisher", "author", "image", "breadcrumb", "potentialAction")
)  # fmt: skip


class _Node(NamedTuple):
    """A JSON object with where it was found: whether it hangs on something else."""

    fields: dict[str, Any]
    top: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The fields of one node, as strings; None where the page does not say."""

    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    """Those of the authors that the page calls a person."""
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None
    free: bool | None = None
    is_article: bool = False
    """Whether the node is an article, rather than the page that it stands on."""


def linked_data_of(root: html.HtmlElement, address: str | None) -> LinkedData:
    """Return what the page's JSON-LD says of the article at *address*; empty where it has none."""
    nodes: list[_Node] = []
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").casefold():
            nodes += _nodes_in(script.text or "")
    by_id = {
        node.fields["@id"]: node.fields
        for node in nodes
        if isinstance(node.fields.get("@id"), str) and len(node.fields) > 1
    }
    ranked = sorted(enumerate(nodes), key=lambda item: (-_rank(item[1], address), item[0]))
    if not ranked or _rank(ranked[0][1], address) <= 0:
        return LinkedData()
    return _data(ranked[0][1].fields, by_id)


def _nodes_in(text: str) -> Iterator[_Node]:
    """Yield every object of a script; one that is not JSON yields none."""
    if len(text) > _MAX_CHARACTERS or _depth(text) > _MAX_DEPTH:
        return
    cleaned = _COMMENTS.sub("", text.strip())
    try:
        value = json.loads(cleaned, strict=False)
    except (ValueError, RecursionError):
        return
    stack: list[tuple[Any, bool]] = [(value, True)]
    seen = 0
    while stack and seen < _MAX_NODES:
        value, top = stack.pop()
        seen += 1
        if isinstance(value, dict):
            yield _Node(value, top)
            inner = [(item, top and name not in _ELSEWHERE) for name, item in value.items()]
            stack += reversed([pair for pair in inner if isinstance(pair[0], (dict, list))])
        elif isinstance(value, list):
            stack += [(item, top) for item in reversed(value)]


def _depth(text: str) -> int:
    """Return a bound on how deep *text* nests; brackets inside strings count as well."""
    depth = deepest = 0
    for found in re.finditer(r"[\[{\]}]", text):
        depth += 1 if found[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _types(fields: dict[str, Any]) -> list[str]:
    value = fields.get("@type", ())
    values = value if isinstance(value, list) else [value]
    return [item.rpartition("/")[2] for item in values if isinstance(item, str)]


def _rank(node: _Node, address: str | None) -> int:
    """Return how surely *node* describes this page's article; 0 where it does not."""
    types = _types(node.fields)
    article = any(name.endswith("Article") for name in types)
    other = any(name in _ARTICLE_TYPES for name in types)
    page = any(name.endswith("Page") for name in types)
    if not (article or other or page):
        return 0
    rank = 8 * article + 4 * (other and not article) + 1
    if not node.top:
        rank -= 6
    if node.fields.get("datePublished"):
        rank += 3
    if node.fields.get("headline") or node.fields.get("author"):
        rank += 2
    if address and _same_address(node.fields, address):
        rank += 6
    return rank


def _same_address(fields: dict[str, Any], address: str) -> bool:
    wanted = _bare(address)
    main = fields.get("mainEntityOfPage")
    values = [fields.get("url"), main.get("@id") if isinstance(main, dict) else main]
    return any(isinstance(value, str) and _bare(value) == wanted for value in values)


def _bare(address: str) -> str:
    bare = re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", address.strip().casefold())
    return re.split(r"[?#]", bare)[0].rstrip("/")


def _data(fields: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> LinkedData:
    free = fields.get("isAccessibleForFree")
    if isinstance(free, str):
        free = free.casefold() == "true" if free.casefold() in ("true", "false") else None
    types = _types(fields)
    return LinkedData(
        headline=_string(fields.get("headline") or fields.get("name")),
        published=_string(fields.get("datePublished") or fields.get("dateCreated")),
        modified=_string(fields.get("dateModified")),
        authors=tuple(_names(fields.get("author") or fields.get("creator"), by_id)),
        persons=tuple(_names(_persons(fields.get("author")), by_id)),
        publisher=next(iter(_names(fields.get("publisher"), by_id)), None),
        language=_string(fields.get("inLanguage")),
        url=_string(fields.get("url")),
        body=_string(fields.get("articleBody")),
        free=free if isinstance(free, bool) else None,
        is_article=not all(name.endswith("Page") for name in types),
    )


def _string(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value.strip() or None if isinstance(value, str) else None


def _persons(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict) and "Person" in _types(item)]


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the names in an author or publisher field, references resolved."""
    values = value if isinstance(value, list) else [value]
    for item in values:
        if isinstance(item, str):
            yield from ([item.strip()] if item.strip() else [])
        elif isinstance(item, dict):
            known = item if item.get("name") else by_id.get(str(item.get("@id")), item)
            name = known.get("name")
            for part in name if isinstance(name, list) else [name]:
                if isinstance(part, str) and part.strip():
                    yield part.strip()
