"""What a page says of itself: title, outlet, author, date, language, address."""

import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml import html

from onrecord.folding import fold
from onrecord.ingest.body import Piece, folded
from onrecord.ingest.bylines import clean_byline
from onrecord.ingest.dates import parse_date
from onrecord.ingest.files import Fields
from onrecord.ingest.language import language_of
from onrecord.ingest.linked_data import LinkedData, linked_data_of
from onrecord.ingest.page_dates import PageFacts, published_on
from onrecord.resources import Resources

__all__ = ["merged", "read_metadata", "summary_of"]

_SPACES = re.compile(r"\s+")
_SEPARATOR = re.compile(r"(?<!\s)\s+[|\-–—•·»:]\s+|(?:(?<!\s)\s+)?\|\s*")
_BY = re.compile(r"by\s+[A-Z]", re.IGNORECASE)
_LINES = re.compile(r"(?:(?<!\s)\s+)?[|·•\n]\s*")
_WORD = re.compile(r"\w+")
_BYLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|author-?names?|contributors?|writer|vcard"
    r"|reader-credits)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAME_WORDS = 6
_TITLE_SHARE = 0.3
_BYLINE_CHARACTERS = 160
_NEAR_TITLE = 14


def merged(given: Fields, read: Fields) -> Fields:
    """Return *given*, its gaps filled from *read*."""
    return read._replace(**{name: value for name, value in given._asdict().items() if value})


def summary_of(root: html.HtmlElement) -> str:
    """Return what the page says the article is about, letters and digits in lower case."""
    meta = _meta(root)
    return folded(meta.get("og:description") or meta.get("description") or "")


def read_metadata(
    root: html.HtmlElement, pieces: Sequence[Piece], saved_url: str | None, resources: Resources
) -> Fields:
    """Return what the page says of itself, each field by the first of its rules that fires.

    Args:
        root: The whole page.
        pieces: Its passages in document order.
        saved_url: Where it was saved from, where the file or the input row says so.
        resources: Word lists.
    """
    meta = _meta(root)
    url = _address(root, meta) or saved_url
    data = linked_data_of(root, url)
    outlet = _outlet(root, meta, data, url)
    title, title_at = _title(root, meta, data, outlet, pieces)
    language = language_of(root, meta, data.language, pieces)
    facts = PageFacts(root, meta, data, url or saved_url, pieces, title_at, _day_first(language))
    modified = data.modified or meta.get("article:modified_time") or ""
    changed = parse_date(modified, resources, rule="modified")
    return Fields(
        url=url or data.url,
        outlet=outlet,
        title=title,
        byline=_byline(facts, outlet, resources),
        published=published_on(facts, changed, resources),
        modified=changed.value if changed else None,
        language=language.partition("-")[0].casefold() if language else None,
    )


def _meta(root: html.HtmlElement) -> dict[str, str]:
    """Return the first content of each meta element by its name in lower case."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        content = node.get("content")
        if not content or not content.strip():
            continue
        for attribute in ("property", "name", "itemprop"):
            name = node.get(attribute)
            if name:
                found.setdefault(name.strip().casefold(), content.strip())
    return found


def _address(root: html.HtmlElement, meta: dict[str, str]) -> str | None:
    """Return the page's own address: canonical link, then Open Graph, then a reader view's link."""
    for node in root.iter("link"):
        if "canonical" in node.get("rel", "").casefold().split():
            address = _web(node.get("href"), meta.get("og:url"))
            if address:
                return address
    address = _web(meta.get("og:url"), None) or _web(meta.get("mainentityofpage"), None)
    reader = root.xpath("//a[contains(concat(' ', @class, ' '), ' reader-domain ')]/@href")
    return address or next((found for link in reader if (found := _web(link, None))), None)


def _web(address: str | None, base: str | None) -> str | None:
    if not address:
        return None
    try:
        joined = urljoin(base or "", address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def _outlet(
    root: html.HtmlElement, meta: dict[str, str], data: LinkedData, url: str | None
) -> str | None:
    """Return the outlet's name as the page gives it, else its domain."""
    marked = root.xpath("//*[@itemprop='publisher']//*[@itemprop='name']")
    named = [node.get("content") or node.text_content() for node in marked[:1]]
    for name in (
        meta.get("og:site_name"),
        data.publisher,
        *named,
        meta.get("dc.publisher"),
        meta.get("dcterms.publisher"),
        meta.get("application-name"),
        _after_headline(root, meta),
    ):
        plain = _plain(name or "")
        if plain and not plain.startswith(("http:", "https:", "@")):
            return plain
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _after_headline(root: html.HtmlElement, meta: dict[str, str]) -> str | None:
    """Return what the title element says after the headline: the name of the site."""
    page = _plain(root.findtext(".//title") or "")
    printed = [_plain(node.text_content()) for node in root.iter("h1", "h2")][:8]
    for headline in (*printed, _plain(meta.get("og:title", ""))):
        rest = page[len(headline) :]
        if headline and page.startswith(headline) and _SEPARATOR.match(rest):
            name = _SEPARATOR.split(rest)[-1].strip()
            return name if 0 < len(name.split()) <= _NAME_WORDS else None
    return None


def _plain(text: str) -> str:
    """Return text with entities resolved and runs of white space as one space."""
    return _SPACES.sub(" ", unescape(text)).strip()


def _title(
    root: html.HtmlElement,
    meta: dict[str, str],
    data: LinkedData,
    outlet: str | None,
    pieces: Sequence[Piece],
) -> tuple[str | None, int | None]:
    """Return the headline as printed, and where it stands among the pieces.

    The printed headline (h1) that shares most words with what the page calls itself wins; one
    that shares few is the name of the site or of a section.
    """
    page = root.findtext(".//title")
    called = [
        _clean(value, outlet)
        for value in (meta.get("og:title"), data.headline, meta.get("twitter:title"), page)
        if value and value.strip()
    ]
    printed = [
        (at, piece)
        for at, piece in enumerate(pieces)
        if piece.node.tag == "h1" and not piece.hidden and piece.folded
    ]
    best = max(
        printed,
        key=lambda item: (
            max((_alike(item[1].text, name) for name in called), default=1.0),
            -item[0],
        ),
        default=None,
    )
    if best is not None:
        share = max((_alike(best[1].text, name) for name in called), default=1.0)
        if share >= _TITLE_SHARE:
            return _SPACES.sub(" ", best[1].text), best[0]
    if not called:
        return None, None
    wanted = folded(called[0])
    at = next((number for number, piece in enumerate(pieces) if piece.folded == wanted), None)
    return called[0] or None, at


def _clean(title: str, outlet: str | None) -> str:
    """Return a title without the site's name at its end or beginning."""
    text = _plain(title)
    parts = _SEPARATOR.split(text)
    if len(parts) == 1:
        return text
    own = folded(outlet or "")
    for at, edge in ((-1, text.rfind(parts[-1])), (0, len(parts[0]))):
        part = folded(parts[at])
        if part and own and (part in own or own in part):
            rest = text[:edge] if at else text[edge:]
            return rest.strip(" |-–—•·»:") or text
    # An unknown short name after the last bar is the site's as well.
    if "|" in text and len(_WORD.findall(parts[-1])) <= 4 < len(_WORD.findall(text)):  # noqa: PLR2004
        return text[: text.rfind("|")].strip(" |-–—•·»:") or text
    return text


def _alike(left: str, right: str) -> float:
    """Return how much of their words two titles share, 0 to 1 (Dice)."""
    first, second = (set(_WORD.findall(fold(text))) for text in (left, right))
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _day_first(language: str | None) -> bool | None:
    """Return how a numeric date is read in the page's English; None where it does not say."""
    if not language or "-" not in language:
        return None
    region = language.rpartition("-")[2].upper()
    return region not in ("US", "PH", "CA") if len(region) == 2 and region != "CA" else None  # noqa: PLR2004


def _byline(facts: PageFacts, outlet: str | None, resources: Resources) -> tuple[str, ...]:
    """Return the authors: JSON-LD, meta elements, marked-up names, then the printed byline."""
    names = clean_byline(facts.data.authors, outlet, resources)
    # A person may be an outlet of their own; an outlet is no author of its articles.
    names = names or clean_byline(facts.data.persons, None, resources)
    if names:
        return names
    for (name,) in resources.tables["page_authors"]:
        if facts.meta.get(name):
            names = clean_byline([facts.meta[name]], outlet, resources)
            if names:
                return names
    marked = facts.root.xpath("//*[contains(@itemprop, 'author') or contains(@rel, 'author')]")
    values = [node.get("content") or node.text_content() for node in marked[:6]]
    short = [value for value in values if len(value) < _BYLINE_CHARACTERS]
    names = clean_byline(short, outlet, resources)
    return names or clean_byline(_printed(facts.pieces, facts.title_at), outlet, resources)


def _printed(pieces: Sequence[Piece], title_at: int | None) -> list[str]:
    """Return the line that stands by the headline and opens with "By", or is named a byline."""
    start = 0 if title_at is None else max(0, title_at - 3)
    for piece in pieces[start : start + _NEAR_TITLE + 3]:
        if piece.hidden or len(piece.text) > _BYLINE_CHARACTERS:
            continue
        lines = _LINES.split(piece.text)
        by = [line for line in lines if _BY.match(line)]
        if by:
            return by
        parent = piece.node.getparent()
        names = f"{piece.node.get('class', '')} {'' if parent is None else parent.get('class', '')}"
        if _BYLINE_NAMES.search(names) and 2 <= len(lines[0].split()) <= 8:  # noqa: PLR2004
            return [lines[0]]
    return []
