"""Eight writers and eight readers on one store for a minute.

    python eval/trust/crowd.py --seconds 60

Each writer adds one file after another, waiting for its turn; each reader searches, exports and
checks in turn. No command may fail or speak of a lock, every export must be a whole record with at
least as many articles as the one before, every input that was acknowledged must be there, and in
the end the store must give the tables of one `compile` over all files, byte for byte.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from children import onrecord, run, start, tables_digest
from kills import keys, sound, write_articles

from onrecord.runs import changed_tables, read_manifest

FAULTS = ("lost", "corrupt", "failed", "locked", "cut export", "fewer articles", "other bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        counts = crowd(Path(name), options)
    print("\n".join(f"{count:7,} {name}" for name, count in sorted(counts.items())))
    sys.exit(any(counts[fault] for fault in FAULTS))


def crowd(folder, options):
    rows = write_articles(folder, 4000).read_text("utf-8").splitlines()
    store = folder / "desk.store"
    (folder / "rows").mkdir()
    if run(onrecord("add", one_file(folder, 0, rows), "--store", store, "--tier", "rules", "-q")):
        sys.exit("the first article cannot be added")
    end = time.monotonic() + options.seconds
    children = {}
    for number in range(options.writers + options.readers):
        reader, writer = os.pipe()
        part = range(1 + number, len(rows), options.writers)
        if number < options.writers:
            work = write_on(folder, store, [(at, rows[at]) for at in part], end)
        else:
            work = read_on(folder / f"reader{number}", store, end)
        children[start(lambda work=work, writer=writer: work(writer))] = reader
        os.close(writer)
    counts, acknowledged = Counter(dict.fromkeys(FAULTS, 0)), set()
    for child, reader in children.items():
        with os.fdopen(reader, "rb") as lines:
            said = json.loads(lines.read() or b'{"counts": {"failed": 1}, "keys": []}')
        os.waitpid(child, 0)
        counts.update(said["counts"])
        acknowledged.update(said["keys"])
    counts["lost"] += len(acknowledged - keys(store))
    counts["corrupt"] += not sound(store)
    counts["other bytes"] += not is_one_compile(folder, store)
    return counts


def one_file(folder, number, row):
    path = folder / "rows" / f"{number:05d}.jsonl"
    path.write_text((row if isinstance(row, str) else row[number]) + "\n", "utf-8")
    return path


def write_on(folder, store, rows, end):
    def work(writer):
        counts, kept, messages = Counter(), [], folder / f"writer{rows[0][0]}"
        for number, row in rows:
            if time.monotonic() > end:
                break
            path = one_file(folder, number, row)
            add = onrecord("add", path, "--store", store, "--wait", 600, "-q")
            kept += told(add, messages, counts, "added")
        os.write(writer, json.dumps({"counts": counts, "keys": kept}).encode())

    return work


def told(work, messages, counts, name):
    """Run *work*; count how it ended; return the keys that it acknowledged."""
    reader, writer = os.pipe()
    child = start(work, messages, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as lines:
        kept = lines.read().decode().split("\n")[:-1]
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said = messages.read_text("utf-8")
    counts[name] += code == 0
    counts["failed"] += code != 0
    counts["locked"] += "locked" in said or "another onrecord" in said
    if code:
        print(said[-800:], file=sys.stderr)
    return kept


def read_on(out, store, end):
    works = {
        "searches": onrecord("search", store, "crane", "--json", "-q"),
        "exports": onrecord("export", store, "--out", out, "-q"),
        "checks": onrecord("check", store, "-q"),
    }

    def work(writer):
        counts, articles, messages = Counter(), 0, out.with_suffix(".messages")
        while time.monotonic() < end:
            for name, command in works.items():
                told(command, messages, counts, name)
                if name == "exports":
                    manifest = read_manifest(out)
                    counts["cut export"] += changed_tables(out, manifest) != []
                    counts["fewer articles"] += manifest.tables["articles"].rows < articles
                    articles = manifest.tables["articles"].rows
        os.write(writer, json.dumps({"counts": counts, "keys": []}).encode())

    return work


def is_one_compile(folder, store):
    """Return whether the store gives the tables of one run over all that was added."""
    out, whole = folder / "out", folder / "run"
    files = sorted((folder / "rows").iterdir())
    if run(onrecord("add", *files, "--store", store, "-q")):
        return False
    if run(onrecord("export", store, "--out", out, "-q")):
        return False
    if run(onrecord("compile", *files, "-o", whole, "--tier", "rules", "-q")):
        return False
    same = tables_digest(out) == tables_digest(whole)
    shutil.rmtree(out)
    return same


if __name__ == "__main__":
    main()
