"""Read pages made to choke a parser, and every string of the hostile corpora.

    python eval/trust/hostile_pages.py [../shared/data/hostile] [--generated N]

Prints, for each of the generated pages and for each corpus, what became of it: how many
articles and rejects, the slowest in seconds, the peak memory of this process and of its
children. Exits with 1 if anything is unaccounted for, hangs or loses text in silence.
"""

import argparse
import collections
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import read_document
from onrecord.records import Article
from onrecord.resources import load_resources

RESOURCES = load_resources()
SAID = "<p>“The crane fell at noon,” said Jo Marr of the harbour board, who had seen it from the quay.</p>"
LONGEST_SECONDS = 75.0


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield the pages of design section 5, each with one paragraph that must not be lost silently."""

    def page(middle: str) -> bytes:
        return f"<html><head><title>t</title></head><body><h1>Crane</h1>{SAID}{middle}{SAID.replace('noon', 'one')}</body></html>".encode()

    yield "one line of 50 MB in one p", page("<p>" + "word " * 10_000_000 + "</p>")
    yield "one line of 30 MB in one p", page("<p>" + "word " * 6_000_000 + "</p>")
    yield "one line of 11 MB in one p", page("<p>" + "word " * 2_200_000 + "</p>")
    yield "30 MB in many p", page("<p>word</p>" * 2_700_000)
    for tag in ("div", "b", "blockquote", "table", "span", "ul"):
        yield f"100 k nested {tag}", page(f"<{tag}>" * 100_000)
        yield f"1 k nested {tag}", page(f"<{tag}>" * 1_000 + SAID + f"</{tag}>" * 1_000)
    yield "300 nested div around the text", page("<div>" * 300 + SAID + "</div>" * 300)
    yield "10 MB of <", page("<" * 10_000_000)
    yield "10 MB of &", page("&" * 10_000_000)
    yield from hostile_markup(page)
    yield from hostile_characters(page)


def hostile_markup(page: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield pages of too much markup."""
    yield "300 k attributes", page("<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">x</p>")
    yield "9 k attributes", page("<p " + " ".join(f"a{n}=1" for n in range(9_000)) + ">x</p>")
    yield "300 k option", page("<select>" + "<option>x" * 300_000 + "</select>")
    yield "1 M br", page("<p>" + "x<br>" * 1_000_000 + "</p>")
    yield "300 k a", page("<a href=x>x</a>" * 300_000)
    yield "20 k open a p", page("<a><p>x" * 20_000)
    yield "5 M <!", page("<!" * 5_000_000)
    yield "2.5 M open comments", page("<!--" * 2_500_000)


def hostile_characters(page: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield pages of odd characters, attributes and scripts."""
    yield "1 MB of NUL", page("\0" * 1_000_000)
    yield "NUL after each character", "\0".join(page("").decode()).encode()
    yield "1 MB of bad UTF-8", page("").replace(b"<h1>", b"\xff" * 1_000_000 + b"<h1>")
    yield "10 MB of random bytes", random.Random(1).randbytes(10_000_000)
    yield "UTF-16 without a mark", page("").decode().encode("utf-16-le")
    yield (
        "UTF-7 script",
        page("+ADw-script+AD4-alert(1)+ADw-/script+AD4-").replace(
            b"<head>", b"<head><meta charset=utf-7>"
        ),
    )
    yield "colspan of 2^53", page("<table><tr><td colspan=9007199254740991>x</td></tr></table>")
    yield "5 k b i u p", page("<b><i><u><p>x" * 5_000)
    yield "50 k foster-parented cells", page("<table>" + "x<td>" * 50_000 + "</table>")
    yield "20 MB attribute value", page(f"<p title='{'x' * 20_000_000}'>x</p>")
    yield "JSON-LD [ x 200 k", page(f"<script type='application/ld+json'>{'[' * 200_000}</script>")
    yield (
        "JSON-LD million digits",
        page(f"<script type='application/ld+json'>{'9' * 1_000_000}</script>"),
    )
    yield "4 M quotation marks", page("<p>" + "“" * 1_300_000 + "</p>")
    yield "4 M straight quotation marks", page("<p>" + '"' * 4_000_000 + "</p>")
    yield "300 k script elements", page("<script>x</script>" * 300_000)
    yield "100 k style rules", page("<style>" + ".a{display:none}" * 100_000 + "</style>")


def corpora(folder: Path, generated: int) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the strings of each corpus as pages."""

    def texts(name: str, pattern: str) -> list[bytes]:
        return [
            path.read_bytes() for path in sorted((folder / name).rglob(pattern)) if path.is_file()
        ]

    yield "own-bad", texts("own-bad", "*.html")
    tokens = [
        test["input"].encode("utf-8", "surrogatepass")
        for path in sorted((folder / "html5lib-tests").rglob("*.test"))
        for test in json.loads(path.read_text("utf-8")).get("tests", [])
    ]
    yield "html5lib tokenizer", tokens
    trees = [
        part.split(b"\n#errors", 1)[0].removeprefix(b"#data\n")
        for data in texts("html5lib-tests", "*.dat")
        for part in data.split(b"\n\n#data\n")
    ]
    yield "html5lib trees", trees
    lines = {
        "blns": texts("blns", "*.txt") or texts("blns", "blns*"),
        "payloadbox": texts("payloadbox-xss", "*.txt"),
    }
    for name, files in lines.items():
        yield name, [line for data in files for line in data.splitlines() if line.strip()]
    for name in ("dompurify", "htmlsanitizer"):
        yield (
            name,
            [
                str(value).encode("utf-8", "surrogatepass")
                for data in texts(name, "*.json")
                for value in strings(json.loads(data))
            ],
        )
    yield "feeds as pages", texts("feedparser", "*.xml")
    yield "encodings", texts("charset-normalizer", "*")
    yield "generated", list(mangled(generated))


def strings(value: object) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def mangled(count: int) -> Iterator[bytes]:
    """Yield an ordinary page, cut, doubled, swapped and flipped in *count* ways."""
    chance = random.Random(6)
    tags = [
        b"<div>",
        b"</p>",
        b"<table>",
        b"<script>",
        b"<!--",
        b"]]>",
        b"<style>",
        b"<svg>",
        b"\0",
        b"&#xD800;",
        b"<template>",
        b"<p hidden>",
    ]
    base = ("<html><body><article><h1>Crane</h1>" + SAID * 4 + "</article></body></html>").encode()
    for _ in range(count):
        data = bytearray(base)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data) + 1)
            step = chance.random()
            if step < 0.4:
                data[at:at] = chance.choice(tags) * chance.choice((1, 1, 1, 50))
            elif step < 0.6:
                del data[at : at + chance.randint(1, 80)]
            elif step < 0.8 and at < len(data):
                data[at] = chance.randrange(256)
            else:
                data[at:at] = data[: chance.randint(1, 200)]
        yield bytes(data)


def read(data: bytes, name: str) -> tuple[str, float]:
    """Return what became of a page: "article", "truncated" or the reason of its reject."""
    start = time.monotonic()
    item = read_document(Document(locator=name, format="page", data=data), RESOURCES)
    seconds = time.monotonic() - start
    if not isinstance(item, Article):
        return item.reason, seconds
    if item.truncated:
        return "truncated", seconds
    # What follows a comment that is never closed is a comment, in browsers as well.
    wanted = [
        word for word in ("noon", "one") if f"fell at {word}".encode() in data.split(b"<!--")[0]
    ]
    kept = all(f"The crane fell at {word}" in item.text for word in wanted)
    return ("article" if kept else "article without the statements"), seconds


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/data/hostile"))
    parser.add_argument("--generated", type=int, default=5_000)
    options = parser.parse_args()
    faults = 0
    for name, data in hostile():
        outcome, seconds = read(data, name)
        lost = outcome == "article without the statements"
        slow = seconds > LONGEST_SECONDS * 2
        faults += lost or slow
        print(
            f"{name:32} {outcome:34} {seconds:6.1f} s{'  FAULT' if lost or slow else ''}",
            flush=True,
        )
    if options.folder.is_dir():
        for name, pages in corpora(options.folder, options.generated):
            outcomes: collections.Counter[str] = collections.Counter()
            slowest = 0.0
            for data in pages:
                outcome, seconds = read(data, name)
                outcomes[outcome.replace(" without the statements", "")] += 1
                slowest = max(slowest, seconds)
            faults += sum(outcomes.values()) != len(pages)
            told = ", ".join(f"{key} {value}" for key, value in sorted(outcomes.items()))
            print(f"{name:20} {len(pages):6} read: {told}; slowest {slowest:.1f} s", flush=True)
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak memory: this process {parent} MB, its largest child {child} MB; faults {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
