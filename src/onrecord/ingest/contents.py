"""`Content-Encoding` undone, with a limit that counts decompressed bytes."""

import zlib
from io import BytesIO
from typing import Any, NamedTuple

from onrecord.ingest.reading import is_binary
from onrecord.ingest.reasons import Unreadable

__all__ = ["Content", "decoded"]

# More layers than this are an attack and no server.
_MAX_LAYERS = 3
# Servers that append members write two or three; each costs a copy of what follows it.
_MAX_MEMBERS = 64
_GZIP_OR_ZLIB, _RAW = 47, -15
_STEP = 1 << 14
_KNOWN = "gzip, deflate, br, zstd"


class Content(NamedTuple):
    """What was transferred, and whether all of it could be unpacked."""

    data: bytes
    whole: bool


def decoded(data: bytes, encoding: str, limit: int) -> Content:
    """Return *data* without its encodings, at most *limit* bytes.

    Archives often keep the header of an encoding that they have undone: where the bytes are
    not of that encoding, they are returned as they are. Of a stream that breaks off, what came
    before is returned.

    Args:
        data: What was transferred.
        encoding: The value of the header, such as "gzip" or "br, gzip".
        limit: Decompression stops there.

    Raises:
        Unreadable: `damaged`, for an unknown encoding or a layer that breaks off at once.
    """
    layers = [name.strip().casefold() for name in encoding.split(",")]
    layers = [name for name in layers if name not in ("", "identity", "none", "utf-8")]
    if len(layers) > _MAX_LAYERS:
        raise Unreadable("damaged", f"{len(layers)} content encodings inside one another")
    whole = True
    for name in reversed(layers):
        layer = _undone(data, name, limit)
        data, whole = layer.data, whole and layer.whole
    return Content(data, whole)


def _undone(data: bytes, name: str, limit: int) -> Content:
    if not data:
        return Content(data, whole=True)
    if name in ("gzip", "x-gzip", "deflate"):
        content = _inflated(data, limit)
    elif name in ("br", "zstd"):
        content = _streamed(data, name, limit)
    else:
        detail = f"content encoding {name!r} is not known ({_KNOWN} are); save the page without it"
        raise Unreadable("damaged", detail)
    if content.data:
        return content
    if is_binary(data):
        raise Unreadable("damaged", f"neither a page nor of the content encoding {name!r}")
    return Content(data, whole=True)


def _inflated(data: bytes, limit: int) -> Content:
    content = _members(data, _GZIP_OR_ZLIB, limit)
    return content if content.data else _members(data, _RAW, limit)


def _members(data: bytes, window: int, limit: int) -> Content:
    """Return the members of *data* joined; what follows the last is padding."""
    parts: list[bytes] = []
    left = limit
    for _ in range(_MAX_MEMBERS):
        inflater = zlib.decompressobj(window)
        found, failed = _member(inflater, data, left)
        parts += found
        left -= sum(map(len, found))
        if left <= 0:
            return Content(b"".join(parts), whole=True)
        if failed or not inflater.eof:
            return Content(b"".join(parts), whole=bool(parts) and failed and not any(found))
        data = inflater.unused_data
        if window == _RAW or not data:
            return Content(b"".join(parts), whole=True)
    return Content(b"".join(parts), whole=False)


def _member(inflater: Any, data: bytes, limit: int) -> tuple[list[bytes], bool]:
    """Return the pieces of one member, and whether it is damaged; its end is `inflater.eof`."""
    parts: list[bytes] = []
    try:
        while data and limit > 0 and not inflater.eof:
            part = inflater.decompress(data, min(_STEP, limit))
            data = inflater.unconsumed_tail
            parts.append(part)
            limit -= len(part)
    except zlib.error:
        return parts, True
    return parts, False


def _streamed(data: bytes, name: str, limit: int) -> Content:
    from fastwarc.stream_io import BrotliReader, ZstdReader  # noqa: PLC0415 - few archives need it

    reader = (BrotliReader if name == "br" else ZstdReader)(BytesIO(data))
    parts: list[bytes] = []
    try:
        while limit > 0 and (part := reader.read(min(_STEP, limit))):
            parts.append(part)
            limit -= len(part)
    except (OSError, ValueError, EOFError, RuntimeError):
        return Content(b"".join(parts), whole=False)
    return Content(b"".join(parts), whole=True)
