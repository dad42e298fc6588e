"""From the arguments of a command into a store, and from a store to a record."""

import contextlib
import hashlib
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from onrecord import __version__
from onrecord.check import Problem, check_run
from onrecord.compiling import Outcome, owner_of
from onrecord.config import Settings, Tier
from onrecord.engines.local import LocalEngine
from onrecord.errors import InputError, StoreError
from onrecord.ids import content_hash
from onrecord.ingest.documents import Document, Limits
from onrecord.ingest.inputs import list_documents, read_document
from onrecord.pipeline import AGAIN, READ, Compiled, Read, distinct, link_record, read_key
from onrecord.records import Annotation, Article, Reject
from onrecord.resources import load_resources
from onrecord.runs import InputCount, Manifest, write_run
from onrecord.spool import encode_row
from onrecord.store.checking import find_damage
from onrecord.store.erasing import (
    Erased,
    erase_articles,
    erase_person,
    find_bytes,
    is_begun,
    scrub,
    traces_of,
)
from onrecord.store.file import ReadTable, Store, StoryTable
from onrecord.store.keeping import KeepingEngine
from onrecord.store.schema import is_store

__all__ = [
    "StoreRun",
    "add",
    "check",
    "erase",
    "find_erased",
    "open_inputs",
    "open_run",
    "write_store_run",
]

Tick = Callable[[str], None]
_decode_read = msgspec.msgpack.Decoder(Read).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRun(Outcome):
    """The outcome of writing a store's record as a run."""

    waiting: int
    """Inputs that the store keeps but that are not yet part of its record."""


def add(
    arguments: Sequence[str],
    path: Path,
    *,
    tier: Tier | None = None,
    aliases: tuple[tuple[str, ...], ...] | None = None,
    page_seconds: int | None = None,
    page_megabytes: int | None = None,
    workers: int = 1,
    tick: Tick | None = None,
    stdin: BinaryIO | None = None,
    wait: float = 0,
    lost: Callable[[Reject], None] | None = None,
) -> int:
    """Read what is new in *arguments* into the store *path*, then link; return how much was new.

    Each article is kept in a transaction of its own as soon as it is read; what was read
    before is skipped, so the same command can be given again after any interruption.
    A *tier*, *aliases* or limit of None is what the store was made with. *wait* is for how many
    seconds another writer may go on. *lost* is told of what is new and cannot be read.

    Raises:
        InputError: an argument cannot be used.
        StoreError: the store cannot be opened, or the disk is full or fails.
    """
    with Store.open(path, write=True, wait=wait) as store:
        asked = {
            "tier": tier,
            "aliases": aliases,
            "page_seconds": page_seconds,
            "page_megabytes": page_megabytes,
        }
        asked = {name: value for name, value in asked.items() if value is not None}
        settings = _without_names(replace(_settings_of(store), **asked), Erased(store))
        with LocalEngine(settings, workers=workers, tick=tick) as engine:
            _finish_erasing(store, engine, settings)
            documents = list_documents(arguments, stdin, Limits.of(settings))
            new = _read_new(store, engine, arguments, documents, lost)
            _link(store, engine, settings)
        return new


def _read_new(
    store: Store,
    engine: LocalEngine,
    arguments: Sequence[str],
    documents: Iterable[Document],
    lost: Callable[[Reject], None] | None,
) -> int:
    """Keep every one of *documents* that is not held yet; return how many, name the *lost* ones."""
    made_with = _made_with(engine)
    erased = Erased(store)
    waiting: deque[tuple[str, str]] = deque()
    new = 0
    fresh = _fresh(store, arguments, documents, waiting)
    for lines in engine.stream(fresh, READ):
        for _, data in lines:
            digest, argument = waiting.popleft()
            row = _without_erased(_decode_read(data), erased, engine)
            store.keep(
                digest=digest,
                argument=erased.black_text(argument),
                key=read_key(row),
                data=encode_row(row),
                made_with=made_with,
            )
            new += 1
            if lost is not None and row.reject is not None:
                lost(row.reject)
    return new


def erase(
    path: Path,
    *,
    ids: Sequence[str] = (),
    urls: Sequence[str] = (),
    people: Sequence[str] = (),
    wait: float = 0,
) -> tuple[int, int]:
    """Erase articles, and people's names from all others; return how many articles, name forms.

    *wait* is for how many seconds another writer may go on.

    Raises:
        InputError: the store holds no such article, or a name has no word.
        StoreError: there is no store.
    """
    if not path.exists():
        raise StoreError(f"{path}: no such store")
    with Store.open(path, write=True, wait=wait) as store:
        articles = erase_articles(store, ids=ids, urls=urls) if ids or urls else 0
        forms = sum(erase_person(store, name) for name in people)
        settings = _without_names(_settings_of(store), Erased(store))
        with LocalEngine(settings) as engine:
            _finish_erasing(store, engine, settings)
        return articles, forms


def find_erased(path: Path, needles: Sequence[str], pages: Sequence[str]) -> list[tuple[Path, str]]:
    """Return each file of the store that still holds a needle, or a line of one of *pages*.

    Raises:
        InputError: nothing to look for was given.
        StoreError: there is no such file.
    """
    if path.is_symlink():
        path = path.resolve()
    if not path.is_file():
        raise StoreError(f"{path}: no such store")
    wanted = list(needles)
    resources = load_resources()
    for document in list_documents(pages):
        article = read_document(document, resources)
        if not isinstance(article, Reject):
            wanted += traces_of(article)
    if not wanted:
        raise InputError("nothing to look for; give --person, --url or the page that was erased")
    return find_bytes(path, wanted)


def write_store_run(path: Path, folder: Path) -> StoreRun:
    """Write the record of the store *path* as the run *folder*: what the exports start from.

    Raises:
        StoreError: there is no store, or its record is not up to date.
    """
    with Store.open(path) as store:
        settings = _settings_of(store)
        with LocalEngine(settings) as engine:
            _refuse_old(store, engine)
            compiled = Compiled(
                stories=StoryTable(store), reprints=store.reprints(), rejects=_rejects(store)
            )
            manifest = Manifest(
                tier=engine.resources.tier,
                settings=settings,
                resources=engine.resources.digest,
                inputs=_counts(store, compiled.rejects),
            )
        written = write_run(folder, compiled.stories, compiled.reprints, compiled.rejects, manifest)
        return StoreRun(manifest=written, rejects=compiled.rejects, waiting=store.waiting())


def _refuse_old(store: Store, engine: LocalEngine) -> None:
    current = store.state("record") == store.fingerprint()
    if not current or store.state("made_with") != _made_with(engine):
        raise StoreError(
            f"the record of {store.path} is not up to date; run: onrecord add --store {store.path}"
        )


def check(path: Path, tell: Tick | None = None) -> list[Problem]:
    """Return every broken promise of the run or the store *path*.

    Of a store, the file, the inputs kept and the search index are looked at too.

    Raises:
        StoreError: there is neither, or it cannot be read.
    """
    problems: list[Problem] = []
    if path.is_file():
        with Store.open(path) as store:
            problems = [
                Problem(table=table, row=row, what=what) for table, row, what in find_damage(store)
            ]
    if problems:
        return problems  # what is damaged need not be readable
    with open_run(path, tell) as folder:
        return check_run(folder)


@contextlib.contextmanager
def open_run(path: Path, tell: Tick | None = None) -> Iterator[Path]:
    """Yield the folder of a run: *path* itself, or a passing one that holds a store's record.

    *tell* is called with a line about inputs that are kept but not yet part of the record.

    Raises:
        StoreError: *path* is a file but no store, or its record is not up to date.
    """
    if not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        run = Path(folder) / "run"
        waiting = write_store_run(path, run).waiting
        if waiting and tell is not None:
            tell(
                f"{path}: {waiting:,} inputs are not yet part of this record; "
                f"onrecord add --store {path} links them"
            )
        yield run


@contextlib.contextmanager
def open_inputs(arguments: Sequence[str], tell: Tick | None = None) -> Iterator[Sequence[str]]:
    """Yield *arguments*; one that is a store becomes a passing run of its record.

    Raises:
        InputError: there is a store, and something else.
    """
    stores = [name for name in arguments if is_store(Path(name))]
    if stores and len(arguments) > 1:
        raise InputError(
            f"{stores[0]} is a store, and a report is of one store or of pages: "
            f"onrecord add --store {stores[0]} takes in pages"
        )
    if stores:
        with open_run(Path(arguments[0]), tell) as run:
            yield [str(run)]
    else:
        yield arguments


def _settings_of(store: Store) -> Settings:
    """Return the settings with which the store's record was made; the usual ones for a new one."""
    held = store.state("settings")
    return Settings() if held is None else msgspec.json.decode(held, type=Settings)


def _without_names(settings: Settings, erased: Erased) -> Settings:
    """Return *settings* without rows of aliases that hold an erased name."""
    rows = (row for row in settings.aliases if not any(map(erased.names_in, row)))
    return replace(settings, aliases=tuple(rows))


def _made_with(engine: LocalEngine) -> str:
    return content_hash("made with", __version__, engine.resources.digest)


def _fresh(
    store: Store,
    arguments: Sequence[str],
    documents: Iterable[Document],
    waiting: deque[tuple[str, str]],
) -> Iterator[Document]:
    """Yield the documents that are not held, noting digest and argument of each in *waiting*."""
    seen: set[str] = set()
    for document in documents:
        digest = content_hash("document", document.locator, document.format, _digest_of(document))
        if digest not in seen and not store.holds(digest):
            seen.add(digest)
            waiting.append((digest, owner_of(document.locator, arguments)))
            yield document


def _digest_of(document: Document) -> str:
    """Return the digest of the bytes of *document*, or why there are none: its reader says so."""
    if document.path is None:
        return hashlib.sha256(document.data).hexdigest()
    try:
        with Path(document.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"


def _without_erased(row: Read, erased: Erased, engine: LocalEngine) -> Read:
    """Return *row*, or a reject where its article was erased, or its reading without names."""
    if row.annotation is None:
        if row.reject is None:
            return row
        reject = erased.black_reject(row.reject)
        return row if reject is row.reject else Read(locator=reject.locator, reject=reject)
    refused = erased.refuses(row.annotation.article)
    if refused is not None:
        return Read(locator=row.locator, reject=refused)
    black = erased.black_out(row.annotation.article)
    if black is row.annotation.article:
        return row
    return AGAIN.run(_with_article(row, black), engine.resources)


def _with_article(row: Read, article: Article) -> Read:
    """Return what the first stage is given to read *article* again."""
    return Read(locator=article.locator, annotation=Annotation(article=article), sketch=row.sketch)


def _finish_erasing(store: Store, engine: LocalEngine, settings: Settings) -> None:
    """Do what an erasure has left to do, also one that was killed: every step can be done again."""
    if is_begun(store):
        erased = Erased(store)
        if erased.has_names:
            _black_out(store, engine, erased)
        _link(store, engine, settings)
        scrub(store)


def _black_out(store: Store, engine: LocalEngine, erased: Erased) -> None:
    """Black erased names out of every kept article, and read those articles again."""
    table = ReadTable(store)
    named: list[tuple[str, str]] = []
    for key, made_with in store.readings():
        if _is_named(_decode_read(table.pick([key])[0]), erased):
            named.append((key, made_with))
    # First the stories: once an article is black, nothing tells that they were made of names.
    changed = {key.partition(" ")[0] for key, _ in named}
    store.forget_stories(
        [row.story.id for row in StoryTable(store) if changed & set(row.story.article_ids)]
    )
    for key, made_with in named:
        fresh = _without_erased(_decode_read(table.pick([key])[0]), erased, engine)
        store.replace(key, read_key(fresh), encode_row(fresh), made_with)
    store.rename_arguments(erased.black_text)


def _is_named(row: Read, erased: Erased) -> bool:
    """Return whether what is kept of an input holds an erased name."""
    if row.annotation:
        return erased.black_out(row.annotation.article) is not row.annotation.article
    return row.reject is not None and erased.black_reject(row.reject) is not row.reject


def _link(store: Store, engine: LocalEngine, settings: Settings) -> None:
    """Bring the record up to date: read old readings again, compile the stories that changed."""
    made_with = _made_with(engine)
    old = [key for key, version in store.readings() if version != made_with]
    rows = (_decode_read(data) for key in old for data in ReadTable(store).pick([key]))
    done = iter(old)
    for lines in engine.stream(rows, AGAIN):
        for key, data in lines:
            store.replace(next(done), key, data, made_with)
    # In one transaction: a reader has the record of before, or the new one, never half of it.
    with store.transaction():
        link_record(KeepingEngine(engine, store), ReadTable(store))
        store.mark_linked()
        store.set_state(
            settings=msgspec.json.encode(settings).decode(),
            made_with=made_with,
            record=store.fingerprint(),
        )


def _rejects(store: Store) -> tuple[Reject, ...]:
    """Return the inputs that are not part of the record: unreadable, or read twice."""
    return distinct(ReadTable(store, linked=True))[2]


def _counts(store: Store, rejects: Iterable[Reject]) -> tuple[InputCount, ...]:
    seen, owner = store.arguments(), store.argument_of()
    lost = dict.fromkeys(seen, 0)
    for reject in rejects:
        lost[owner[reject.locator]] += 1
    return tuple(
        InputCount(input=name, read=count - lost[name], rejected=lost[name])
        for name, count in seen.items()
    )
