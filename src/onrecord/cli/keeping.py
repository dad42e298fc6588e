"""Commands on a store: `add`, `erase`, `verify-erased`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.commands import Command
from onrecord.cli.options import ALIASES, QUIET, STORE, TIERS, WAIT, WORKERS
from onrecord.cli.saying import PROBLEMS_SHOWN, counted, finish, name_rejects, progress, say
from onrecord.errors import OnrecordError
from onrecord.resources import read_aliases
from onrecord.visible import visible

if TYPE_CHECKING:
    from onrecord.records import Reject

__all__ = ["add", "erase", "verify_erased"]


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=str), metavar="[INPUT...]")
@STORE
@WORKERS
@click.option("--tier", type=TIERS, help="As for compile; else as this store was made.")
@ALIASES
@WAIT
@click.option("--page-seconds", type=click.IntRange(1, 3600), help="As for compile.")
@click.option("--page-megabytes", type=click.IntRange(16, 1 << 16), help="As for compile.")
@QUIET
def add(
    inputs: tuple[str, ...],
    store: Path,
    workers: int,
    tier: str | None,
    *,
    aliases: Path | None,
    wait: float,
    page_seconds: int | None,
    page_megabytes: int | None,
    quiet: bool,
) -> None:
    r"""Add INPUT... to a store, and bring its record up to date.

    What the store holds already is skipped, so the command can be given again, after an
    interruption too. Each article is safe as soon as it is read; what is new and cannot be read
    is named, with its reason. Without INPUT the record is brought up to date only. INPUT is what
    `onrecord compile` takes.

    \b
    Examples:
        onrecord add pages/ --store desk.store
        onrecord report desk.store -o story.html
        onrecord export desk.store --format csv --out tables/
    """
    from onrecord import adding  # noqa: PLC0415 - keeps --help fast

    rejects: list[Reject] = []
    with progress(quiet=quiet) as tick:
        new = adding.add(
            inputs,
            store,
            tier=tier,  # type: ignore[arg-type]  # click has checked the choice
            aliases=None if aliases is None else read_aliases(aliases),
            page_seconds=page_seconds,
            page_megabytes=page_megabytes,
            workers=workers,
            tick=tick,
            stdin=sys.stdin.buffer,
            wait=wait,
            lost=rejects.append,
        )
    name_rejects(rejects)
    say(f"{store}: {counted(new, 'new inputs')}", quiet=quiet)
    finish(rejects)


@click.command(cls=Command)
@STORE
@click.option("--article", "articles", multiple=True, metavar="ID", help="Id of an article.")
@click.option("--url", "urls", multiple=True, help="Address of an article, as the record has it.")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="NAME",
    help="A name as printed; every form that the record ties to it is blacked out.",
)
@WAIT
@QUIET
def erase(
    store: Path,
    articles: tuple[str, ...],
    urls: tuple[str, ...],
    people: tuple[str, ...],
    *,
    wait: float,
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
    count, forms = adding.erase(store, ids=articles, urls=urls, people=people, wait=wait)
    said = f"{counted(count, 'articles')} and {counted(forms, 'forms')} of names"
    say(f"{store}: erased {said}", quiet=quiet)


@click.command(cls=Command, name="verify-erased")
@click.argument("pages", nargs=-1, type=click.Path(path_type=str), metavar="[PAGE...]")
@STORE
@click.option("--url", "urls", multiple=True, help="An address that must be gone.")
@click.option("--person", "people", multiple=True, metavar="NAME", help="A name that must be gone.")
@QUIET
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
    for path, needle in hits[:PROBLEMS_SHOWN]:
        click.echo(visible(f"{path}: {needle}"))
    if hits:
        raise OnrecordError(
            f"{store}: {counted(len(hits), 'traces')} found; erase again, or name more forms"
        )
    say(f"{store}: nothing found", quiet=quiet)
