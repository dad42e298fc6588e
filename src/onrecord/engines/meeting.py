"""Bring parts of rows together that share a key: one sort of numbers, never all with all."""

from array import array
from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from onrecord.records import Row
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
    """Return each key with the number of the part that holds it and that of the part's row."""
    keys, parts, rows = array("q"), array("q"), array("q")
    part_number = 0
    for row_number, row in enumerate(table.narrow(stage.row)):
        for part in stage.parts(row):
            for key in stage.keys(part):
                keys.append(key)
                parts.append(part_number)
                rows.append(row_number)
            part_number += 1
    return (
        np.array(keys, dtype=np.int64),
        np.array(parts, dtype=np.int64),
        np.array(rows, dtype=np.int64),
    )


def _met(keys: Ints, parts: Ints, rows: Ints, most: int) -> dict[int, list[int]]:
    """Return for each part that shares a key with another row all parts it shares one with."""
    if not len(keys):
        return {}
    order = np.lexsort((parts, keys))
    keys, parts, rows = keys[order], parts[order], rows[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    tells = sizes <= most
    between = tells & (rows[starts] != rows[starts + sizes - 1])  # parts come in order of rows
    meets = np.zeros(parts.max() + 1, dtype=bool)
    meets[parts[np.repeat(between, sizes)]] = True
    met: dict[int, set[int]] = {}
    used = np.flatnonzero(tells & np.logical_or.reduceat(meets[parts], starts))
    for start, size in zip(starts[used].tolist(), sizes[used].tolist(), strict=True):
        holders = parts[start : start + size].tolist()
        for number in holders:
            if meets[number]:
                met.setdefault(number, set()).update(holders)
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
