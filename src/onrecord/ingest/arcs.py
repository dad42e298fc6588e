"""ARC files, what archives wrote before WARC: each record is handed on as the WARC record it is.

The format: https://archive.org/web/researcher/ArcFileFormat.php. A line with address, number
of the server, time, media type and length, then so many bytes: the server's answer.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from onrecord.ingest.documents import Document, rejected
from onrecord.ingest.reading import MAX_DOCUMENT_BYTES

__all__ = ["arc_records"]

_LONGEST_LINE = 1 << 16
_CHUNK = 1 << 20
# A server's header counts in the record, not in the page.
_KEPT = MAX_DOCUMENT_BYTES + _LONGEST_LINE
_TIME_DIGITS = range(12, 20)
_ID = b"<urn:uuid:00000000-0000-0000-0000-000000000000>"


class _Header(NamedTuple):
    url: bytes
    media: bytes
    length: int


def arc_records(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes] | Document]:
    """Yield locator and WARC form of each record, or the reject that names a damaged place.

    Where no header of a record stands, the place is named once, and the reading goes on at the
    next line that is one. At most the bytes of the largest document are held.

    Args:
        stream: The file, decompressed.
        name: For locators: `name#offset`, counted in decompressed bytes.

    Raises:
        OSError: or EOFError, zlib.error: the stream cannot be read on.
    """
    position = 0
    lost = False
    while line := stream.readline(_LONGEST_LINE):
        locator = f"{name}#{position}"
        position += len(line)
        header = _header(line)
        if header is None:
            if line.strip() and not lost:
                lost = True
                yield rejected(locator, "damaged", "no header of an ARC record stands here")
            continue
        lost = False
        body = _read(stream, min(header.length, _KEPT))
        skipped = _skip(stream, header.length - len(body)) if len(body) == _KEPT else 0
        position += len(body) + skipped
        if not header.url.startswith(b"filedesc:"):
            cut = len(body) < min(header.length, _KEPT)
            yield locator, _as_warc(header, _answer(body), cut=cut)


def _header(line: bytes) -> _Header | None:
    """Return what the first line of a record says; addresses may hold spaces."""
    words = line.split()
    for number in range(2, len(words) - 1):
        if words[number].isdigit() and len(words[number]) in _TIME_DIGITS:
            url = b" ".join(words[: number - 1])
            if not words[-1].isdigit() or len(words[-1]) > _TIME_DIGITS.stop or b":" not in url:
                return None
            return _Header(url, words[number + 1], int(words[-1]))
    return None


def _as_warc(header: _Header, body: bytes, *, cut: bool) -> bytes:
    answer = body.startswith(b"HTTP/")
    lines = (
        b"WARC/1.0",
        b"WARC-Type: " + (b"response" if answer else b"resource"),
        b"WARC-Record-ID: " + _ID,
        b"WARC-Date: 1996-01-01T00:00:00Z",  # nothing reads it: an archive's date is no date
        b"WARC-Target-URI: " + header.url,
        b"Content-Type: " + (b"application/http; msgtype=response" if answer else header.media),
        b"Content-Length: %d" % len(body),
        *([b"WARC-Truncated: the archive breaks off"] if cut else ()),
    )
    return b"\r\n".join((*lines, b"", body, b"", b""))


def _answer(body: bytes) -> bytes:
    """Return the server's answer with the line ends in its header that WARC asks for."""
    end = body.find(b"\n\n", 0, _LONGEST_LINE)
    if end < 0 or not body.startswith(b"HTTP/") or b"\r\n\r\n" in body[:end]:
        return body
    lines = body[:end].replace(b"\r\n", b"\n").split(b"\n")
    return b"\r\n".join((*lines, b"", body[end + 2 :]))


def _read(stream: BinaryIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(min(size, _CHUNK))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _skip(stream: BinaryIO, size: int) -> int:
    skipped = 0
    while skipped < size and (part := stream.read(min(size - skipped, _CHUNK))):
        skipped += len(part)
    return skipped
