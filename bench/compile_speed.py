"""Words per second and memory of `onrecord compile`, from JSON lines to the finished run.

    python bench/compile_speed.py --shared ../shared                  # 1,000 and 10,000 articles
    python bench/compile_speed.py --shared ../shared --against HEAD~5 # ratio to an earlier commit

On a busy machine only the ratio by processor time tells anything.

The corpora are repeated with changed ids, dates moved apart by a year a round, to the number of
articles asked for. Each figure is of a whole process: start-up, reading, all stages, writing.
Memory is the largest resident set of the process or one of its workers.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")


def main():
    options = arguments()
    trees = {"here": Path(__file__).parent.parent / "src"}
    with tempfile.TemporaryDirectory() as folder:
        if options.against:
            trees[options.against] = earlier(options.against, Path(folder))
        for count in options.articles:
            corpus = Path(folder) / f"{count}.jsonl"
            words = write_corpus(options.shared, count, corpus)
            for workers in options.workers:
                rates = [
                    report(name, tree, corpus, words, workers, options.tier)
                    for name, tree in trees.items()
                ]
                if options.against:
                    wall, cpu = (here / there for here, there in zip(*rates, strict=True))
                    print(
                        f"  ratio to {options.against}: wall {wall:.2f}  processor time {cpu:.2f}"
                    )
        if options.against:
            subprocess.run(
                ["git", "worktree", "remove", "--force", f"{folder}/earlier"], check=True
            )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--tier", default="rules")
    parser.add_argument("--against", help="an earlier commit to compare with")
    return parser.parse_args()


def earlier(commit, folder):
    tree = folder / "earlier"
    subprocess.run(["git", "worktree", "add", "--detach", str(tree), commit], check=True)
    return tree / "src"


def write_corpus(shared, count, path):
    """Write *count* articles of the corpora, repeated with changed ids; return their words."""
    files = [shared / "data/polnear/train.jsonl", shared / "data/polnear/dev.jsonl"]
    rows = [
        json.loads(line) for file in files for line in file.read_text("utf-8").split("\n") if line
    ]
    words = 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            row, turn = rows[number % len(rows)], number // len(rows)
            day = row.get("published") or "2016-01-01"
            fields = {key: row.get(key) for key in ("outlet", "title", "byline", "text")}
            fields |= {
                "id": f"{row['id']}/{turn}",
                "published": f"{int(day[:4]) + turn}{day[4:10]}",
            }
            out.write(json.dumps(fields) + "\n")
            words += len(WORD.findall(row["text"]))
    return words


def report(name, tree, corpus, words, workers, tier):
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "onrecord", "compile", str(corpus), "-o", f"{folder}/run"]
        command += ["--workers", str(workers), "--tier", tier, "-q"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(tree)})
        peak = watch(process)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{name:10s} articles {corpus.stem:>6s}  workers {workers}  words {words:,}  "
        f"wall {seconds:6.1f} s  words/s {words / seconds:8,.0f}  "
        f"words/cpu-s {words / cpu:8,.0f}  memory {peak / 1e6:5.0f} MB"
    )
    return words / seconds, words / cpu


def watch(process):
    """Return the largest resident memory, in bytes, of the process and its children."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, resident(process.pid))
        time.sleep(0.05)
    if process.returncode not in (0, 3):  # 3: some inputs were rejected, and named
        sys.exit(f"the command failed with {process.returncode}")
    return peak


def resident(pid):
    try:
        status = Path(f"/proc/{pid}/statm").read_text("ascii")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    here = int(status.split()[1]) * resource.getpagesize()
    return max([here, *(resident(int(child)) for child in children)])


if __name__ == "__main__":
    main()
