"""What a command says on standard error: progress, what was read and made, what was not."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.visible import visible

if TYPE_CHECKING:
    from onrecord.compiling import Outcome
    from onrecord.records import Reject

__all__ = [
    "PROBLEMS_SHOWN",
    "counted",
    "finish",
    "name_rejects",
    "progress",
    "say",
    "size_of",
    "summarise",
    "teller",
]

PROBLEMS_SHOWN: Final = 20
_EXIT_PARTIAL: Final = 3


@contextlib.contextmanager
def progress(*, quiet: bool) -> Iterator[Any]:
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


def say(message: str, *, quiet: bool) -> None:
    """Say *message* on standard error."""
    if not quiet:
        click.echo(visible(message), err=True)


def teller(*, quiet: bool) -> Callable[[str], None]:
    """Return a function that says what it is given."""
    return lambda message: say(message, quiet=quiet)


def size_of(path: Path) -> str:
    """Return the size of a file in words."""
    kilobytes = path.stat().st_size / 1000
    return f"{kilobytes:,.0f} kB"


def summarise(outcome: "Outcome", *, quiet: bool) -> None:
    """Say in two lines what was read and found, and name each input that was not read."""
    rows = {name: table.rows for name, table in outcome.manifest.tables.items()}
    found = ("articles", "stories", "statements", "speakers", "utterances", "responses")
    say(", ".join(counted(rows.get(name, 0), name) for name in found), quiet=quiet)
    say(f"tier: {outcome.manifest.tier}; wire copies: {rows.get('copies', 0):,}", quiet=quiet)
    name_rejects(outcome.rejects)


def name_rejects(rejects: Sequence["Reject"]) -> None:
    """Say of each input that was not read where it is and why."""
    for reject in rejects[:PROBLEMS_SHOWN]:
        line = f"not read: {reject.locator}: {reject.reason}: {reject.detail}"
        click.echo(visible(" ".join(line.splitlines())), err=True)
    more = len(rejects) - PROBLEMS_SHOWN
    if more > 0:
        click.echo(f"not read: {more:,} more; see the table rejects", err=True)


def counted(number: int, things: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "stories"), counted(2, "stories"), counted(1, "articles")
    ('1 story', '2 stories', '1 article')
    """
    one = things.removesuffix("s") if not things.endswith("ies") else f"{things[:-3]}y"
    return f"{number:,} {one if number == 1 else things}"


def finish(rejects: Sequence["Reject"]) -> None:
    """End with the exit code that tells of inputs that could not be read, if there are any."""
    if rejects:
        click.get_current_context().exit(_EXIT_PARTIAL)
