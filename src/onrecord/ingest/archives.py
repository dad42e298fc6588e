"""WARC and ARC files, record by record: each response is a page, or a reject that says why not."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import msgspec

from onrecord.errors import described
from onrecord.ingest.arcs import arc_records
from onrecord.ingest.contents import decoded
from onrecord.ingest.documents import Document, rejected
from onrecord.ingest.reading import MAX_DOCUMENT_BYTES, looks_like_page
from onrecord.ingest.reasons import Unreadable

__all__ = ["list_arc", "list_archive"]

_PAGES = ("text/html", "application/xhtml+xml")
# Records about records: nothing to read, and no loss to name.
_ABOUT = frozenset(("warcinfo", "request", "metadata"))
_CHUNK = 1 << 20
_OK = 200


def list_archive(stream: BinaryIO, name: str) -> Iterator[Document]:
    """Yield a document for every record of a WARC file that can hold an article.

    Compressed files and compressed payloads are unpacked while they are read, up to the size
    of the largest document, so that a bomb takes no more memory than a page. A damaged record
    is named and the reading goes on where the format lets it.

    Args:
        stream: The file, compressed (gzip, zstd, lz4) or not.
        name: For locators: `name#offset`, in the file as it lies there; a record that
            has no offset of its own, for it was compressed with the one before, is numbered as
            well: `#offset.2`.
    """
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - only where there is an archive

    position = -1
    again = 1
    found = False
    # Contents are decoded here and not by the reader, which cannot go on after a bomb.
    records = iter(ArchiveIterator(stream, parse_http=True, auto_decode="transfer"))
    while True:
        try:
            record = next(records, None)
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            detail = f"it breaks off after the record at {max(position, 0)}: {error}"
            yield rejected(name, "damaged", detail)
            return
        if record is None:
            break
        place = f"{name}#{record.stream_pos}"
        if record.stream_pos <= position:
            again += 1
            place += f".{again}"
        position = max(position, record.stream_pos)
        document = _document(record, place)
        if document is not None:
            found = True
            yield document
    if not found:
        yield rejected(name, "empty", "the archive holds no page")


def list_arc(stream: BinaryIO, name: str) -> Iterator[Document]:
    """Yield a document for every record of an ARC file, as `list_archive` does.

    Args:
        stream: The file, decompressed.
        name: For locators.
    """
    found = False
    try:
        for item in arc_records(stream, name):
            found = True
            yield item if isinstance(item, Document) else _record_of(*item)
    except (OSError, EOFError, zlib.error) as error:
        yield rejected(name, "damaged", f"it breaks off: {error}")
        return
    if not found:
        yield rejected(name, "empty", "the archive holds no page")


def _record_of(locator: str, data: bytes) -> Document:
    """Return what the only record in *data* holds."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - only where there is an archive

    try:
        record = next(ArchiveIterator(BytesIO(data), parse_http=True, auto_decode="transfer"))
        document = _document(record, locator)
    except (OSError, ValueError, EOFError, RuntimeError, StopIteration) as error:
        return rejected(locator, "damaged", f"the record cannot be read: {error}")
    return document or rejected(locator, "not_a_page", "a record that holds no page")


def _document(record: Any, locator: str) -> Document | None:
    kind = str(record.record_type).rpartition(".")[2]
    if kind in _ABOUT:
        return None
    if kind == "revisit":
        return rejected(locator, "revisit", "the content is in the record of an earlier visit")
    if kind not in ("response", "resource", "conversion"):
        return rejected(locator, "not_a_page", f"a record of type {kind}")
    try:
        return _page(record, kind, locator)
    except Unreadable as error:
        return rejected(locator, error.reason, error.detail)
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        return rejected(locator, "damaged", described(error))


def _page(record: Any, kind: str, locator: str) -> Document:
    headers = record.http_headers
    status = headers.status_code if headers is not None else None
    if status is not None and status != _OK:
        return rejected(locator, "not_a_page", f"the answer of the server was {status}")
    stated = record.http_content_type if headers is not None else record.headers.get("Content-Type")
    media = (stated or "").partition(";")[0].strip().casefold()
    if media and media not in _PAGES and not (kind == "conversion" and media == "text/plain"):
        return rejected(locator, "not_a_page", f"the content is {media}")
    data, whole = _body(record.reader), True
    if headers is not None:
        stated_encoding = headers.get("Content-Encoding") or ""
        data, whole = decoded(data, stated_encoding, MAX_DOCUMENT_BYTES + 1)
    url = record.headers.get("WARC-Target-URI")
    if kind == "conversion":
        row = {"text": data.decode("utf-8", "replace"), "url": url}
        return Document(locator=locator, format="row", data=msgspec.json.encode(row))
    if not media and not looks_like_page(data):
        return rejected(locator, "not_a_page", "the content is of no stated kind")
    return Document(
        locator=locator,
        format="page",
        data=data,
        url=url,
        charset=record.http_charset if headers is not None else None,
        truncated_why=_cut(record.headers.get("WARC-Truncated"), whole=whole),
    )


def _cut(reason: str | None, *, whole: bool) -> str | None:
    if reason:
        return f"cut when it was archived ({reason})"
    return None if whole else "its compressed content breaks off"


def _body(reader: Any) -> bytes:
    """Return the payload, at most one byte more than the largest document."""
    parts: list[bytes] = []
    left = MAX_DOCUMENT_BYTES + 1
    while left > 0:
        part = reader.read(min(left, _CHUNK))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
