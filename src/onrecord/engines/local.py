"""Run stages on this machine: in this process, or in a pool of worker processes.

Rows cross process borders and wait on disk as MessagePack, never as pickled objects; batches
come back in the order they were sent, so the number of workers changes nothing but the time.
"""

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from onrecord.config import Settings
from onrecord.engines import collect_rarely
from onrecord.engines.meeting import meet
from onrecord.errors import EngineError, OnrecordError
from onrecord.records import Row
from onrecord.resources import Resources, load_resources
from onrecord.spool import KeyedTable, Spool, SpoolTable, encode_row
from onrecord.stage import Group, Map, Meet, Table, Whole

__all__ = ["LocalEngine"]

In = TypeVar("In", bound=Row)
Out = TypeVar("Out", bound=Row)
Side = TypeVar("Side", bound=Row)
Part = TypeVar("Part", bound=Row)

Line = tuple[str, bytes]
"""The key of a row, and the row encoded."""

_BATCH_ROWS = 16
"""Large enough to hide the cost of sending, small enough to keep two workers busy at the end."""
_BATCHES_AHEAD = 3
"""Batches sent per worker before the oldest answer is awaited: bounds the memory in flight."""


class LocalEngine:
    """Run stages here, with rows between them in a spool that may go to disk.

    Use as a context manager: leaving it stops the workers and frees the spool, so read the
    tables before.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        workers: int = 1,
        tick: Callable[[str], None] | None = None,
    ) -> None:
        """Start no process yet; *tick* is called with the stage's name after each row."""
        self._settings = settings
        self._workers = max(1, workers)
        self._tick = tick or (lambda _: None)
        self._spool = Spool()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Return the engine."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the workers and free the spool."""
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)
        self._spool.close()

    @property
    def resources(self) -> Resources:
        """The word lists and weights that the stages are given."""
        settings = self._settings
        return load_resources(settings.language, settings.aliases, settings.tier)

    def map(self, rows: Iterable[In], stage: Map[In, Out]) -> Table[Out]:
        """Return one row for each of *rows*."""
        for lines in self.stream(rows, stage):
            self._spool.add(stage.name, lines)
        return SpoolTable(self._spool, stage.name, stage.out)

    def stream(self, rows: Iterable[In], stage: Map[In, Out]) -> Iterator[list[Line]]:
        """Yield what *stage* makes of *rows*, in their order, in batches of keys and encoded rows.

        For whoever keeps the rows somewhere else than in the spool of this engine.
        """
        batches = _chunks(map(encode_row, rows), _BATCH_ROWS)
        for lines in self._run(_map_batch, stage, batches):
            for _ in lines:
                self._tick(stage.name)
            yield lines

    def whole(self, rows: Sequence[In], stage: Whole[In, Out]) -> list[Out]:
        """Return the rows that *stage* makes of all *rows*."""
        return stage.run(rows, self.resources)

    def group(
        self,
        table: Table[In],
        groups: Mapping[str, Sequence[str]],
        side: Mapping[str, Sequence[Side]],
        stage: Group[In, Side, Out],
    ) -> Table[Out]:
        """Return one row per group, in the order of their ids.

        Raises:
            OnrecordError: *table* was not made by this kind of engine.
        """
        if not isinstance(table, KeyedTable):
            raise OnrecordError("a table of another engine cannot be grouped here")
        names = sorted(groups)
        jobs = (
            (name, table.pick(groups[name]), [encode_row(row) for row in side.get(name, ())])
            for name in names
        )
        for lines in self._run(_group_one, stage, ([job] for job in jobs)):
            self._spool.add(stage.name, lines)
            self._tick(stage.name)
        return SpoolTable(self._spool, stage.name, stage.out)

    def meet(self, table: Table[Any], stage: Meet[In, Part, Out]) -> list[Out]:
        """Return what *stage* makes of each part of *table* that meets one of another row."""
        return list(meet(table, stage, self.resources))

    def _run(
        self, work: Callable[..., list[Line]], stage: Any, batches: Iterable[list[Any]]
    ) -> Iterator[list[Line]]:
        """Yield what *work* makes of each batch, in order, here or in the pool."""
        if self._workers == 1:
            for batch in batches:
                yield work(stage, batch, self.resources)
            return
        pool = self._start_pool()
        waiting: deque[Future[list[Line]]] = deque()
        try:
            for batch in batches:
                with _interrupts_held():
                    waiting.append(pool.submit(_in_worker, work, stage, batch))
                if len(waiting) > _BATCHES_AHEAD * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise EngineError(
                "a worker process was ended from outside, or had no memory left; run the command "
                "again, with fewer workers"
            ) from error

    def _start_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: forking a process that holds threads or an open database
            # is undefined, and spawning behaves alike on every system.
            self._pool = ProcessPoolExecutor(
                max_workers=self._workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start_worker,
                initargs=(self._settings,),
            )
        return self._pool


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start workers that do not hear Ctrl-C: the parent does, and ends them."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


_worker_settings: list[Settings] = []


def _start_worker(settings: Settings) -> None:
    collect_rarely()
    # One worker is one core: libraries must not start threads of their own on top.
    os.environ["OMP_NUM_THREADS"] = "1"
    _worker_settings[:] = [settings]


def _in_worker(work: Callable[..., list[Line]], stage: Any, batch: list[Any]) -> list[Line]:
    settings = _worker_settings[0]
    resources = load_resources(settings.language, settings.aliases, settings.tier)
    return work(stage, batch, resources)


def _map_batch(stage: Map[Any, Any], batch: list[bytes], resources: Resources) -> list[Line]:
    # Keys are made here, by the worker: the parent hands rows on without decoding them.
    decode = msgspec.msgpack.Decoder(stage.row).decode
    rows = (stage.run(decode(data), resources) for data in batch)
    return [(stage.key(row), encode_row(row)) for row in rows]


def _group_one(
    stage: Group[Any, Any, Any],
    batch: list[tuple[str, list[bytes], list[bytes]]],
    resources: Resources,
) -> list[Line]:
    row = msgspec.msgpack.Decoder(stage.row).decode
    side = msgspec.msgpack.Decoder(stage.side).decode
    return [
        (name, encode_row(stage.run(name, list(map(row, rows)), list(map(side, sides)), resources)))
        for name, rows, sides in batch
    ]


def _chunks(items: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
