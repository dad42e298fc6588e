"""Look for damage in a store that an export of its record would not show."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator

import msgspec

from onrecord.pipeline import Read
from onrecord.records import StoryRecord
from onrecord.store.file import Store
from onrecord.store.index import words_in
from onrecord.store.quotations import is_kept

__all__ = ["find_damage"]

Damage = tuple[str, str, str]
"""The table, the row, and what is wrong with it."""

_decode_read = msgspec.msgpack.Decoder(Read).decode
_decode_story = msgspec.msgpack.Decoder(StoryRecord).decode


def find_damage(store: Store) -> Iterator[Damage]:
    """Yield what is wrong with the file, with the inputs kept, and with the search index."""
    yield from _in_file(store)
    for key, data in store.base.execute("SELECT key, data FROM article ORDER BY key"):
        what = _wrong_with(data)
        if what:
            yield "article", key, what
    for story_id, data in store.base.execute("SELECT id, data FROM story ORDER BY id"):
        if not _is_indexed(store.base, story_id, data):
            yield "search", story_id, "the index does not have the words of this story"
        if not _is_found(store.base, story_id, data):
            yield "quotations", story_id, "the index does not find the quotations of this story"


def _in_file(store: Store) -> Iterator[Damage]:
    """Yield what SQLite finds, in a passing copy: its check of the index wants to write."""
    with contextlib.closing(sqlite3.connect("")) as copy:
        store.base.backup(copy)
        for (what,) in copy.execute("PRAGMA integrity_check"):
            if what != "ok":
                yield "file", "-", what
        try:
            copy.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            yield "search", "-", "the index does not fit the statements"


def _wrong_with(data: bytes) -> str | None:
    try:
        annotation = _decode_read(data).annotation
    except msgspec.DecodeError as error:
        return f"what is kept of it cannot be read: {error}"
    if annotation is None:
        return None
    article = annotation.article
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return None if digest == article.text_sha256 else "its text is not the one that was read"


def _is_found(base: sqlite3.Connection, story_id: str, data: bytes) -> bool:
    try:
        return is_kept(base, story_id, _decode_story(data).exemplars)
    except msgspec.DecodeError:
        return False


def _is_indexed(base: sqlite3.Connection, story_id: str, data: bytes) -> bool:
    try:
        statements = _decode_story(data).statements
    except msgspec.DecodeError:
        return False
    held = base.execute("SELECT id, words FROM statement WHERE story_id = ?", (story_id,))
    return dict(held.fetchall()) == {row.id: words_in(row.text) for row in statements}
