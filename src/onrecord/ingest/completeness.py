"""What is missing from a page as it was saved: behind a paywall, left to a script, cut off."""

import re
from functools import cache

from lxml import html

from onrecord.ingest.linked_data import LinkedData
from onrecord.ingest.reasons import Unreadable
from onrecord.resources import Resources

__all__ = ["no_article", "why_truncated"]

# Shorter than this, behind a paywall, is a teaser and no article.
_STUB_CHARACTERS = 350
# Shorter than this, behind a paywall, is likely its opening only.
_OPENING_CHARACTERS = 1500
# The page's own data holds this much more text than the page shows.
_LONGER = 1.5
_CUT = re.compile(r"(?:\.\.\.|…|\[(?:\+\d+ chars|…|\.\.\.)\])\s*$")
_TAG = re.compile(r"<[^>]{1,200}>")
# A page built by its script holds less text than this, and several scripts.
_SHELL_CHARACTERS, _SHELL_SCRIPTS = 1500, 3


def why_truncated(
    text: str, root: html.HtmlElement, data: LinkedData, resources: Resources
) -> str | None:
    """Return why *text* is known not to be the whole article, or None.

    Args:
        text: The article's own text, without furniture.
        root: The whole page.
        data: What its JSON-LD says.
        resources: Word lists.

    Raises:
        Unreadable: `paywall`, where no more than a teaser is in the page.
    """
    body = _TAG.sub(" ", data.body or "")
    if len(body) > _LONGER * len(text) + _STUB_CHARACTERS:
        return "the data of the page holds a longer text than the page shows"
    walled = data.free is False or (len(text) < _OPENING_CHARACTERS and _has_wall(root, resources))
    if walled and len(text) < _STUB_CHARACTERS:
        raise Unreadable("paywall", "only the teaser in front of a paywall is in the page")
    if walled and len(text) < _OPENING_CHARACTERS:
        return "paywall: the page holds the opening only"
    if walled and _CUT.search(text):
        return "paywall: the text ends in an ellipsis"
    return None


def no_article(root: html.HtmlElement, resources: Resources) -> Unreadable:
    """Return why a page in which no running text was found has none."""
    scripts = sum(1 for _ in root.iter("script"))
    body = root.find("body")
    shown = " ".join(
        part.strip()
        for node in (() if body is None else body.iter())
        if isinstance(node.tag, str) and node.tag not in ("script", "style", "noscript", "template")
        for part in (node.text, node.tail)
        if part and part.strip()
    )
    if _has_wall(root, resources):
        return Unreadable("paywall", "only the teaser in front of a paywall is in the page")
    if scripts >= _SHELL_SCRIPTS and len(shown) < _SHELL_CHARACTERS:
        return Unreadable(
            "script_only", "the text is built by a script; save the page from a browser"
        )
    return Unreadable("no_main_text", "no passage of running text was found")


@cache
def _wall(resources: Resources) -> re.Pattern[str]:
    words = "|".join(re.escape(entry) for entry in resources.lists["paywall_lines"])
    return re.compile(words, re.IGNORECASE)


def _has_wall(root: html.HtmlElement, resources: Resources) -> bool:
    """Return whether the page asks for a subscription to go on reading."""
    return any(
        node.text is not None
        and len(node.text) < _STUB_CHARACTERS
        and _wall(resources).search(node.text) is not None
        for node in root.iter("p", "h1", "h2", "h3", "h4", "div", "span", "strong", "b", "a")
    )
