"""Which elements of a page a reader does not see."""

import re

from lxml import html

__all__ = ["Visibility", "visibility_of"]

_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?%?"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|%|pt)?|content-visibility\s*:\s*hidden)\s*(?:!\s*important\s*)?(?:;|$)",
    re.IGNORECASE,
)


# Pages that fade their text in are saved with it hidden, and a script takes that back: one
# element that hides most of the page, or many transparent ones that hide much of it.
_MOST, _MUCH, _MANY = 0.5, 0.4, 5


class Visibility:
    """Says of an element whether it hides itself and everything in it."""

    def __init__(self, shown: frozenset[html.HtmlElement] = frozenset()) -> None:
        self._shown = shown

    def hides(self, node: html.HtmlElement) -> bool:
        """Return whether *node* is hidden by an attribute of its own."""
        return _hides_itself(node) and node not in self._shown


def _hides_itself(node: html.HtmlElement) -> bool:
    if node.get("hidden") is not None:
        return True
    style = node.get("style")
    return bool(style and _HIDING_STYLE.search(style))


def visibility_of(root: html.HtmlElement) -> Visibility:
    """Return what the style sheets and attributes of the page hide."""
    hiding: dict[html.HtmlElement, int] = {}
    total = faded = 0
    for paragraph in root.iter("p"):
        length = len(paragraph.text_content())
        total += length
        above = [node for node in (paragraph, *paragraph.iterancestors()) if _hides_itself(node)]
        faded += length * any(_is_faded(node) for node in above)
        for node in above:
            hiding[node] = hiding.get(node, 0) + length
    shown = {node for node, length in hiding.items() if length > _MOST * total}
    faders = [node for node in hiding if _is_faded(node)]
    if len(faders) >= _MANY and faded > _MUCH * total:
        shown.update(faders)
    return Visibility(frozenset(shown))


def _is_faded(node: html.HtmlElement) -> bool:
    return "opacity" in node.get("style", "")
