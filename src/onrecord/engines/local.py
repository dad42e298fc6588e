"""Run stages here, in this process."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from onrecord.records import Row
from onrecord.resources import Resources
from onrecord.stage import Group, Map, Table, Whole

__all__ = ["LocalEngine"]

In = TypeVar("In", bound=Row)
Out = TypeVar("Out", bound=Row)
Side = TypeVar("Side", bound=Row)


class _Rows(list[Out]):
    """A table held in memory, with its rows by key."""

    by_key: dict[str, Out]


class LocalEngine:
    """Run every stage in this process."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def map(self, rows: Iterable[In], stage: Map[In, Out], key: Callable[[Out], str]) -> Table[Out]:
        """Return one row for each of *rows*."""
        table: _Rows[Out] = _Rows(stage.run(row, self._resources) for row in rows)
        table.by_key = {key(row): row for row in table}
        return table

    def whole(self, rows: Sequence[In], stage: Whole[In, Out]) -> list[Out]:
        """Return the rows that *stage* makes of all *rows*."""
        return stage.run(rows, self._resources)

    def group(
        self,
        table: Table[In],
        groups: dict[str, list[str]],
        side: dict[str, list[Side]],
        stage: Group[In, Side, Out],
    ) -> Table[Out]:
        """Return one row per group, in the order of their ids."""
        if not isinstance(table, _Rows):
            raise TypeError("a table of another engine")
        return _Rows(
            stage.run(
                name,
                [table.by_key[key] for key in sorted(groups[name])],
                side.get(name, []),
                self._resources,
            )
            for name in sorted(groups)
        )
