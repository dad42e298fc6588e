"""Bytes to characters: byte order mark, then declaration, then detection (WHATWG order)."""

import codecs
import re

from charset_normalizer import from_bytes

__all__ = ["decode_page", "decode_text", "normalise", "without_surrogates"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The head of a page is looked at for its declaration; browsers look at 1,024 bytes, pages
# saved with a long comment or script in front need more.
_HEAD_BYTES = 16384
_SAMPLE_BYTES = 65536
# English with curly quotation marks has fewer bytes above 0x7F than this; Cyrillic has most of them.
_FEW_ACCENTS = 0.04
_SOME_ACCENTS = 0.2
_WINDOWS_OPENING = re.compile(rb"(?:^|(?<=[\s(]))\x93(?=[A-Za-z])")
_WINDOWS_CLOSING = re.compile(rb"(?<=[A-Za-z.,!?])\x94(?=[\s).,;]|$)")
_HIGH_BYTES = bytes(range(0x80, 0x100))

_DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*(?:[\"']\s*)?([A-Za-z0-9_:.-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)

# Labels that browsers read as a superset (https://encoding.spec.whatwg.org/#names-and-labels).
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "cp1252",
}
_NEVER = frozenset(("utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"))

_SURROGATE = re.compile("[\ud800-\udfff]")

# Bytes 0x80-0x9F that cp1252 leaves undefined become the control of the same number.
_UNDEFINED_1252 = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def _as_declared(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start]
    return _UNDEFINED_1252.get(byte, "\ufffd"), error.start + 1


codecs.register_error("onrecord-1252", _as_declared)


def normalise(text: str) -> str:
    r"""Return *text* with line ends as ``\n`` and lone surrogates as U+FFFD; nothing else changes.

    >>> normalise("one\r\ntwo\rthree\ud800")
    'one\ntwo\nthree�'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_surrogates(text)


def without_surrogates(text: str) -> str:
    """Return *text* with every lone surrogate, which no file can hold, as U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def decode_text(data: bytes) -> tuple[str, str]:
    """Return the characters of a plain text and the name of the codec that was used."""
    marked = _by_mark(data) or _wide(data)
    if marked is not None:
        return marked
    return _utf8(data) or _detected(data)


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the characters of a page and the name of the codec that was used.

    The order is that of the HTML standard: byte order mark, the transport's *declared* charset,
    the page's own declaration, then UTF-8 where the bytes are valid, then detection. A
    declaration of UTF-8 that the bytes contradict is not believed.
    """
    marked = _by_mark(data) or _wide(data)
    if marked is not None:
        return marked
    for label in (declared, _declaration(data)):
        codec = _codec(label)
        if codec is None:
            continue
        if codec == "utf-8":
            return _utf8(data) or _mostly_utf8(data) or _detected(data)
        # Valid UTF-8 with multi-byte characters is no accident, whatever the page says.
        return _utf8(data, multi_byte=True) or (_decode(data, codec), codec)
    return _utf8(data) or _detected(data)


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), codec
    return None


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return text in UTF-16 without a byte order mark, told by where its zero bytes are."""
    sample = data[:4096]
    half = len(sample) // 2
    if not half or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return data.decode("utf-16-le", "replace"), "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return data.decode("utf-16-be", "replace"), "utf-16-be"
    return None


def _declaration(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return (found[1] or found[2]).decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    """Return the codec that browsers use for a charset label, or None for an unknown one."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return None
    name = _AS_BROWSERS_DO.get(name, name)
    try:
        is_text = isinstance(b"a".decode(name), str)
    except (LookupError, UnicodeError):
        return None
    return name if is_text and name not in _NEVER else None


def _decode(data: bytes, codec: str) -> str:
    return data.decode(codec, "onrecord-1252" if codec == "cp1252" else "replace")


def _utf8(data: bytes, *, multi_byte: bool = False) -> tuple[str, str] | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if multi_byte and len(text) == len(data) else (text, "utf-8")


def _mostly_utf8(data: bytes) -> tuple[str, str] | None:
    """Return declared UTF-8 with a few bad bytes: a cut character, one pasted passage."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(data) - len(text)
    return (text, "utf-8") if bad * 4 <= good or (bad * 1000 <= len(data) and good) else None


def _detected(data: bytes) -> tuple[str, str]:
    """Return the text as the likeliest codec reads it; windows-1252 where none stands out."""
    sample = data[:_SAMPLE_BYTES]
    high = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    if high < _FEW_ACCENTS * len(sample) or _has_windows_quotes(sample, high):
        return _decode(data, "cp1252"), "cp1252"
    best = from_bytes(sample).best()
    codec = _codec(best.encoding) if best is not None else None
    # Single-byte Western pages are mis-detected as a neighbour more often than they are one.
    if codec is None or codec in ("utf-8", "cp1250", "cp1257", "mac_roman", "cp437", "cp850"):
        codec = "cp1252"
    return _decode(data, codec), codec


def _has_windows_quotes(sample: bytes, high: int) -> bool:
    """Return whether Latin words stand in quotation marks of windows-1252, as in a short note.

    Where these bytes mean something else they are letters or halves of one, which no space
    follows in a pair like this; a page in Cyrillic or Greek has few Latin letters beside them.
    """
    closed = len(_WINDOWS_CLOSING.findall(sample))
    few = high < _SOME_ACCENTS * len(sample)
    return few and closed > 0 and closed == len(_WINDOWS_OPENING.findall(sample))
