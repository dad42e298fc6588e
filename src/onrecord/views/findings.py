"""What is thin, what differs, and what the record shows at a glance: counts and places."""

from onrecord.ids import ArticleId
from onrecord.records import Article, DifferenceValue, Row, Statement
from onrecord.views.carried import Matrix
from onrecord.views.index import Index, Item
from onrecord.views.variants import Variant, variants

__all__ = ["Altered", "Differing", "Only", "Value", "altered", "differing", "only_here"]

_WEIGHTY = frozenset(
    {"CUT_MID_SENTENCE", "DROPS_QUALIFIER", "SILENT_DROP", "NEGATION", "NUMBER", "HEDGE"}
)


class Only(Row, frozen=True, kw_only=True):
    """Items that a single outlet carries."""

    outlet: str
    items: tuple[Item, ...]


class Value(Row, frozen=True, kw_only=True):
    """One account's value with the words around it."""

    value: DifferenceValue
    article: Article
    before: str
    wording: str
    after: str


class Differing(Row, frozen=True, kw_only=True):
    """A quantity or date for which the articles held give more than one value."""

    what: str
    values: tuple[Value, ...]
    absent: tuple[str, ...]
    """Outlets in whose articles it is not found."""
    confidence: float


class Altered(Row, frozen=True, kw_only=True):
    """A printed wording that is cut or in which words differ."""

    item: Item
    variant: Variant


def only_here(matrix: Matrix) -> tuple[Only, ...]:
    """Return the items found in one independent outlet only, by outlet; needs two outlets."""
    if matrix.independent < 2:  # noqa: PLR2004 - "only here" needs a there
        return ()
    rows = []
    for place, column in enumerate(matrix.columns):
        items = tuple(
            row.item for row in matrix.rows if row.outlets == 1 and row.cells[place] is not None
        )
        if items and column.text_of is None:
            rows.append(Only(outlet=column.outlet, items=items))
    return tuple(rows)


def altered(index: Index) -> tuple[Altered, ...]:
    """Return the independent wordings cut or changed, those that can turn the sense first.

    The order is by kind of change (cut in mid-sentence, a negation, number, hedge or qualifier,
    an unmarked gap), then reading order: never by outlet or speaker.
    """
    found = [
        Altered(item=item, variant=variant)
        for item in index.items
        if len(item.statements) > 1
        for variant in variants(index, item)
        if not variant.fullest and variant.independent and variant.letter not in ("V", "P")
    ]
    return tuple(sorted(found, key=lambda row: not _weighty(index, row.variant.statement)))


def _weighty(index: Index, statement: Statement) -> bool:
    carriage = index.carriages.get(statement.id)
    return carriage is not None and not _WEIGHTY.isdisjoint(carriage.types)


def differing(index: Index, *, context: int = 60) -> tuple[Differing, ...]:
    """Return the facts on which accounts differ, each value with *context* characters around it."""
    names = {row.id: index.outlet_of_article(row.id) for row in index.articles.values()}
    place = {article_id: number for number, article_id in enumerate(index.articles)}
    return tuple(
        Differing(
            what=row.what,
            values=tuple(
                _value(index, value, context)
                for value in sorted(
                    row.values, key=lambda value: (place[value.article_id], value.span)
                )
            ),
            absent=_absent(names, {value.article_id for value in row.values}),
            confidence=row.confidence,
        )
        for row in index.record.differences
    )


def _absent(names: dict[ArticleId, str], ids: set[ArticleId]) -> tuple[str, ...]:
    present = {names[article_id] for article_id in sorted(ids) if article_id in names}
    return tuple(name for name in dict.fromkeys(names.values()) if name not in present)


def _value(index: Index, value: DifferenceValue, context: int) -> Value:
    article = index.articles[value.article_id]
    text, (start, end) = article.text, value.span
    left = text[max(0, start - context) : start].rpartition("\n")[2]
    right = text[end : end + context].partition("\n")[0]
    if len(left) == context:
        left = "[…] " + left.partition(" ")[2]
    if len(right) == context:
        right = right.rpartition(" ")[0] + " […]"
    return Value(
        value=value, article=article, before=left, wording=value.span.of(text), after=right
    )
