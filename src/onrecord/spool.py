"""Rows on disk while a run lasts: kept by table and key, read back in key order.

One private SQLite database without a name: it lives in memory until it outgrows its cache,
then in a temporary file that the operating system removes. So a run of ten pages touches no
disk, and a run of a million articles needs little more memory than one of a thousand.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, runtime_checkable

import msgspec

from onrecord.records import Row

__all__ = ["KeyedTable", "Spool", "SpoolTable", "encode_row"]

R = TypeVar("R", bound=Row)
Part = TypeVar("Part", bound=Row)

_CACHE_KIBIBYTES = 32_768
_KEYS_A_QUERY = 500  # older SQLite builds refuse more than 999 parameters

encode_row = msgspec.msgpack.Encoder().encode


class Spool:
    """Encoded rows by table and key; a key may hold several rows."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("CREATE TABLE line (part TEXT, key TEXT, data BLOB)")
        self._base.execute("CREATE INDEX place ON line (part, key)")

    def add(self, part: str, lines: Iterable[tuple[str, bytes]]) -> None:
        """Keep encoded rows, each with its key, under the table name *part*."""
        self._base.execute("BEGIN")
        self._base.executemany(
            "INSERT INTO line VALUES (?, ?, ?)", ((part, key, data) for key, data in lines)
        )
        self._base.execute("COMMIT")

    def count(self, part: str) -> int:
        """Return the number of rows of the table *part*."""
        found = self._base.execute("SELECT count(*) FROM line WHERE part = ?", (part,))
        return int(found.fetchone()[0])

    def lines(self, part: str) -> Iterator[bytes]:
        """Yield the encoded rows of *part* in key order; equal keys in the order of their bytes."""
        found = self._base.execute(
            "SELECT data FROM line WHERE part = ? ORDER BY key, data", (part,)
        )
        for (data,) in found:
            yield data

    def pick(self, part: str, keys: Sequence[str]) -> list[bytes]:
        """Return the encoded rows of *keys*, in key order."""
        picked: list[tuple[str, bytes]] = []
        for start in range(0, len(keys), _KEYS_A_QUERY):
            some = keys[start : start + _KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            # Only question marks are put into the statement; the keys are bound.
            query = f"SELECT key, data FROM line WHERE part = ? AND key IN ({marks})"  # noqa: S608
            picked += self._base.execute(query, (part, *some)).fetchall()
        return [data for _, data in sorted(picked)]

    def close(self) -> None:
        """Give the memory and the temporary file back."""
        self._base.close()


@runtime_checkable
class KeyedTable(Protocol):
    """A table whose encoded rows can be had by key: what grouping on one machine needs."""

    def pick(self, keys: Sequence[str]) -> list[bytes]:
        """Return the encoded rows of *keys*, in key order."""
        ...


class SpoolTable(Generic[R]):
    """A table of one row type in a spool; rows come in key order, as often as they are asked."""

    def __init__(self, spool: Spool, part: str, row: type[R]) -> None:
        self.part = part
        self._spool = spool
        self._decode = msgspec.msgpack.Decoder(row).decode

    def __iter__(self) -> Iterator[R]:
        """Yield the rows in key order."""
        return map(self._decode, self._spool.lines(self.part))

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._spool.count(self.part)

    def narrow(self, row: type[Part]) -> Iterator[Part]:
        """Yield the rows in key order with the fields of *row* only; the others are not decoded."""
        return map(msgspec.msgpack.Decoder(row).decode, self._spool.lines(self.part))

    def pick(self, keys: Sequence[str]) -> list[bytes]:
        """Return the encoded rows of *keys*, in key order."""
        return self._spool.pick(self.part, keys)
