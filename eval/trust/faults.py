"""Let every k-th read, write and sync of a store fail once, and fill its disk.

    python eval/trust/faults.py --step 1        # every call in turn; a larger step, fewer runs
    python eval/trust/faults.py --disk          # a small tmpfs; needs root

For each call: a fresh store takes in invented articles while that one call fails. The program must
say so in one line, or not be hurt at all; every article that was acknowledged must be there; the
same command, given again without the fault, must end with the export of an undisturbed store.
"""

import argparse
import contextlib
import errno
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from kills import export_digest, onrecord, undisturbed, write_articles

HERE = Path(__file__).parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--disk", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write_articles(folder, options.articles)
        wanted, _ = undisturbed(folder, source)
        counts = Counter()
        if options.disk:
            full_disk(folder, source, wanted, counts)
        else:
            library = folder / "failing_calls.so"
            build = ["gcc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "failing_calls.c"]
            subprocess.run([*build, "-ldl"], check=True)
            for kind in ("write", "read", "sync"):
                each_call(folder, source, wanted, library, kind, options.step, counts)
    print("  ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    if counts["lost"] or counts["corrupt"] or counts["other bytes"] or counts["unclear"]:
        sys.exit(1)


def each_call(folder, source, wanted, library, kind, step, counts):
    total = calls_of(folder, source, library, kind)
    for at in range(1, total + 1, step):
        store = folder / f"{kind}-{at}.store"
        environment = fault(library, kind, at, folder / "count")
        done = subprocess.run(
            onrecord("add", source, "--store", store),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        counts[f"{kind} faults"] += 1
        judge(done, counts)
        recover(store, source, wanted, counts)


def calls_of(folder, source, library, kind):
    store = folder / f"{kind}.store"
    count = folder / "count"
    environment = fault(library, kind, 0, count)
    subprocess.run(onrecord("add", source, "--store", store, "-q"), env=environment, check=True)
    return int(count.read_text("ascii"))


def fault(library, kind, at, count):
    return os.environ | {
        "LD_PRELOAD": str(library),
        "FAIL_CALL": kind,
        "FAIL_AT": str(at),
        "FAIL_PATH": ".store",
        "FAIL_WITH": str(errno.EIO),
        "FAIL_COUNT": str(count),
    }


def judge(done, counts):
    """A fault costs one clear line and exit code 1, or nothing at all."""
    counts["survived" if done.returncode == 0 else "reported"] += 1
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        counts["unclear"] += 1
        print(done.stderr[-800:], file=sys.stderr)


def recover(store, source, wanted, counts):
    if store.exists() and store.stat().st_size:
        base = sqlite3.connect(store)
        counts["corrupt"] += base.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
        base.close()
    again = subprocess.run(
        onrecord("add", source, "--store", store, "-q"), capture_output=True, text=True, check=False
    )
    if again.returncode:
        counts["lost"] += 1
        print(again.stderr[-800:], file=sys.stderr)
    elif export_digest(store) != wanted:
        counts["other bytes"] += 1
    for path in store.parent.glob(f"{store.name}*"):
        path.unlink()


def full_disk(folder, source, wanted, counts):
    """Give a store too little room, then, size by size, a little more, until it is done."""
    place = folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(place)]
    subprocess.run(mount, check=True)
    try:
        store, held = place / "desk.store", 0
        for kilobytes in range(48, 4000, 48):
            subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(place)], check=True)
            done = subprocess.run(
                onrecord("add", source, "--store", store),
                capture_output=True,
                text=True,
                check=False,
            )
            counts["full disks"] += done.returncode != 0
            judge(done, counts)
            held = kept(store, held, counts)
            if done.returncode == 0:
                break
        counts["other bytes"] += export_digest(store) != wanted
    finally:
        subprocess.run(["umount", str(place)], check=True)


def kept(store, held, counts):
    with contextlib.closing(sqlite3.connect(store)) as base:
        try:
            now = base.execute("SELECT count(*) FROM article").fetchone()[0]
        except sqlite3.OperationalError:  # no table yet: nothing was acknowledged
            now = 0
    counts["lost"] += max(0, held - now)
    return max(held, now)


if __name__ == "__main__":
    main()
