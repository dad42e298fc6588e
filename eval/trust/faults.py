"""Let every k-th call on the files of a store or a run fail once, and fill a store's disk.

    python eval/trust/faults.py --step 1        # every call in turn; a larger step, fewer runs
    python eval/trust/faults.py --disk          # a small tmpfs; needs root

For each read, write, sync, open, rename, unlink, truncation and mapping of adding, erasing,
migrating, exporting, searching, and of compiling a run in the place of another: the command runs on
invented articles while that one call fails. It must say so in one line, or not be hurt at all; every
input that was acknowledged must be there; tables beside a manifest must be those of the record, and
a run must be whole, the old one or the new; and the same command, given again without the fault,
must end with the bytes of an undisturbed one.
"""

import argparse
import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from children import export_digest, onrecord, run, start, tables_digest
from kills import keys, make_older, remove, save, sound, write_articles

HERE = Path(__file__).parent
FAULTS = ("lost", "corrupt", "other bytes", "unclear", "stuck")
KINDS = (
    ("write", errno.EIO),
    ("write", errno.ENOSPC),
    ("read", errno.EIO),
    ("sync", errno.EIO),
    ("sync", errno.ENOSPC),
    ("open", errno.EIO),
    ("open", errno.ENOSPC),
    ("open", errno.EMFILE),
    ("rename", errno.EIO),
    ("rename", errno.ENOSPC),
    ("unlink", errno.EIO),
    ("truncate", errno.EIO),
    ("mmap", errno.ENOMEM),
)
COMMANDS = ("add", "erase", "migrate", "export", "search", "compile")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--articles", type=int, default=8)
    parser.add_argument("--disk", action="store_true")
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=COMMANDS)
    parser.add_argument("--kinds", nargs="+", default=[kind for kind, _ in KINDS])
    parser.add_argument(
        "--errors", nargs="+", default=sorted({errno.errorcode[error] for _, error in KINDS})
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "LD_PRELOAD" not in os.environ:
            sys.exit(again_with_library(folder))
        bench = Bench(folder, options.articles)
        if options.disk:
            bench.full_disk()
        else:
            for command in options.commands:
                for kind, error in KINDS:
                    if kind in options.kinds and errno.errorcode[error] in options.errors:
                        bench.each_call(command, kind, error, options.first, options.step)
    print("\n".join(f"{count:7,} {name}" for name, count in sorted(bench.counts.items())))
    if any(bench.counts[fault] for fault in FAULTS):
        sys.exit(1)


def again_with_library(folder):
    """Build the library that makes calls fail, and run this program with it loaded first."""
    library = folder / "failing_calls.so"
    build = ["gcc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "failing_calls.c", "-ldl"]
    subprocess.run(build, check=True)
    environment = os.environ | {"LD_PRELOAD": str(library)}
    return subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode


class Bench:
    """A folder with articles, undisturbed stores, and what failing calls have shown so far."""

    def __init__(self, folder, articles):
        self.folder = folder
        self.counts, self.at = Counter(dict.fromkeys(FAULTS, 0)), ""
        self.messages = folder / "messages"
        self.source = write_articles(folder, articles)
        self.store = folder / "desk.store"
        self.out = folder / "out.store"  # so that calls on it are counted as the store's
        passing = folder / "passing.store"
        passing.mkdir()
        tempfile.tempdir = str(passing)
        add = onrecord("add", self.source, "--store", self.store, "--tier", "rules")
        erase = onrecord("erase", "--store", self.store, "--person", "Mara Quill")
        export = onrecord("export", self.store, "--out", self.out)
        search = onrecord("search", self.store, "crane", "--limit", 3)
        self.run = folder / "run.store"
        again = onrecord("compile", self.source, "-o", self.run, "--tier", "rules", "-q")
        self.work = {"add": add, "erase": erase, "migrate": add, "export": export}
        self.work |= {"search": search, "compile": again}
        if run(add) or run(export) or run(again) or run(search, self.messages):
            sys.exit("the undisturbed command failed")
        self.tables, self.compiled = tables_digest(self.out), tables_digest(self.run)
        self.found = self.messages.read_text("utf-8")
        self.whole, self.older = folder / "kept-whole", folder / "kept-older"
        save(self.store, self.whole)
        added = export_digest(self.store)
        make_older(self.store)
        save(self.store, self.older)
        save(self.whole, self.store)
        run(erase)
        self.wanted = {"add": added, "migrate": added, "erase": export_digest(self.store)}

    def prepare(self, command):
        remove(self.store)
        shutil.rmtree(self.out, ignore_errors=True)
        if command != "add":
            save(self.older if command == "migrate" else self.whole, self.store)

    def each_call(self, command, kind, error, first, step):
        self.prepare(command)
        calls = self.attempt(command, kind, 0, error)[2]
        for at in range(first, calls + 1, step):
            self.prepare(command)
            code, acknowledged, _ = self.attempt(command, kind, at, error)
            self.counts[f"{command}: failing {kind}, {errno.errorcode[error]}"] += 1
            self.at = f"{command}: {kind} {at}, {errno.errorcode[error]}"
            self.counts["calls that failed"] += 1
            self.judge(code)
            self.look(command, acknowledged)
            self.resume(command)
        name = f"{command}: failing {kind}, {errno.errorcode[error]}"
        print(f"{self.counts[name]:7,} {name}", file=sys.stderr, flush=True)

    def attempt(self, command, kind, at, error):
        """Run a command with one call failing; return its code, what it acknowledged, calls seen."""
        reader, writer = os.pipe()
        count = self.folder / "count"

        def hurt():
            os.environ.update(
                FAIL_CALL=kind, FAIL_AT=str(at), FAIL_PATH=".store", FAIL_WITH=str(error)
            )
            try:
                self.work[command]()
            finally:
                del os.environ["FAIL_CALL"]
                count.write_text(str(ctypes.c_long.in_dll(ctypes.CDLL(None), "seen").value))

        child = start(hurt, self.messages, writer)
        os.close(writer)
        with os.fdopen(reader, "rb") as lines:
            acknowledged = set(lines.read().decode().split("\n")[:-1])
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, acknowledged, int(count.read_text("ascii"))

    def judge(self, code):
        """A fault costs one clear line and exit code 1, or nothing at all."""
        said = self.messages.read_text("utf-8")
        self.counts["not hurt" if code == 0 else "reported"] += 1
        if code not in (0, 1) or "Traceback" in said or (code == 1 and said.count("\n") != 1):
            self.fault("unclear", f"code {code}: {said[-1500:]}")

    def fault(self, name, more=""):
        self.counts[name] += 1
        print(f"{name}: {self.at} {more}", file=sys.stderr, flush=True)

    def look(self, command, acknowledged):
        held = keys(self.store)
        expected = acknowledged if command == "add" else keys(self.whole)
        if command != "erase" and expected - held:
            self.fault("lost", len(expected - held))
        if not sound(self.store):
            self.fault("corrupt")
        if command == "export" and (self.out / "manifest.json").exists():
            self.compare(tables_digest(self.out), self.tables)
        if command == "compile":
            self.compare(tables_digest(self.run), self.compiled)

    def resume(self, command):
        if run(self.work[command], self.messages):
            self.fault("stuck", self.messages.read_text("utf-8")[-800:])
        elif command == "export":
            self.compare(tables_digest(self.out), self.tables)
        elif command == "compile":
            self.compare(tables_digest(self.run), self.compiled)
        elif command == "search":
            self.compare(self.messages.read_text("utf-8"), self.found)
        else:
            self.compare(export_digest(self.store), self.wanted[command])

    def compare(self, got, wanted):
        if got != wanted:
            self.fault("other bytes")

    def full_disk(self):
        """Give a store too little room, then, size by size, a little more, until it is done."""
        place = self.folder / "small"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(place)], check=True)
        self.store = place / "desk.store"
        add = onrecord("add", self.source, "--store", self.store, "--tier", "rules")
        self.work["add"] = add
        acknowledged = set()
        try:
            for kilobytes in range(48, 4000, 16):
                grow = ["mount", "-o", f"remount,size={kilobytes}k", str(place)]
                subprocess.run(grow, check=True)
                code, more, _ = self.attempt("add", "none", 0, 0)
                acknowledged |= more
                self.judge(code)
                self.look("add", acknowledged)
                if code == 0:
                    break
            kept = self.folder / "desk.store"
            save(self.store, kept)
            self.compare(export_digest(kept), self.wanted["add"])
        finally:
            subprocess.run(["umount", str(place)], check=True)


if __name__ == "__main__":
    main()
