"""Arguments and options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from onrecord.config import Settings
from onrecord.resources import read_aliases

__all__ = [
    "ALIASES",
    "INPUTS",
    "QUIET",
    "READING",
    "STORE",
    "TIER",
    "TIERS",
    "WAIT",
    "WIRE",
    "WORKERS",
    "page_option",
    "reading",
]

# Not checked for being readable: what cannot be read becomes a reject, wherever it stands.
INPUTS = click.argument(
    "inputs",
    nargs=-1,
    required=True,
    type=click.Path(path_type=str, readable=False),
    metavar="INPUT...",
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes to work in; the result is the same for any number.",
)
TIERS = click.Choice(("rules", "fast", "model", "auto"))
TIER = click.option(
    "--tier",
    type=TIERS,
    default="auto",
    show_default=True,
    help="Find statements by rules alone, with the trained model where they are unsure, with it "
    "everywhere, or with it if installed.",
)
WIRE = click.option(
    "--wire",
    type=click.Choice(("keep", "collapse", "only")),
    default="keep",
    show_default=True,
    help="Statements in copies of another outlet's text: with the rest, left out, or alone.",
)
ALIASES = click.option(
    "--aliases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of your own: a name, then other names of the same speaker, one speaker a row.",
)


_USUAL = Settings()
_PAGE_SECONDS = click.option(
    "--page-seconds",
    type=click.IntRange(1, 3600),
    default=_USUAL.page_seconds,
    show_default=True,
    help="Processor time for reading one page; one that takes more is rejected.",
)
_PAGE_MEGABYTES = click.option(
    "--page-megabytes",
    type=click.IntRange(16, 1 << 16),
    default=_USUAL.page_megabytes,
    show_default=True,
    help="Memory for reading one page; one that takes more is rejected.",
)


def page_option(name: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option for the page that a command writes, *name* unless told otherwise."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path(name),
        show_default=True,
        help=text,
    )


QUIET = click.option("-q", "--quiet", is_flag=True, help="No messages but errors.")
STORE = click.option(
    "--store",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The store: one file that keeps what was read, and the record of it.",
)
WAIT = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another command that writes to the store.",
)


READING = ("tier", "aliases", "page_seconds", "page_megabytes")
"""The options that only reading a page can follow."""


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of reading and annotating; *command* is given `workers` and `settings`."""

    @wraps(command)
    def with_settings(
        *, tier: str, aliases: Path | None, page_seconds: int, page_megabytes: int, **rest: Any
    ) -> None:
        settings = Settings(
            tier=tier,  # type: ignore[arg-type]  # click has checked it
            aliases=read_aliases(aliases) if aliases is not None else (),
            page_seconds=page_seconds,
            page_megabytes=page_megabytes,
        )
        command(settings=settings, **rest)

    added: Callable[..., None] = with_settings
    # From last to first: in this order the help shows them.
    for option in (_PAGE_MEGABYTES, _PAGE_SECONDS, ALIASES, TIER, WORKERS):
        added = option(added)
    return added
