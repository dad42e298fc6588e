"""One digest whatever the order, the number of workers, the hash seed, the zone or the clock.

    python eval/trust/order.py ../shared/data/record-gold/articles.jsonl

Compiles the rows of a file again and again: ten shuffled orders, one and two and four workers,
three hash seeds, three time zones, and (where `faketime` is installed) a clock at 2001 and 2038;
and adds them to a store in two halves. Everything must come out the same, byte
for byte. Rows are written one a file, so that their locators do not depend on the order.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_rows(options.rows, folder / "rows")
        digests = dict(all_ways(files, folder))
    for label, digest in digests.items():
        print(f"{label:24s} {digest}")
    distinct = set(digests.values())
    print(f"runs {len(digests)}  digests {len(distinct)}")
    if len(distinct) != 1:
        sys.exit(1)


def write_rows(source, folder):
    folder.mkdir()
    lines = [line for line in source.read_text("utf-8").split("\n") if line.strip()]
    files = []
    for number, line in enumerate(lines):
        json.loads(line)
        path = folder / f"{number:04d}.jsonl"
        path.write_text(line + "\n", "utf-8")
        files.append(str(path))
    return files


def all_ways(files, folder):
    for seed in range(10):
        shuffled = random.Random(seed).sample(files, len(files))
        yield f"order {seed}", compiled(shuffled, folder)
    for workers in (2, 4):
        yield f"workers {workers}", compiled(files, folder, "--workers", str(workers))
    for seed in ("0", "1", "2"):
        yield f"hash seed {seed}", compiled(files, folder, PYTHONHASHSEED=seed)
    for zone in ("UTC", "Pacific/Auckland", "America/St_Johns"):
        yield f"zone {zone}", compiled(files, folder, TZ=zone)
    if shutil.which("faketime"):
        for clock in ("2001-01-01", "2038-02-01"):
            yield f"clock {clock}", compiled(files, folder, before=("faketime", clock))
    yield "store in halves", stored(files, folder)


def compiled(files, folder, *options, before=(), **environment):
    run = folder / "run"
    command = [*before, sys.executable, "-m", "onrecord", "compile", *files, "-o", str(run), "-q"]
    subprocess.run([*command, *options], check=True, env=os.environ | environment)
    return digest_of(run)


def stored(files, folder):
    store, half = folder / "halves.store", len(files) // 2
    for some in (files[half:], files[:half]):
        command = [sys.executable, "-m", "onrecord", "add", *some, "--store", str(store), "-q"]
        subprocess.run(command, check=True)
    out = folder / "out"
    command = [sys.executable, "-m", "onrecord", "export", str(store), "--out", str(out), "-q"]
    subprocess.run(command, check=True)
    return digest_of(out)


def digest_of(run):
    digest = hashlib.sha256()
    for path in sorted(run.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
