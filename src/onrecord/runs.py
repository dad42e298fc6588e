"""A run on disk: a folder with one JSON lines file a table, rows sorted by id, and a manifest.

JSON lines rather than Parquet: the same bytes on every machine and for every version of a
columnar library, readable with nothing installed; `export` gives Parquet and CSV.
A run appears whole or not at all: it is written beside its place and then renamed.
"""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from msgspec import field

from onrecord import __version__
from onrecord.config import Settings
from onrecord.errors import StoreError
from onrecord.records import (
    Again,
    Article,
    Carriage,
    Copy,
    Difference,
    Identity,
    Reject,
    Reprint,
    Response,
    Row,
    Speaker,
    Statement,
    Story,
    StoryRecord,
    Utterance,
)
from onrecord.spool import Spool

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "InputCount",
    "Manifest",
    "TableCount",
    "changed_tables",
    "encode_line",
    "is_run",
    "naming",
    "read_manifest",
    "read_stories",
    "read_table",
    "read_whole_manifest",
    "refuse_foreign",
    "sync_folder",
    "write_run",
]

R = TypeVar("R", bound=Row)

SCHEMA_VERSION: Final = 1
_MANIFEST: Final = "manifest.json"

TABLES: Final[dict[str, type[Row]]] = {
    "articles": Article,
    "statements": Statement,
    "speakers": Speaker,
    "identities": Identity,
    "utterances": Utterance,
    "carriages": Carriage,
    "responses": Response,
    "copies": Copy,
    "stories": Story,
    "differences": Difference,
    "reprints": Reprint,
    "rejects": Reject,
}
"""Name and row type of every table, in the order of the schema."""

_SINCE: Final = frozenset({"reprints"})
"""Tables that a run of an earlier version lacks: where a manifest names one, it tells of a loss."""

encode_line: Callable[[Any], bytes] = msgspec.json.Encoder(order="sorted").encode


class InputCount(Row, frozen=True, kw_only=True):
    """What became of one argument of the command line."""

    input: str
    read: int
    rejected: int


class TableCount(Row, frozen=True, kw_only=True):
    """How many rows a table has, and the digest of its file."""

    rows: int
    sha256: str


class Manifest(Row, frozen=True, kw_only=True):
    """How a run was made, without a clock: the same input gives the same manifest."""

    tool: str = "onrecord"
    version: str = __version__
    schema: int = SCHEMA_VERSION
    tier: str
    settings: Settings
    resources: str
    models: dict[str, str] = field(default_factory=dict)
    inputs: tuple[InputCount, ...]
    tables: dict[str, TableCount] = field(default_factory=dict)


def sort_key(row: Row) -> str:
    """Return the text by which the rows of a table are sorted: its id, or what names it."""
    return _SORT_KEYS[type(row)](row)


def _by_id(row: Any) -> str:
    return str(row.id)


_SORT_KEYS: Final[dict[type[Row], Callable[[Any], str]]] = {
    Article: _by_id,
    Statement: _by_id,
    Speaker: _by_id,
    Identity: lambda row: (
        f"{row.article_id} {row.span.start:09d} {row.span.end:09d} {row.speaker_id}"
    ),
    Utterance: _by_id,
    Carriage: lambda row: f"{row.utterance_id} {row.statement_id}",
    Response: lambda row: f"{row.answering} {row.answered} {row.reply}",
    Copy: lambda row: f"{row.article_id} {row.original_id}",
    Story: _by_id,
    Difference: lambda row: (
        f"{row.story_id} {row.what} {row.values[0].article_id} {row.values[0].span.start:09d}"
    ),
    Reprint: lambda row: str(row.statement_id),
    Reject: lambda row: f"{row.locator} {row.reason}",
}


def write_run(
    folder: Path,
    stories: Iterable[StoryRecord],
    reprints: Iterable[Reprint],
    rejects: Iterable[Reject],
    manifest: Manifest,
) -> Manifest:
    """Write the tables and the manifest of a run as *folder*; return the manifest as written.

    Raises:
        StoreError: *folder* holds something that is not a run.
    """
    folder = folder.absolute()
    _mend(folder)
    refuse_foreign(folder)
    fresh = _beside(folder, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    with naming(folder, fresh):
        fresh.mkdir(parents=True)
        written = _write_tables(fresh, stories, reprints, rejects, manifest)
        _swap(fresh, folder)
    return written


@contextlib.contextmanager
def naming(place: Path, half: Path) -> Iterator[None]:
    """Let what the disk says name *place*, and take away *half*, the part of it that is written.

    A full disk has no name of its own, and what is left of a failed run would keep it full.

    Raises:
        OSError: as it came, of *place*.
    """
    try:
        yield
    except OSError as error:
        if half.is_dir():
            shutil.rmtree(half, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(place)) from error


def _write_tables(
    fresh: Path,
    stories: Iterable[StoryRecord],
    reprints: Iterable[Reprint],
    rejects: Iterable[Reject],
    manifest: Manifest,
) -> Manifest:
    spool = Spool()
    try:
        for story in stories:
            for part, rows in _rows_of(story):
                spool.add(part, ((sort_key(row), encode_line(row)) for row in rows))
        spool.add("reprints", ((sort_key(row), encode_line(row)) for row in reprints))
        spool.add("rejects", ((sort_key(row), encode_line(row)) for row in rejects))
        counts = {
            part: _write_table(fresh / f"{part}.jsonl", spool, part) for part in sorted(TABLES)
        }
    finally:
        spool.close()
    written = msgspec.structs.replace(manifest, tables=counts)
    pretty = msgspec.json.format(encode_line(written), indent=1) + b"\n"
    _write_synced(fresh / _MANIFEST, [pretty])
    sync_folder(fresh)
    return written


def _rows_of(story: StoryRecord) -> Iterator[tuple[str, tuple[Row, ...]]]:
    for part in TABLES:
        if part == "stories":
            yield part, (story.story,)
        elif part not in ("reprints", "rejects"):
            yield part, getattr(story, part)


def _write_table(path: Path, spool: Spool, part: str) -> TableCount:
    digest = hashlib.sha256()
    rows = 0

    def lines() -> Iterator[bytes]:
        nonlocal rows
        for line in spool.lines(part):
            digest.update(line + b"\n")
            rows += 1
            yield line + b"\n"

    _write_synced(path, lines())
    return TableCount(rows=rows, sha256=digest.hexdigest())


def _write_synced(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in *folder* to the disk, so that a power cut leaves no older ones."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that has nothing to sync
            raise
    finally:
        os.close(descriptor)


def refuse_foreign(folder: Path) -> None:
    """Refuse to overwrite anything but an earlier run.

    Raises:
        StoreError: *folder* is a file or a device, holds something else, or is where the command was given.
    """
    if folder.absolute() == Path.cwd() or folder.name == "..":
        raise StoreError(f"{folder} is the folder you are in, or above it; name one for the run")
    if folder.exists() and not folder.is_dir():
        what = "a file" if folder.is_file() else "a device or a pipe"
        raise StoreError(f"{folder} is {what}; name a folder for the run")
    if folder.is_dir() and any(folder.iterdir()) and not is_run(folder):
        raise StoreError(f"{folder} holds other files; name a new folder or an earlier run")


def _swap(fresh: Path, folder: Path) -> None:
    """Put *fresh* in the place of *folder*; an earlier run stays whole until then."""
    old = _beside(folder, "old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    sync_folder(folder.parent)
    # The new run stands: that its forerunner cannot be removed is no reason to say it failed.
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path, what: str) -> Path:
    """Return a place beside *folder* under a name that nobody else gives to a folder."""
    return folder.with_name(f".{folder.name}.onrecord-{what}")


def _mend(folder: Path) -> None:
    """Put back the earlier run, where a kill came between its going and the coming of the new."""
    old = _beside(folder, "old")
    if not folder.exists() and is_run(old):
        old.rename(folder)


def is_run(folder: Path) -> bool:
    """Return whether *folder* is a run."""
    return (folder / _MANIFEST).is_file()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the run in *folder*.

    Raises:
        StoreError: there is no run, it is damaged, or it was written by a newer version.
    """
    if not folder.exists():
        raise StoreError(f"{folder}: no such run or store; check the path")
    if not is_run(folder):
        raise StoreError(
            f"{folder} is not a run: it has no {_MANIFEST}; `onrecord compile` makes one"
        )
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=Manifest)
    except msgspec.DecodeError as error:
        raise StoreError(
            f"{folder / _MANIFEST} is damaged: {error}; compile the run again"
        ) from error
    if manifest.schema > SCHEMA_VERSION:
        raise StoreError(
            f"{folder} was written by onrecord {manifest.version} with schema {manifest.schema}; "
            f"this version reads up to {SCHEMA_VERSION}: upgrade onrecord"
        )
    return manifest


def changed_tables(folder: Path, manifest: Manifest) -> list[str]:
    """Return the tables whose files are not those that the manifest names.

    Raises:
        StoreError: a table is missing.
    """
    changed: list[str] = []
    for part in TABLES:
        path = folder / f"{part}.jsonl"
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError as error:
            if part in _SINCE and part not in manifest.tables:
                continue
            raise StoreError(f"{path} is missing; compile the run again") from error
        count = manifest.tables.get(part)
        if count is None or count.sha256 != digest:
            changed.append(part)
    return changed


def read_whole_manifest(folder: Path) -> Manifest:
    """Return the manifest of a run whose tables are all as it was written.

    Raises:
        StoreError: there is no run, or it is damaged: a part of a record must not pass for it.
    """
    manifest = read_manifest(folder)
    for part in changed_tables(folder, manifest):
        raise StoreError(
            f"{folder / part}.jsonl is not the file that the manifest names: it was changed or "
            "cut; compile the run again"
        )
    return manifest


def read_table(folder: Path, part: str, row: type[R]) -> Iterator[R]:
    """Yield the rows of one table of a run, in the order of their ids.

    Raises:
        StoreError: the table is missing or a line of it is damaged.
    """
    path = folder / f"{part}.jsonl"
    decode = msgspec.json.Decoder(row).decode
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield decode(line)
                except msgspec.DecodeError as error:
                    raise StoreError(
                        f"{path} line {number} is damaged: {error}; compile the run again"
                    ) from error
    except FileNotFoundError as error:
        if part in _SINCE:
            return
        raise StoreError(f"{path} is missing; compile the run again") from error


def read_stories(folder: Path) -> list[StoryRecord]:
    """Return the record story by story, as the report wants it; loads the whole run."""
    stories = {row.id: row for row in read_table(folder, "stories", Story)}
    parts: dict[str, dict[str, list[Any]]] = {story_id: {} for story_id in stories}
    story_of: dict[str, str] = {}
    for part, row_type in TABLES.items():
        if part in ("stories", "rejects"):
            continue
        for row in read_table(folder, part, row_type):
            story_id = _story_of(row, story_of)
            parts[story_id].setdefault(part, []).append(row)
    _add_again(parts)
    return [
        StoryRecord(story=story, **{part: tuple(rows) for part, rows in parts[story.id].items()})
        for story in stories.values()
    ]


def _add_again(parts: dict[str, dict[str, list[Any]]]) -> None:
    """Tell each story which later story printed words of it again, where and when."""
    reprints = [row for rows in parts.values() for row in rows.get("reprints", ())]
    if not reprints:
        return
    statements = chain.from_iterable(rows.get("statements", ()) for rows in parts.values())
    article_of = {row.id: row.article_id for row in statements}
    articles = {row.id: row for rows in parts.values() for row in rows.get("articles", ())}
    for row in reprints:
        article = articles[article_of[row.statement_id]]
        later = Again(
            statement_id=row.first,
            outlet=article.outlet,
            published=(article.published or "")[: len(row.published)],
            confidence=row.confidence,
        )
        known = parts[row.first_story_id].setdefault("again", [])
        if later not in known:
            known.append(later)
    for rows in parts.values():
        again = rows.get("again", [])
        again.sort(key=lambda row: (row.statement_id, row.published, row.outlet or ""))


def _story_of(row: Row, story_of: dict[str, str]) -> str:
    """Return the story of *row*; articles and utterances are noted for the rows that name them."""
    match row:
        case Article() | Utterance():
            story_of[row.id] = str(row.story_id)
            return str(row.story_id)
        case Statement() | Copy() | Identity():
            return story_of[row.article_id]
        case Carriage():
            return story_of[row.utterance_id]
        case Speaker() | Response() | Difference() | Reprint():
            return str(row.story_id)
        case _:
            raise TypeError(f"no story holds a {type(row).__name__}")
