"""Commands from pages to a run or a report: `compile`, `report`, `demo`."""

import sys
from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource

from onrecord.cli.commands import Command
from onrecord.cli.options import (
    INPUTS,
    QUIET,
    READING,
    TIER,
    WIRE,
    page_option,
    reading,
)
from onrecord.cli.saying import finish, progress, say, size_of, summarise, teller
from onrecord.config import Settings

__all__ = ["compile_command", "demo", "report"]

_LARGE: Final = 1_000_000  # bytes of a report; beyond it a browser takes seconds


@click.command(cls=Command, name="compile")
@INPUTS
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the run; an earlier run there is replaced once the new one is whole.",
)
@reading
@QUIET
def compile_command(
    inputs: tuple[str, ...],
    output: Path,
    *,
    workers: int,
    settings: Settings,
    quiet: bool,
) -> None:
    r"""Compile the record of INPUT... into a run: a folder of tables.

    INPUT is a saved page (.html, .mhtml, .webarchive), a text file (.txt), JSON lines or CSV
    (.jsonl, .csv; rows with "text" or "html"), a feed (.rss, .atom), an archive (.warc, .arc),
    each also compressed, a folder of these, or - for standard input.

    \b
    Examples:
        onrecord compile pages/ -o RUN
        onrecord compile articles.jsonl.gz -o RUN --workers 2
        cat articles.jsonl | onrecord compile - -o RUN
    """
    from onrecord.compiling import compile_run  # noqa: PLC0415 - keeps --help fast

    with progress(quiet=quiet) as tick:
        outcome = compile_run(
            inputs, output, settings, workers=workers, tick=tick, stdin=sys.stdin.buffer
        )
    summarise(outcome, quiet=quiet)
    say(f"wrote the run {output}", quiet=quiet)
    say(f"next: onrecord report {output}  |  onrecord export {output} --out DIR", quiet=quiet)
    finish(outcome.rejects)


@click.command(cls=Command)
@INPUTS
@page_option("report.html", "The report: one HTML file that needs nothing else.")
@reading
@click.option(
    "--excerpts",
    is_flag=True,
    help="Of the articles only the statements with a few words around each, for passing on.",
)
@click.option(
    "--split",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a folder instead: a page a story, and index.html with the list of them.",
)
@click.option(
    "--initials/--names",
    default=None,
    help="Private people by initials or by name; else by initials with --excerpts only.",
)
@click.option("--contact", default="", help="Where objections go: printed in the report.")
@WIRE
@click.option(
    "--tables",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also write the tables as CSV files to this folder, and link them from the report.",
)
@QUIET
def report(
    inputs: tuple[str, ...],
    output: Path,
    *,
    workers: int,
    settings: Settings,
    excerpts: bool,
    split: Path | None,
    initials: bool | None,
    tables: Path | None,
    quiet: bool,
    **shown: Any,
) -> None:
    r"""Write the report of INPUT..., of a run or of a store, as one HTML file.

    INPUT is what `onrecord compile` takes, or one run, or one store.

    \b
    Examples:
        onrecord report page1.html page2.html -o story.html
        onrecord report RUN -o story.html
        onrecord report pages/ -o story.html --wire collapse --tables tables/
    """
    from onrecord import adding, compiling  # noqa: PLC0415 - keeps --help fast
    from onrecord.report import Choices  # noqa: PLC0415 - keeps --help fast

    shortened = excerpts if initials is None else initials
    if tables and (excerpts or shortened):
        raise click.UsageError("--tables holds whole texts and names: leave it, or --excerpts")
    _refuse_reading_again(inputs)
    choices = Choices(excerpts=excerpts, initials=shortened, **shown)
    tell = teller(quiet=quiet)
    with adding.open_inputs(inputs, tell) as opened, progress(quiet=quiet) as tick:
        outcome = compiling.report(
            opened,
            split or output,
            settings,
            workers=workers,
            tick=tick,
            stdin=sys.stdin.buffer,
            choices=choices,
            split=split is not None,
            tables=tables,
        )
    summarise(outcome, quiet=quiet)
    if not outcome.manifest.tables["statements"].rows:
        say("no statement was found: the report holds the articles only", quiet=quiet)
    if tables:
        say(f"wrote {tables}: the tables as CSV", quiet=quiet)
    page = split / "index.html" if split else output
    say(f"wrote {page} ({size_of(page)}); open it in a browser", quiet=quiet)
    if page.stat().st_size > _LARGE:
        say("that is a large page: --split DIR writes a page a story", quiet=quiet)
    finish(outcome.rejects)


def _refuse_reading_again(inputs: tuple[str, ...]) -> None:
    """Refuse options of reading where everything was read when the run or the store was made.

    Raises:
        click.UsageError: there are such options.
    """
    from onrecord.runs import is_run  # noqa: PLC0415 - keeps --help fast
    from onrecord.store.schema import is_store  # noqa: PLC0415 - keeps --help fast

    source = click.get_current_context().get_parameter_source
    given = [name for name in READING if source(name) is ParameterSource.COMMANDLINE]
    path = Path(inputs[0])
    if given and (is_run(path) or is_store(path)):
        raise click.UsageError(
            f"--{given[0].replace('_', '-')} is for reading pages, and {path} was made of pages "
            "that are read: give it to the command that makes it"
        )


@click.command(cls=Command)
@page_option("demo.html", "The report of the demo story.")
@click.option(
    "--pages", type=click.Path(path_type=Path), help="Also copy its pages to this folder."
)
@TIER
@QUIET
def demo(output: Path, pages: Path | None, tier: str, *, quiet: bool) -> None:
    """Write the report of an invented story that comes with the program.

    Its outlets, people and places do not exist. See `docs/demo.md` for what each page shows.
    """
    from onrecord import compiling  # noqa: PLC0415 - keeps --help fast

    settings = Settings(tier=tier)  # type: ignore[arg-type]  # click has checked the choice
    with progress(quiet=quiet) as tick:
        outcome = compiling.demo(output, settings, pages=pages, tick=tick)
    summarise(outcome, quiet=quiet)
    say(f"wrote {output} ({size_of(output)}); open it in a browser", quiet=quiet)
    if pages is None:
        again = f"onrecord demo --pages {compiling.DEMO_PAGES}"
        say(f"to look at its pages too: {again}", quiet=quiet)
    else:
        say(f"wrote its pages to {pages}", quiet=quiet)
    finish(outcome.rejects)
