"""Put hostile files through `onrecord compile` and account for every one.

    python eval/trust/hostile_compile.py [../shared/data] [--generated 50000] [--slice 1000]

Generated files (see `hostile_inputs.py`) and the strings and files of the corpora in *../shared/data*
(html5lib, naughty strings, attack strings, feeds, WARC, encodings) are written in slices into a
folder, which the command reads as a user's would be. Checks of each slice: it ends, with exit code
0 or 3 and no traceback; every file is in `articles` or `rejects`, every row of a JSON lines file
once; `onrecord check` finds no broken promise; peak memory of the command at most 512 MB, of each
child at most 1 GB. Exits with 1 where one fails.
"""

import argparse
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hostile_inputs import HostileFile, generated
from hostile_pages import corpora

PARENT_MEGABYTES, CHILD_MEGABYTES = 512, 1024
HANG_SECONDS = 3_600
PROGRAM = (sys.executable, "-m", "onrecord")
# These end in one row of articles or rejects for each record that they hold.
_CONTAINERS = (".jsonl", ".warc", ".warc.gz", ".xml", ".json", ".arc.gz", ".arc")


class Outcome(NamedTuple):
    """What became of a slice."""

    files: int
    articles: int
    rejects: collections.Counter[str]
    parent: int
    child: int
    seconds: float
    faults: list[str]


def corpus_files(shared: Path) -> Iterator[HostileFile]:
    """Yield the strings of the corpora as pages, and the files that are feeds and archives."""
    number = 0
    for name, pages in corpora(shared / "hostile", 0):
        for data in pages:
            yield HostileFile(f"{name.replace(' ', '-')}-{number:06}.html", data, 1)
            number += 1
    for folder in (shared / "warc", shared / "hostile"):
        for path in sorted(folder.rglob("*")):
            ending = next(
                (e for e in (".warc.gz", ".warc", ".arc.gz", ".arc") if path.name.endswith(e)), ""
            )
            if ending or ("feedparser" in path.parts and path.suffix == ".xml"):
                number += 1
                yield HostileFile(f"file-{number:06}{ending or '.xml'}", path.read_bytes(), None)


class Watch(threading.Thread):
    """Peak resident memory of a process, and the largest peak of its children, in megabytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.parent = self.child = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Look every 50 ms; the system keeps the peak, so short ones are seen as well."""
        while not self.over.wait(0.05):
            self.parent = max(self.parent, peak(self._pid))
            self.child = max([self.child, *(peak(pid) for pid in children(self._pid))])


def peak(pid: int) -> int:
    """Return the peak resident memory of a process in megabytes; 0 where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    found = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0].split()[1]) // 1024 if found else 0


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def compiled(files: Sequence[HostileFile], folder: Path) -> Outcome:
    """Write *files* below *folder*, compile them, and return what became of them."""
    pages, run = folder / "pages", folder / "run"
    pages.mkdir()
    for file in files:
        (pages / file.name).write_bytes(file.data)
    command = [*PROGRAM, "compile", "pages", "-o", "run", "-q", "--tier", "rules"]
    start = time.monotonic()
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(command, cwd=folder, stderr=errors, stdout=errors)
        watch = Watch(process.pid)
        watch.start()
        try:
            code: int | str = process.wait(HANG_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = "a hang"
    watch.over.set()
    watch.join()
    seconds = time.monotonic() - start
    told = (folder / "errors").read_text("utf-8", "replace")
    faults = (
        [f"ended with {code}: {told[-400:]}"] if code not in (0, 3) or "Traceback" in told else []
    )
    if not run.is_dir():
        return Outcome(
            len(files), 0, collections.Counter(), watch.parent, watch.child, seconds, faults
        )
    articles, rejects = rows(run / "articles.jsonl"), rows(run / "rejects.jsonl")
    faults += unaccounted(files, [row["locator"] for row in (*articles, *rejects)])
    faults += [f"parent took {watch.parent} MB"] * (watch.parent > PARENT_MEGABYTES)
    faults += [f"a child took {watch.child} MB"] * (watch.child > CHILD_MEGABYTES)
    check = subprocess.run(
        [*PROGRAM, "check", "run", "-q"], cwd=folder, capture_output=True, check=False
    )
    faults += [f"check: {check.stderr.decode()[-400:]}"] * (check.returncode != 0)
    reasons = collections.Counter(row["reason"] for row in rejects)
    faults += [f"{reasons['failed']} failed in a stage"] * bool(reasons["failed"])
    return Outcome(len(files), len(articles), reasons, watch.parent, watch.child, seconds, faults)


def rows(path: Path) -> list[dict[str, str]]:
    """Return locator and reason of each row of a table."""
    with path.open(encoding="utf-8") as lines:
        return [
            {key: row.get(key) or "" for key in ("locator", "reason")}
            for row in map(json.loads, lines)
        ]


def unaccounted(files: Sequence[HostileFile], locators: Sequence[str]) -> list[str]:
    """Return a line for each file that is not, or not as often as it must be, in the tables."""
    named = collections.Counter(locator.partition("#")[0] for locator in locators)
    twice = [locator for locator, count in collections.Counter(locators).items() if count > 1]
    faults = [f"{locator} is there twice" for locator in twice]
    for file in files:
        seen = named[f"pages/{file.name}"]
        if seen != file.documents if file.documents is not None else seen == 0:
            faults.append(f"{file.name}: {seen} rows, wanted {file.documents or 'some'}")
    return faults


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--generated", type=int, default=50_000)
    parser.add_argument("--slice", type=int, default=1_000)
    options = parser.parse_args()
    source = Path(__file__).parents[2] / "src"
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, (str(source), os.environ.get("PYTHONPATH")))
    )
    parts = {"generated": generated(options.generated)}
    if options.shared.is_dir():
        parts["corpora"] = corpus_files(options.shared)
    faults = 0
    for name, files in parts.items():
        total = Outcome(0, 0, collections.Counter(), 0, 0, 0.0, [])
        while part := list(itertools.islice(files, options.slice)):
            with tempfile.TemporaryDirectory() as folder:
                done = compiled(part, Path(folder))
            for fault in done.faults:
                print(f"FAULT {fault}", flush=True)
            total = Outcome(
                total.files + done.files,
                total.articles + done.articles,
                total.rejects + done.rejects,
                max(total.parent, done.parent),
                max(total.child, done.child),
                total.seconds + done.seconds,
                total.faults + done.faults,
            )
            print(
                f"{name} {total.files} files, {total.seconds:.0f} s, faults {len(total.faults)}",
                flush=True,
            )
        reasons = ", ".join(f"{key} {count}" for key, count in sorted(total.rejects.items()))
        print(
            f"{name}: {total.files} files: {total.articles} articles, {total.rejects.total()} rejects ({reasons}); "
            f"peak memory: command {total.parent} MB, child {total.child} MB; faults {len(total.faults)}"
        )
        faults += len(total.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
