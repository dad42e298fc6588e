"""Erase an article or a person from a store, and look for what should be gone.

An erased article leaves a digest, so that it is not taken in again; an erased person leaves
digests of the name's forms, so that a page read later is blacked out before it is kept.
Digests are salted per store: they cannot be looked up in a list of names made elsewhere.
"""

import contextlib
import hashlib
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import InputError, StoreError
from onrecord.folding import fold
from onrecord.records import Article, Reject
from onrecord.spans import Span
from onrecord.store.file import Store, StoryTable
from onrecord.store.index import words_in

__all__ = [
    "BLACK",
    "Erased",
    "erase_articles",
    "erase_person",
    "find_bytes",
    "is_begun",
    "scrub",
    "traces_of",
]

BLACK = "█"
_WORD = re.compile(r"[^\W_]+")  # so that a name is found in an address as well
_PIECE_BYTES = 1 << 20
_LONGEST_NAME = 8
_TRACE = 80  # characters: long enough to be of this article alone


class Erased:
    """What a store must not take in again: digests of texts, addresses and names."""

    def __init__(self, store: Store) -> None:
        """Read the digests; make the salt of the store where it has none yet."""
        self._store = store
        self._salt = store.state("salt") or ""
        rows = store.base.execute("SELECT kind, digest, words FROM erased").fetchall()
        self._held = {(kind, digest) for kind, digest, _ in rows}
        self._name_lengths = sorted({words for kind, _, words in rows if kind == "name"})

    def digest(self, value: str) -> str:
        """Return the salted digest of *value*."""
        if not self._salt:
            self._salt = secrets.token_hex(16)
            self._store.set_state(salt=self._salt)
        return hashlib.blake2b(
            value.encode(), key=bytes.fromhex(self._salt), digest_size=16
        ).hexdigest()

    def add(self, kind: str, value: str) -> tuple[str, str, int]:
        """Return the row that remembers *value*."""
        return (kind, self.digest(value), len(_WORD.findall(value)))

    @property
    def has_names(self) -> bool:
        """Whether a name was erased."""
        return bool(self._name_lengths)

    def knows(self, kind: str, value: str) -> bool:
        """Return whether *value* was erased."""
        return bool(self._held) and (kind, self.digest(value)) in self._held

    def refuses(self, article: Article) -> Reject | None:
        """Return the reject of an article that was erased, or None."""
        for kind, value in (("text", article.text_sha256), ("url", article.url or "")):
            if value and self.knows(kind, value):
                detail = f"its {kind} was erased from this store"
                return Reject(locator=article.locator, reason="erased", detail=detail)
        return None

    def names_in(self, text: str) -> list[Span]:
        """Return where an erased name stands in *text*: its words in a row, whatever joins them."""
        if not self._name_lengths:
            return []
        words = [Span(*match.span()) for match in _WORD.finditer(text)]
        folded = [fold(word.of(text)) for word in words]
        found: list[Span] = []
        for length in self._name_lengths:
            for first in range(len(words) - length + 1):
                last = first + length - 1
                if ("name", self.digest(" ".join(folded[first : last + 1]))) in self._held:
                    found.append(Span(words[first].start, words[last].end))
        return sorted(found)

    def black_out(self, article: Article) -> Article:
        """Return *article* with erased names blacked out, each character by one: offsets stay."""
        plain = msgspec.to_builtins(article)
        black = self._blacked(plain)
        if black == plain:
            return article
        black |= {
            "id": article.id,
            "text_sha256": hashlib.sha256(black["text"].encode()).hexdigest(),
        }
        return msgspec.convert(black, Article)

    def black_reject(self, reject: Reject) -> Reject:
        """Return *reject* with erased names blacked out: its place may be a file of that name."""
        plain = msgspec.to_builtins(reject)
        black = self._blacked(plain)
        return reject if black == plain else msgspec.convert(black, Reject)

    def _blacked(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.black_text(value)
        if isinstance(value, list | tuple):
            return [self._blacked(item) for item in value]
        if isinstance(value, dict):
            return {self._blacked(key): self._blacked(item) for key, item in value.items()}
        return value

    def black_text(self, text: str) -> str:
        """Return *text* with erased names blacked out."""
        pieces, done = [], 0
        for span in self.names_in(text):
            if span.start >= done:
                pieces += [text[done : span.start], BLACK * (span.end - span.start)]
                done = span.end
        return "".join(pieces) + text[done:]


def erase_articles(store: Store, *, ids: Sequence[str] = (), urls: Sequence[str] = ()) -> int:
    """Remove articles; return how many. `scrub` ends it, once the others are linked anew.

    Raises:
        InputError: the store does not hold one of them, and never erased it.
    """
    erased = Erased(store)
    rows: list[tuple[str, Article]] = []
    for kind, values in (("id", ids), ("url", urls)):
        for value in values:
            found = _articles(store, kind, value)
            if not found and not erased.knows(kind, value):
                raise InputError(f"{store.path} holds no article {value}")
            rows += found
    stones = [erased.add("text", article.text_sha256) for _, article in rows]
    stones += [erased.add("id", article.id) for _, article in rows]
    stones += [erased.add("url", article.url) for _, article in rows if article.url and urls]
    with _begin(store, stones) as base:
        for key, _ in rows:
            base.execute("DELETE FROM article WHERE key = ?", (key,))
            base.execute("DELETE FROM document WHERE key = ?", (key,))
    return len(rows)


@contextlib.contextmanager
def _begin(store: Store, stones: Sequence[tuple[str, str, int]]) -> Iterator[sqlite3.Connection]:
    """Note in one transaction what is erased, and that the record has to be made again."""
    with store.transaction() as base:
        base.executemany("INSERT OR REPLACE INTO erased VALUES (?, ?, ?)", stones)
        store.set_state(record="", erasing="begun")
        yield base


def is_begun(store: Store) -> bool:
    """Return whether an erasure was begun and not seen to its end."""
    return store.state("erasing") == "begun"


def _articles(store: Store, column: str, value: str) -> list[tuple[str, Article]]:
    query = {
        "id": "SELECT key, data FROM article WHERE id = ? ORDER BY key",
        "url": "SELECT key, data FROM article WHERE url = ? ORDER BY key",
    }[column]
    found: list[tuple[str, Article]] = []
    for key, data in store.base.execute(query, (value,)).fetchall():
        read = msgspec.msgpack.decode(data, type=_Kept)
        found.append((key, read.annotation.article))
    return found


class _KeptAnnotation(msgspec.Struct, frozen=True):
    article: Article


class _Kept(msgspec.Struct, frozen=True):
    annotation: _KeptAnnotation


def names_of(store: Store, name: str) -> list[str]:
    """Return every form under which the store's stories print the person *name*."""
    wanted = fold(name)
    forms = {wanted}
    for story in StoryTable(store):
        for speaker in story.speakers:
            held = {fold(item) for item in (speaker.name, *speaker.names, *speaker.handles)}
            if wanted in held and speaker.kind != "unnamed":
                forms |= held
    return sorted(form for form in forms if 0 < len(_WORD.findall(form)) <= _LONGEST_NAME)


def erase_person(store: Store, name: str) -> int:
    """Remember every form of *name* as erased; return the number of forms.

    The caller then reads the kept articles again (`Erased.black_out`) and links them anew.

    Raises:
        InputError: *name* holds no word.
    """
    if not _WORD.search(name):
        raise InputError(f"{name!r} is not a name; give it as it is printed")
    erased = Erased(store)
    forms = names_of(store, name)
    stones = [erased.add("name", " ".join(map(fold, _WORD.findall(form)))) for form in forms]
    with _begin(store, stones):
        return len(forms)


def scrub(store: Store) -> None:
    """Rewrite the file without its free pages, empty the log, and remove old backups.

    Raises:
        StoreError: another program reads the store, so that the log cannot be emptied.
    """
    store.base.execute("INSERT INTO search (search) VALUES ('rebuild')")
    store.base.execute("VACUUM")
    if store.base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise StoreError(
            f"{store.path} is being read by another program, so its log still holds what was "
            "erased; close that, then run the same command again"
        )
    for backup in sorted(store.path.parent.glob(f"{store.path.name}.backup-v*")):
        backup.unlink()
    store.set_state(erasing="done")


def files_of(path: Path) -> list[Path]:
    """Return the store's files: the database, its log, its shared memory, lock and backups."""
    return sorted(
        item for item in path.parent.iterdir() if item.name.startswith(path.name) and item.is_file()
    )


def find_bytes(path: Path, needles: Iterable[str]) -> list[tuple[Path, str]]:
    """Return each file of the store that holds one of *needles*, letter case aside.

    Looked for are a needle's words as the search index has them, too.
    """
    wanted = {
        needle: tuple(form.encode() for form in (fold(needle), words_in(needle)) if form.strip())
        for needle in needles
        if needle.strip()
    }
    hits: list[tuple[Path, str]] = []
    for file in files_of(path):
        tail = b""
        found: set[str] = set()
        longest = max((len(form) for forms in wanted.values() for form in forms), default=0)
        with file.open("rb") as source:
            while piece := source.read(_PIECE_BYTES):
                window = fold((tail + piece).decode("utf-8", "replace")).encode()
                found |= {
                    needle
                    for needle, forms in wanted.items()
                    if any(form in window for form in forms)
                }
                tail = (tail + piece)[-4 * longest :]
        hits += [(file, needle) for needle in sorted(found)]
    return hits


def traces_of(article: Article) -> list[str]:
    """Return wordings by which an erased article would be recognised: its longer lines."""
    lines = [line.strip() for line in article.text.split("\n")]
    return sorted({line[:_TRACE] for line in lines if len(line) >= _TRACE // 2})
