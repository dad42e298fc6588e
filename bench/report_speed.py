"""Seconds from saved pages to the finished report, a cold process each time.

    python bench/report_speed.py                # ten pages of the demo story, both tiers
    python bench/report_speed.py pages/ --runs 3

"Cold" is a new Python process with nothing loaded; the pages are in the cache of the system.
Wall time includes waiting for a processor that others use; processor time does not.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = Path(__file__).parent.parent / "src" / "onrecord" / "data" / "demo" / "pages"


def main():
    options = arguments()
    pages = options.pages or sorted(PAGES.glob("*.htm*"))[: options.count]
    for tier in options.tiers:
        rows = [one_run(pages, tier) for _ in range(options.runs)]
        print(f"{tier:5}  {len(pages)} inputs, {rows[0][2] / 1000:.0f} kB, {options.runs} runs")
        for name, values in (("wall", [row[0] for row in rows]), ("cpu", [row[1] for row in rows])):
            middle = statistics.median(values)
            print(
                f"  {name:4} s  median {middle:.2f}  min {min(values):.2f}  max {max(values):.2f}"
            )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=10, help="pages of the demo story")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tiers", nargs="*", default=["rules", "model"])
    return parser.parse_args()


def one_run(pages, tier):
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.html"
        command = [sys.executable, "-m", "onrecord", "report", *map(str, pages)]
        command += ["--tier", tier, "-q", "-o", str(output)]
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, check=True)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
        return wall, cpu, output.stat().st_size


if __name__ == "__main__":
    main()
