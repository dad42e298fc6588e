"""Who carried what: the matrix of statements and outlets, with wire copies counted once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.ids import ArticleId
from onrecord.records import Article, Carriage, Copy, Row, Statement
from onrecord.views.index import Index, Item, outlet_name
from onrecord.views.words import CHANGES, sureness

__all__ = ["Cell", "Column", "Matrix", "MatrixRow", "carried", "changes", "letter", "unsure_link"]


class Column(Row, frozen=True, kw_only=True):
    """An outlet, with the outlets that print its text unchanged."""

    outlet: str
    article_ids: tuple[ArticleId, ...]
    same_text: tuple[str, ...] = ()
    """Outlets that carry the same statements from this text: they count once with it."""
    text_of: str | None = None
    """Where this outlet's text is another's: that outlet or agency; it is not counted."""


class Cell(Row, frozen=True, kw_only=True):
    """How an outlet carries an item: by the nearest to the fullest of its statements of it."""

    letter: str
    statement: Statement
    changes: tuple[str, ...] = ()
    unsure: bool = False
    """Whether what it prints may be another utterance."""


class MatrixRow(Row, frozen=True, kw_only=True):
    """One item; a cell is None where it is not found in the outlet's articles held."""

    item: Item
    cells: tuple[Cell | None, ...]
    outlets: int
    """Independent outlets that carry the item."""


class Matrix(Row, frozen=True, kw_only=True):
    """Items by outlets."""

    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def shared(self) -> tuple[MatrixRow, ...]:
        """Return the rows that more than one independent outlet carries."""
        return tuple(row for row in self.rows if row.outlets > 1)

    @property
    def single(self) -> tuple[MatrixRow, ...]:
        """Return the other rows."""
        return tuple(row for row in self.rows if row.outlets <= 1)

    @property
    def independent(self) -> int:
        """The number of outlets whose text is their own."""
        return sum(column.text_of is None for column in self.columns)


def letter(statement: Statement, carriage: Carriage | None) -> str:
    """Return V, C, A or P, or CA where words are both cut and changed."""
    if statement.mode == "indirect":
        return "P"
    letters = {CHANGES[kind][0] for kind in carriage.types} if carriage else set()
    if "P" in letters:
        return "P"
    found = "".join(sign for sign in "CA" if sign in letters)
    if found:
        return found
    return "P" if statement.mode == "mixed" else "V"


def unsure_link(carriage: Carriage | None) -> bool:
    """Return whether it is unsure that a statement carries the utterance it is shown with."""
    return carriage is not None and sureness(carriage.confidence) == "unsure"


def changes(carriage: Carriage | None) -> tuple[str, ...]:
    """Return in words how a statement differs from the fullest, without what follows from it."""
    if carriage is None:
        return ()
    kinds = [kind for kind in carriage.types if kind not in ("SURFACE", "SUBST")]
    # Beside a cut or a changed word, capitals and spelling only keep a reader from seeing it.
    kinds = [kind for kind in kinds if CHANGES[kind][0] != "V"] or kinds or [*carriage.types]
    return tuple(dict.fromkeys(CHANGES[kind][1] for kind in kinds))


def carried(index: Index) -> Matrix:
    """Return which outlet carries which item, and how.

    Columns are outlets in the order of their first article. A wire copy or republication has a
    column of its own only where it does not carry the same statements as its source.
    """
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in index.articles.values():
        by_outlet[outlet_name(article)].append(article)
    cells = {name: _cells(index, articles) for name, articles in by_outlet.items()}
    columns = _columns(index, by_outlet, cells)
    rows = []
    for item in index.items:
        row = tuple(cells[column.outlet].get(item.number) for column in columns)
        own = [cell for cell, column in zip(row, columns, strict=True) if column.text_of is None]
        rows.append(MatrixRow(item=item, cells=row, outlets=sum(cell is not None for cell in own)))
    return Matrix(columns=columns, rows=tuple(rows))


def _cells(index: Index, articles: Sequence[Article]) -> dict[int, Cell]:
    """Return, per item number, the outlet's statement that is nearest to the fullest wording."""
    best: dict[int, Statement] = {}
    for article in articles:
        for statement in index.statements_in(article.id):
            item = index.item_of[statement.id]
            known = best.get(item.number)
            if known is None or _rank(index, item, statement) > _rank(index, item, known):
                best[item.number] = statement
    return {number: _cell(index, statement) for number, statement in best.items()}


def _rank(index: Index, item: Item, statement: Statement) -> tuple[bool, int, int]:
    """Return how well *statement* shows the outlet's carriage: a quotation before a paraphrase.

    Where one article quotes a cut form and retells the rest, the cut is what must be seen.
    """
    sign = letter(statement, index.carriages.get(statement.id))[0]
    return (statement.id == item.fullest.id, "PCAV".index(sign), len(statement.text))


def _cell(index: Index, statement: Statement) -> Cell:
    carriage = index.carriages.get(statement.id)
    return Cell(
        letter=letter(statement, carriage),
        statement=statement,
        changes=changes(carriage),
        unsure=statement.id != index.item_of[statement.id].fullest.id and unsure_link(carriage),
    )


def _columns(
    index: Index,
    by_outlet: Mapping[str, Sequence[Article]],
    cells: Mapping[str, Mapping[int, Cell]],
) -> tuple[Column, ...]:
    source_of = {name: _source(index, name, rows) for name, rows in by_outlet.items()}
    same: dict[str, list[str]] = defaultdict(list)
    for name, source in source_of.items():
        if source is not None and source in by_outlet and _alike(cells[name], cells[source]):
            same[source].append(name)
    folded = {name for names in same.values() for name in names}
    return tuple(
        Column(
            outlet=name,
            article_ids=tuple(row.id for row in rows),
            same_text=tuple(same[name]),
            text_of=source_of[name],
        )
        for name, rows in by_outlet.items()
        if name not in folded
    )


def _alike(copy: Mapping[int, Cell], source: Mapping[int, Cell]) -> bool:
    return {number: cell.letter for number, cell in copy.items()} == {
        number: cell.letter for number, cell in source.items()
    }


def _source(index: Index, name: str, articles: Sequence[Article]) -> str | None:
    """Return the outlet that wrote what *name* prints; None where any of it is its own."""
    copies = [index.copies.get(article.id) for article in articles]
    foreign: list[Copy] = [row for row in copies if row and row.kind != "revision"]
    revised = sum(row is not None and row.kind == "revision" for row in copies)
    if not foreign or len(foreign) + revised < len(articles):
        return None
    original = index.articles.get(foreign[0].original_id)
    source = outlet_name(original) if original else foreign[0].agency
    return source if source != name else None
