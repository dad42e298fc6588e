"""Compile pages of which one in a hundred is made to choke a reader.

    python eval/trust/poison.py [--pages 10000] [--workers 2]

Writes invented pages into a folder, compiles it without and with the poisoned ones, and compares
the exports: the job must end, every poisoned page must be a reject with its reason, and every
table but `rejects` must be the same, byte for byte.
"""

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("Mara Quill", "Teo Brandt", "Ada Penn", "Ola Finch", "Jon Vance", "Ines Roper")
THINGS = ("the crane", "the bridge", "the letter", "the barge", "the contract", "the minutes")
POISON = (
    "<div>" * 60_000,
    "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">x",
    "%PDF-1.7",
    "\x00\x01\x02" * 400,
    "<html><body><p>Menu</p></body></html>",
    "<p>" + "word " * 7_000_000,
)


def write_pages(folder: Path, count: int) -> None:
    """Write healthy pages, each with two statements."""
    chance = random.Random(8)
    for number in range(count):
        who, what = chance.choice(NAMES), chance.choice(THINGS)
        text = (
            f"<p>“I saw {what} on day {number},” said {who} of the harbour board on Friday, after "
            "a long meeting in the old customs house.</p>"
            f"<p>{who} added that nobody had been told about {what} before the meeting, and that "
            "the minutes of the meeting would show it to everyone who read them.</p>"
        )
        title = f"{what.title()} was seen on day {number}"
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
        (folder / f"page{number:06}.html").write_text(page, "utf-8")


def write_poison(folder: Path, count: int) -> None:
    """Write the poisoned pages, whose names sort among the healthy ones."""
    for number in range(count):
        name = f"page{number * 100:06}-poison.html"
        (folder / name).write_text(POISON[number % len(POISON)], "utf-8")


def export(pages: Path, out: Path, workers: int) -> dict[str, bytes]:
    """Compile and export *pages*; return the tables by name."""
    program = [sys.executable, "-m", "onrecord"]
    run = out / "run"
    compile_all = [*program, "compile", str(pages), "-o", str(run), "-q", "--tier", "rules"]
    done = subprocess.run([*compile_all, "--workers", str(workers)], check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"compile ended with {done.returncode}")
    tables = out / "tables"
    subprocess.run([*program, "export", str(run), "--out", str(tables), "-q"], check=True)
    return {path.name: path.read_bytes() for path in sorted(tables.glob("*.jsonl"))}


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages"
        pages.mkdir()
        write_pages(pages, options.pages)
        clean = export(pages, folder / "clean", options.workers)
        poisoned = options.pages // 100
        write_poison(pages, poisoned)
        mixed = export(pages, folder / "mixed", options.workers)
    rejects = [json.loads(line) for line in mixed.pop("rejects.jsonl").splitlines()]
    clean.pop("rejects.jsonl")
    named = collections.Counter(row["reason"] for row in rejects)
    differ = [table for table in clean if clean[table] != mixed[table]]
    articles = clean["articles.jsonl"].count(b"\n")
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(named.items()))
    print(f"{options.pages} pages, {articles} articles; {poisoned} poisoned: {told}")
    print(f"tables that differ: {', '.join(differ) or 'none'}")
    return 1 if differ or len(rejects) != poisoned else 0


if __name__ == "__main__":
    sys.exit(main())
