"""Which elements of a page a reader does not see.

Hidden text can put words into somebody's mouth that no reader ever saw. Whatever is hidden by
an attribute, by the element's own style, by a rule in the page's style sheets or by a closed
`details` is told apart here; whether `aria-hidden` is set does not matter, because such text
is on the screen.
"""

import re
from dataclasses import dataclass, replace

from lxml import html

from onrecord.ingest.styles import StyleSheet, style_sheet_of

__all__ = ["Seen", "Visibility", "visibility_of"]

# Pages that fade their text in are saved with it hidden, and a script takes that back: one
# element that hides most of the page, or many transparent ones that hide much of it.
_MOST, _MUCH, _MANY = 0.5, 0.4, 5

_ZERO = re.compile(r"^[+-]?(?:0+(?:\.0+)?|\.0+)(?:px|em|rem|ex|pt|%|vh|vw)?$")
_TINY = re.compile(r"^(?:0|[01](?:\.\d+)?px|0?\.\d+px|0\.0\d*(?:em|rem))$")
_FAR = re.compile(
    r"^-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|vh|%)?$|^[2-9]\d{3,}(?:px|vw)$|^-1\d\dv[wh]$"
)
_NO_CLIP = re.compile(
    r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:50|100)%|circle\(\s*0"
)
_NO_SCALE = re.compile(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]|scale\(\s*0")
_NUMBERS = re.compile(r"[\d.]+%?")
# Classes that style sheets outside of the page use for text that only screen readers get.
_FOR_SCREEN_READERS = frozenset(
    ("sr-only", "sr_only", "visually-hidden", "visuallyhidden", "visually_hidden", "screen-reader-text",
     "screen-reader-only", "screenreader", "screenreader-only", "u-visually-hidden", "is-sr-only",
     "a11y-hidden", "assistive-text", "show-for-sr", "clip-text")
)  # fmt: skip
_COLOURS = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "silver": (192, 192, 192), "navy": (0, 0, 128),
}  # fmt: skip
_Colour = tuple[int, int, int]
_HEX_SHORT, _HEX_LONG, _RGB = 3, 6, 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known at one place of the page about whether its text is seen."""

    hidden: bool = False
    """Nothing below can undo it: not displayed, transparent, clipped, off the screen."""
    invisible: bool = False
    """`visibility: hidden`, which a descendant may undo."""
    sizeless: bool = False
    """`font-size: 0`, which a descendant may undo."""
    camouflaged: bool = False
    """The text has the colour of its ground; a descendant may bring another."""

    @property
    def unseen(self) -> bool:
        """Whether text here is not seen."""
        return self.hidden or self.invisible or self.sizeless or self.camouflaged


class Visibility:
    """Says of each element what a reader sees in it, given its parent."""

    def __init__(self, sheet: StyleSheet, shown: frozenset[html.HtmlElement] = frozenset()) -> None:
        self._sheet = sheet
        self._shown = shown

    def below(self, node: html.HtmlElement, above: Seen) -> Seen:
        """Return what holds inside *node*, where *above* holds around it."""
        if above.hidden:
            return above
        values = self._sheet.values_that_hide(node)
        if node not in self._shown and _hides(node, values):
            return replace(above, hidden=True)
        return self._undone(node, values, above) if values else above

    def _undone(self, node: html.HtmlElement, values: dict[str, str], seen: Seen) -> Seen:
        """Return *seen* with what descendants may undo."""
        visibility, size, ink = (values.get(name) for name in ("visibility", "font-size", "color"))
        changes: dict[str, bool] = {}
        if visibility is not None:
            changes["invisible"] = visibility in ("hidden", "collapse")
        if size is not None and (_ZERO.match(size) or not size.endswith(("em", "%"))):
            changes["sizeless"] = _ZERO.match(size) is not None
        if ink is not None and (ink == "transparent" or _is_clear(ink)):
            changes["hidden"] = "background-image" not in values
        if ink is not None or "background" in values or "background-color" in values:
            changes["camouflaged"] = self._is_camouflaged(node)
        return replace(seen, **changes) if changes else seen

    def _is_camouflaged(self, node: html.HtmlElement) -> bool:
        """Return whether text in *node* is known to have the colour of what is behind it."""
        ink: _Colour | None = None
        at = node
        while at is not None:
            values = self._sheet.values(at)
            if ink is None and values.get("color", "inherit") != "inherit":
                ink = _colour(values["color"])
                if ink is None:
                    return False
            ground = values.get("background-color", values.get("background", "none"))
            picture = f"{values.get('background-image', '')} {ground}"
            if "url(" in picture or "gradient" in picture:
                return False
            if ground not in ("none", "transparent", "inherit", "initial"):
                return _colour(ground) == self._ink(at, ink)
            at = at.getparent()
        # White, unless a style sheet outside of the page says otherwise.
        return not self._sheet.external and ink == _COLOURS["white"]

    def _ink(self, node: html.HtmlElement, ink: "_Colour | None") -> "_Colour | None":
        """Return the colour of the text in *node*: *ink*, or what an element around it has."""
        at = node
        while ink is None and at is not None:
            value = self._sheet.values(at).get("color", "inherit")
            ink = None if value == "inherit" else _colour(value)
            at = at.getparent()
        return ink or _COLOURS["black"]


def visibility_of(root: html.HtmlElement) -> Visibility:
    """Return what the style sheets and attributes of the page hide."""
    sheet = style_sheet_of(root)
    hiding: dict[html.HtmlElement, int] = {}
    known: dict[html.HtmlElement, tuple[bool, bool]] = {}
    faders: set[html.HtmlElement] = set()
    total = faded = 0
    for paragraph in root.iter("p"):
        length = len(paragraph.text_content())
        total += length
        fades = False
        for node in (paragraph, *paragraph.iterancestors()):
            if node not in known:
                known[node] = _hides_or_fades(node, sheet)
            hides, fade = known[node]
            if hides:
                hiding[node] = hiding.get(node, 0) + length
            if fade:
                faders.add(node)
                fades = True
        faded += length * fades
    shown = {node for node, length in hiding.items() if length > _MOST * total}
    if len(faders) >= _MANY and faded > _MUCH * total:
        shown |= faders
    return Visibility(sheet, frozenset(shown))


def _hides_or_fades(node: html.HtmlElement, sheet: StyleSheet) -> tuple[bool, bool]:
    values = sheet.values_that_hide(node)
    hides = _hides(node, values)
    return hides, hides and _ZERO.match(values.get("opacity", "")) is not None


def _hides(node: html.HtmlElement, values: dict[str, str]) -> bool:
    """Return whether *node* hides itself and all in it for good."""
    if node.get("hidden") is not None and values.get("display", "none") == "none":
        return True
    parent = node.getparent()
    if parent is not None and parent.tag == "details" and parent.get("open") is None:
        return str(node.tag) != "summary"
    if _FOR_SCREEN_READERS.intersection(node.get("class", "").split()):
        return True
    return len(values) > 0 and (_is_gone(values) or _is_outside(values))


def _is_gone(values: dict[str, str]) -> bool:
    return (
        values.get("display") == "none"
        or values.get("content-visibility") == "hidden"
        or bool(_ZERO.match(values.get("opacity", "")))
        or bool(_NO_SCALE.search(values.get("transform", "")))
        or bool(_NO_CLIP.search(values.get("clip-path", "")))
    )


def _is_outside(values: dict[str, str]) -> bool:
    """Return whether the element is off the screen, or too small to show anything."""
    if _FAR.match(values.get("text-indent", "")):
        return True
    if values.get("position") in ("absolute", "fixed"):
        if any(_FAR.match(values.get(side, "")) for side in ("left", "right", "top", "bottom")):
            return True
        if _NO_CLIP.search(values.get("clip", "")):
            return True
    cut = any(
        values.get(name, "").startswith(("hidden", "clip"))
        for name in ("overflow", "overflow-x", "overflow-y")
    )
    # A width of 1px alone may be where a flexible element grows from.
    low = any(_TINY.match(values.get(name, "")) for name in ("height", "max-height"))
    return cut and low


def _is_clear(colour: str) -> bool:
    """Return whether a colour with an alpha of 0 is given."""
    if not colour.startswith(("rgba", "hsla")):
        return False
    parts = _NUMBERS.findall(colour)
    return len(parts) == _RGB + 1 and bool(_ZERO.match(parts[-1]))


def _colour(text: str) -> _Colour | None:
    """Return red, green and blue (0-255) of a colour, or None where it is not plain."""
    text = text.strip()
    if text in _COLOURS:
        return _COLOURS[text]
    digits = text[1:]
    if text.startswith("#") and re.fullmatch(r"[0-9a-f]+", digits):
        if len(digits) == _HEX_SHORT:
            digits = "".join(digit * 2 for digit in digits)
        if len(digits) == _HEX_LONG:
            return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if text.startswith("rgb"):
        parts = _NUMBERS.findall(text)
        if len(parts) >= _RGB and not any(part.endswith("%") for part in parts[:_RGB]):
            red, green, blue = (min(255, int(float(part))) for part in parts[:_RGB])
            return red, green, blue
    return None
