"""Text of other people made safe to show: escaped, invisible characters visible, links checked."""

from typing import Final
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from onrecord.visible import invisible_in

__all__ = ["excerpt", "page_link", "passage_link", "shown"]

_FRAGMENT_WORDS: Final = 5  # enough to be unique on a page, short enough for an address
_SCHEMES: Final = frozenset({"http", "https"})
_ISOLATES: Final = "\u2066\u2067\u2068\u2069"


def shown(text: str) -> Markup:
    """Return *text* as HTML with each invisible character isolated and marked by its code.

    It is kept, so that a copy is exact, but for those that open or close an isolation: unmatched
    they would end that of the elements around them. Emoji are left alone.

    >>> shown("a<b")
    Markup('a&lt;b')
    >>> shown("x\u202ey")
    Markup('x<span class="ctl" data-c="U+202E">\u202e</span>y')
    """
    parts: list[str] = []
    at = 0
    for found in invisible_in(text):
        parts += [str(escape(text[at : found.start()])), _control(found[0])]
        at = found.end()
    return Markup("".join([*parts, str(escape(text[at:]))]))  # noqa: S704 - all parts are escaped


def _control(character: str) -> str:
    kept = "" if character in _ISOLATES else character
    if character == "\x00":  # HTML has none
        kept = "\ufffd"
    return f'<span class="ctl" data-c="U+{ord(character):04X}">{kept}</span>'


def excerpt(text: str, limit: int = 160) -> str:
    """Return *text*, cut at a word to about *limit* characters; our cut is marked by `[…]`.

    >>> excerpt("Nobody was told to sign it.", 15)
    'Nobody was […]'
    """
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,;:") + " […]"


def page_link(url: str | None) -> str | None:
    """Return *url* if it is a web address that is safe to link to, else None.

    No spaces, controls or backslashes, which browsers drop or turn round; no name and password,
    which look like the host ("https://ferry.example@elsewhere.example").

    >>> page_link("javascript:alert(1)") is None
    True
    """
    if not url or "\\" in url or any(map(str.isspace, url)) or any(invisible_in(url)):
        return None
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return url if parts.scheme in _SCHEMES and usable and "@" not in parts.netloc else None


def passage_link(url: str | None, wording: str) -> str | None:
    """Return a link to *wording* on the page at *url* (a URL text fragment), or None.

    >>> passage_link("https://ferry.example/a#top", "one two")
    'https://ferry.example/a#top:~:text=one%20two'
    """
    page = page_link(url)
    words = wording.split()
    if page is None or not words:
        return page
    first, last = words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]
    ends = [words] if len(words) <= 2 * _FRAGMENT_WORDS else [first, last]
    passage = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{page}{'' if '#' in page else '#'}:~:text={passage}"
