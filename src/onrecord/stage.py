"""What a stage is, and what an engine must do with one.

A stage is a pure, top-level function of rows and resources: no file, clock, network,
randomness or global. Where and in which portions it runs is the engine's business.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from onrecord.records import Row
from onrecord.resources import Resources

__all__ = ["Engine", "Group", "Map", "Meet", "Table", "Whole"]

In = TypeVar("In", bound=Row)
Out = TypeVar("Out", bound=Row)
Side = TypeVar("Side", bound=Row)
Part = TypeVar("Part", bound=Row)
Out_co = TypeVar("Out_co", bound=Row, covariant=True)


class Table(Protocol[Out_co]):
    """Rows that can be read again and again, sorted by their keys."""

    def __iter__(self) -> Iterator[Out_co]:
        """Return the rows one by one."""
        ...

    def __len__(self) -> int:
        """Return the number of rows."""
        ...

    def narrow(self, row: type[Part]) -> Iterator[Part]:
        """Yield the rows with the fields of *row* only: cheap where the others are large."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Map(Generic[In, Out]):
    """Each row gives one row, independent of all others; `key` names it for later grouping."""

    name: str
    row: type[In]
    out: type[Out]
    run: Callable[[In, Resources], Out]
    key: Callable[[Out], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Generic[In, Out]):
    """All rows at once, sorted by key; only for small rows such as sketches."""

    name: str
    run: Callable[[Sequence[In], Resources], list[Out]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Generic[In, Side, Out]):
    """The rows of one group, with the side rows of that group, give one row."""

    name: str
    row: type[In]
    side: type[Side]
    out: type[Out]
    run: Callable[[str, Sequence[In], Sequence[Side], Resources], Out]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meet(Generic[In, Part, Out]):
    """Parts of different rows that share a key meet; each with those it met gives rows.

    `row` names the fields of a table's rows that `parts` wants, `keys` the keys of a part. A key
    that more than `most` parts hold brings nobody together: it says too little.
    """

    name: str
    row: type[In]
    parts: Callable[[In], Sequence[Part]]
    keys: Callable[[Part], Sequence[int]]
    out: type[Out]
    run: Callable[[Part, Sequence[Part], Resources], Sequence[Out]]
    most: int


class Engine(Protocol):
    """Where stages run: here, in a process pool, on a cluster."""

    def map(self, rows: Iterable[In], stage: Map[In, Out]) -> Table[Out]:
        """Return one row for each of *rows*; of equal keys the first row stays."""
        ...

    def whole(self, rows: Sequence[In], stage: Whole[In, Out]) -> list[Out]:
        """Return the rows that *stage* makes of all *rows*."""
        ...

    def group(
        self,
        table: Table[In],
        groups: Mapping[str, Sequence[str]],
        side: Mapping[str, Sequence[Side]],
        stage: Group[In, Side, Out],
    ) -> Table[Out]:
        """Return one row per group; *groups* maps a group's id to the keys of its rows."""
        ...

    def meet(self, table: Table[Any], stage: Meet[In, Part, Out]) -> Iterable[Out]:
        """Return what *stage* makes of each part of *table* that meets one of another row.

        A part is given those of its own row that hold such a key too, and all in the order of
        the table.
        """
        ...
