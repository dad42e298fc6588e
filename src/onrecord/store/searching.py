"""Find statements by their words, in a store or in a run.

A query is words and phrases in quotation marks, nothing else: no operator of the index can be
written in it. Every word and phrase must stand in the statement; accents and case do not matter.
"""

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from onrecord.errors import InputError, StoreError
from onrecord.folding import bare, words_of
from onrecord.records import StoryRecord
from onrecord.runs import read_stories, read_whole_manifest
from onrecord.spans import Span
from onrecord.spool import encode_row
from onrecord.store.file import Store
from onrecord.store.schema import create

__all__ = ["Hits", "Wanted", "find", "marks_in", "open_index", "parse_query"]

Phrase = tuple[str, ...]

_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECES: Final = re.compile(r"\S+")
_MOST_WORDS: Final = 100  # the index allows expressions of some hundred parts
_decode_story = msgspec.msgpack.Decoder(StoryRecord).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a statement must have: words, and names of who says it, where, and what it does."""

    phrases: tuple[Phrase, ...] = ()
    speaker: str | None = None
    outlet: str | None = None
    act: str | None = None
    hidden: bool = False
    """Statements in text that a reader of the page does not see as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What was found: the newest statements with their stories' records, and how many in all."""

    total: int
    rows: tuple[tuple[str, StoryRecord], ...]
    """Id of the statement, and the record that it is in."""


def parse_query(text: str) -> tuple[Phrase, ...]:
    """Return the phrases of a query; a word alone is a phrase of its own.

    Raises:
        InputError: a quotation mark stands alone, there is no word, or there are too many.

    >>> parse_query('crane "never tested"')
    (('crane',), ('never', 'tested'))
    """
    parts = text.translate(_QUOTES).split('"')
    if len(parts) % 2 == 0:
        raise InputError(f"the phrase has no end: {text}; put a quotation mark at either side")
    pieces: list[str] = []
    for number, part in enumerate(parts):
        pieces += [part] if number % 2 else _PIECES.findall(part)
    phrases = tuple(_phrase(piece) for piece in pieces)
    if text.strip() and not any(phrases):
        raise InputError(f"there is no word in {text}; search for words or “phrases”")
    if sum(map(len, phrases)) > _MOST_WORDS:
        raise InputError(f"more than {_MOST_WORDS} words; search for fewer")
    return tuple(phrase for phrase in phrases if phrase)


def _phrase(text: str) -> Phrase:
    return tuple(word for word, _, _ in words_of(text))


@contextlib.contextmanager
def open_index(path: Path) -> Iterator[Store]:
    """Yield what can be searched: the store *path*, or the run *path*, indexed in memory.

    Raises:
        StoreError: there is neither, it is damaged, or the store's record is not up to date.
    """
    if path.is_dir():
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
            yield _index_run(path, base)
        return
    with Store.open(path) as store:
        # An erasure under way unmakes the record: what it is about must not be found any more.
        if store.state("record") != store.fingerprint():
            raise StoreError(
                f"the record of {path} is not up to date; run: onrecord add --store {path}"
            )
        yield store


def _index_run(folder: Path, base: sqlite3.Connection) -> Store:
    read_whole_manifest(folder)
    create(base)
    store = Store(folder, base, None)
    with store.transaction():
        for record in read_stories(folder):
            store.keep_story("", encode_row(record))
    return store


def find(store: Store, wanted: Wanted, limit: int) -> Hits:
    """Return the newest *limit* statements that have all that is *wanted*.

    Those of articles without a date come last; what is left of the order is by id.
    """
    expression = _expression(wanted)
    base = store.base
    found = "FROM search JOIN statement ON statement.rowid = search.rowid WHERE search MATCH ?"
    values = (expression, wanted.hidden)
    found += " AND hidden <= ?"
    # Only these fixed texts make the statement; what was typed is bound to a question mark.
    total = base.execute(f"SELECT count(*) {found}", values).fetchone()[0]
    rows = base.execute(
        f"SELECT id, story_id {found} ORDER BY published IS NULL, published DESC, id LIMIT ?",
        (*values, limit),
    ).fetchall()
    records = {story_id: _record(base, story_id) for story_id in sorted({row[1] for row in rows})}
    return Hits(total=total, rows=tuple((row, records[story_id]) for row, story_id in rows))


def _expression(wanted: Wanted) -> str:
    """Return the expression of the index; each part is words in quotation marks, so plain text."""
    parts = [f'words : "{" ".join(phrase)}"' for phrase in wanted.phrases]
    for column in ("speaker", "outlet", "act"):
        value = getattr(wanted, column)
        if value is not None:
            words = _phrase(value)
            if not words:
                raise InputError(f"there is no word in --{column} {value}")
            parts.append(f'{column} : "{" ".join(words)}"')
    if not parts:
        raise InputError("nothing to look for: give words, a “phrase”, or --speaker")
    return " AND ".join(parts)


def _record(base: sqlite3.Connection, story_id: str) -> StoryRecord:
    held = base.execute("SELECT data FROM story WHERE id = ?", (story_id,)).fetchone()
    return _decode_story(held[0])


def marks_in(text: str, phrases: Sequence[Phrase]) -> list[Span]:
    """Return where *phrases* stand in *text*, merged and in order; code points.

    >>> marks_in("The Crane, never tested", [("crane",), ("never", "tested")])
    [Span(start=4, end=9), Span(start=11, end=23)]
    """
    words = words_of(text)
    plain = [bare(word) for word, _, _ in words]
    spans: list[Span] = []
    for phrase in phrases:
        wanted, more = [bare(word) for word in phrase], len(phrase) - 1
        spans += [
            Span(words[first][1], words[first + more][2])
            for first in range(len(plain) - more)
            if plain[first : first + more + 1] == wanted
        ]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
