"""The tables of a store file, its version, and the way from one version to the next.

Decided on measurements: in write-ahead mode with full synchronisation a killed writer loses no
acknowledged row, readers are never blocked, and rows and search index change in one transaction.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from onrecord.errors import StoreError
from onrecord.ingest.own import APPLICATION
from onrecord.runs import sync_folder
from onrecord.store.index import TABLES, index_again
from onrecord.store.quotations import TABLES as QUOTATIONS

__all__ = ["VERSION", "connect", "create", "is_store", "migrate", "version_of"]

VERSION: Final = 4
_WAITS_MS: Final = 10_000

_TABLES: Final = """
CREATE TABLE document (
    digest TEXT PRIMARY KEY, locator TEXT NOT NULL, argument TEXT NOT NULL, key TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE article (
    key TEXT PRIMARY KEY, id TEXT, url TEXT, made_with TEXT NOT NULL, data BLOB NOT NULL,
    linked INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX article_id ON article (id);
CREATE TABLE story (
    id TEXT PRIMARY KEY, members TEXT NOT NULL, data BLOB NOT NULL
);
CREATE TABLE erased (
    kind TEXT NOT NULL, digest TEXT NOT NULL, words INTEGER NOT NULL, PRIMARY KEY (kind, digest)
) WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def _note_what_is_linked(base: sqlite3.Connection) -> None:
    """Version 2: an input is marked as part of the record, so that new ones do not unmake it."""
    base.execute("ALTER TABLE article ADD COLUMN linked INTEGER NOT NULL DEFAULT 0")
    base.execute("UPDATE article SET linked = 1")


def _make_quotations(base: sqlite3.Connection) -> None:
    """Version 4: an index of quotations; the next linking compiles every story to fill it."""
    for statement in QUOTATIONS.split(";\n"):
        base.execute(statement)
    for table in ("story", "statement"):
        base.execute(f"DELETE FROM {table}")  # noqa: S608 - the names stand above
    base.execute("INSERT INTO search (search) VALUES ('rebuild')")
    base.execute("INSERT OR REPLACE INTO state VALUES ('record', '')")


_STEPS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {
    1: _note_what_is_linked,
    2: index_again,  # version 3: folded words, with date and visibility beside them
    3: _make_quotations,
}
"""From a version to the next, within the one transaction that makes the change."""


def connect(path: Path, *, write: bool, still: bool = False) -> sqlite3.Connection:
    """Return a connection to the store *path*, set up to lose nothing it has acknowledged.

    A *still* store is one that nobody can write to, as on a disk that is read-only.
    """
    place = f"{path.absolute().as_uri()}?immutable=1" if still else path
    base = sqlite3.connect(place, isolation_level=None, timeout=_WAITS_MS / 1000, uri=still)
    base.execute("PRAGMA synchronous=FULL")
    base.execute("PRAGMA secure_delete=ON")
    if write:
        base.execute("PRAGMA journal_mode=WAL")
    else:
        base.execute("PRAGMA query_only=ON")
    return base


def create(base: sqlite3.Connection) -> None:
    """Make the tables of an empty store, in one transaction."""
    base.execute("BEGIN IMMEDIATE")
    for statement in (_TABLES + TABLES + QUOTATIONS).split(";\n"):
        if statement.strip():
            base.execute(statement)
    base.execute(f"PRAGMA application_id={APPLICATION}")
    base.execute(f"PRAGMA user_version={VERSION}")
    base.execute("COMMIT")


def version_of(base: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of a store; 0 for an empty file.

    Raises:
        StoreError: the file is no store, or was written by a newer version.
    """
    try:
        mark = base.execute("PRAGMA application_id").fetchone()[0]
        version = int(base.execute("PRAGMA user_version").fetchone()[0])
        tables = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is not a store of onrecord; name another file") from error
    if not tables:
        return 0
    if mark != APPLICATION:
        raise StoreError(f"{path} is a database of another program; name another file")
    if version > VERSION:
        raise StoreError(
            f"{path} has schema {version}, this version reads up to {VERSION}: upgrade onrecord"
        )
    return version


def is_store(path: Path) -> bool:
    """Return whether *path* is a store, by the mark in the file's first hundred bytes."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(100)
    return head[:15] == b"SQLite format 3" and head[68:72] == APPLICATION.to_bytes(4, "big")


def migrate(
    base: sqlite3.Connection,
    path: Path,
    version: int,
    steps: dict[int, Callable[[sqlite3.Connection], None]] | None = None,
    to: int = VERSION,
) -> Path | None:
    """Bring a store to version *to*: a backup first, then every step in one transaction.

    Returns:
        The backup, or None where nothing had to be done.
    """
    if version >= to:
        return None
    backup = path.with_name(f"{path.name}.backup-v{version}")
    fresh = path.with_name(f"{backup.name}.partial")
    fresh.unlink(missing_ok=True)
    base.execute("VACUUM INTO ?", (str(fresh),))
    fresh.replace(backup)
    sync_folder(path.parent)
    steps = _STEPS if steps is None else steps
    base.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version, to):
            steps[number](base)
        base.execute(f"PRAGMA user_version={to}")
        base.execute("COMMIT")
    except BaseException:
        base.execute("ROLLBACK")
        raise
    return backup
