"""From the arguments of a command to articles and rejects; every input ends as one of the two."""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.ingest.archives import list_arc, list_archive
from onrecord.ingest.documents import Document, Limits, reject_of, rejected
from onrecord.ingest.feeds import is_feed, list_feed
from onrecord.ingest.guard import can_guard, read_in_child
from onrecord.ingest.own import OWN, is_own_folder
from onrecord.ingest.reading import (
    MAX_DOCUMENT_BYTES,
    PAGE_ENDINGS,
    is_page,
    looks_like_page,
    open_document,
    read_here,
    unpacked,
    without_packing,
)
from onrecord.ingest.sheets import list_sheet
from onrecord.records import Article, Reject
from onrecord.resources import Resources

__all__ = ["drop_duplicates", "list_documents", "read_document", "read_inputs"]


_ARCHIVE_ENDINGS = (".warc", ".warc.lz4", ".wet", ".arc")
_FEED_ENDINGS = (".rss", ".atom", ".xml", ".rdf", ".json")
_USUAL = Limits()
# What browsers call the folder of a page's parts, in the languages that they speak.
_PARTS = re.compile(
    r"(.+)(?:[-_ ]files|\.files|[-_]dateien|_fichiers|_archivos|_arquivos|_ficheiros|_bestanden|_file"
    r"|_pliki|-filer|_tiedostot|_soubory|_elemei|_dosyalar|_datoteke|_fitxers|_failid|_failai)",
    re.IGNORECASE,
)
_ROW_ENDINGS = (".jsonl", ".ndjson")
_SHEET_ENDINGS = (".csv", ".tsv")


def list_documents(
    paths: Sequence[str], stdin: BinaryIO | None = None, limits: Limits = _USUAL
) -> Iterator[Document]:
    """Yield what there is to read, sorted by path and then by position in the file.

    The order does not depend on the order of the arguments, and a file that several of them
    name is read once. Files are not opened, except those that hold many rows.

    Args:
        paths: Files, folders (walked, sorted by name), or `-` for standard input.
        stdin: Where `-` reads from.
        limits: What reading one of them may cost.

    Raises:
        InputError: an argument does not exist, or `-` is given without a standard input.
    """
    documents = _list(paths, stdin)
    if limits == _USUAL:
        yield from documents
    else:
        for document in documents:
            yield replace(document, limits=limits)


def _list(paths: Sequence[str], stdin: BinaryIO | None) -> Iterator[Document]:
    found: dict[str, Document] = {}
    for path in paths:
        if path == "-":
            if stdin is None:
                raise InputError("- means standard input, and there is none")
        elif path.startswith(("http://", "https://")):
            raise InputError(f"{path}: nothing is fetched; save the page and give the file")
        elif not Path(path).exists():
            raise InputError(f"{path}: no such file or folder; check the path")
        else:
            found |= {document.locator: document for document in _walk(Path(path))}
    if "-" in paths and stdin is not None:
        yield from _list_stream(stdin)
    for name, document in sorted(found.items()):
        yield from _list_file(name) if document.path else (document,)


def read_document(document: Document, resources: Resources) -> Article | Reject:
    """Return the article of *document*, or why there is none; never raises for what is in it.

    Pages are parsed in a child process under the limits that the document carries.
    """
    if document.format == "reject":
        return reject_of(document)
    opened = open_document(document)
    if isinstance(opened, Reject):
        return opened
    if is_page(opened) and can_guard():
        return read_in_child(opened, resources.language)
    return read_here(opened, resources)


def read_inputs(
    paths: Sequence[str], stdin: BinaryIO | None, resources: Resources
) -> Iterator[Article | Reject]:
    """Yield an article or a reject for everything that *paths* hold, in the order of listing.

    Raises:
        InputError: an argument does not exist.
    """
    documents = list_documents(paths, stdin)
    return drop_duplicates(read_document(document, resources) for document in documents)


def drop_duplicates(items: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
    """Yield *items* with a reject in place of every article whose id came before."""
    first: dict[str, str] = {}
    for item in items:
        if isinstance(item, Article):
            if item.id in first:
                detail = f"the same article as {first[item.id]}"
                yield Reject(locator=item.locator, reason="duplicate", detail=detail)
                continue
            first[item.id] = item.locator
        yield item


def _walk(path: Path, above: frozenset[Path] = frozenset()) -> Iterator[Document]:
    """Yield the files below *path*; the folder a browser saves beside a page belongs to it.

    A folder that this program wrote, one that cannot be opened, one that a link leads back to
    and what is neither file nor folder (it could keep its reader waiting) are rejects; so is
    what a link leads nowhere to, once it is opened.

    Args:
        path: A file or a folder.
        above: The folders on the way to it, without links.
    """
    name = path.as_posix()
    if not _is_folder(path):
        yield Document(locator=name, format="file", path=name)
        return
    if is_own_folder(path):
        yield rejected(name, "own_output", OWN)
        return
    try:
        place = path.resolve()
        entries = [entry for entry in sorted(path.iterdir()) if not entry.name.startswith(".")]
    except OSError as error:
        yield rejected(name, "unreadable", f"the folder: {error.strerror or error}")
        return
    if place in above:
        yield rejected(name, "unreadable", "a link to a folder that it stands in")
        return
    for entry in entries:
        if not _is_folder(entry):
            yield _listed(entry)
        elif not _is_part_of_page(entry):
            yield from _walk(entry, above | {place})


def _listed(entry: Path) -> Document:
    name = entry.as_posix()
    try:
        if entry.exists() and not entry.is_file():
            return rejected(name, "unreadable", "neither a file nor a folder")
    except OSError as error:
        return rejected(name, "unreadable", error.strerror or str(error))
    return Document(locator=name, format="file", path=name)


def _is_folder(path: Path) -> bool:
    """Return whether *path* is a folder; what may not be looked at fails once it is opened."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_part_of_page(folder: Path) -> bool:
    found = _PARTS.fullmatch(folder.name)
    return found is not None and any(
        (folder.parent / f"{found[1]}{page}").exists() for page in PAGE_ENDINGS
    )


def _list_file(name: str) -> Iterator[Document]:
    plain = without_packing(name)
    if plain.endswith(_ARCHIVE_ENDINGS):
        yield from _list_container(name, archive=True)
        return
    if plain.endswith(_FEED_ENDINGS):
        yield from _list_container(name, archive=False)
        return
    if not plain.endswith(_ROW_ENDINGS + _SHEET_ENDINGS):
        yield Document(locator=name, format="file", path=name)
        return
    try:
        with Path(name).open("rb") as raw:
            listed = list_sheet if plain.endswith(_SHEET_ENDINGS) else _list_rows
            yield from listed(unpacked(raw), name)
    except (OSError, EOFError, zlib.error) as error:
        yield rejected(name, "unreadable", getattr(error, "strerror", None) or str(error))


def _list_container(name: str, *, archive: bool) -> Iterator[Document]:
    """Yield what a WARC file or a feed holds; an XML or JSON file that is no feed is a file."""
    try:
        with Path(name).open("rb") as raw:
            if without_packing(name).endswith(".arc"):
                yield from list_arc(unpacked(raw), name)
                return
            if archive:
                yield from list_archive(raw, name)
                return
            data = unpacked(raw).read(MAX_DOCUMENT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield rejected(name, "unreadable", getattr(error, "strerror", None) or str(error))
        return
    if len(data) <= MAX_DOCUMENT_BYTES and is_feed(data):
        yield from list_feed(data, name)
    elif len(data) <= MAX_DOCUMENT_BYTES and data.lstrip()[:1] == b"{":
        yield Document(locator=name, format="row", data=data)
    else:
        yield Document(locator=name, format="file", path=name)


def _list_stream(stdin: BinaryIO) -> Iterator[Document]:
    """Yield the documents on standard input: rows where the first line is a JSON object."""
    stream = unpacked(stdin)
    try:
        head = stream.readline(MAX_DOCUMENT_BYTES)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            yield from _list_rows(_Chained(head, stream), "-")
            return
        data = head + stream.read(MAX_DOCUMENT_BYTES + 1 - len(head))
    except (OSError, EOFError, zlib.error) as error:
        yield rejected("-", "damaged", str(error))
        return
    if is_feed(data):
        yield from list_feed(data, "-")
        return
    yield Document(locator="-", format="page" if looks_like_page(data) else "text", data=data)


class _Chained:
    """Lines of a stream of which the first has been read."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readline(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._stream.readline(size)


def _list_rows(stream: "BinaryIO | _Chained", name: str) -> Iterator[Document]:
    """Yield the rows of a JSON lines file; a line is numbered as an editor numbers it."""
    number = 0
    while True:
        number += 1
        locator = f"{name}#{number}"
        try:
            line = stream.readline(MAX_DOCUMENT_BYTES + 1)
            if len(line) > MAX_DOCUMENT_BYTES:
                yield rejected(locator, "too_large", f"a row above {MAX_DOCUMENT_BYTES} bytes")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_DOCUMENT_BYTES)
                continue
        except (OSError, EOFError, zlib.error) as error:
            yield rejected(locator, "damaged", str(error))
            return
        if not line:
            return
        if line.strip():
            yield Document(locator=locator, format="row", data=line)
