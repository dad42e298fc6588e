"""From the arguments of a command to a run on disk, or to a report."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.config import Settings
from onrecord.engines.local import LocalEngine
from onrecord.ingest.inputs import list_documents, read_document
from onrecord.pipeline import compile_record
from onrecord.records import Article, Reject
from onrecord.resources import load_resources
from onrecord.store import InputCount, Manifest, write_run

__all__ = ["Outcome", "compile_run"]

Tick = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command made: the manifest of the run, and the inputs that are not part of it."""

    manifest: Manifest
    rejects: tuple[Reject, ...]


class _Inputs:
    """The articles of the arguments, one by one, with counts per argument and the rejects."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = arguments
        self._seen = dict.fromkeys(arguments, 0)
        self.rejects: list[Reject] = []

    def articles(self) -> Iterator[Article]:
        """Yield what can be read; keep what cannot."""
        resources = load_resources()
        for argument in self._arguments:
            for document in list_documents((argument,), sys.stdin.buffer):
                item = read_document(document, resources)
                self._seen[argument] += 1
                if isinstance(item, Article):
                    yield item
                else:
                    self.rejects.append(item)

    def counts(self, rejects: Iterable[Reject]) -> tuple[InputCount, ...]:
        """Return what became of each argument."""
        lost = dict.fromkeys(self._seen, 0)
        for reject in rejects:
            owners = [item for item in self._seen if reject.locator.startswith(item)]
            lost[max(owners, key=len)] += 1
        return tuple(
            InputCount(input=name, read=seen - lost[name], rejected=lost[name])
            for name, seen in sorted(self._seen.items())
        )


def compile_run(
    arguments: Sequence[str],
    folder: Path,
    settings: Settings,
    *,
    workers: int = 1,
    tick: Tick | None = None,
) -> Outcome:
    """Compile the record of what *arguments* name into the run *folder*.

    Raises:
        InputError: an argument cannot be used, or nothing in any of them can be read.
        StoreError: *folder* holds something that is not a run.
    """
    inputs = _Inputs(arguments)
    with LocalEngine(settings, workers=workers, tick=tick) as engine:
        compiled = compile_record(engine, inputs.articles())
        rejects = (*inputs.rejects, *compiled.rejects)
        manifest = Manifest(
            tier="rules",
            settings=settings,
            resources=engine.resources.digest,
            inputs=inputs.counts(rejects),
        )
        written = write_run(folder, compiled.stories, rejects, manifest)
    return Outcome(manifest=written, rejects=rejects)
