"""Kill the program at random moments of adding, indexing, exporting, migrating and erasing.

    python eval/trust/kills.py --kills 1000

Each command runs on a store of invented articles until SIGKILL ends it, after a random part of the
time that it takes when nobody disturbs it. Then: every input that the store had acknowledged is
there, SQLite finds the file sound, a migration is whole or not there, tables beside a manifest are
those of the record, and the same command, given again, ends with the export, byte for byte, that
an undisturbed store gives. A command that ends before it is killed does not count.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from children import export_digest, onrecord, run, start, tables_digest

from onrecord.store.file import Store
from onrecord.store.schema import VERSION

WHO = ("Mara Quill", "Teo Brandt", "Ada Penn", "Ola Finch", "Jon Vance", "Ines Roper")
THINGS = ("crane", "bridge", "letter", "barge", "contract", "orchard", "archive", "kiosk")
FAULTS = ("lost", "corrupt", "other bytes", "stuck")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), options.articles, random.Random(options.seed))
        phases = (bench.add, bench.index, bench.export, bench.migrate, bench.erase)
        while bench.counts["kills"] < options.kills:
            for phase in phases:
                phase()
    print("  ".join(f"{name} {count}" for name, count in sorted(bench.counts.items())))
    if any(bench.counts[fault] for fault in FAULTS):
        sys.exit(1)


class Bench:
    """A folder with articles, undisturbed stores, and what killing has shown so far."""

    def __init__(self, folder, articles, dice):
        self.folder, self.dice = folder, dice
        self.counts = Counter(dict.fromkeys(("kills", *FAULTS), 0))
        self.source = write_articles(folder, articles)
        self.store = folder / "desk.store"
        self.out = folder / "out"
        self.whole, self.unlinked = folder / "whole.store", folder / "unlinked.store"
        self.older = folder / "older.store"
        self.adding = self.command("add", self.source, "--store", self.store, "--tier", "rules")
        self.erasing = self.command("erase", "--store", self.store, "--person", "Mara Quill")
        self.seconds = {"add": timed(self.adding)}
        save(self.store, self.whole)
        self.wanted = export_digest(self.store)
        for path, change in ((self.unlinked, unlink), (self.older, make_older)):
            save(self.whole, path)
            run(partial(change, path))
        for phase, store, work in (
            ("index", self.unlinked, self.adding),
            ("export", self.whole, self.command("export", self.store, "--out", self.out)),
            ("migrate", self.older, self.adding),
            ("erase", self.whole, self.erasing),
        ):
            save(store, self.store)
            self.seconds[phase] = timed(work)
        self.blackened = export_digest(self.store)
        self.raw_tables = self.exported()

    def command(self, *words):
        return onrecord(*words, "-q")

    def exported(self):
        save(self.whole, self.store)
        shutil.rmtree(self.out, ignore_errors=True)
        run(self.command("export", self.store, "--out", self.out))
        return tables_digest(self.out)

    def add(self):
        """Kill one store's adding again and again, until it gets through or has suffered enough."""
        remove(self.store)
        held = set()
        for _ in range(2):
            acknowledged = self.kill("add", self.adding)
            if acknowledged is None:
                break
            held |= acknowledged
            self.look(held)
            kept = self.folder / "kept.store"
            save(self.store, kept)
            self.resume(self.adding, self.wanted)
            save(kept, self.store)

    def index(self):
        save(self.unlinked, self.store)
        if self.kill("index", self.adding) is not None:
            self.look(keys(self.whole))
            self.resume(self.adding, self.wanted)

    def export(self):
        save(self.whole, self.store)
        if self.dice.random() < 0.5:
            shutil.rmtree(self.out, ignore_errors=True)
        work = self.command("export", self.store, "--out", self.out)
        if self.kill("export", work) is not None:
            self.look(keys(self.whole))
            if (self.out / "manifest.json").exists():
                self.counts["other bytes"] += tables_digest(self.out) != self.raw_tables
            self.counts["stuck"] += run(work) != 0
            self.counts["other bytes"] += tables_digest(self.out) != self.raw_tables

    def migrate(self):
        save(self.older, self.store)
        if self.kill("migrate", self.adding) is not None:
            self.look(keys(self.whole))
            with contextlib.closing(sqlite3.connect(self.store)) as base:
                version = base.execute("PRAGMA user_version").fetchone()[0]
                columns = {row[1] for row in base.execute("PRAGMA table_info(article)")}
            whole = ((1, False), (VERSION, True))
            self.counts["corrupt"] += (version, "linked" in columns) not in whole
            self.counts[f"migrate: left at schema {version}"] += 1
            self.resume(self.adding, self.wanted)

    def erase(self):
        save(self.whole, self.store)
        if self.kill("erase", self.erasing) is not None:
            self.look(set())
            self.resume(self.erasing, self.blackened)
            name = b"Mara Quill"
            for path in self.folder.glob(f"{self.store.name}*"):
                self.counts["lost"] += name in path.read_bytes()  # here: not lost

    def kill(self, phase, work):
        """Run *work*, kill it at a random moment; return what it acknowledged, None if it ended."""
        reader, writer = os.pipe()
        child = start(work, acknowledged=writer)
        os.close(writer)
        end = time.perf_counter() + self.dice.uniform(0, self.seconds[phase])
        while (left := end - time.perf_counter()) > 0:
            if os.waitpid(child, os.WNOHANG)[0]:
                os.close(reader)
                return None
            time.sleep(min(left, 0.002))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as lines:
            said = lines.read().decode()
        if not os.WIFSIGNALED(status):
            return None
        self.counts["kills"] += 1
        self.counts[f"killed in {phase}"] += 1
        return set(said.split("\n")[:-1])

    def look(self, acknowledged):
        """Count acknowledged inputs that are gone, and files that SQLite finds damaged."""
        self.counts["lost"] += len(acknowledged - keys(self.store))
        self.counts["corrupt"] += not sound(self.store)

    def resume(self, work, wanted):
        """Give the command again: it must end well, and with the right export."""
        messages = self.folder / "messages"
        if run(work, messages):
            self.counts["stuck"] += 1
            print(messages.read_text("utf-8")[-800:], file=sys.stderr)
        elif export_digest(self.store) != wanted:
            self.counts["other bytes"] += 1


def write_articles(folder, count):
    """Write *count* articles of a few stories, by invented outlets about invented people."""
    dice = random.Random(0)
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            thing = THINGS[number % len(THINGS)]
            who, other = dice.sample(WHO, 2)
            text = (
                f"{who} said the {thing} by the {thing} yard was never checked by {thing} wardens. "
                f"“Nobody asked me about the {thing} or the {thing} yard,” {other} said. ({number})"
            )
            row = {"id": str(number), "outlet": f"Paper {number % 7}", "text": text}
            file.write(json.dumps(row | {"title": f"The {thing} {thing} yard"}) + "\n")
    return path


def timed(work):
    start_time = time.perf_counter()
    if run(work):
        sys.exit("the undisturbed command failed")
    return time.perf_counter() - start_time


def unlink(path):
    """Make a store of one that is whole: everything kept, nothing linked or indexed."""
    with Store.open(path, write=True) as store, store.transaction() as base:
        store.forget_stories(sorted(store.story_digests()))
        base.execute("UPDATE article SET linked = 0")
        base.execute("DELETE FROM state WHERE name IN ('record', 'made_with')")


def make_older(path):
    """Take a store back to schema 1: without marks of what is linked, without an index of quotations."""
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.executescript("ALTER TABLE article DROP COLUMN linked")
        for table in ("exemplar", "seed", "reprint", "touched"):
            base.execute(f"DROP TABLE {table}")
        base.execute("PRAGMA user_version = 1")


def keys(path):
    """Return the keys of the inputs that a store keeps."""
    if not path.exists():
        return set()
    with contextlib.closing(sqlite3.connect(path)) as base:
        tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master")}
        if "article" not in tables:
            return set()
        return {key for (key,) in base.execute("SELECT key FROM article")}


def sound(path):
    """Return whether SQLite finds the store and its search index undamaged."""
    if not keys(path):
        return True
    with contextlib.closing(sqlite3.connect(path)) as base:
        try:
            found = base.execute("PRAGMA integrity_check").fetchone()[0]
            base.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        print(f"corrupt: {found}", file=sys.stderr)
    return found == "ok"


def remove(store):
    for path in store.parent.glob(f"{store.name}*"):
        path.unlink()


def save(store, copy):
    """Copy a store, with its log and backups, to another name; what was there goes."""
    remove(copy)
    for path in store.parent.glob(f"{store.name}*"):
        shutil.copyfile(path, copy.with_name(copy.name + path.name[len(store.name) :]))


if __name__ == "__main__":
    main()
