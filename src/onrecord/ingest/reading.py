"""The bytes of one document to its article, in this process."""

import gzip
import zlib
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from msgspec.structs import replace

from onrecord.errors import described
from onrecord.ingest.decoding import decode_text
from onrecord.ingest.documents import Document, DocumentFormat
from onrecord.ingest.files import article_from_row, article_from_text, row_of
from onrecord.ingest.own import OWN, is_report, is_store_file
from onrecord.ingest.reasons import Unreadable
from onrecord.records import Article, Reject
from onrecord.resources import Resources

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "PAGE_ENDINGS",
    "is_binary",
    "is_page",
    "looks_like_page",
    "open_document",
    "read_here",
    "unpacked",
    "without_packing",
]

# Larger documents are not news articles; parsers need a multiple of this in memory.
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024

PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".shtml", ".webarchive")
_MOST_ZEROS = 0.6
_ADDRESSES = ("http://", "https://", "[InternetShortcut]", "URL=http")
_LIST_HEAD = 5000  # characters that tell a list of addresses from a text
_TEXT_ENDINGS = (".txt", ".text")
_GZIP = b"\x1f\x8b"
# A frame, and the frame for a dictionary (https://iipc.github.io/warc-specifications).
_ZSTD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")


def open_document(document: Document) -> Document | Reject:
    """Return *document* with its bytes and its format, or why it cannot be opened."""
    if document.path is None:
        return document
    try:
        data = _bytes_of(document.path)
    except Unreadable as error:
        return Reject(locator=document.locator, reason=error.reason, detail=error.detail)
    except OSError as error:
        detail = error.strerror or str(error)
        return Reject(locator=document.locator, reason="unreadable", detail=detail)
    return replace(document, path=None, data=data, format=_sniffed(document.path, data))


def is_page(document: Document) -> bool:
    """Return whether a parser of pages is needed to read *document*."""
    if document.format == "row":
        # Cheaper than reading the row twice; a text that mentions the word costs a detour.
        return b'"html"' in document.data
    return document.format == "page"


def read_here(document: Document, resources: Resources) -> Article | Reject:
    """Return the article of an opened document, or why there is none.

    Raises:
        MemoryError: it takes more memory than this process may have.
    """
    try:
        return _read(document, resources)
    except Unreadable as error:
        return Reject(locator=document.locator, reason=error.reason, detail=error.detail)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one document must not end the run; it is listed
        detail = described(error)
        return Reject(locator=document.locator, reason="parser_failed", detail=detail)


def unpacked(stream: BinaryIO) -> BinaryIO:
    """Return *stream* decompressed where its first bytes say that it is compressed."""
    head = stream.peek(4)[:4] if hasattr(stream, "peek") else b""
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    return BufferedReader(_Zstd(stream)) if head in _ZSTD else stream


class _Zstd(RawIOBase):
    """A stream in zstd, decompressed as it is read; windows of gigabytes are refused."""

    def __init__(self, stream: BinaryIO) -> None:
        from fastwarc.stream_io import ZstdReader  # noqa: PLC0415 - few inputs need it

        self._reader = ZstdReader(stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            part = self._reader.read(len(buffer))
        except OSError as error:
            raise EOFError(f"zstd: {error}") from error
        buffer[: len(part)] = part
        return len(part)


def without_packing(name: str) -> str:
    """Return a file name in small letters without the ending of a compressed file."""
    folded = name.casefold()
    return folded.removesuffix(".gz") if folded.endswith(".gz") else folded.removesuffix(".zst")


def _read(document: Document, resources: Resources) -> Article:
    data = document.data
    kind = document.format
    if kind == "row":
        row = row_of(data)
        if row.get("text") is None:
            # The readers of pages take a second to import; a run over texts need not wait.
            from onrecord.ingest.page import read_row_page  # noqa: PLC0415

            return read_row_page(row, document.locator, resources)
        return article_from_row(row, document.locator, resources)
    _refuse(data)
    if kind == "page":
        from onrecord.ingest.page import read_page  # noqa: PLC0415 - see above

        return read_page(
            data,
            document.locator,
            resources,
            url=document.url,
            charset=document.charset,
            truncated_why=document.truncated_why,
        )
    if is_binary(data):
        raise Unreadable("binary", "the bytes are not text")
    text = decode_text(data)[0]
    if all(word.startswith(_ADDRESSES) for word in text[:_LIST_HEAD].split()):
        raise Unreadable("no_main_text", "only addresses; nothing is fetched: save the pages")
    return article_from_text(text, document.locator, resources)


def _refuse(data: bytes) -> None:
    """Raise where no reader could do anything with *data*."""
    if len(data) > MAX_DOCUMENT_BYTES:
        raise Unreadable("too_large", f"more than {MAX_DOCUMENT_BYTES} bytes")
    if not data.strip():
        raise Unreadable("empty", "the file is empty")
    if data.startswith((b"WARC/", b"filedesc:")):
        raise Unreadable(
            "not_a_page",
            "an archive; it is read where its name ends in .warc or .arc (or .warc.gz ...)",
        )
    if is_report(data) or is_store_file(data):
        raise Unreadable("own_output", OWN)
    if data.startswith(b"%PDF-"):
        raise Unreadable("pdf", "a PDF file; save the article as a page or as text")
    for opening, what in _OTHER_FILES:
        if data.startswith(opening):
            word = opening == _ZIP and b"word/" in data
            raise Unreadable("binary", _WORD if word else what)


_WORD = "a file of a word processor; save it as plain text (.txt) or as a web page"
_PICTURE = "a picture; save the article as a page or as text"
_ZIP = b"PK\x03\x04"
_OTHER_FILES = (
    (_ZIP, "a ZIP file; unpack it, and give the folder"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _WORD),
    (b"{\\rtf", _WORD),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
)
"""How files begin that people give by mistake, under the ending of a page too, and what to do."""


def _bytes_of(path: str) -> bytes:
    """Return the bytes of a file, decompressed, at most one more than the limit."""
    with Path(path).open("rb") as raw:
        stream = unpacked(raw)
        try:
            return stream.read(MAX_DOCUMENT_BYTES + 1)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Unreadable("damaged", str(error)) from error


def _sniffed(path: str, data: bytes) -> DocumentFormat:
    name = without_packing(path)
    if name.endswith(PAGE_ENDINGS):
        return "page"
    if name.endswith(_TEXT_ENDINGS):
        return "text"
    return "page" if looks_like_page(data) else "text"


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


def looks_like_page(data: bytes) -> bool:
    """Return whether *data* begins like HTML, or like a page saved as one MIME file."""
    head = data[:512].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith(_PAGE_OPENINGS) or b"mime-version:" in head


def is_binary(data: bytes) -> bool:
    """Return whether *data* has the control bytes that no text encoding but UTF-16 has."""
    sample = data[:4096]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = sample.count(0)
    # In UTF-16 every other byte is zero, where the letters are Latin.
    if zeros and not 0.3 * len(sample) <= zeros <= _MOST_ZEROS * len(sample):
        return True
    controls = sum(sample.count(byte) for byte in (1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18, 19))
    return controls > 0.01 * len(sample)
