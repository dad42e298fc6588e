"""Paragraphs to blocks: posts and glued credits are cut out of the paragraph that holds them."""

from onrecord.ingest.furniture import furniture_of, glued_end
from onrecord.ingest.posts import Post, find_post
from onrecord.records import Block, BlockKind, Embed
from onrecord.resources import Resources
from onrecord.spans import Span, trim

__all__ = ["Draft"]

# Kinds that may turn out to be furniture, or to hold a post.
_OPEN = frozenset(("paragraph", "heading", "list", "blockquote", "embed"))


class Draft:
    """The blocks and posts of a final text, added paragraph by paragraph in text order."""

    def __init__(self, text: str, resources: Resources) -> None:
        self.blocks: list[Block] = []
        self.embeds: list[Embed] = []
        self._text = text
        self._resources = resources

    def put(self, kind: BlockKind, span: Span) -> None:
        """Add a block as it is."""
        self.blocks.append(Block(kind=kind, span=span))

    def add(self, span: Span, kind: BlockKind, *, top: bool) -> None:
        """Add a paragraph that reads like *kind*: as that, as furniture, or in several blocks.

        Args:
            span: The paragraph, without white space at its ends.
            kind: What it is if nothing in its words says otherwise.
            top: Whether it is near the top (or foot) of the article, where bylines and dates are.
        """
        if kind not in _OPEN:
            self.put(kind, span)
            return
        words = span.of(self._text)
        post = find_post(words, self._resources) if "@" in words else None
        if post is not None:
            self._post(span, post, kind, top=top)
            return
        if kind == "embed":
            self.put(kind, span)
            self.embeds.append(Embed(span=span))
            return
        glued = glued_end(words, self._resources) if top else 0
        if glued:
            self.put("boilerplate", Span(span.start, span.start + glued))
            span = Span(span.start + glued, span.end)
        furniture = furniture_of(span.of(self._text), self._resources, top=top)
        self.put(furniture or kind, span)

    def _post(self, span: Span, post: Post, kind: BlockKind, *, top: bool) -> None:
        """Add a post, and what stands after it in the same paragraph."""
        end = span.start + post.end
        if post.words is not None:
            self._embed(
                Span(span.start, end),
                Span(span.start + post.words.start, span.start + post.words.end),
                post,
            )
        elif self.blocks and self.blocks[-1].kind in ("paragraph", "blockquote"):
            # The signature stands alone: the paragraph before it is the post.
            before = self.blocks.pop().span
            self._embed(Span(before.start, end), before, post)
        else:
            self.put("boilerplate", Span(span.start, end))
        rest = trim(self._text, end, span.end)
        if rest is not None:
            self.add(rest, "paragraph" if kind == "embed" else kind, top=top)

    def _embed(self, block: Span, words: Span, post: Post) -> None:
        self.put("embed", block)
        self.embeds.append(
            Embed(span=words, author=post.author, handle=post.handle, posted=post.posted)
        )
