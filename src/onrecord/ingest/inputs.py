"""From the arguments of a command to articles and rejects; every input ends as one of the two."""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.ingest.decoding import decode_text
from onrecord.ingest.documents import Document, DocumentFormat, reject_of, rejected
from onrecord.ingest.files import article_from_row, article_from_text, row_of
from onrecord.ingest.page import read_page, read_row_page
from onrecord.ingest.reasons import Unreadable
from onrecord.records import Article, Reject
from onrecord.resources import Resources

__all__ = ["drop_duplicates", "list_documents", "read_document", "read_inputs"]

# Larger documents are not news articles; parsers need a multiple of this in memory.
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024

_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".shtml")
_TEXT_ENDINGS = (".txt", ".text")
_ROW_ENDINGS = (".jsonl", ".ndjson")
_GZIP = b"\x1f\x8b"


def list_documents(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Document]:
    """Yield what there is to read, sorted by path and then by position in the file.

    The order does not depend on the order of the arguments. Files are not opened, except
    those that hold many rows.

    Args:
        paths: Files, folders (walked, sorted by name), or `-` for standard input.
        stdin: Where `-` reads from.

    Raises:
        InputError: an argument does not exist, or `-` is given without a standard input.
    """
    files: list[str] = []
    for path in paths:
        if path == "-":
            if stdin is None:
                raise InputError("- means standard input, and there is none")
        elif not Path(path).exists():
            raise InputError(f"{path}: no such file or folder; check the path")
        else:
            files += _walk(Path(path))
    if "-" in paths and stdin is not None:
        yield from _list_stream(stdin)
    for name in sorted(files):
        yield from _list_file(name)


def read_document(document: Document, resources: Resources) -> Article | Reject:
    """Return the article of *document*, or why there is none; never raises for what is in it."""
    if document.format == "reject":
        return reject_of(document)
    try:
        return _read(document, resources)
    except Unreadable as error:
        return Reject(locator=document.locator, reason=error.reason, detail=error.detail)
    except OSError as error:
        return Reject(
            locator=document.locator, reason="unreadable", detail=error.strerror or str(error)
        )


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


def _walk(path: Path) -> list[str]:
    """Return the files below *path*; the folder a browser saves beside a page belongs to it."""
    if not path.is_dir():
        return [path.as_posix()]
    found: list[str] = []
    for entry in sorted(path.iterdir()):
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            found.append(entry.as_posix())
        elif not _is_part_of_page(entry):
            found += _walk(entry)
    return found


def _is_part_of_page(folder: Path) -> bool:
    stem, _, ending = folder.name.rpartition("_")
    if ending.casefold() not in ("files", "archivos", "fichiers", "dateien"):
        return False
    return any((folder.parent / f"{stem}{page}").exists() for page in _PAGE_ENDINGS)


def _list_file(name: str) -> Iterator[Document]:
    plain = name[:-3] if name.casefold().endswith(".gz") else name
    if not plain.casefold().endswith(_ROW_ENDINGS):
        yield Document(locator=name, format="file", path=name)
        return
    try:
        with Path(name).open("rb") as raw:
            yield from _list_rows(_unpacked(raw), name)
    except OSError as error:
        yield rejected(name, "unreadable", error.strerror or str(error))


def _list_stream(stdin: BinaryIO) -> Iterator[Document]:
    """Yield the documents on standard input: rows where the first line is a JSON object."""
    stream = _unpacked(stdin)
    try:
        head = stream.readline(MAX_DOCUMENT_BYTES)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            yield from _list_rows(_Chained(head, stream), "-")
            return
        data = head + stream.read(MAX_DOCUMENT_BYTES + 1 - len(head))
    except (OSError, EOFError, zlib.error) as error:
        yield rejected("-", "damaged", str(error))
        return
    yield Document(locator="-", format="page" if _is_page(data) else "text", data=data)


class _Chained:
    """Lines of a stream of which the first has been read."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readline(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._stream.readline(size)


def _unpacked(stream: BinaryIO) -> BinaryIO:
    """Return *stream* decompressed where its first bytes say that it is compressed."""
    peeked = stream.peek(2)[:2] if hasattr(stream, "peek") else b""
    return gzip.GzipFile(fileobj=stream) if peeked == _GZIP else stream  # type: ignore[return-value]


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


def _read(document: Document, resources: Resources) -> Article:
    data = document.data
    kind = document.format
    if kind == "row":
        row = row_of(data)
        if row.get("text") is None:
            return read_row_page(row, document.locator, resources)
        return article_from_row(row, document.locator, resources)
    if document.path is not None:
        data = _bytes_of(document.path)
        kind = _sniffed(document.path, data)
    _refuse(data)
    if kind == "page":
        return read_page(data, document.locator, resources)
    if _is_binary(data):
        raise Unreadable("binary", "the bytes are not text")
    return article_from_text(decode_text(data)[0], document.locator, resources)


def _refuse(data: bytes) -> None:
    """Raise where no reader could do anything with *data*."""
    if len(data) > MAX_DOCUMENT_BYTES:
        raise Unreadable("too_large", f"more than {MAX_DOCUMENT_BYTES} bytes")
    if not data.strip():
        raise Unreadable("empty", "the file is empty")
    if data.startswith(b"%PDF-"):
        raise Unreadable("pdf", "a PDF file; save the article as a page or as text")


def _bytes_of(path: str) -> bytes:
    """Return the bytes of a file, decompressed, at most one more than the limit."""
    with Path(path).open("rb") as raw:
        stream = _unpacked(raw)
        try:
            return stream.read(MAX_DOCUMENT_BYTES + 1)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Unreadable("damaged", f"gzip: {error}") from error


def _sniffed(path: str, data: bytes) -> DocumentFormat:
    name = path.casefold().removesuffix(".gz")
    if name.endswith(_PAGE_ENDINGS):
        return "page"
    if name.endswith(_TEXT_ENDINGS):
        return "text"
    return "page" if _is_page(data) else "text"


_PAGE_OPENINGS = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<?xml",
    b"<!--",
    b"<meta",
    b"<div",
    b"<p",
)


def _is_page(data: bytes) -> bool:
    head = data[:512].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(_PAGE_OPENINGS) or b"mime-version:" in head


def _is_binary(data: bytes) -> bool:
    """Return whether *data* has the control bytes that no text encoding but UTF-16 has."""
    sample = data[:4096]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = sample.count(0)
    if zeros and zeros < 0.3 * len(sample):
        return True
    controls = sum(sample.count(byte) for byte in (1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19))
    return controls > 0.01 * len(sample)
