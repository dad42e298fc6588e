"""From the arguments of a command to a run on disk, or to a report."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path, PurePath
from typing import BinaryIO
from urllib.parse import quote

from msgspec.structs import replace

from onrecord.config import Settings
from onrecord.engines.local import LocalEngine
from onrecord.errors import InputError
from onrecord.export import export_run
from onrecord.ingest.documents import Document, Limits
from onrecord.ingest.inputs import list_documents
from onrecord.ingest.own import is_report
from onrecord.pipeline import compile_record
from onrecord.records import Reject
from onrecord.report.render import Choices, render, render_split
from onrecord.runs import (
    InputCount,
    Manifest,
    is_run,
    naming,
    read_stories,
    read_table,
    read_whole_manifest,
    refuse_foreign,
    write_run,
)

__all__ = ["DEMO_PAGES", "Outcome", "compile_run", "demo", "owner_of", "report"]

Tick = Callable[[str], None]
DEMO_PAGES = "pages"
"""What the folder of the demo's pages is called."""
_HEAD = 4096  # bytes that tell a report from another file
_STORY_FILE = re.compile(r"story-[0-9a-f]{12}\.html(?:\.partial)?|index\.html\.partial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command made: the manifest of the run, and the inputs that are not part of it."""

    manifest: Manifest
    rejects: tuple[Reject, ...]


class _Inputs:
    """What there is to read, one by one, with counts per argument of the command."""

    def __init__(
        self,
        arguments: Sequence[str],
        stdin: BinaryIO | None,
        limits: Limits,
        called: str | None = None,
    ) -> None:
        self._paths = arguments
        self._arguments = arguments if called is None else (called,)
        self._limits = limits
        self._stdin = stdin
        self._seen = dict.fromkeys(self._arguments, 0)

    def documents(self) -> Iterator[Document]:
        """Yield everything that the arguments name."""
        for document in list_documents(self._paths, self._stdin, self._limits):
            named = self._named(document)
            self._seen[owner_of(named.locator, self._arguments)] += 1
            yield named

    def _named(self, document: Document) -> Document:
        """Return *document* under the name by which the record knows the one argument."""
        if self._paths is self._arguments:
            return document
        below = PurePath(document.locator).relative_to(self._paths[0])
        return replace(document, locator=(PurePath(self._arguments[0]) / below).as_posix())

    def refuse_nothing(self) -> None:
        """Refuse arguments that hold nothing to read.

        Raises:
            InputError: there was not one document.
        """
        if not any(self._seen.values()):
            names = ", ".join(self._arguments)
            raise InputError(
                f"{names}: nothing to read; pages end in .html, .htm or .html.gz, texts in .txt, "
                "rows in .jsonl, .jsonl.gz or .csv"
            )

    def counts(self, rejects: Iterable[Reject]) -> tuple[InputCount, ...]:
        """Return what became of each argument."""
        lost = dict.fromkeys(self._seen, 0)
        for reject in rejects:
            lost[owner_of(reject.locator, self._arguments)] += 1
        return tuple(
            InputCount(input=name, read=seen - lost[name], rejected=lost[name])
            for name, seen in sorted(self._seen.items())
        )


def owner_of(locator: str, arguments: Sequence[str]) -> str:
    """Return the argument that *locator* comes from: itself, or the nearest folder above it."""
    path = PurePath(locator.partition("#")[0] or locator)
    given = {str(PurePath(name)): name for name in reversed(arguments)}
    for place in (locator, str(path), *map(str, path.parents)):
        if place in given:
            return given[place]
    return arguments[0]


def compile_run(
    arguments: Sequence[str],
    folder: Path,
    settings: Settings,
    *,
    workers: int = 1,
    tick: Tick | None = None,
    stdin: BinaryIO | None = None,
    called: str | None = None,
) -> Outcome:
    """Compile the record of what *arguments* name into the run *folder*.

    *called* is the name that the record has for the only argument, a folder, where it is not
    the user's own.

    Raises:
        InputError: an argument cannot be used, or nothing in any of them can be read.
        StoreError: *folder* holds something that is not a run.
    """
    refuse_foreign(folder)  # before the work
    inputs = _Inputs(arguments, stdin, Limits.of(settings), called)
    with LocalEngine(settings, workers=workers, tick=tick) as engine:
        compiled = compile_record(engine, inputs.documents())
        inputs.refuse_nothing()
        manifest = Manifest(
            tier=engine.resources.tier,
            settings=settings,
            resources=engine.resources.digest,
            inputs=inputs.counts(compiled.rejects),
        )
        written = write_run(folder, compiled.stories, compiled.reprints, compiled.rejects, manifest)
    return Outcome(manifest=written, rejects=compiled.rejects)


def report(
    arguments: Sequence[str],
    output: Path,
    settings: Settings,
    *,
    workers: int = 1,
    tick: Tick | None = None,
    stdin: BinaryIO | None = None,
    choices: Choices = Choices(),  # noqa: B008 - immutable
    split: bool = False,
    tables: Path | None = None,
    called: str | None = None,
) -> Outcome:
    """Write the report of one run, or of what *arguments* name, as the HTML file *output*.

    With *split*, *output* is a folder, with a file a story and `index.html`. With *tables*, the
    tables are written to that folder as CSV and linked from the report. *called* is as in
    `compile_run`.

    Raises:
        InputError: an argument cannot be used, or there is no article to report on.
        StoreError: the run is damaged.
    """
    if split:
        _refuse_foreign(output)
    else:
        _refuse_no_place(output)
    runs = [name for name in arguments if is_run(Path(name))]
    if runs and len(arguments) > 1:
        raise InputError(
            f"{runs[0]} is a run, and a report is of one run or of pages: compile the pages of "
            "all of them into one run first"
        )
    if runs:
        run = Path(runs[0])
        manifest = read_whole_manifest(run)
        rejects = tuple(read_table(run, "rejects", Reject))
        outcome = Outcome(manifest=manifest, rejects=rejects)
        _refuse_no_article(outcome, runs[0])
        choices = _with_tables(run, output, tables, choices, split=split)
        _render(run, output, outcome, choices, split=split)
        return outcome
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        run = Path(folder) / "run"
        outcome = compile_run(
            arguments, run, settings, workers=workers, tick=tick, stdin=stdin, called=called
        )
        _refuse_no_article(outcome, ", ".join(arguments))
        choices = _with_tables(run, output, tables, choices, split=split)
        _render(run, output, outcome, choices, split=split)
    return outcome


def demo(
    output: Path, settings: Settings, *, pages: Path | None = None, tick: Tick | None = None
) -> Outcome:
    """Write the report of the demo story as *output*; copy its pages to the folder *pages*.

    The report names each page by where it is copied to, or would be: the place of the program is
    nothing that a reader could open.

    Raises:
        InputError: the pages cannot be copied to *pages*.
    """
    with as_file(files("onrecord.data") / "demo" / "pages") as folder:
        if pages is not None:
            shutil.copytree(folder, pages, dirs_exist_ok=True)
        called = str(pages or DEMO_PAGES)
        return report([str(folder)], output, settings, tick=tick, called=called)


def _refuse_no_place(output: Path) -> None:
    """Refuse an output in a folder that is not there, or in the place of a page, before any work.

    Raises:
        InputError: there is no such folder, a device, or a file that is no report.
    """
    if not output.absolute().parent.is_dir():
        raise InputError(f"{output.parent}: no such folder for {output.name}; make it first")
    if not os.access(output.absolute().parent, os.W_OK):
        raise InputError(f"{output}: nothing can be written to its folder; name another with -o")
    if output.exists() and not output.is_file() and not output.is_dir():
        # Whoever may do all would have it renamed away: `/dev/null` would be a page from then on.
        raise InputError(f"{output}: is a device or a pipe, not a file; name a file with -o")
    if output.is_file():
        with output.open("rb") as file:
            head = file.read(_HEAD)
        if head and not is_report(head):
            raise InputError(f"{output}: is there and is no report; name another file with -o")


def _refuse_no_article(outcome: Outcome, name: str) -> None:
    """Refuse a report of nothing: an empty page looks like a story in which nobody spoke.

    Raises:
        InputError: there is no article.
    """
    if outcome.manifest.tables["articles"].rows:
        return
    if not outcome.rejects:
        raise InputError(f"{name}: holds no article to report on; compile or add some pages first")
    first = outcome.rejects[0]
    count = len(outcome.rejects)
    first_of = f"none of the {count} inputs could be read; the first: " if count > 1 else ""
    raise InputError(
        f"nothing to report: {first_of}{first.locator}: {first.reason}: {first.detail}; "
        "give saved pages (.html), texts (.txt) or rows (.jsonl, .csv) that hold the article's text"
    )


def _with_tables(
    run: Path, output: Path, tables: Path | None, choices: Choices, *, split: bool
) -> Choices:
    """Write the tables as CSV, if a folder for them is named, and return *choices* with links."""
    if tables is None:
        return choices
    counts = export_run(run, tables, kind="csv", wire=choices.wire)
    page = output if split else output.parent
    folder = PurePath(os.path.relpath(tables, page)).as_posix()
    links = ((name, quote(f"{folder}/{name}.csv")) for name, rows in counts.items() if rows)
    return choices._replace(tables=tuple(links))


def _render(run: Path, output: Path, outcome: Outcome, choices: Choices, *, split: bool) -> None:
    """Write the report beside its place, then rename: a failing run leaves the earlier report."""
    stories = read_stories(run)
    if not split:
        _replace(output, render(stories, outcome.rejects, outcome.manifest, choices))
        return
    output.mkdir(parents=True, exist_ok=True)
    written = set()
    for name, page in render_split(stories, outcome.rejects, outcome.manifest, choices):
        _replace(output / name, page)
        written.add(name)
    for path in sorted(output.iterdir()):
        if _STORY_FILE.fullmatch(path.name) and path.name not in written:
            path.unlink()


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds other things: the files of an earlier report are replaced.

    Raises:
        InputError: it is not a folder, or holds something that is not part of a report.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: not a folder")
    names = sorted(path.name for path in folder.iterdir())
    foreign = [row for row in names if row != "index.html" and not _STORY_FILE.fullmatch(row)]
    if foreign:
        raise InputError(
            f"{folder}: holds {foreign[0]}, which is no part of a report; name a folder of its own"
        )


def _replace(output: Path, page: str) -> None:
    fresh = output.with_name(f"{output.name}.partial")
    with naming(output, fresh):
        fresh.write_text(page, "utf-8")
        fresh.replace(output)
