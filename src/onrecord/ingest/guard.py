"""Reading pages in a child process that can be killed: no document takes the run down.

Parsers written in C can crash, hang or eat all memory on a page made for it. Each process
that reads pages therefore owns one child that parses for it, under limits of processor time,
waiting time and memory. A page at which the child dies or runs out of memory is tried again in
a fresh child, so that the outcome does not depend on what was read before, and then becomes a
reject that says why. A page that takes too long would take as long again: it is not tried twice.
"""

import atexit
import os
import select
import signal
import struct
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import msgspec

import onrecord
from onrecord.ingest.documents import Document, Limits
from onrecord.records import Article, Reject, Row

__all__ = ["Answer", "can_guard", "read_in_child"]

FRAME = struct.Struct("<I")
_CHUNK = 1 << 16
# A child that has grown beyond this is replaced by a fresh one.
_WORN_MEGABYTES = 400
_EXIT_SECONDS = 5.0
# It imports its readers in a second or two; more only on a machine that is swamped.
_START_SECONDS = 120.0
# A child that wants to work and is not let by others gets its time of waiting so often again:
# which articles are in a record must not depend on what else the machine does.
_MORE_ROUNDS = 20
_UTIME, _STIME = 11, 12  # of proc(5), counted behind the name
_WORKING = "RD"
"""States of a process that runs, could run, or has its memory fetched from disk."""


class Answer(Row, frozen=True, kw_only=True):
    """What a child says of one document."""

    article: Article | None = None
    reject: Reject | None = None
    megabytes: int = 0
    """Peak resident memory of the child so far."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Answer).decode


class _BrokenChildError(Exception):
    """The child was killed or died; `reason` is a word of `reasons.REASONS`.

    `left` is what remains of the page's time of waiting, where that has begun.
    """

    def __init__(self, reason: str, detail: str, left: float | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.left = left


def can_guard() -> bool:
    """Return whether this system has what guarding needs (pipes to wait on, limits)."""
    return os.name == "posix"


def read_in_child(document: Document, language: str) -> Article | Reject:
    """Return what a child process reads in *document*, which carries its bytes."""
    guard = _guard(language)
    left = float(document.limits.wall_seconds)
    for fresh in (False, True):
        try:
            answer, left = guard.ask(document, left, fresh=fresh)
        except _BrokenChildError as error:
            left = left if error.left is None else error.left
            if fresh or error.reason == "time_limit":
                return Reject(locator=document.locator, reason=error.reason, detail=error.detail)
            continue
        if answer.reject is not None and answer.reject.reason == "memory_limit" and not fresh:
            continue
        return _outcome(answer, document)
    raise AssertionError("unreachable")


def _outcome(answer: Answer, document: Document) -> Article | Reject:
    if answer.article is not None:
        return answer.article
    return answer.reject or Reject(
        locator=document.locator, reason="crashed", detail="the reader gave an empty answer"
    )


@cache
def _guard(language: str) -> "_Guard":
    guard = _Guard(language)
    atexit.register(guard.stop)
    return guard


class _Guard:
    """Owner of one child process at a time."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._owner = os.getpid()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, document: Document, seconds: float, *, fresh: bool) -> tuple[Answer, float]:
        """Return the child's answer on *document*, and what is left of *seconds* of waiting.

        The start of a child is not the page's time.

        Raises:
            _BrokenChildError: the child broke a limit or died.
        """
        if fresh or self._owner != os.getpid():
            self.stop()
        child = self._child or self._start()
        wait = _Patience(child.pid, document.limits, seconds)
        try:
            frame = _encode(document)
            self._send(child, FRAME.pack(len(frame)) + frame, wait)
            size = FRAME.unpack(self._receive(child, FRAME.size, wait))[0]
            answer = _decode(self._receive(child, size, wait))
        except TimeoutError as error:
            self.stop()
            raise _BrokenChildError(
                "time_limit", f"not read within {document.limits.wall_seconds} seconds"
            ) from error
        except (OSError, EOFError, msgspec.DecodeError) as error:
            raise self._broken(document.limits, wait) from error
        if answer.megabytes > _WORN_MEGABYTES:
            self.stop()
        return answer, wait.rest()

    def stop(self) -> None:
        """Kill the child, if there is one and it is ours."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            self._owner = os.getpid()
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        home = str(Path(onrecord.__file__).parents[1])
        path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH")) if part)
        self._owner = os.getpid()
        self._child = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", "onrecord.ingest.child", self._language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": path},
        )
        try:
            self._receive(self._child, FRAME.size, _Patience(0, Limits(), _START_SECONDS))
        except (OSError, EOFError) as error:
            self.stop()
            raise _BrokenChildError("crashed", "the reader could not be started") from error
        return self._child

    def _broken(self, limits: Limits, wait: "_Patience") -> _BrokenChildError:
        """Return what became of a child that no longer answers."""
        child = self._child
        left = wait.rest()
        if child is None:
            return _BrokenChildError("crashed", "the reader could not be started")
        try:
            code = child.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        self.stop()
        if code == -signal.SIGXCPU:
            detail = f"not read within {limits.cpu_seconds} seconds of processor time"
            return _BrokenChildError("time_limit", detail)
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return _BrokenChildError("crashed", f"the reader died on it ({name})", left)

    @staticmethod
    def _send(child: "subprocess.Popen[bytes]", data: bytes, wait: "_Patience") -> None:
        if child.stdin is None:
            raise EOFError
        descriptor = child.stdin.fileno()
        os.set_blocking(descriptor, False)
        view = memoryview(data)
        while view:
            _, ready, _ = select.select([], [descriptor], [], wait.left())
            if not ready:
                continue
            view = view[os.write(descriptor, view[:_CHUNK]) :]

    @staticmethod
    def _receive(child: "subprocess.Popen[bytes]", size: int, wait: "_Patience") -> bytes:
        if child.stdout is None:
            raise EOFError
        descriptor = child.stdout.fileno()
        parts: list[bytes] = []
        while size:
            # What has come counts, also where we ourselves were kept from fetching it in time.
            if not select.select([descriptor], [], [], 0)[0]:
                select.select([descriptor], [], [], wait.left())
                continue
            part = os.read(descriptor, min(size, _CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class _Patience:
    """How long a child is waited for."""

    def __init__(self, child: int, limits: Limits, seconds: float) -> None:
        self._child = child
        self._limits = limits
        self._deadline = time.monotonic() + seconds
        self._rounds = _MORE_ROUNDS
        self._spent = _processor_seconds(child)

    def rest(self) -> float:
        """Return the seconds to the deadline, which may have passed."""
        return self._deadline - time.monotonic()

    def left(self) -> float:
        """Return the seconds to wait.

        Raises:
            TimeoutError: none are left.
        """
        while self.rest() <= 0 and self._rounds and self._is_kept_from_work():
            self._rounds -= 1
            self._deadline += self._limits.wall_seconds
        left = self.rest()
        if left <= 0:
            raise TimeoutError
        return left

    def _is_kept_from_work(self) -> bool:
        """Return whether the child would work on, and has had little processor time to do it."""
        now = _processor_seconds(self._child)
        if now is None or self._spent is None:
            return False
        return _state(self._child) in _WORKING and now - self._spent < self._limits.cpu_seconds


def _stat(child: int) -> list[str]:
    """Return the fields of a process behind its name, none where the system does not tell."""
    try:
        line = Path(f"/proc/{child}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return line.rpartition(")")[2].split()


def _state(child: int) -> str:
    return next(iter(_stat(child)), "-")


def _processor_seconds(child: int) -> float | None:
    """Return the processor time that a process has had, if the system tells."""
    fields = _stat(child)
    if len(fields) <= _STIME:
        return None
    return (int(fields[_UTIME]) + int(fields[_STIME])) / os.sysconf("SC_CLK_TCK")
