"""Every article with its marked text: source, cue and content, nested where they nest."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from onrecord.ids import ArticleId
from onrecord.records import Article, BlockKind, Copy, Row
from onrecord.spans import Span
from onrecord.views.index import Index, outlet_name

__all__ = ["Mark", "MarkedArticle", "MarkedBlock", "Role", "Run", "excerpts", "marked", "runs"]

Role = Literal["content", "source", "cue", "hidden"]
_DEPTH: dict[Role, int] = {"hidden": 0, "content": 1, "source": 2, "cue": 3}


class Mark(Row, frozen=True, kw_only=True):
    """A span with its part in a statement; `number` is the item's."""

    span: Span
    role: Role
    number: int | None = None
    starts: bool = True
    """False for the second and later pieces of one content."""


class Run(Row, frozen=True, kw_only=True):
    """Text with the marks that hold for all of it, the outermost first."""

    span: Span
    marks: tuple[Mark, ...]
    cut: Literal["before", "after"] | None = None
    """On which side text is left out: our cut, not the outlet's."""


class MarkedBlock(Row, frozen=True, kw_only=True):
    """A block of the page, in runs; `kind` is None for text outside every block."""

    kind: BlockKind | None
    runs: tuple[Run, ...]


class MarkedArticle(Row, frozen=True, kw_only=True):
    """An article as the report shows it."""

    article: Article
    outlet: str
    blocks: tuple[MarkedBlock, ...]
    items: tuple[int, ...]
    """Numbers of the items that it carries."""
    copy: Copy | None
    copy_of: str | None
    """Outlet of the original, where it is held."""
    revised_by: ArticleId | None


def marked(index: Index) -> tuple[MarkedArticle, ...]:
    """Return the articles of a story in reading order, their text in marked runs."""
    revised = {row.original_id: row.article_id for row in index.record.copies if _revises(row)}
    return tuple(_article(index, row, revised.get(row.id)) for row in index.articles.values())


def excerpts(article: MarkedArticle, *, context: int) -> MarkedArticle:
    """Return *article* with its marked text and at most *context* characters around each mark.

    For a report that is passed on: it quotes, and does not republish.
    """
    blocks = []
    for block in article.blocks:
        kept = tuple(_near(article.article.text, block.runs, context))
        if kept:
            blocks.append(MarkedBlock(kind=block.kind, runs=kept))
    return replace(article, blocks=tuple(blocks))


def _near(text: str, found: Sequence[Run], context: int) -> Iterator[Run]:
    """Yield *found* with unmarked runs cut to what stands next to a mark, at whole words."""
    for place, run in enumerate(found):
        start, end = run.span
        head = min(end, start + context) if place else start
        tail = max(start, end - context) if place + 1 < len(found) else end
        if run.marks or tail <= head:
            yield run
            continue
        if head > start:
            end_of_word = text.rfind(" ", start, head)
            span = Span(start, end_of_word if end_of_word > start else head)
            yield Run(span=span, marks=(), cut="after")
        if tail < end:
            word = text.find(" ", tail, end)
            span = Span(word if word >= 0 else tail, end)
            yield Run(span=span, marks=(), cut="before" if head == start else None)


def _revises(copy: Copy) -> bool:
    return copy.kind == "revision"


def _article(index: Index, article: Article, revised_by: ArticleId | None) -> MarkedArticle:
    marks = _marks(index, article)
    copy = index.copies.get(article.id)
    original = index.articles.get(copy.original_id) if copy else None
    numbers = {index.item_of[row.id].number for row in index.statements_in(article.id)}
    return MarkedArticle(
        article=article,
        outlet=outlet_name(article),
        blocks=tuple(_blocks(article, marks)),
        items=tuple(sorted(numbers)),
        copy=copy,
        copy_of=outlet_name(original) if original else None,
        revised_by=revised_by,
    )


def _marks(index: Index, article: Article) -> list[Mark]:
    marks = [Mark(span=span, role="hidden") for span in article.hidden]
    for statement in index.statements_in(article.id):
        number = index.item_of[statement.id].number
        for place, span in enumerate(statement.content):
            marks.append(Mark(span=span, role="content", number=number, starts=place == 0))
        if statement.source:
            marks.append(Mark(span=statement.source, role="source", number=number))
        if statement.cue:
            marks.append(Mark(span=statement.cue, role="cue", number=number))
    return marks


def _blocks(article: Article, marks: Sequence[Mark]) -> Iterator[MarkedBlock]:
    """Yield the blocks in order, and the text between them; nothing of the text is left out."""
    at = 0
    for block in sorted(article.blocks, key=lambda row: row.span):
        start = max(at, block.span.start)
        if article.text[at:start].strip():
            yield MarkedBlock(kind=None, runs=tuple(runs(Span(at, start), marks)))
        if start < block.span.end:
            span = Span(start, block.span.end)
            yield MarkedBlock(kind=block.kind, runs=tuple(runs(span, marks)))
        at = max(at, block.span.end)
    if article.text[at:].strip():
        yield MarkedBlock(kind=None, runs=tuple(runs(Span(at, len(article.text)), marks)))


def runs(within: Span, marks: Iterable[Mark]) -> Iterator[Run]:
    """Yield *within* cut wherever a mark begins or ends; joined, the runs are the whole span.

    Longer marks are outer marks, so nested statements stack; equal spans stack by role.
    """
    here = [mark for mark in marks if mark.span.overlaps(within)]
    here.sort(key=lambda mark: (mark.span.start, -mark.span.end, _DEPTH[mark.role]))
    places = {within.start, within.end}
    for mark in here:
        places |= {max(mark.span.start, within.start), min(mark.span.end, within.end)}
    edges = sorted(places)
    for start, end in pairwise(edges):
        span = Span(start, end)
        over = sorted(
            (mark for mark in here if mark.span.covers(span)),
            key=lambda mark: (mark.span.start - mark.span.end, mark.span.start, _DEPTH[mark.role]),
        )
        yield Run(span=span, marks=tuple(over))
