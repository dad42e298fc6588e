"""Run commands of the program in forked children: they start at once and can be killed or hurt.

A child is forked from a process that has imported everything, so that nearly all of its life is
the work that is looked at, not the start of an interpreter.
"""

import hashlib
import os
import sys
import tempfile
import traceback
from pathlib import Path

import onrecord.adding
import onrecord.check
import onrecord.export
from onrecord.cli import main as command
from onrecord.store.file import Store

__all__ = ["export_digest", "onrecord", "run", "start", "tables_digest"]


def onrecord(*words):
    """Return a function that runs the command line of the program."""
    return lambda: command([*map(str, words)], prog_name="onrecord")


def start(work, messages=None, acknowledged=None):
    """Fork a child that runs *work*; return its process id.

    *messages* is a file for what it says; to the descriptor *acknowledged* it writes the key of
    every input once the store has said that it is kept.
    """
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        target = os.open(messages or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, 1)
        os.dup2(target, 2)
        if acknowledged is not None:
            _acknowledge(acknowledged)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the child died of
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # without the parent's clean-up: its folders are not the child's


def run(work, messages=None):
    """Run *work* in a child to its end; return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(start(work, messages), 0)[1])


def export_digest(store):
    """Return a digest of the tables that an export of *store* writes; None where it fails."""
    with tempfile.TemporaryDirectory(dir=store.parent) as out:
        if run(onrecord("export", store, "--out", out, "-q")):
            return None
        return tables_digest(Path(out))


def tables_digest(folder):
    """Return a digest of the tables and the manifest in *folder*."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("manifest.json")]):
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


def _acknowledge(descriptor):
    keep = Store.keep

    def kept(self, *, key, **rest):
        keep(self, key=key, **rest)
        os.write(descriptor, f"{key}\n".encode())

    Store.keep = kept
