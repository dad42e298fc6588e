"""The search index of a store: a row a statement, made of its story's record, so never the only copy.

Indexed are the folded words of what was said, and apart from them the names of the speakers, the
outlet and the act, so that a search for a word never finds the name of a column's value.
"""

import re
import sqlite3
from typing import Final

import msgspec

from onrecord.folding import words_of
from onrecord.records import StoryRecord
from onrecord.spans import any_overlap

__all__ = ["TABLES", "index_again", "index_story", "unindex_story", "words_in"]

TABLES: Final = """
CREATE TABLE statement (
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, story_id TEXT NOT NULL,
    published TEXT, hidden INTEGER NOT NULL,
    words TEXT NOT NULL, speaker TEXT NOT NULL, outlet TEXT NOT NULL, act TEXT NOT NULL
);
CREATE INDEX statement_story ON statement (story_id);
CREATE VIRTUAL TABLE search USING fts5 (
    words, speaker, outlet, act, content='statement', content_rowid='rowid',
    tokenize='unicode61 remove_diacritics 2'
);
"""
_HOST: Final = re.compile(r"//([^/?#]*)")
_BETWEEN: Final = " ǀ "  # a letter of no name: a phrase never runs from one name into the next
_decode = msgspec.msgpack.Decoder(StoryRecord).decode


def words_in(text: str) -> str:
    """Return the folded words of *text*, as they are indexed and looked for."""
    return " ".join(word for word, _, _ in words_of(text))


def index_story(base: sqlite3.Connection, record: StoryRecord) -> None:
    """Add the statements of a story to the index."""
    articles = {row.id: row for row in record.articles}
    names = {
        row.id: _BETWEEN.join(map(words_in, dict.fromkeys((row.name, *row.names, *row.handles))))
        for row in record.speakers
    }
    for row in record.statements:
        article = articles[row.article_id]
        columns = (
            words_in(row.text),
            _BETWEEN.join(names[speaker] for speaker in row.speakers if speaker in names),
            _BETWEEN.join(map(words_in, (article.outlet or "", _host(article.url or "")))),
            row.act,
        )
        hidden = any_overlap(row.content, article.hidden)
        added = base.execute(
            "INSERT INTO statement (id, story_id, published, hidden, words, speaker, outlet, act) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (row.id, record.story.id, article.published, hidden, *columns),
        )
        base.execute(
            "INSERT INTO search (rowid, words, speaker, outlet, act) VALUES (?, ?, ?, ?, ?)",
            (added.lastrowid, *columns),
        )


def _host(url: str) -> str:
    found = _HOST.search(url)
    return found[1] if found else ""


def unindex_story(base: sqlite3.Connection, story_id: str) -> None:
    """Remove the statements of a story from the index."""
    base.execute(
        "INSERT INTO search (search, rowid, words, speaker, outlet, act) "
        "SELECT 'delete', rowid, words, speaker, outlet, act FROM statement WHERE story_id = ?",
        (story_id,),
    )
    base.execute("DELETE FROM statement WHERE story_id = ?", (story_id,))


def index_again(base: sqlite3.Connection) -> None:
    """Make the index anew, within a transaction, from the stories that the store keeps.

    A story whose record cannot be read is forgotten: the next linking compiles it again.
    """
    base.execute("DROP TABLE IF EXISTS search")
    base.execute("DROP TABLE IF EXISTS statement")
    for statement in TABLES.split(";\n"):
        base.execute(statement)
    for (story_id,) in base.execute("SELECT id FROM story ORDER BY id").fetchall():
        held = base.execute("SELECT data FROM story WHERE id = ?", (story_id,)).fetchone()
        try:
            record = _decode(held[0])
        except msgspec.DecodeError:
            base.execute("DELETE FROM story WHERE id = ?", (story_id,))
        else:
            index_story(base, record)
