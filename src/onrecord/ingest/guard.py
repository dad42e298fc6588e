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
        deadline = time.monotonic() + seconds
        try:
            frame = _encode(document)
            self._send(child, FRAME.pack(len(frame)) + frame, deadline)
            size = FRAME.unpack(self._receive(child, FRAME.size, deadline))[0]
            answer = _decode(self._receive(child, size, deadline))
        except TimeoutError as error:
            self.stop()
            raise _BrokenChildError(
                "time_limit", f"not read within {document.limits.wall_seconds} seconds"
            ) from error
        except (OSError, EOFError, msgspec.DecodeError) as error:
            raise self._broken(document.limits, deadline) from error
        if answer.megabytes > _WORN_MEGABYTES:
            self.stop()
        return answer, deadline - time.monotonic()

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
            self._receive(self._child, FRAME.size, time.monotonic() + _START_SECONDS)
        except (OSError, EOFError) as error:
            self.stop()
            raise _BrokenChildError("crashed", "the reader could not be started") from error
        return self._child

    def _broken(self, limits: Limits, deadline: float) -> _BrokenChildError:
        """Return what became of a child that no longer answers."""
        child = self._child
        left = deadline - time.monotonic()
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
    def _send(child: "subprocess.Popen[bytes]", data: bytes, deadline: float) -> None:
        if child.stdin is None:
            raise EOFError
        descriptor = child.stdin.fileno()
        os.set_blocking(descriptor, False)
        view = memoryview(data)
        while view:
            _, ready, _ = select.select([], [descriptor], [], _left(deadline))
            if not ready:
                raise TimeoutError
            view = view[os.write(descriptor, view[:_CHUNK]) :]

    @staticmethod
    def _receive(child: "subprocess.Popen[bytes]", size: int, deadline: float) -> bytes:
        if child.stdout is None:
            raise EOFError
        descriptor = child.stdout.fileno()
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([descriptor], [], [], _left(deadline))
            if not ready:
                raise TimeoutError
            part = os.read(descriptor, min(size, _CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def _left(deadline: float) -> float:
    """Return the seconds left; none left is too late, even if the answer lies there by now."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
