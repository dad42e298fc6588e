"""Files made to break a reader: invented pages and containers of them, mutated by a seeded generator.

The same seed gives the same bytes. Each file comes with the number of documents that it must be
accounted for with (rows of a JSON lines file), or None where that depends on the damage.
"""

import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

__all__ = ["HostileFile", "generated"]

_SYLLABLES = [
    "ba",
    "dor",
    "fen",
    "gal",
    "hin",
    "jor",
    "kel",
    "lum",
    "mer",
    "nov",
    "pol",
    "quin",
    "ras",
    "tam",
    "ver",
    "wick",
]
_TAGS = (
    "a",
    "article",
    "b",
    "blockquote",
    "br",
    "button",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "font",
    "form",
    "frameset",
    "h1",
    "i",
    "iframe",
    "img",
    "input",
    "li",
    "main",
    "marquee",
    "math",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "plaintext",
    "pre",
    "q",
    "ruby",
    "script",
    "select",
    "span",
    "style",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "time",
    "title",
    "tr",
    "ul",
    "video",
    "xmp",
)
_ENTITIES = (
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&#99999999999;",
    "&amp;amp;amp;",
    "&nosuch;",
    "&#x1F600;",
    "&CounterClockwiseContourIntegral;",
    "&#x202E;",
    "&#xFEFF;",
    "&",
    "&#",
    "&#x",
    "&#1;",
)
_CHARACTERS = "\0\x01\x0b\x0c\x1b\x7f\x85\xa0\xad\u061c\u200b\u200d\u202e\u2066\u2028\u2029\ufeff\ufffe\uffff𝔖👩‍👩‍👧é"
_MARKS = "\"'“”‘’«»„‚`"
_CODECS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "cp037", "shift_jis", "koi8-r", "gb18030", "iso2022_jp", "euc_kr")  # fmt: skip
_DECLARED = ("utf-8", "utf-16", "utf-7", "x-user-defined", "windows-1252", "shift_jis", "nonsense", "iso-2022-kr", "replacement", "\0")  # fmt: skip


class HostileFile(NamedTuple):
    """A file to write, and in how many documents it must end."""

    name: str
    data: bytes
    documents: int | None


def generated(count: int, seed: int = 6) -> Iterator[HostileFile]:
    """Yield *count* files; the n-th does not depend on *count*."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        make = _MAKERS[number % len(_MAKERS)]
        ending, data, documents = make(chance, number)
        yield HostileFile(f"{number:06}{ending}", data, documents)


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).title()


def _page(chance: random.Random, number: int, middle: str = "") -> str:
    """Return an article of its own story: its people, places and things are in no other."""
    who, other = (f"{_name(chance)} {_name(chance)}" for _ in range(2))
    place, thing, rest = _name(chance), _name(chance).lower(), _name(chance).lower()
    title = f"{place} {thing} falls on day {number}"
    said = (
        f"<p>“I saw the {thing} fall on the {rest},” said {who} of the {place} board, who had been in {place}.</p>"
        f"<p>{other} denied that a {rest} {thing} had been there, and “no {rest} rang us”, the spokesman added on Friday.</p>"
    )
    again = said.replace(thing, _name(chance).lower())
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body>"
        f"<article><h1>{title}</h1>{said}{middle}{again}</article></body></html>"
    )


Made = tuple[str, bytes, int | None]
Maker = Callable[[random.Random, int], Made]


def _mutated(chance: random.Random, data: bytes, steps: int) -> bytes:
    """Return *data* after deletions, doublings, swaps and flips of bytes."""
    changed = bytearray(data)
    for _ in range(steps):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            del changed[at : at + chance.randint(1, 200)]
        elif kind == 1:
            changed[at:at] = changed[: chance.randint(1, 400)]
        elif kind == 2 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif kind == 3:
            changed[at:at] = _fragment(chance).encode("utf-8", "surrogatepass")
        else:
            changed[at:at] = chance.randbytes(chance.randint(1, 20))
    return bytes(changed)


def _fragment(chance: random.Random) -> str:
    tag = chance.choice(_TAGS)
    pieces = (
        f"<{tag}>",
        f"</{tag}>",
        f"<{tag} {chance.choice(('hidden', 'style=display:none', 'onload=x', 'class=' + 'x' * 99))}>",
        f"<{tag} a='",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml",
        "<!DOCTYPE",
        chance.choice(_ENTITIES),
        chance.choice(_CHARACTERS),
        chance.choice(_MARKS),
    )
    return chance.choice(pieces) * chance.choice((1, 1, 1, 3, 40))


def _flipped_page(chance: random.Random, number: int) -> Made:
    return ".html", _mutated(chance, _page(chance, number).encode(), chance.randint(1, 15)), 1


def _cut_page(chance: random.Random, number: int) -> Made:
    data = _page(chance, number).encode()
    return ".html", data[: chance.randrange(len(data))], 1


def _tag_soup(chance: random.Random, number: int) -> Made:
    middle = "".join(_fragment(chance) for _ in range(chance.randint(5, 200)))
    return ".html", _page(chance, number, middle).encode("utf-8", "surrogatepass"), 1


def _nested(chance: random.Random, number: int) -> Made:
    tags = [f"<{chance.choice(_TAGS)}>" for _ in range(chance.randint(1, 4))]
    depth = int(10 ** chance.uniform(1, 4))
    return ".html", _page(chance, number, "".join(tags) * depth).encode(), 1


def _attributed(chance: random.Random, number: int) -> Made:
    many = int(10 ** chance.uniform(1, 4.2))
    names = " ".join(f"{chance.choice(('a', 'data-', 'on', 'style'))}{n}=1" for n in range(many))
    long = "x" * int(10 ** chance.uniform(1, 6))
    tag = chance.choice(_TAGS)
    middle = chance.choice((f"<{tag} {names}>x", f"<{tag} title='{long}'>x", f"<{tag} {long}>x"))
    return ".html", _page(chance, number, middle).encode(), 1


def _encoded(chance: random.Random, number: int) -> Made:
    page = _page(chance, number, "".join(chance.choice(_CHARACTERS + _MARKS) for _ in range(60)))
    page = page.replace("<head>", f"<head><meta charset={chance.choice(_DECLARED)}>")
    data = page.encode(chance.choice(_CODECS), "replace")
    if chance.random() < 0.3:
        data = chance.choice((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"+/v8-")) + data
    return ".html", data, 1


def _entities(chance: random.Random, number: int) -> Made:
    middle = "<p>" + "".join(chance.choice(_ENTITIES) for _ in range(chance.randint(5, 2_000)))
    return ".html", _page(chance, number, middle).encode(), 1


def _huge_token(chance: random.Random, number: int) -> Made:
    token = chance.choice((*_MARKS, *_CHARACTERS, "a", "<", "<!", "</", ". ", "A ", "said ", "1,"))
    size = int(10 ** chance.uniform(2, 5.3))
    middle = f"<p>{token * (size // len(token))}</p>"
    return ".html", _page(chance, number, middle).encode("utf-8", "surrogatepass"), 1


def _binary(chance: random.Random, number: int) -> Made:
    heads = (b"", b"%PDF-1.7\n", b"\x89PNG\r\n", b"PK\x03\x04", b"<html>", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"WARC/1.0\r\n")  # fmt: skip
    data = chance.choice(heads) + str(number).encode() + chance.randbytes(chance.randint(0, 20_000))
    return chance.choice((".html", ".txt", ".bin", "", ".mht")), data, 1


def _compressed(chance: random.Random, number: int) -> Made:
    page = _page(chance, number).encode()
    kind = chance.randrange(5)
    if kind == 0:  # a bomb, in one of twenty up to 60 MB of one byte
        page += b" " * int(10 ** chance.uniform(5, 7.8 if chance.random() < 0.05 else 6.3))
    data = gzip.compress(page, 6, mtime=0)
    if kind == 1:
        data = data[: chance.randrange(len(data))]
    elif kind == 2:
        data = _mutated(chance, data, chance.randint(1, 3))
    elif kind == 3:
        data = gzip.compress(data, mtime=0)
    elif kind == 4:
        data += chance.randbytes(50)
    return ".html.gz", data, 1


def _rows(chance: random.Random, number: int) -> Made:
    lines = []
    for at in range(chance.randint(1, 6)):
        row: dict[str, object] = {"id": f"{number}-{at}", "html": _page(chance, number + at)}
        if chance.random() < 0.5:
            row = {"text": "“No,” said Ada Penn. " + "".join(chance.choice(_CHARACTERS) for _ in range(9))}  # fmt: skip
        if chance.random() < 0.4:
            key = chance.choice(("text", "html", "id", "published", "byline", "url", "outlet"))
            row[key] = chance.choice((None, 1, [], {}, "x", "\ud800", [[1]], 1e308, True, "9" * 99))
        line = json.dumps(row).encode()
        if chance.random() < 0.4:
            line = _mutated(chance, line, 1)
        if chance.random() < 0.1:
            line = b"[" * int(10 ** chance.uniform(1, 5))
        lines.append(line.replace(b"\n", b" "))
    filled = sum(bool(line.strip()) for line in lines)
    return ".jsonl", b"\n".join(lines), filled


def _record(chance: random.Random, number: int) -> bytes:
    page = _page(chance, number).encode()
    encoding = chance.choice(("", "gzip", "deflate", "br", "zstd", "gzip, gzip", "nonsense"))
    if encoding == "gzip":
        page = gzip.compress(page, mtime=0)
    elif encoding == "deflate":
        page = zlib.compress(page)
    head = f"HTTP/1.1 {chance.choice((200, 200, 200, 404))} OK\r\nContent-Type: text/html\r\n"
    if encoding:
        head += f"Content-Encoding: {encoding}\r\n"
    body = head.encode() + b"\r\n" + page
    length = len(body) if chance.random() < 0.7 else chance.choice((0, -5, 10**12, len(body) // 2))
    kind = chance.choice(("response", "response", "response", "revisit", "metadata", "x"))
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://quay.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        ).encode()
        + body
        + b"\r\n\r\n"
    )


def _archive(chance: random.Random, number: int) -> Made:
    records = [_record(chance, number * 10 + at) for at in range(chance.randint(1, 4))]
    packed = chance.random() < 0.5
    data = b"".join(gzip.compress(part, mtime=0) if packed else part for part in records)
    if chance.random() < 0.5:
        data = _mutated(chance, data, chance.randint(1, 4))
    return (".warc.gz" if packed else ".warc"), data, None


def _feed(chance: random.Random, number: int) -> Made:
    page = _page(chance, number)
    content = page.replace("&", "&amp;").replace("<", "&lt;")
    items = "".join(
        f"<item><title>{number} {at}</title><description>{content}</description></item>"
        for at in range(chance.randint(0, 4))
    )
    entities = chance.choice(
        ("", '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY b "&a;&a;">]>', "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>")
    )  # fmt: skip
    data = f"<?xml version='1.0'?>{entities}<rss version='2.0'><channel>{items}</channel></rss>"
    return ".xml", _mutated(chance, data.encode(), chance.randint(0, 6)), None


def _text(chance: random.Random, number: int) -> Made:
    lines = []
    for _ in range(chance.randint(1, 30)):
        words = [chance.choice(("said", "“No", "”", "denied", "Ada", "Penn,", "that", "crane", chance.choice(_CHARACTERS), chance.choice(_MARKS))) for _ in range(chance.randint(1, 60))]  # fmt: skip
        lines.append(chance.choice((" ", "", "  ")).join(words))
    text = f"{number}\n\n" + chance.choice(("\n", "\r", "\r\n", "\n\n", "\u2028")).join(lines)
    data = text.encode(chance.choice(("utf-8", "utf-8", *_CODECS)), "replace")
    return ".txt", _mutated(chance, data, chance.randint(0, 3)), 1


def _mime(chance: random.Random, number: int) -> Made:
    page = _page(chance, number)
    data = (
        "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://quay.example/\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: {chance.choice(('8bit', 'quoted-printable', 'base64', 'x'))}\r\n\r\n{page}\r\n--b--\r\n"
    ).encode()
    return ".mhtml", _mutated(chance, data, chance.randint(0, 5)), 1


_MAKERS: tuple[Maker, ...] = (
    _flipped_page,
    _cut_page,
    _tag_soup,
    _nested,
    _attributed,
    _encoded,
    _entities,
    _huge_token,
    _binary,
    _compressed,
    _rows,
    _archive,
    _feed,
    _text,
    _mime,
    _flipped_page,
)
