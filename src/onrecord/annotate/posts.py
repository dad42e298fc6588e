"""Embedded posts: as the page marks them, or flattened to "words — Name (@handle) date"."""

import re

from onrecord.annotate.drafts import Context, Draft
from onrecord.records import Article
from onrecord.spans import Span, trim

__all__ = ["post_drafts"]

_SIGNATURE = re.compile(
    r"(?:—|–|--|-) ?(?P<name>[^\W_][^\n(@—–]{0,59}?) ?\((?P<handle>@\w{1,30})\)"
    r"(?: ?[·|,-]? ?(?:[^\W\d_]{3,9}\.? \d{1,2}, \d{4}|\d{1,2} [^\W\d_]{3,9}\.? \d{4}))?"
)


def post_drafts(article: Article, context: Context) -> list[Draft]:
    """Return the statements of embedded posts in text order."""
    drafts = [
        _draft(Span(*embed.span), None, "rules:embed")
        for embed in article.embeds
        if trim(article.text, *embed.span) == Span(*embed.span)
    ]
    if "(@" not in article.text:
        return drafts
    known = [draft.content[0] for draft in drafts]
    for number, block in enumerate(context.parse.blocks):
        drafts += [
            draft
            for draft in _flattened(context, number, block)
            if not any(span.overlaps(draft.content[0]) for span in known)
        ]
    return drafts


def _flattened(context: Context, number: int, block: Span) -> list[Draft]:
    """Return the posts of a block whose signature was left as plain words."""
    text = context.parse.text
    drafts: list[Draft] = []
    start = block.start
    for match in _SIGNATURE.finditer(text, block.start, block.end):
        words = trim(text, start, match.start())
        if words is None and start == block.start and number > 0:
            words = context.parse.blocks[number - 1]
        name = trim(text, *match.span("name"))
        if words is not None and name is not None:
            drafts.append(_draft(words, name, "rules:post"))
        start = match.end()
    return drafts


def _draft(words: Span, name: Span | None, method: str) -> Draft:
    return Draft(
        source=name,
        cue=None,
        content=(words,),
        cue_class="speech",
        method=method,
        unit=-1,
        mode="embedded",
    )
