"""Bring parts of rows together that share a key: one sort of numbers, never all with all."""

from array import array
from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from onrecord.records import Row
from onrecord.repeated import held_twice
from onrecord.resources import Resources
from onrecord.stage import Meet, Table

__all__ = ["meet"]

In = TypeVar("In", bound=Row)
Part = TypeVar("Part", bound=Row)
Out = TypeVar("Out", bound=Row)

Ints = npt.NDArray[np.int64]


def meet(table: Table[Any], stage: Meet[In, Part, Out], resources: Resources) -> Iterator[Out]:
    """Yield what *stage* makes of each part that meets one of another row, in table order.

    The table is read twice: for the keys, a few numbers a part, then for the parts that meet.
    """
    met = _met(*_keys(table, stage), stage.most)
    wanted = {number for others in met.values() for number in others}
    parts = dict(_parts(table, stage, wanted))
    for number in sorted(met):
        others = [parts[other] for other in met[number] if other != number]
        yield from stage.run(parts[number], others, resources)


def _keys(table: Table[Any], stage: Meet[In, Part, Out]) -> tuple[Ints, Ints, Ints]:
    """Return all keys part by part, how many each part holds, and the row of each part."""
    keys, sizes, rows = array("q"), array("q"), array("q")
    for row_number, row in enumerate(table.narrow(stage.row)):
        for part in stage.parts(row):
            held = stage.keys(part)
            keys.extend(held)
            sizes.append(len(held))
            rows.append(row_number)
    return np.asarray(keys), np.asarray(sizes), np.asarray(rows)


def _met(keys: Ints, sizes: Ints, rows: Ints, most: int) -> dict[int, list[int]]:
    """Return for each part that shares a key with another row all parts it shares one with."""
    held = held_twice(keys)  # of a hundred keys all but a few occur once
    if not len(held):
        return {}
    keys, parts = keys[held], np.repeat(np.arange(len(sizes)), sizes)[held]
    order = np.argsort(keys, kind="stable")  # equal keys stay in the order of their parts
    keys, parts = keys[order], parts[order]
    starts = np.append(0, np.flatnonzero(keys[1:] != keys[:-1]) + 1)
    holders = np.diff(np.append(starts, len(keys)))
    tells = (holders > 1) & (holders <= most)
    parts, holders = parts[np.repeat(tells, holders)], holders[tells]
    starts = np.cumsum(holders) - holders
    between = rows[parts[starts]] != rows[parts[starts + holders - 1]]
    meets = np.zeros(len(rows), dtype=bool)
    meets[parts[np.repeat(between, holders)]] = True
    met: dict[int, set[int]] = {}
    used = np.flatnonzero(np.logical_or.reduceat(meets[parts], starts))
    for start, size in zip(starts[used].tolist(), holders[used].tolist(), strict=True):
        numbers = parts[start : start + size].tolist()
        for number in numbers:
            if meets[number]:
                met.setdefault(number, set()).update(numbers)
    return {number: sorted(others) for number, others in met.items()}


def _parts(
    table: Table[Any], stage: Meet[In, Part, Out], wanted: set[int]
) -> Iterator[tuple[int, Part]]:
    """Yield the parts that are *wanted*, each with its number."""
    number = 0
    for row in table.narrow(stage.row):
        for part in stage.parts(row):
            if number in wanted:
                yield number, part
            number += 1
