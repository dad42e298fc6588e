"""One digest whatever the order, the number of workers, the hash seed, the zone or the clock.

    python eval/trust/order.py ../shared/data/record-gold/articles.jsonl

Compiles the rows of a file again and again: ten shuffled orders, one and two and four workers,
three hash seeds, three time zones, a clock at 2001 and at 2038 (by `faketime`, where installed);
and adds them to a store in two halves, and in ten. Everything must come out the same, byte
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
    parser.add_argument("--tier", choices=("rules", "model", "auto"), default="auto")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_rows(options.rows, folder / "rows")
        digests = dict(all_ways(files, folder, options.tier))
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


def all_ways(files, folder, tier):
    for seed in range(10):
        shuffled = random.Random(seed).sample(files, len(files))
        yield f"order {seed}", compiled(shuffled, folder, tier)
    for workers in (1, 2, 4):
        yield f"workers {workers}", compiled(files, folder, tier, "--workers", str(workers))
    for seed in ("0", "1", "2"):
        yield f"hash seed {seed}", compiled(files, folder, tier, PYTHONHASHSEED=seed)
    for zone in ("UTC", "Pacific/Auckland", "America/St_Johns"):
        yield f"zone {zone}", compiled(files, folder, tier, TZ=zone)
    for clock in ("2001-01-01 00:00:00", "2038-02-01 00:00:00"):
        if shutil.which("faketime"):
            yield f"clock {clock[:4]}", compiled(files, folder, tier, before=("faketime", clock))
        else:
            print(f"clock {clock[:4]}: not tried, faketime is not installed")
    for parts in (2, 10):
        yield f"store in {parts} parts", stored(files, folder, tier, parts)


def compiled(files, folder, tier, *options, before=(), **environment):
    run = folder / "run"
    command = [*before, sys.executable, "-m", "onrecord", "compile", *files, "-o", str(run)]
    command += ["--tier", tier, "-q", *options]
    subprocess.run(command, check=True, env=os.environ | environment)
    return digest_of(run)


def stored(files, folder, tier, parts):
    store, out = folder / f"{parts}.store", folder / "out"
    shuffled = random.Random(parts).sample(files, len(files))
    for part in range(parts):
        command = [sys.executable, "-m", "onrecord", "add", *shuffled[part::parts]]
        command += ["--store", str(store), "--tier", tier, "-q"]
        subprocess.run(command, check=True)
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
