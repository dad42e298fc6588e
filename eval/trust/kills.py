"""Kill the program at random moments of adding, indexing, exporting and migrating.

    python eval/trust/kills.py --kills 1000

Every round starts a command on a store of invented articles, sends SIGKILL after a random time,
and then looks: every article that was acknowledged before is there, SQLite finds the file sound,
and the same command, given again, ends with the export that an undisturbed store gives.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAMES = ("Mara Quill", "Teo Brandt", "Ada Penn", "Ola Finch", "Jon Vance", "Ines Roper")
THINGS = ("the crane", "the bridge", "the letter", "the barge", "the contract", "the minutes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    counts = {"kills": 0, "lost": 0, "corrupt": 0, "other bytes": 0, "stores": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write_articles(folder, options.articles)
        wanted, seconds = undisturbed(folder, source)
        while counts["kills"] < options.kills:
            store = folder / f"{counts['stores']}.store"
            counts["stores"] += 1
            torment(store, source, wanted, seconds, dice, counts, options.kills)
            for path in folder.glob(f"{store.name}*"):
                path.unlink()
    print("  ".join(f"{name} {count}" for name, count in counts.items()))
    if counts["lost"] or counts["corrupt"] or counts["other bytes"]:
        sys.exit(1)


def write_articles(folder, count):
    dice = random.Random(0)
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            who, other, what = dice.choice(NAMES), dice.choice(NAMES), dice.choice(THINGS)
            text = f"{who} said {what} was never checked. “Nobody asked me about {what},” {other} said."
            row = {"id": str(number), "outlet": f"Paper {number % 7}", "text": f"{text} ({number})"}
            file.write(json.dumps(row) + "\n")
    return path


def onrecord(*words):
    return [sys.executable, "-m", "onrecord", *map(str, words)]


def undisturbed(folder, source):
    """Return the digest of the export of a store that nobody disturbed, and how long it took."""
    store = folder / "quiet.store"
    start = time.perf_counter()
    subprocess.run(onrecord("add", source, "--store", store, "-q"), check=True)
    return export_digest(store), time.perf_counter() - start


def export_digest(store):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(onrecord("export", store, "--out", out, "-q"), check=True)
        digest = hashlib.sha256()
        for path in sorted(Path(out).glob("*.jsonl")):
            digest.update(path.read_bytes())
        return digest.hexdigest()


def torment(store, source, wanted, seconds, dice, counts, most):
    """Kill adders of one store until one gets through, then exporters and migrations of it."""
    held = 0
    while counts["kills"] < most:
        ended = kill_after(onrecord("add", source, "--store", store, "-q"), dice, seconds)
        held = look(store, held, counts)
        if ended:
            break
        counts["kills"] += 1
    for _ in range(3):
        out = store.with_name("out")
        if not kill_after(onrecord("export", store, "--out", out, "-q"), dice, seconds / 2):
            counts["kills"] += 1
        held = look(store, held, counts)
    if not kill_after([sys.executable, __file__, "migrate", str(store)], dice, seconds / 2):
        counts["kills"] += 1
    look_version(store, counts)
    subprocess.run(onrecord("add", source, "--store", store, "-q"), check=True)
    counts["other bytes"] += export_digest(store) != wanted


def kill_after(command, dice, seconds):
    """Run *command*, kill it at a random moment; return whether it had ended by itself."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        process.wait(dice.uniform(0.02, seconds * 1.1))
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return False
    return True


def look(store, held, counts):
    """Count acknowledged articles that are gone, and files that SQLite finds damaged."""
    if not store.exists():
        counts["lost"] += held > 0
        return held
    base = sqlite3.connect(store)
    counts["corrupt"] += base.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master")}
    now = base.execute("SELECT count(*) FROM article").fetchone()[0] if "article" in tables else 0
    base.close()
    counts["lost"] += max(0, held - now)
    return now


def look_version(store, counts):
    """A migration is whole or not there: the column exists just where the version says so."""
    base = sqlite3.connect(store)
    version = base.execute("PRAGMA user_version").fetchone()[0]
    columns = {row[1] for row in base.execute("PRAGMA table_info(article)")}
    counts["corrupt"] += (version == 2) != ("note" in columns)
    if version == 2:
        base.executescript("ALTER TABLE article DROP COLUMN note; PRAGMA user_version=1")
    base.close()


def run_migration(path):
    from onrecord.store.schema import connect, migrate  # noqa: PLC0415 - only in the child

    def step(base):
        base.execute("ALTER TABLE article ADD COLUMN note TEXT")
        base.execute("UPDATE article SET note = key")

    migrate(connect(path, write=True), path, 1, {1: step}, to=2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["migrate"]:
        run_migration(Path(sys.argv[2]))
    else:
        main()
