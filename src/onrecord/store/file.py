"""One store file: what was read, kept article by article; the record of it, story by story."""

import contextlib
import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

import msgspec

from onrecord.errors import StoreError
from onrecord.ids import content_hash
from onrecord.pipeline import Read
from onrecord.records import Reprint, Row, StoryRecord
from onrecord.store.index import index_story, unindex_story
from onrecord.store.quotations import forget_quotations, keep_quotations
from onrecord.store.schema import VERSION, connect, create, migrate, version_of

__all__ = ["ReadTable", "Store", "StoryTable"]

Part = TypeVar("Part", bound=Row)

_KEYS_A_QUERY = 500
_LOOKS_AGAIN = 0.1  # seconds, while another process writes
_decode_story = msgspec.msgpack.Decoder(StoryRecord).decode
_decode_read = msgspec.msgpack.Decoder(Read).decode
_decode_reprint = msgspec.msgpack.Decoder(Reprint).decode


class Store:
    """An open store; one writer at a time, any number of readers.

    Use as a context manager. What a method has returned from is on disk and survives a crash.
    """

    def __init__(self, path: Path, base: sqlite3.Connection, lock: IO[str] | None) -> None:
        self.path = path
        self.base = base
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, write: bool = False, wait: float = 0) -> "Store":
        """Open the store *path*; a writer makes it where there is none, and migrates an old one.

        A writer waits up to *wait* seconds for another one to end.

        Raises:
            StoreError: there is no store, it is not one, it is newer, or another process writes.
        """
        if path.is_symlink():
            path = path.resolve()  # the lock, the log and the backups lie beside the file itself
        if not write and not path.is_file():
            raise StoreError(
                f"{path}: no such store; `onrecord add INPUT --store {path}` makes one"
            )
        if path.exists() and not path.is_file():
            raise StoreError(f"{path} is no file that could be a store; name a file with --store")
        still = not write and _is_still(path)
        lock = _lock(path, wait) if write else None
        try:
            with _plain_errors(path, write=write):
                base = connect(path, write=write, still=still)
                version = version_of(base, path)
                if write and version == 0:
                    create(base)
                elif write:
                    migrate(base, path, version)
                else:
                    _refuse_old(path, version)
                    base.execute("BEGIN")  # one state for all that is read, whatever is written
        except BaseException:
            if lock is not None:
                lock.close()
            raise
        return cls(path, base, lock)

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file and let the next writer in.

        Raises:
            StoreError: what was done inside met a disk that is full or fails.
        """
        try:
            with _plain_errors(self.path, write=self._lock is not None):
                self.base.close()
                if isinstance(error, sqlite3.Error | msgspec.DecodeError):
                    raise error
        finally:
            if self._lock is not None:
                self._lock.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: what is written inside is on disk when this returns.

        Inside another transaction it is a part of that one.

        Raises:
            StoreError: the disk is full or fails; nothing of the transaction is kept.
        """
        if self.base.in_transaction:
            yield self.base
            return
        with _plain_errors(self.path, write=True):
            self.base.execute("BEGIN IMMEDIATE")
            try:
                yield self.base
                self.base.execute("COMMIT")
            except BaseException:
                if self.base.in_transaction:
                    self.base.execute("ROLLBACK")
                raise

    def holds(self, digest: str) -> bool:
        """Return whether a document with these bytes, of this place, has been read."""
        found = self.base.execute("SELECT 1 FROM document WHERE digest = ?", (digest,))
        return found.fetchone() is not None

    def keep(self, *, digest: str, argument: str, key: str, data: bytes, made_with: str) -> None:
        """Keep one input as the first stage has read it (an encoded `Read`), in one transaction."""
        read = _decode_read(data)
        article = read.annotation.article if read.annotation else None
        with self.transaction() as base:
            base.execute(
                "INSERT OR REPLACE INTO article (key, id, url, made_with, data) "
                "VALUES (?, ?, ?, ?, ?)",
                (key, article and article.id, article and article.url, made_with, data),
            )
            base.execute(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)",
                (digest, read.locator, argument, key),
            )

    def replace(self, old: str, key: str, data: bytes, made_with: str) -> None:
        """Put another reading of a kept input in its place, in one transaction."""
        read = _decode_read(data)
        article = read.annotation.article if read.annotation else None
        with self.transaction() as base:
            key = _free_key(base, key, old)
            base.execute(
                "UPDATE article SET key = ?, id = ?, url = ?, made_with = ?, data = ? "
                "WHERE key = ?",
                (key, article and article.id, article and article.url, made_with, data, old),
            )
            base.execute(
                "UPDATE document SET key = ?, locator = ? WHERE key = ?", (key, read.locator, old)
            )

    def readings(self) -> list[tuple[str, str]]:
        """Return the key of every kept input with what it was made with, in key order."""
        return self.base.execute("SELECT key, made_with FROM article ORDER BY key").fetchall()

    def mark_linked(self) -> None:
        """Note that the record is one of all inputs kept so far."""
        with self.transaction() as base:
            base.execute("UPDATE article SET linked = 1 WHERE linked = 0")

    def waiting(self) -> int:
        """Return how many inputs are kept but not yet part of the record."""
        found = self.base.execute("SELECT count(*) FROM article WHERE linked = 0").fetchone()
        return int(found[0])

    def fingerprint(self) -> str:
        """Return a digest of the linked inputs: the record is theirs where it notes the same."""
        found = self.base.execute("SELECT key, made_with FROM article WHERE linked ORDER BY key")
        return content_hash("store", *(f"{key}\n{made_with}" for key, made_with in found))

    def state(self, name: str) -> str | None:
        """Return a named value of the store."""
        found = self.base.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def set_state(self, **values: str) -> None:
        """Keep named values, in one transaction."""
        with self.transaction() as base:
            base.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", values.items())

    def arguments(self) -> dict[str, int]:
        """Return how many documents of the record each argument brought."""
        found = self.base.execute(
            "SELECT argument, count(*) FROM document JOIN article USING (key) WHERE linked "
            "GROUP BY argument ORDER BY argument"
        )
        return dict(found.fetchall())

    def rename_arguments(self, rename: Callable[[str], str]) -> None:
        """Give arguments other names, in one transaction."""
        found = self.base.execute("SELECT DISTINCT argument FROM document ORDER BY argument")
        with self.transaction() as base:
            for (old,) in found.fetchall():
                base.execute(
                    "UPDATE document SET argument = ? WHERE argument = ?", (rename(old), old)
                )

    def argument_of(self) -> dict[str, str]:
        """Return the argument that each locator came with."""
        return dict(self.base.execute("SELECT locator, argument FROM document").fetchall())

    def story_digests(self) -> dict[str, str]:
        """Return the digest of the members of every kept story."""
        return dict(self.base.execute("SELECT id, members FROM story").fetchall())

    def keep_story(self, members: str, data: bytes) -> None:
        """Keep the record of one story (an encoded `StoryRecord`) and its search rows."""
        record = _decode_story(data)
        with self.transaction() as base:
            _forget_story(base, record.story.id)
            base.execute("INSERT INTO story VALUES (?, ?, ?)", (record.story.id, members, data))
            index_story(base, record)
            keep_quotations(base, record.story.id, record.exemplars)

    def reprints(self) -> Iterator[Reprint]:
        """Yield the statements of which the words were printed before, in another story."""
        for (data,) in self.base.execute("SELECT data FROM reprint ORDER BY statement_id"):
            yield _decode_reprint(data)

    def forget_stories(self, ids: Sequence[str]) -> None:
        """Remove the records and search rows of stories that no longer are."""
        for story_id in ids:
            with self.transaction() as base:
                _forget_story(base, story_id)


def _free_key(base: sqlite3.Connection, key: str, old: str) -> str:
    """Return *key*, or one like it where names of two files became the same by blacking out."""
    free, number = key, 1
    taken = "SELECT 1 FROM article WHERE key = ? AND key <> ?"
    while base.execute(taken, (free, old)).fetchone():
        number += 1
        free = f"{key} {number}"
    return free


def _forget_story(base: sqlite3.Connection, story_id: str) -> None:
    unindex_story(base, story_id)
    forget_quotations(base, story_id)
    base.execute("DELETE FROM story WHERE id = ?", (story_id,))


class ReadTable:
    """What a store has read, as a table for linking: rows in key order."""

    def __init__(self, store: Store, *, linked: bool = False) -> None:
        """Take everything, or only what is *linked*: the inputs that the record is made of."""
        self._base = store.base
        self._least = int(linked)

    def __iter__(self) -> Iterator[Read]:
        """Yield the rows in key order."""
        query = "SELECT data FROM article WHERE linked >= ? ORDER BY key"
        for (data,) in self._base.execute(query, (self._least,)):
            yield _decode_read(data)

    def __len__(self) -> int:
        """Return the number of inputs kept."""
        query = "SELECT count(*) FROM article WHERE linked >= ?"
        return int(self._base.execute(query, (self._least,)).fetchone()[0])

    def narrow(self, row: type[Part]) -> Iterator[Part]:
        """Yield the rows in key order with the fields of *row* only."""
        decode = msgspec.msgpack.Decoder(row).decode
        query = "SELECT data FROM article WHERE linked >= ? ORDER BY key"
        for (data,) in self._base.execute(query, (self._least,)):
            yield decode(data)

    def pick(self, keys: Sequence[str]) -> list[bytes]:
        """Return the encoded rows of *keys*, in key order."""
        picked: list[tuple[str, bytes]] = []
        for start in range(0, len(keys), _KEYS_A_QUERY):
            some = keys[start : start + _KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            # Only question marks are put into the statement; the keys are bound.
            query = f"SELECT key, data FROM article WHERE key IN ({marks})"  # noqa: S608
            picked += self._base.execute(query, some).fetchall()
        return [data for _, data in sorted(picked)]


class StoryTable:
    """The record that a store keeps, story by story in the order of their ids."""

    def __init__(self, store: Store) -> None:
        self._base = store.base

    def __iter__(self) -> Iterator[StoryRecord]:
        """Yield the stories."""
        for (data,) in self._base.execute("SELECT data FROM story ORDER BY id"):
            yield _decode_story(data)

    def __len__(self) -> int:
        """Return the number of stories."""
        return int(self._base.execute("SELECT count(*) FROM story").fetchone()[0])

    def narrow(self, row: type[Part]) -> Iterator[Part]:
        """Yield the stories with the fields of *row* only."""
        decode = msgspec.msgpack.Decoder(row).decode
        for (data,) in self._base.execute("SELECT data FROM story ORDER BY id"):
            yield decode(data)


def _refuse_old(path: Path, version: int) -> None:
    if version == 0:
        raise StoreError(
            f"{path} is empty; `onrecord add INPUT --store {path}` makes a store of it"
        )
    if version < VERSION:
        raise StoreError(
            f"{path} has schema {version}, this version reads {VERSION}; "
            f"`onrecord add --store {path}` brings it forward, after a backup"
        )


def _lock(path: Path, wait: float) -> IO[str]:
    """Return an open file that marks this process as the writer; a crash lets go of it."""
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent}: no such folder; make it first")
    lock = path.with_name(f"{path.name}.lock").open("a", encoding="utf-8")
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= end:
                lock.close()
                raise StoreError(
                    f"another onrecord is writing to {path}; wait until it has ended, or let this "
                    "command wait for it: --wait SECONDS"
                ) from error
            time.sleep(_LOOKS_AGAIN)
        except OSError:
            lock.close()
            raise
        else:
            return lock


def _is_still(path: Path) -> bool:
    """Return whether a store lies where nothing can be written beside it, and no log waits there.

    SQLite wants to write beside a store even to read it, unless it is told that nobody writes.
    """
    log = path.with_name(f"{path.name}-wal")
    return not os.access(path.parent, os.W_OK) and not log.exists()


@contextlib.contextmanager
def _plain_errors(path: Path, *, write: bool) -> Iterator[None]:
    """Turn what SQLite reports of the disk into one line that says what is safe."""
    try:
        yield
    except sqlite3.OperationalError as error:
        safe = (
            "every article that was acknowledged is safe, nothing else was kept: free space or "
            "mend the disk, then run the same command again"
            if write
            else "nothing was changed: can you read the file, and write to its folder?"
        )
        raise StoreError(f"{path}: {error}; {safe}") from error
    except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
        raise StoreError(
            f"{path} is damaged or not a store: {error}; `onrecord add INPUT --store FILE` makes one"
        ) from error
