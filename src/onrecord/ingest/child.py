"""The child process that parses pages for `guard`: frames in, frames out, limits on itself."""

import contextlib
import os
import resource
import signal
import sys
from pathlib import Path

import msgspec

from onrecord.ingest.documents import Document, Limits
from onrecord.ingest.guard import FRAME, Answer
from onrecord.ingest.reading import read_here
from onrecord.records import Article, Reject
from onrecord.resources import load_resources

__all__ = ["main"]

_MEGABYTE = 1 << 20
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Document).decode


def main() -> None:
    """Read documents from standard input until it ends; answer each on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not end up between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    resources = load_resources(sys.argv[1])
    # Before the first page, so that its limits are not spent on importing the readers.
    import onrecord.ingest.page  # noqa: F401, PLC0415

    # The parent waits for this, so that the start is not counted as the first page's time.
    answers.write(FRAME.pack(0))
    answers.flush()
    while True:
        head = sys.stdin.buffer.read(FRAME.size)
        if len(head) < FRAME.size:
            return
        document = _decode(sys.stdin.buffer.read(FRAME.unpack(head)[0]))
        _limit(document.limits)
        try:
            item = read_here(document, resources)
        except MemoryError:
            detail = f"more than {document.limits.memory_megabytes} MB of memory needed"
            item = Reject(locator=document.locator, reason="memory_limit", detail=detail)
        frame = _encode(_answer(item))
        answers.write(FRAME.pack(len(frame)) + frame)
        answers.flush()


def _answer(item: Article | Reject) -> Answer:
    if isinstance(item, Article):
        return Answer(article=item, megabytes=_peak())
    return Answer(reject=item, megabytes=_peak())


def _peak() -> int:
    """Return the most memory, in megabytes, that this program has held.

    On Linux `ru_maxrss` starts at what the parent held when it forked, so a child of a large
    parent would look worn at once; the peak of the address space starts anew with the program.
    """
    if not sys.platform.startswith("linux"):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE
    status = Path("/proc/self/status").read_text("ascii", "replace")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


def _limit(limits: Limits) -> None:
    """Allow this process so much more time and memory than it has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Some systems refuse limits, containers among them; the waiting time still holds.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.cpu_seconds, hard))
    mapped = _mapped()
    if mapped:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        with contextlib.suppress(ValueError, OSError):
            allowed = mapped + limits.memory_megabytes * _MEGABYTE
            resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _mapped() -> int:
    """Return the bytes of address space in use, or 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


if __name__ == "__main__":
    main()
