"""The element tree to pieces: every passage of the page in document order, none left out.

A piece is what a reader sees as one paragraph, heading, caption, list item, quotation or
embedded post. Whether it belongs to the article is decided in `selection`.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import html

from onrecord.ingest.visibility import Seen, Visibility
from onrecord.records import BlockKind

__all__ = ["Piece", "folded", "pieces_of"]


@dataclass(slots=True, kw_only=True)
class Piece:
    """One passage of a page, with where it stands."""

    text: str
    kind: BlockKind
    node: html.HtmlElement
    """The block element it is in."""
    hidden: bool = False
    aside: bool = False
    """Whether it stands in navigation, a side column, a form or a comment section."""
    linked: int = 0
    """How many of its characters are links."""
    folded: str = field(default="", compare=False)
    """Its letters and digits only, in lower case."""


_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio",
     "video", "canvas", "select", "option", "button", "input", "textarea", "head", "area",
     "link", "meta", "title", "dialog", "source", "track", "progress", "meter", "datalist", "frame",
     "frameset", "noframes", "param", "applet", "label")
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
     "font", "i", "ins", "kbd", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small",
     "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture",
     "amp-img", "td", "th", "o:p", "st1:place", "st1:city", "x-small")
)  # fmt: skip
# Cells of a row read as one line; what stands in blocks inside a cell does not.
_CELLS = frozenset(("td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    "figcaption": "caption",
    "caption": "caption",
    "li": "list",
    "dd": "list",
    "dt": "list",
    "blockquote": "blockquote",
    "figure": "caption",
}
_ASIDE_TAGS = frozenset(
    ("nav", "footer", "aside", "form", "menu", "button", "label", "dialog", "object")
)
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|related|recommend\w{0,40}|newsletter|sign-?up|subscri\w{1,40}|promo\w{0,40}"
    r"|sidebar|side-?bar|share|sharing|social|footer|nav|navigation|breadcrumbs?|menu|trending"
    r"|most-?(?:read|popular|viewed)|taboola|outbrain|advert\w{0,40}|ads?|sponsor\w{0,40}|cookie\w{0,40}|consent"
    r"|toolbar|pagination|read-?more|more-?(?:stories|news|on)|tags?|teasers?|popular)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(
    r"caption|photo-?credit|image-?credit|credit|media-?description|wp-caption", re.IGNORECASE
)
_EMBED_NAMES = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video)|reddit-(?:card"
    r"|embed-bq)|bluesky-embed|mastodon-embed|truthsocial-embed|telegram-post|imgur-embed-pub"
    r"|text-post-media)(?:\s|$)",
)
_CAPTION_CHARACTERS = 800
# What stands on a button is a word or two; longer is a passage in the wrong element.
_PASSAGE = 40
_MOST = 0.3
_SPACES = re.compile(r"[ \t\n\r\f]+")
_NOT_WORD = re.compile(r"[\W_]+")


def pieces_of(root: html.HtmlElement, visibility: Visibility) -> list[Piece]:
    """Return the pieces of the page in document order, with *visibility* of each."""
    body = root.find("body")
    top = root if body is None else body
    walk = _Walk(visibility, _MOST * _length(top))
    walk.element(top, _Place())
    walk.flush()
    for piece in walk.pieces:
        piece.folded = folded(piece.text)
    return walk.pieces


def folded(text: str) -> str:
    """Return the letters and digits of *text* in lower case, for comparison only."""
    return _NOT_WORD.sub("", text).casefold()


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for everything below an element."""

    seen: Seen = field(default_factory=Seen)
    kind: BlockKind = "paragraph"
    aside: bool = False
    linked: bool = False

    @property
    def hidden(self) -> bool:
        return self.seen.unseen


class _Walk:
    """Goes through the tree once, collecting the text between block boundaries."""

    def __init__(self, visibility: Visibility, most: float) -> None:
        self._most = most
        self.pieces: list[Piece] = []
        self._visibility = visibility
        self._parts: list[str] = []
        self._linked = 0
        self._node: html.HtmlElement | None = None
        self._place = _Place()
        # Hidden words inside a sentence: a piece of their own, after the paragraph.
        self._later: list[Piece] = []

    def element(self, top: html.HtmlElement, place: _Place) -> None:
        """Collect the pieces in *top*; a stack instead of recursion bears any depth."""
        stack: list[tuple[html.HtmlElement, _Place, _Place | None]] = [(top, place, None)]
        while stack:
            node, outer, inner = stack.pop()
            if inner is not None:
                if node.tag not in _INLINE or inner.hidden != outer.hidden:
                    self.flush()
                elif node.tag in _CELLS:
                    self._parts.append(" ")
                self._text(node.tail, node.getparent(), outer)
                continue
            inner = self._enter(node, outer)
            if inner is None:
                self._text(node.tail, node.getparent(), outer)
                continue
            stack.append((node, outer, inner))
            stack += [(child, inner, None) for child in reversed(node)]

    def _enter(self, node: html.HtmlElement, place: _Place) -> _Place | None:
        """Return what holds inside *node*, or None where nothing in it is read."""
        tag = node.tag
        if not isinstance(tag, str) or self._is_skipped(node, tag):
            return None
        if tag == "br":
            self._parts.append("\n")
            return None
        names = f"{node.get('class', '')} {node.get('id', '')}"
        if _EMBED_NAMES.search(names):
            self._embed(node, place)
            return None
        inner = self._inner(node, tag, names, place)
        if tag not in _INLINE:
            self.flush()
        elif inner.hidden and not place.hidden:
            self._set_apart(node, inner)
            return None
        self._text(node.text, node, inner)
        return inner

    def _is_skipped(self, node: html.HtmlElement, tag: str) -> bool:
        """Return whether nothing in *node* is text of the page; a rule ends the piece."""
        if tag == "hr":
            self.flush()
            return True
        return tag in _SKIPPED and not self._is_shown(node, tag)

    def _is_shown(self, node: html.HtmlElement, tag: str) -> bool:
        """Return whether *node*, which is mostly no text, shows a passage to readers."""
        if tag == "dialog":
            return node.get("open") is not None
        if tag == "object":
            return node.get("data") is None  # else it stands in for what could not be shown
        return tag in ("button", "label") and (_length(node) > _PASSAGE or self._is_most(node))

    def _set_apart(self, node: html.HtmlElement, inner: _Place) -> None:
        """Collect hidden words inside a paragraph without breaking it in two."""
        walk = _Walk(self._visibility, self._most)
        walk._text(node.text, node, inner)
        for child in node:
            walk.element(child, inner)
        walk.flush()
        self._later += walk.pieces

    def _inner(self, node: html.HtmlElement, tag: str, names: str, place: _Place) -> _Place:
        seen = self._visibility.below(node, place.seen)
        kind = _KINDS.get(tag, place.kind)
        if kind == "caption" != place.kind and not _is_short(node):
            kind = place.kind
        aside = place.aside
        if tag not in _INLINE:
            if place.kind == "blockquote" and kind == "paragraph":
                kind = "blockquote"
            if names != " ":
                if kind == "paragraph" and _CAPTION_NAMES.search(names) and _is_short(node):
                    kind = "caption"
                aside = aside or (bool(_ASIDE_NAMES.search(names)) and not self._is_most(node))
            aside = aside or (tag in _ASIDE_TAGS and not self._is_most(node))
        linked = place.linked or tag == "a"
        inner = _Place(seen, kind, aside, linked)
        return place if inner == place else inner

    def _text(self, text: str | None, node: html.HtmlElement | None, place: _Place) -> None:
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._node is None:
            if text == " ":
                return
            self._node, self._place = node, place
        self._parts.append(text)
        if place.linked:
            self._linked += len(text)

    def _is_most(self, node: html.HtmlElement) -> bool:
        """Return whether *node* holds so much of the page that its name means nothing."""
        return _length(node) > self._most

    def flush(self) -> None:
        """End the piece; an empty line inside it (two line breaks) ends one as well."""
        parts, node, linked, place = self._parts, self._node, self._linked, self._place
        later, self._later = self._later, []
        self._parts, self._node, self._linked = [], None, 0
        self._end(parts, node, linked, place)
        self.pieces += later

    def _end(
        self, parts: list[str], node: html.HtmlElement | None, linked: int, place: _Place
    ) -> None:
        if node is None:
            return
        lines = [_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n")]
        paragraphs = [part for part in _between_blank(lines) if part]
        for text in paragraphs:
            share = linked if len(paragraphs) == 1 else 0
            self.pieces.append(
                Piece(
                    text=text,
                    kind=place.kind,
                    node=_block(node),
                    hidden=place.hidden,
                    aside=place.aside,
                    linked=share,
                )
            )

    def _embed(self, node: html.HtmlElement, place: _Place) -> None:
        """Collect an embedded post as one piece, its paragraphs on lines of their own."""
        self.flush()
        inner = _Walk(self._visibility, self._most)
        place = replace(place, seen=self._visibility.below(node, place.seen))
        inner._text(node.text, node, place)
        for child in node:
            inner.element(child, place)
        inner.flush()
        text = "\n".join(piece.text for piece in inner.pieces)
        if text:
            self.pieces.append(
                Piece(text=text, kind="embed", node=node, hidden=place.hidden, aside=place.aside)
            )


def _length(node: html.HtmlElement) -> int:
    return len(node.text_content())


def _is_short(node: html.HtmlElement) -> bool:
    return _length(node) < _CAPTION_CHARACTERS


def _between_blank(lines: list[str]) -> list[str]:
    """Return runs of lines without an empty one between them, each joined by line ends."""
    runs: list[list[str]] = [[]]
    for line in lines:
        if line:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return ["\n".join(run) for run in runs]


def _block(node: html.HtmlElement) -> html.HtmlElement:
    """Return the nearest element around *node* that starts a line of its own."""
    while node.tag in _INLINE:
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return node
