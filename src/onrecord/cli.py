"""The `onrecord` command: messages go to standard error, data to files, and errors are one line.

Exit codes: 0 done, 1 an error, 2 the command line is wrong, 3 done but some input was rejected.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord import __version__
from onrecord.config import Settings
from onrecord.errors import OnrecordError
from onrecord.resources import read_aliases

if TYPE_CHECKING:
    from onrecord.compiling import Outcome

__all__ = ["main"]

EXIT_PARTIAL: Final = 3
_PROBLEMS_SHOWN: Final = 20
_LARGE: Final = 1_000_000  # bytes of a report; beyond it a browser takes seconds

_INPUTS = click.argument(
    "inputs", nargs=-1, required=True, type=click.Path(path_type=str), metavar="INPUT..."
)
_WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes to work in; the result is the same for any number.",
)
_TIERS = click.Choice(("rules", "fast", "model", "auto"))
_TIER = click.option(
    "--tier",
    type=_TIERS,
    default="auto",
    show_default=True,
    help="Find statements by rules alone, with the trained model where they are unsure, with it "
    "everywhere, or with it if installed.",
)
_ALIASES = click.option(
    "--aliases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of your own: a name, then other names of the same speaker, one speaker a row.",
)


def _page(name: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path(name),
        show_default=True,
        help=text,
    )


_QUIET = click.option("-q", "--quiet", is_flag=True, help="No messages but errors.")


def _settings(tier: str, aliases: Path | None) -> Settings:
    rows = read_aliases(aliases) if aliases is not None else ()
    return Settings(tier=tier, aliases=rows)  # type: ignore[arg-type]  # click has checked it


class _Commands(click.Group):
    """A group whose commands end with one line and exit code 1 on an expected error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            click.echo(f"onrecord: {error}", err=True)
            ctx.exit(1)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"onrecord: {place}{error.strerror or error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    r"""Rebuild the record of who said what from what several outlets published.

    Start with saved pages of one story; one step gives one report to open in a browser:

    \b
        onrecord report page1.html page2.html page3.html -o story.html

    Or build a run, a folder of tables, and take from it what you need:

    \b
        onrecord compile articles.jsonl -o RUN
        onrecord check RUN
        onrecord export RUN --format csv --out tables/
        onrecord report RUN -o story.html

    Or keep a store, one file that grows, loses nothing and can forget:

    \b
        onrecord add pages/ --store desk.store
        onrecord report desk.store -o story.html
        onrecord erase --store desk.store --url https://paper.example/a-page
        onrecord verify-erased --store desk.store --url https://paper.example/a-page

    `onrecord demo` does it all on an invented story that comes with the program. Nothing
    here uses the network.

    Exit codes: 0 done; 1 an error; 2 a wrong command line; 3 done, but some input could not
    be read (each is listed with its reason).
    """


@main.command(name="compile")
@_INPUTS
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the run; an earlier run there is replaced once the new one is whole.",
)
@_WORKERS
@_TIER
@_ALIASES
@_QUIET
def compile_command(
    inputs: tuple[str, ...],
    output: Path,
    workers: int,
    tier: str,
    *,
    aliases: Path | None,
    quiet: bool,
) -> None:
    r"""Compile the record of INPUT... into a run: a folder of tables.

    INPUT is a saved page (.html, .htm, .html.gz), a text file (.txt), JSON lines (.jsonl,
    .jsonl.gz; rows with "text" or "html"), a folder of these, or - for standard input.

    \b
    Examples:
        onrecord compile pages/ -o RUN
        onrecord compile articles.jsonl.gz -o RUN --workers 2
        cat articles.jsonl | onrecord compile - -o RUN
    """
    from onrecord.compiling import compile_run  # noqa: PLC0415 - keeps --help fast

    settings = _settings(tier, aliases)
    with _progress(quiet=quiet) as tick:
        outcome = compile_run(
            inputs, output, settings, workers=workers, tick=tick, stdin=sys.stdin.buffer
        )
    _summary(outcome, quiet=quiet)
    _say(f"wrote the run {output}", quiet=quiet)
    _say(f"next: onrecord report {output}  |  onrecord export {output} --out DIR", quiet=quiet)
    _finish(outcome)


@main.command()
@_INPUTS
@_page("report.html", "The report: one HTML file that needs nothing else.")
@_WORKERS
@_TIER
@_ALIASES
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
@_QUIET
def report(
    inputs: tuple[str, ...],
    output: Path,
    workers: int,
    tier: str,
    *,
    aliases: Path | None,
    excerpts: bool,
    split: Path | None,
    initials: bool | None,
    contact: str,
    quiet: bool,
) -> None:
    r"""Write the report of INPUT..., of a run or of a store, as one HTML file.

    INPUT is what `onrecord compile` takes, or one run, or one store.

    \b
    Examples:
        onrecord report page1.html page2.html -o story.html
        onrecord report RUN -o story.html
    """
    from onrecord import adding, compiling  # noqa: PLC0415 - keeps --help fast
    from onrecord.report import Choices  # noqa: PLC0415 - keeps --help fast

    settings = _settings(tier, aliases)
    shortened = excerpts if initials is None else initials
    choices = Choices(excerpts=excerpts, initials=shortened, contact=contact)
    tell = _teller(quiet=quiet)
    with adding.open_inputs(inputs, tell) as opened, _progress(quiet=quiet) as tick:
        outcome = compiling.report(
            opened,
            split or output,
            settings,
            workers=workers,
            tick=tick,
            stdin=sys.stdin.buffer,
            choices=choices,
            split=split is not None,
        )
    _summary(outcome, quiet=quiet)
    page = split / "index.html" if split else output
    _say(f"wrote {page} ({_size(page)}); open it in a browser", quiet=quiet)
    if page.stat().st_size > _LARGE:
        _say("that is a large page: --split DIR writes a page a story", quiet=quiet)
    _finish(outcome)


@main.command()
@_page("demo.html", "The report of the demo story.")
@click.option(
    "--pages", type=click.Path(path_type=Path), help="Also copy its pages to this folder."
)
@_TIER
@_QUIET
def demo(output: Path, pages: Path | None, tier: str, *, quiet: bool) -> None:
    """Write the report of an invented story that comes with the program.

    Its outlets, people and places do not exist. See `docs/demo.md` for what each page shows.
    """
    from onrecord import compiling  # noqa: PLC0415 - keeps --help fast

    settings = Settings(tier=tier)  # type: ignore[arg-type]  # click has checked the choice
    with _progress(quiet=quiet) as tick:
        outcome = compiling.demo(output, settings, pages=pages, tick=tick)
    _summary(outcome, quiet=quiet)
    _say(f"wrote {output} ({_size(output)}); open it in a browser", quiet=quiet)
    _finish(outcome)


_STORE = click.option(
    "--store",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The store: one file that keeps what was read, and the record of it.",
)


@main.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=str), metavar="[INPUT...]")
@_STORE
@_WORKERS
@click.option("--tier", type=_TIERS, help="As for compile; else as this store was made.")
@_ALIASES
@_QUIET
def add(
    inputs: tuple[str, ...],
    store: Path,
    workers: int,
    tier: str | None,
    *,
    aliases: Path | None,
    quiet: bool,
) -> None:
    r"""Add INPUT... to a store, and bring its record up to date.

    What the store holds already is skipped, so the command can be given again, after an
    interruption too. Each article is safe as soon as it is read. Without INPUT the record is
    brought up to date only. INPUT is what `onrecord compile` takes.

    \b
    Examples:
        onrecord add pages/ --store desk.store
        onrecord report desk.store -o story.html
        onrecord export desk.store --format csv --out tables/
    """
    from onrecord import adding  # noqa: PLC0415 - keeps --help fast

    with _progress(quiet=quiet) as tick:
        new = adding.add(
            inputs,
            store,
            tier=tier,  # type: ignore[arg-type]  # click has checked the choice
            aliases=None if aliases is None else read_aliases(aliases),
            workers=workers,
            tick=tick,
            stdin=sys.stdin.buffer,
        )
    _say(f"{store}: {new:,} new inputs", quiet=quiet)


@main.command()
@_STORE
@click.option("--article", "articles", multiple=True, metavar="ID", help="Id of an article.")
@click.option("--url", "urls", multiple=True, help="Address of an article, as the record has it.")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="NAME",
    help="A name as printed; every form that the record ties to it is blacked out.",
)
@_QUIET
def erase(
    store: Path,
    articles: tuple[str, ...],
    urls: tuple[str, ...],
    people: tuple[str, ...],
    *,
    quiet: bool,
) -> None:
    r"""Erase articles, or a person's name, from a store for good.

    Text, everything derived from it, the search index, the log and free pages are rewritten.
    An erased article is not taken in again; an erased name is blacked out of pages added later.

    \b
    Examples:
        onrecord erase --store desk.store --url https://paper.example/a-page
        onrecord erase --store desk.store --person "Mara Quill"
        onrecord verify-erased --store desk.store --person "Mara Quill"
    """
    from onrecord import adding  # noqa: PLC0415 - keeps --help fast

    if not (articles or urls or people):
        raise click.UsageError("name what to erase: --article, --url or --person")
    count, forms = adding.erase(store, ids=articles, urls=urls, people=people)
    _say(f"{store}: erased {count} articles and {forms} forms of names", quiet=quiet)


@main.command(name="verify-erased")
@click.argument("pages", nargs=-1, type=click.Path(path_type=str), metavar="[PAGE...]")
@_STORE
@click.option("--url", "urls", multiple=True, help="An address that must be gone.")
@click.option("--person", "people", multiple=True, metavar="NAME", help="A name that must be gone.")
@_QUIET
def verify_erased(
    pages: tuple[str, ...],
    store: Path,
    urls: tuple[str, ...],
    people: tuple[str, ...],
    *,
    quiet: bool,
) -> None:
    """Look through the bytes of a store for what should be gone.

    Searches the file, its log and its backups for the names, the addresses, and each longer
    line of PAGE... (the erased pages, as you have them). Exits with 1 if anything is found.
    """
    from onrecord import adding  # noqa: PLC0415 - keeps --help fast

    hits = adding.find_erased(store, (*urls, *people), pages)
    for path, needle in hits[:_PROBLEMS_SHOWN]:
        click.echo(f"{path}: {needle}")
    if hits:
        raise OnrecordError(f"{store}: {len(hits)} traces found; erase again, or name more forms")
    _say(f"{store}: nothing found", quiet=quiet)


@main.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(("jsonl", "csv", "parquet")),
    default="jsonl",
    show_default=True,
    help="JSON lines are the run's own bytes; CSV is safe to open in a spreadsheet.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the files.")
@click.option(
    "--attitudes/--no-attitudes",
    default=True,
    show_default=True,
    help="With or without statements of wanting, believing, hoping.",
)
@click.option(
    "--text/--no-text",
    default=True,
    show_default=True,
    help="With the wording, or positions and digests only.",
)
@click.option(
    "--wire",
    type=click.Choice(("keep", "collapse", "only")),
    default="keep",
    show_default=True,
    help="Statements in copies of another outlet's text: with the rest, left out, or alone.",
)
@click.option("--bom", is_flag=True, help="Start CSV files with a byte order mark, for Excel.")
@_QUIET
def export(run: Path, kind: str, out: Path, *, quiet: bool, **choices: Any) -> None:
    r"""Write the tables of RUN, a run or a store, for other tools: one file a table.

    \b
    Examples:
        onrecord export RUN --out tables/
        onrecord export RUN --format parquet --out tables/
        onrecord export RUN --format csv --bom --no-text --out tables/
    """
    from onrecord.adding import open_run  # noqa: PLC0415 - keeps --help fast
    from onrecord.export import export_run  # noqa: PLC0415 - keeps --help fast

    with open_run(run, _teller(quiet=quiet)) as folder:
        # click has checked the kind
        counts = export_run(folder, out, kind=kind, **choices)  # type: ignore[arg-type]
    rows = ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)
    _say(f"wrote {out}: {rows}", quiet=quiet)


@main.command()
@click.argument("run", type=click.Path(path_type=Path))
@_QUIET
def check(run: Path, *, quiet: bool) -> None:
    """Check every promise of the record on RUN, a run or a store: spans, ids, counts, digests.

    Prints a line per broken promise and exits with 1 if there is any.
    """
    from onrecord.adding import open_run  # noqa: PLC0415 - keeps --help fast
    from onrecord.check import check_run  # noqa: PLC0415 - keeps --help fast

    with open_run(run, _teller(quiet=quiet)) as folder:
        problems = check_run(folder)
    for problem in problems[:_PROBLEMS_SHOWN]:
        click.echo(str(problem))
    if problems:
        raise OnrecordError(f"{run}: {len(problems)} broken promises; compile the run again")
    _say(f"{run}: all invariants hold", quiet=quiet)


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Any]:
    """Yield a function to call once per article read; it draws only on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    counts: dict[str, int] = {}

    def tick(stage: str) -> None:
        counts[stage] = counts.get(stage, 0) + 1
        words = {"read": "articles read", "record": "stories compiled"}
        click.echo(f"\r{counts[stage]:,} {words.get(stage, stage)}   ", nl=False, err=True)

    try:
        yield tick
    finally:
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


def _say(message: str, *, quiet: bool) -> None:
    if not quiet:
        click.echo(message, err=True)


def _teller(*, quiet: bool) -> Callable[[str], None]:
    return lambda message: _say(message, quiet=quiet)


def _size(path: Path) -> str:
    kilobytes = path.stat().st_size / 1000
    return f"{kilobytes:,.0f} kB"


def _summary(outcome: "Outcome", *, quiet: bool) -> None:
    """Say in two lines what was read and found, and name each input that was not read."""
    rows = {name: table.rows for name, table in outcome.manifest.tables.items()}
    found = ("articles", "stories", "statements", "speakers", "utterances", "responses")
    _say(", ".join(f"{rows.get(name, 0):,} {name}" for name in found), quiet=quiet)
    _say(f"tier: {outcome.manifest.tier}; wire copies: {rows.get('copies', 0):,}", quiet=quiet)
    for reject in outcome.rejects[:_PROBLEMS_SHOWN]:
        click.echo(f"not read: {reject.locator}: {reject.reason}: {reject.detail}", err=True)
    more = rows.get("rejects", 0) - _PROBLEMS_SHOWN
    if more > 0:
        click.echo(f"not read: {more:,} more; see the table rejects", err=True)


def _finish(outcome: "Outcome") -> None:
    if outcome.rejects:
        click.get_current_context().exit(EXIT_PARTIAL)
