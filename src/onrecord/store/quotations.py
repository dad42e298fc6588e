"""The index of quotations in a store: what finds words that another story printed before.

It is filled story by story, in the transaction that keeps the story's record. What a change can
have touched is noted in a table, not in memory: whoever links next, also after a kill, brings
the reprints up to date by looking at the quotations that share a seed with what changed.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from onrecord.records import Exemplar
from onrecord.resources import Resources
from onrecord.spool import encode_row
from onrecord.stage import Meet

__all__ = ["TABLES", "forget_quotations", "is_kept", "keep_quotations", "meet_changed"]

TABLES: Final = """
CREATE TABLE exemplar (
    number INTEGER PRIMARY KEY, story_id TEXT NOT NULL, data BLOB NOT NULL
);
CREATE INDEX exemplar_story ON exemplar (story_id);
CREATE TABLE seed (
    hash INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (hash, number)
) WITHOUT ROWID;
CREATE TABLE reprint (
    statement_id TEXT PRIMARY KEY, story_id TEXT NOT NULL, number INTEGER NOT NULL,
    data BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX reprint_number ON reprint (number);
CREATE TABLE touched (hash INTEGER PRIMARY KEY, more INTEGER NOT NULL);
"""
_TOUCH: Final = (
    "INSERT INTO touched VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET more = more + excluded.more"
)
_decode = msgspec.msgpack.Decoder(Exemplar).decode


def keep_quotations(base: sqlite3.Connection, story_id: str, exemplars: Sequence[Exemplar]) -> None:
    """Add the quotations of a story to the index."""
    for row in exemplars:
        added = base.execute(
            "INSERT INTO exemplar (story_id, data) VALUES (?, ?)", (story_id, encode_row(row))
        )
        base.executemany(
            "INSERT INTO seed VALUES (?, ?)", ((seed, added.lastrowid) for seed in row.seeds)
        )
        base.executemany(_TOUCH, ((seed, 1) for seed in row.seeds))


def forget_quotations(base: sqlite3.Connection, story_id: str) -> None:
    """Remove the quotations of a story, and what was said of its statements."""
    base.execute("DELETE FROM reprint WHERE story_id = ?", (story_id,))
    held = base.execute("SELECT number, data FROM exemplar WHERE story_id = ?", (story_id,))
    for number, data in held.fetchall():
        seeds = _decode(data).seeds
        base.executemany("DELETE FROM seed WHERE hash = ? AND number = ?", _with(seeds, number))
        base.executemany(_TOUCH, _with(seeds, -1))
    base.execute("DELETE FROM exemplar WHERE story_id = ?", (story_id,))


def _with(seeds: Iterable[int], value: int) -> Iterator[tuple[int, int]]:
    return ((seed, value) for seed in seeds)


def meet_changed(
    base: sqlite3.Connection, stage: Meet[Any, Exemplar, Any], resources: Resources
) -> None:
    """Bring the reprints up to date, within a transaction."""
    for number in _near_to_change(base, stage.most):
        base.execute("DELETE FROM reprint WHERE number = ?", (number,))
        own, others = _meeting(base, number, stage.most)
        if any(other.story_id != own.story_id for other in others):
            base.executemany(
                "INSERT INTO reprint VALUES (?, ?, ?, ?)",
                (
                    (row.statement_id, row.story_id, number, encode_row(row))
                    for row in stage.run(own, others, resources)
                ),
            )
    base.execute("DELETE FROM touched")


def _near_to_change(base: sqlite3.Connection, most: int) -> list[int]:
    """Return the quotations that hold a seed that counts now or counted before the change."""
    found: set[int] = set()
    for seed, more in base.execute("SELECT hash, more FROM touched").fetchall():
        held = _count(base, seed)
        if min(held, held - more) <= most:
            found.update(_holders(base, seed))
    return sorted(found)


def _meeting(base: sqlite3.Connection, number: int, most: int) -> tuple[Exemplar, list[Exemplar]]:
    """Return a quotation and all that share a seed with it which brings quotations together."""
    own = _quotation(base, number)
    shared = [seed for seed in own.seeds if _count(base, seed) <= most]
    met = {other for seed in shared for other in _holders(base, seed)} - {number}
    return own, [_quotation(base, other) for other in sorted(met)]


def _count(base: sqlite3.Connection, seed: int) -> int:
    found = base.execute("SELECT count(*) FROM seed WHERE hash = ?", (seed,)).fetchone()
    return int(found[0])


def _holders(base: sqlite3.Connection, seed: int) -> list[int]:
    found = base.execute("SELECT number FROM seed WHERE hash = ? ORDER BY number", (seed,))
    return [number for (number,) in found]


def _quotation(base: sqlite3.Connection, number: int) -> Exemplar:
    found = base.execute("SELECT data FROM exemplar WHERE number = ?", (number,)).fetchone()
    return _decode(found[0])


def is_kept(base: sqlite3.Connection, story_id: str, exemplars: Sequence[Exemplar]) -> bool:
    """Return whether the index holds just these quotations of a story, and their seeds lead there.

    Raises:
        DecodeError: what is kept of one cannot be read.
    """
    held = base.execute(
        "SELECT number, data FROM exemplar WHERE story_id = ? ORDER BY number", (story_id,)
    ).fetchall()
    return [_decode(data) for _, data in held] == list(exemplars) and all(
        number in _holders(base, seed)
        for (number, _), row in zip(held, exemplars, strict=True)
        for seed in row.seeds
    )
