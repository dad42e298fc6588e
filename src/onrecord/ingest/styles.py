"""The style rules of a page that can hide text, as far as they are in the page itself.

Only what decides whether a reader sees an element is read: a dozen properties, selectors of
tags, classes and ids with descent and child. A rule with any other selector, or for another
medium than the screen, is left out: text is never hidden by a rule that may not apply.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import html

__all__ = ["PROPERTIES", "StyleSheet", "declarations", "style_sheet_of"]

PROPERTIES = frozenset(
    ("display", "visibility", "opacity", "font-size", "position", "left", "right", "top", "bottom",
     "text-indent", "clip", "clip-path", "width", "height", "max-height", "max-width", "overflow",
     "overflow-x", "overflow-y", "color", "background", "background-color", "background-image",
     "transform", "content-visibility")
)  # fmt: skip
_MAX_CHARACTERS = 4_000_000
_MAX_RULES = 20_000

_BRACE = re.compile(r"[{}]")
_COMPOUND = re.compile(r"^(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)$")
_PART = re.compile(r"[.#][\w-]+")
# The element that a selector ends in: tag, then its first class or its id.
_LAST = re.compile(r"(\*|[a-zA-Z][\w-]*)?(?:(\.[\w-]+)|(#[\w-]+))?")
_BETWEEN = re.compile(r"[\s>]")
_RELEVANT = re.compile(
    r"display|visibility|opacity|font-size|position|text-indent|clip|height|color|background|transform",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?!\.[1-9]|\.0[1-9])"
    r"|font-size\s*:\s*0(?!\.\d)|text-indent\s*:\s*-|clip(?:-path)?\s*:|scale|content-visibility"
    r"|:\s*-\d{3}|:\s*[2-9]\d{3}|height\s*:\s*[01](?:px)?\s*(?:;|!|$)"
)
_INK = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)")
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)")
_WHITE = frozenset(("#fff", "#ffffff", "white", "rgb(255,255,255)", "rgb(255, 255, 255)"))
_BLACK = frozenset(("#000", "#000000", "black", "rgb(0,0,0)", "rgb(0, 0, 0)"))
_OWN_WEIGHT = (1_000, 0, 0)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*$", re.IGNORECASE)


class _Chain(NamedTuple):
    """A selector of several elements, the one that it selects last."""

    compounds: tuple[frozenset[str], ...]
    """For each element the names that it must have: tag, ".class", "#id"."""
    child: tuple[bool, ...]
    """For each compound but the last: whether the next must be its child."""
    weight: tuple[int, int, int]
    needs: frozenset[str]
    """All names together: what must be found in the element and around it."""


class _Names:
    """The names of elements, and all names around them, each worked out once."""

    def __init__(self) -> None:
        self._listed: dict[html.HtmlElement, tuple[str, ...]] = {}
        self._own: dict[html.HtmlElement, frozenset[str]] = {}
        self._around: dict[html.HtmlElement, frozenset[str]] = {}

    def listed(self, node: html.HtmlElement) -> tuple[str, ...]:
        """Return tag, classes and id of *node*, each once, in their order."""
        names = self._listed.get(node)
        if names is None:
            parts = [str(node.tag)]
            classes = node.get("class")
            if classes:
                parts += [f".{name}" for name in classes.split()]
            name = node.get("id")
            if name:
                parts.append(f"#{name}")
            names = self._listed[node] = tuple(dict.fromkeys(parts))
        return names

    def own(self, node: html.HtmlElement) -> frozenset[str]:
        """Return the same as a set."""
        names = self._own.get(node)
        if names is None:
            names = self._own[node] = frozenset(self.listed(node))
        return names

    def around(self, node: html.HtmlElement) -> frozenset[str]:
        """Return the names of *node* and of all elements that it is in."""
        missing: list[html.HtmlElement] = []
        at = node
        while at is not None and at not in self._around:
            missing.append(at)
            at = at.getparent()
        names = frozenset[str]() if at is None else self._around[at]
        for inner in reversed(missing):
            own = self.own(inner)
            names = names if own <= names else names | own
            self._around[inner] = names
        return names


class _Rule:
    """One selector with its declarations, both looked into only when an element calls for it."""

    def __init__(self, selector: str, body: str, order: int) -> None:
        self._selector = selector
        self._body = body
        self.order = order

    @cached_property
    def values(self) -> dict[str, tuple[str, bool]]:
        """Value and importance by property."""
        return declarations(self._body)

    @cached_property
    def chain(self) -> _Chain | None:
        """The selector, or None where it is of a kind that is left out."""
        return _chain(self._selector)

    def fits(self, node: html.HtmlElement, names: _Names) -> bool:
        """Return whether the selector selects *node*."""
        chain = self.chain
        if chain is None or not chain.compounds[-1] <= names.own(node):
            return False
        if not chain.needs <= names.around(node):
            return False
        at = node
        for wanted, child in zip(
            reversed(chain.compounds[:-1]), reversed(chain.child), strict=True
        ):
            above = at.getparent()
            while above is not None and not child and not wanted <= names.own(above):
                above = above.getparent()
            if above is None or not wanted <= names.own(above):
                return False
            at = above
        return True


class StyleSheet:
    """The rules of a page by the class, id or tag of the element that they are for."""

    def __init__(self, rules: list[tuple[str, str, str]], *, external: bool) -> None:
        self.external = external
        """Whether the page also has style sheets that are not in it."""
        self._names = _Names()
        self._values: dict[html.HtmlElement, dict[str, str]] = {}
        self._all: dict[str, list[_Rule]] = defaultdict(list)
        self._hiding: dict[str, list[_Rule]] = defaultdict(list)
        grounds = {colour for *_, body in rules for colour in _GROUND.findall(body)}
        inks = {colour for *_, body in rules for colour in _INK.findall(body)}
        for order, (key, selector, body) in enumerate(rules):
            rule = _Rule(selector, body, order)
            self._all[key].append(rule)
            if _may_hide(body, grounds, inks):
                self._hiding[key].append(rule)

    def values(self, node: html.HtmlElement) -> dict[str, str]:
        """Return the declared values of *node*, its own style included, by property."""
        known = self._values.get(node)
        if known is not None:
            return known
        found: dict[str, tuple[tuple[bool, tuple[int, int, int], int], str]] = {}
        for rule in self._candidates(node, self._all):
            if rule.chain is None or not rule.fits(node, self._names):
                continue
            for name, (value, important) in rule.values.items():
                rank = (important, rule.chain.weight, rule.order)
                if name not in found or rank >= found[name][0]:
                    found[name] = (rank, value)
        for name, (value, important) in declarations(node.get("style", "")).items():
            rank = (important, _OWN_WEIGHT, 0)
            if name not in found or rank >= found[name][0]:
                found[name] = (rank, value)
        known = self._values[node] = {name: value for name, (_, value) in found.items()}
        return known

    def values_that_hide(self, node: html.HtmlElement) -> dict[str, str]:
        """Return the values of *node* where one may hide it or undo that; else nothing.

        Nearly all elements of a page are dealt with by this question.
        """
        style = node.get("style")
        if (style and _RELEVANT.search(style)) or any(
            rule.fits(node, self._names) for rule in self._candidates(node, self._hiding)
        ):
            return self.values(node)
        return {}

    def _candidates(self, node: html.HtmlElement, index: dict[str, list[_Rule]]) -> Iterator[_Rule]:
        if index:
            for name in self._names.listed(node):
                if name in index:
                    yield from index[name]


def _may_hide(body: str, grounds: set[str], inks: set[str]) -> bool:
    """Return whether declarations hide, or print in a colour that is also a ground."""
    if _HIDING.search(body):
        return True
    ink, ground = _INK.findall(body), _GROUND.findall(body)
    return any(colour in _WHITE or colour in grounds or _is_faint(colour) for colour in ink) or any(
        colour in _BLACK or colour in inks for colour in ground
    )


def _is_faint(colour: str) -> bool:
    return colour.startswith(("transparent", "rgba", "hsla"))


def style_sheet_of(root: html.HtmlElement) -> StyleSheet:
    """Return the rules in the style elements of the page."""
    rules: list[tuple[str, str, str]] = []
    external = False
    left = _MAX_CHARACTERS
    for node in root.iter("style", "link"):
        if node.tag == "link":
            external |= "stylesheet" in node.get("rel", "").casefold()
            continue
        if node.get("media", "all").strip().casefold() not in ("", "all", "screen"):
            continue
        text = (node.text or "")[:left]
        left -= len(text)
        for selectors, body in _rules_in(_without_comments(text)):
            if _RELEVANT.search(body):
                rules += _keyed(selectors, body.casefold())
    return StyleSheet(rules[:_MAX_RULES], external=external)


def _without_comments(text: str) -> str:
    """Return CSS without its comments; one that is never closed reaches to the end."""
    parts: list[str] = []
    end = 0
    while (start := text.find("/*", end)) >= 0:
        parts.append(text[end:start])
        close = text.find("*/", start + 2)
        end = close + 2 if close >= 0 else len(text)
    return " ".join((*parts, text[end:]))


def _keyed(selectors: str, body: str) -> Iterator[tuple[str, str, str]]:
    """Yield each selector of a list with the key of the element that it ends in."""
    for selector in selectors.split(","):
        found = _LAST.match(_BETWEEN.split(selector.strip())[-1])
        key = found and (found[2] or found[3] or (found[1] or "").lower())
        if key:
            yield key, selector.strip(), body


def _rules_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the rules for the screen: outside of blocks, and in `@media screen`."""
    open_blocks: list[bool] = []
    selectors = ""
    end = 0
    for found in _BRACE.finditer(text):
        before = text[end : found.start()].strip()
        end = found.end()
        if found[0] == "{":
            selectors = before.rpartition(";")[2].strip()
            applies = not selectors.startswith("@") or _SCREEN.match(selectors) is not None
            # A block around this one that does not apply is remembered in the last entry.
            open_blocks.append(applies and (not open_blocks or open_blocks[-1]))
        elif open_blocks:
            if open_blocks.pop() and before and not selectors.startswith("@"):
                yield selectors, before
            selectors = "@"


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Return value and importance by property, for the properties that can hide text."""
    found: dict[str, tuple[str, bool]] = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().casefold()
        if not colon or name not in PROPERTIES:
            continue
        bare, bang, _ = value.strip().casefold().partition("!important")
        found[name] = (bare.strip(), bool(bang))
    return found


def _chain(selector: str) -> _Chain | None:
    compounds: list[frozenset[str]] = []
    child: list[bool] = []
    for part in selector.replace(">", " > ").split():
        if part == ">":
            if not compounds or len(child) == len(compounds):
                return None
            child.append(True)
            continue
        if compounds and len(child) < len(compounds):
            child.append(False)
        found = _COMPOUND.match(part)
        if found is None:
            return None
        tag = [found[1].lower()] if found[1] and found[1] != "*" else []
        compounds.append(frozenset((*tag, *_PART.findall(found[2]))))
    if not compounds or len(child) != len(compounds) - 1:
        return None
    marks = [name[0] for names in compounds for name in sorted(names)]
    ids, classes = marks.count("#"), marks.count(".")
    weight = (ids, classes, len(marks) - ids - classes)
    return _Chain(tuple(compounds), tuple(child), weight, frozenset().union(*compounds))
