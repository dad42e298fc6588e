"""`Content-Encoding` undone, with a limit that counts decompressed bytes."""

import zlib

from onrecord.ingest.reasons import Unreadable

__all__ = ["decoded"]

# More layers than this are an attack and no server.
_MAX_LAYERS = 3
_GZIP_OR_ZLIB, _RAW = 47, -15
_STEP = 1 << 14


def decoded(data: bytes, encoding: str, limit: int) -> bytes:
    """Return *data* without its encodings, at most *limit* bytes.

    Archives often keep the header of an encoding that they have undone: where the bytes are
    not of that encoding, they are returned as they are.

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
    for name in reversed(layers):
        data = _undone(data, name, limit)
    return data


def _undone(data: bytes, name: str, limit: int) -> bytes:
    if name in ("gzip", "x-gzip", "deflate"):
        return _inflated(data, limit)
    if name == "br":
        return _brotli(data, limit)
    raise Unreadable("damaged", f"content encoding {name!r} is not known")


def _inflated(data: bytes, limit: int) -> bytes:
    for window in (_GZIP_OR_ZLIB, _RAW):
        try:
            content = zlib.decompressobj(window).decompress(data, limit)
        except zlib.error:
            continue
        if content:
            return content
    return data


def _brotli(data: bytes, limit: int) -> bytes:
    try:
        import brotli  # noqa: PLC0415 - an extra that few archives need
    except ImportError as error:
        raise Unreadable("damaged", "content encoding br needs the package brotli") from error
    decompressor = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(data), _STEP):
            part = decompressor.process(
                data[start : start + _STEP], output_buffer_limit=limit - size
            )
            while part and size < limit:
                parts.append(part)
                size += len(part)
                part = (
                    b""
                    if decompressor.can_accept_more_data()
                    else decompressor.process(b"", output_buffer_limit=limit - size)
                )
            if size >= limit:
                break
    except brotli.error:
        return b"".join(parts) or data
    return b"".join(parts)[:limit]
