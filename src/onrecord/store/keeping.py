"""An engine that remembers: stories whose articles have not changed are not compiled again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from onrecord import __version__
from onrecord.engines.local import LocalEngine
from onrecord.ids import content_hash
from onrecord.records import Exemplar, Row
from onrecord.spool import encode_row
from onrecord.stage import Group, Map, Meet, Table, Whole
from onrecord.store.file import Store, StoryTable
from onrecord.store.quotations import meet_changed

__all__ = ["KeepingEngine"]

In = TypeVar("In", bound=Row)
Out = TypeVar("Out", bound=Row)
Side = TypeVar("Side", bound=Row)
Part = TypeVar("Part", bound=Row)


class KeepingEngine:
    """Runs stages on another engine, and keeps what grouping by story gives in a store."""

    def __init__(self, inner: LocalEngine, store: Store) -> None:
        self._inner = inner
        self._store = store

    def map(self, rows: Iterable[In], stage: Map[In, Out]) -> Table[Out]:
        """Return one row for each of *rows*."""
        return self._inner.map(rows, stage)

    def whole(self, rows: Sequence[In], stage: Whole[In, Out]) -> list[Out]:
        """Return the rows that *stage* makes of all *rows*."""
        return self._inner.whole(rows, stage)

    def group(
        self,
        table: Table[In],
        groups: Mapping[str, Sequence[str]],
        side: Mapping[str, Sequence[Side]],
        stage: Group[In, Side, Out],
    ) -> Table[Out]:
        """Return one row per group, compiled now or, where nothing changed, some time ago."""
        kept = self._store.story_digests()
        members = {
            name: content_hash(
                "members",
                __version__,
                self._inner.resources.digest,
                *sorted(keys),
                *(encode_row(row).hex() for row in side.get(name, ())),
            )
            for name, keys in groups.items()
        }
        # All that goes, goes first: a statement may have moved from one story to another.
        self._store.forget_stories(
            [name for name in sorted(kept) if kept[name] != members.get(name)]
        )
        changed = {name: groups[name] for name in sorted(groups) if kept.get(name) != members[name]}
        for name, row in zip(
            sorted(changed), self._inner.group(table, changed, side, stage), strict=True
        ):
            self._store.keep_story(members[name], encode_row(row))
        return cast("Table[Out]", StoryTable(self._store))

    def meet(self, table: Table[Any], stage: Meet[In, Part, Out]) -> Iterable[Out]:
        """Return what *stage* makes of the kept quotations; only those near to a change meet."""
        del table  # its parts are kept with their stories
        with self._store.transaction() as base:
            # What a store keeps of a story to meet by is its quotations.
            meet_changed(base, cast("Meet[Any, Exemplar, Any]", stage), self._inner.resources)
        return cast("Iterable[Out]", self._store.reprints())
