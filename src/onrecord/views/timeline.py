"""When: items by the date on which they were said, as precisely as the articles say it."""

from onrecord.records import DateRange, Row
from onrecord.views.index import Index, Item

__all__ = ["Moment", "Timeline", "timeline"]


class Moment(Row, frozen=True, kw_only=True):
    """One item with its date."""

    item: Item
    said: DateRange | None
    printed: tuple[tuple[str, tuple[str, ...]], ...]
    """Days of publication (ISO 8601, as precise as held) with the outlets, sorted."""

    @property
    def outlets(self) -> int:
        """Return how many outlets printed it, copies included."""
        return len({outlet for _, outlets in self.printed for outlet in outlets})


class Timeline(Row, frozen=True, kw_only=True):
    """Items with a date, sorted by it; and those without, in reading order."""

    dated: tuple[Moment, ...]
    undated: tuple[Moment, ...]


def timeline(index: Index) -> Timeline:
    """Return the items of a story in the order in which they were said."""
    moments = [_moment(index, item) for item in index.items]
    dated = [(moment.said.start, moment.said.end, moment) for moment in moments if moment.said]
    dated.sort(key=lambda row: (row[0], row[1], row[2].item.number))
    return Timeline(
        dated=tuple(row[2] for row in dated),
        undated=tuple(moment for moment in moments if moment.said is None),
    )


def _moment(index: Index, item: Item) -> Moment:
    said = item.utterance.said if item.utterance else None
    printed: dict[str, set[str]] = {}
    for statement in item.statements:
        said = said or statement.said
        article = index.article_of(statement)
        if article.published:
            printed.setdefault(article.published[:10], set()).add(index.outlet_of(statement))
    days = tuple((day, tuple(sorted(outlets))) for day, outlets in sorted(printed.items()))
    return Moment(item=item, said=said, printed=days)
