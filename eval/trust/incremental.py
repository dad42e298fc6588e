"""A store that grew in random orders and batches gives the tables of one run over everything.

    python eval/trust/incremental.py --orders 20 ../shared/data/basil/articles.jsonl \\
        ../shared/data/galaxy/*.jsonl

For each order the articles are shuffled, cut into batches at random places, and the last ones come
one at a time; after the last, every table must be that of `compile`, byte for byte, manifest too.
Rows are written one a file, so that their locators do not depend on the order.
"""

import argparse
import random
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from children import tables_digest

from onrecord.adding import add, write_store_run
from onrecord.compiling import compile_run
from onrecord.config import Settings

BATCHES = 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("--orders", type=int, default=20)
    parser.add_argument("--singles", type=int, default=5)
    parser.add_argument("--articles", type=int, help="so many of the rows, spread evenly")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_rows(options.rows, folder / "rows", options.articles)
        compile_run(files, folder / "run", Settings(tier="rules"))
        wanted, wrong = tables_digest(folder / "run"), 0
        print(f"articles {len(files)}  compiled {wanted[:16]}", flush=True)
        for seed in range(options.orders):
            start = time.perf_counter()
            batches = list(cut(files, options.singles, random.Random(seed)))
            found = grown(batches, folder / f"{seed}.store", folder / "grown")
            wrong += found != wanted
            took = time.perf_counter() - start
            print(f"order {seed}  batches {len(batches)}  {found[:16]}  {took:.0f} s", flush=True)
    print(f"orders {options.orders}  other bytes {wrong}")
    sys.exit(wrong > 0)


def write_rows(sources, folder, most):
    folder.mkdir()
    lines = [
        line for path in sources for line in path.read_text("utf-8").split("\n") if line.strip()
    ]
    if most and most < len(lines):
        lines = [lines[number * len(lines) // most] for number in range(most)]
    files = []
    for number, line in enumerate(lines):
        path = folder / f"{number:05d}.jsonl"
        path.write_text(line + "\n", "utf-8")
        files.append(str(path))
    return files


def cut(files, singles, dice):
    """Yield *files*, shuffled, in a few batches of any size, the last *singles* one by one."""
    shuffled = dice.sample(files, len(files))
    bulk = max(1, len(shuffled) - singles)
    marks = [0, *sorted(dice.randrange(bulk + 1) for _ in range(BATCHES - 1)), bulk]
    for first, last in pairwise(marks):
        if last > first:
            yield shuffled[first:last]
    for file in shuffled[bulk:]:
        yield [file]


def grown(batches, store, run):
    for batch in batches:
        add(batch, store, tier="rules")
    write_store_run(store, run)
    for path in store.parent.glob(f"{store.name}*"):
        path.unlink()
    return tables_digest(run)


if __name__ == "__main__":
    main()
