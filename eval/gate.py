"""Check every figure that the docs name against its floor.

    python eval/gate.py --shared ../shared [--only TASK] [--update [--allow-regression]]
    python eval/gate.py --shared ../shared --page docs/figures.md

Compiles the benchmark sets with the package, runs the scorers that lie beside the data, and fails
where a figure is under its floor in `eval/floors.json`. `--update` raises floors to what was
measured (less a margin of half a point, more for links); lowering one takes `--allow-regression` and a line in
the changelog. A floor is bound to the gold data by digest: other data, no comparison.
"""

import argparse
import atexit
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from marked import write

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
MARGIN = 0.5
# Of few links one more or less counts much, and int8 sums differ between kinds of processors:
# the same commit gave cross_outlet.R 49.7 on one and 48.6 on another.
WIDE_MARGINS = {"cross_outlet": 1.5, "response": 3.0}
MARKS = ("<!-- figures -->", "<!-- end of figures -->")


def main():
    options = arguments()
    floors = json.loads(FLOORS.read_text("utf-8"))
    failed, rows = [], []
    for name, task in floors.items():
        if not options.only or name in options.only:
            failed += check(name, task, options, rows)
    if options.page:
        write_page(options.page, rows)
    if options.update:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    elif failed:
        sys.exit("under the floor: " + ", ".join(failed))


def check(name, task, options, rows):
    """Measure one task; return its figures under the floor, or raise the floors to them."""
    data = data_of(task, options.shared)
    digest = gold_digest(data, task["gold"])
    if task.get("digest", digest) != digest and not options.update:
        print(f"{name}: the gold data is not the data of the floor; not compared")
        return []
    figures = measure(task, data, options.shared)
    for figure, floor in task["floors"].items():
        state = "ok" if figures[figure] >= floor else "UNDER THE FLOOR"
        print(f"{name:24s} {figure:28s} {figures[figure]:6.1f}  floor {floor:6.1f}  {state}")
        rows.append((name, figure, figures[figure]))
    if options.update:
        task["digest"] = digest
        raised = {key: round(figures[key] - margin(key), 1) for key in task["floors"]}
        if not options.allow_regression:
            raised = {key: max(raised[key], floor) for key, floor in task["floors"].items()}
        task["floors"] = raised
    return [f"{name} {key}" for key, floor in task["floors"].items() if figures[key] < floor]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only", action="append")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--page", type=Path, help="put the measured figures into this page")
    parser.add_argument("--allow-regression", action="store_true")
    return parser.parse_args()


def write_page(path, rows):
    """Replace what stands between the two marks of a page by the table of figures."""
    before, _, rest = path.read_text("utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    lines = ["", "| task | figure | measured |", "|---|---|---|"]
    lines += [f"| {name} | `{figure}` | {value:.1f} |" for name, figure, value in rows]
    table = "\n".join([*lines, ""])
    path.write_text(f"{before}{MARKS[0]}{table}{MARKS[1]}{after}", "utf-8")


def margin(figure):
    """How far under what was measured the floor of a figure lies, in points."""
    return WIDE_MARGINS.get(figure.split(".")[0], MARGIN)


@cache
def own_stories():
    """Return a folder with our own stories as the scorers want them; it goes when we end."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    write(HERE / "stories", Path(folder.name))
    return Path(folder.name)


def data_of(task, shared):
    return own_stories() if task.get("own") else shared / "data"


def gold_digest(data, gold):
    digest = hashlib.sha256()
    for pattern in gold:
        for path in sorted(data.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def measure(task, data, shared):
    """Return the figures of a task by name, in percent."""
    inputs = [str(path) for pattern in task["input"] for path in sorted(data.glob(pattern))]
    with tempfile.TemporaryDirectory() as folder:
        run, export = f"{folder}/run", f"{folder}/export"
        # A page that cannot be read is a reject and exit code 3; the scorer counts it as missed.
        command(
            "onrecord", "compile", *inputs, "-o", run, "-q", *task.get("options", []), ok=(0, 3)
        )
        command("onrecord", "export", run, "--out", export, "-q", *task.get("export", []))
        scored = [part.format(data=data, export=export) for part in task["score"]]
        scored = [str(path) for part in scored for path in expand(part)]
        return figures_of(command(sys.executable, *scored, prefix=shared / "eval"))


def expand(part):
    if "*" not in part:
        return [part]
    return sorted(Path(part).parent.glob(Path(part).name))


def command(program, *rest, ok=(0,), prefix=None):
    if program == "onrecord":
        whole = [sys.executable, "-m", "onrecord", *rest]
    else:
        whole = [program, str(prefix / rest[0]), *rest[1:]]
    done = subprocess.run(whole, capture_output=True, text=True, check=False)
    if done.returncode not in ok:
        sys.exit(f"{' '.join(whole[:6])} ... failed:\n{done.stderr[-2000:]}")
    return done.stdout


def figures_of(printed):
    """Read the scorers' tables: `name P R F1 ...`, `name P x R y F1 z`, `... P x  R y  F1 z`."""
    figures = {}
    for line in printed.splitlines():
        row = re.match(r"([\w.]+)\s+(\d+\.\d)\s+(\d+\.\d)\s+(\d+\.\d)\s", line + " ")
        name = re.match(r"[\w.-]+", line)
        if row:
            for kind, value in zip(("P", "R", "F1"), row.groups()[1:], strict=True):
                figures[f"{row.group(1)}.{kind}"] = float(value)
        elif name:
            for kind, value in re.findall(r"\b(P|R|F1)\s+(\d+\.\d)", line):
                figures[f"{name.group()}.{kind}"] = float(value)
    return figures


if __name__ == "__main__":
    main()
