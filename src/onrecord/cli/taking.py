"""Commands that take from a run or a store: `export`, `check`."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.commands import Command
from onrecord.cli.options import QUIET, WIRE
from onrecord.cli.saying import PROBLEMS_SHOWN, say, teller
from onrecord.errors import OnrecordError
from onrecord.visible import visible

__all__ = ["check", "export"]


@click.command(cls=Command)
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(("jsonl", "csv", "parquet", "jsonld")),
    default="jsonl",
    show_default=True,
    help="JSON lines are the run's own bytes; CSV is safe to open in a spreadsheet; JSON-LD is the "
    "record in the words of schema.org, and as W3C Web Annotations.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files.",
)
@click.option(
    "--attitudes/--no-attitudes",
    default=True,
    show_default=True,
    help="With or without statements of wanting, believing, hoping.",
)
@click.option(
    "--nested/--no-nested",
    default=True,
    show_default=True,
    help='With or without statements inside others ("she said he denied it" holds two).',
)
@click.option(
    "--text/--no-text",
    default=True,
    show_default=True,
    help="With the wording, or positions and digests only.",
)
@WIRE
@click.option("--bom", is_flag=True, help="Start CSV files with a byte order mark, for Excel.")
@QUIET
def export(run: Path, kind: str, out: Path, *, quiet: bool, **choices: Any) -> None:
    r"""Write the tables of RUN, a run or a store, for other tools: one file a table.

    As JSON-LD they are two files, record.jsonld and annotations.jsonld.

    \b
    Examples:
        onrecord export RUN --out tables/
        onrecord export RUN --format parquet --out tables/
        onrecord export RUN --format csv --bom --no-text --out tables/
        onrecord export RUN --format jsonld --out linked/
    """
    from onrecord.adding import open_run  # noqa: PLC0415 - keeps --help fast
    from onrecord.export import export_run  # noqa: PLC0415 - keeps --help fast

    with open_run(run, teller(quiet=quiet)) as folder:
        # click has checked the kind
        counts = export_run(folder, out, kind=kind, **choices)  # type: ignore[arg-type]
    rows = ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)
    say(f"wrote {out}: {rows}", quiet=quiet)


@click.command(cls=Command)
@click.argument("run", type=click.Path(path_type=Path))
@QUIET
def check(run: Path, *, quiet: bool) -> None:
    """Check every promise of the record on RUN, a run or a store: spans, ids, counts, digests.

    Of a store, the file, the articles kept and the search index are checked too. Prints a line
    per broken promise and exits with 1 if there is any.
    """
    from onrecord import adding  # noqa: PLC0415 - keeps --help fast

    problems = adding.check(run, teller(quiet=quiet))
    for problem in problems[:PROBLEMS_SHOWN]:
        click.echo(visible(str(problem)))
    if problems:
        remedy = "make the store again" if run.is_file() else "compile the run again"
        raise OnrecordError(f"{run}: {len(problems)} broken promises; {remedy}")
    say(f"{run}: all invariants hold", quiet=quiet)
