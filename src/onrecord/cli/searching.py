"""The command `search`: statements by their words."""

from pathlib import Path
from typing import get_args

import click

from onrecord.cli.commands import Command
from onrecord.cli.options import QUIET
from onrecord.cli.saying import say
from onrecord.records import Act

__all__ = ["search"]


@click.command(cls=Command)
@click.argument("store", type=click.Path(path_type=Path), metavar="STORE")
@click.argument("query", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Only what is said by a speaker of this name.")
@click.option("--outlet", metavar="NAME", help="Only in an outlet of this name.")
@click.option("--act", type=click.Choice(get_args(Act)), help="Only statements that do this.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Show so many."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--hidden", is_flag=True, help="Also in text that readers of the page do not see.")
@QUIET
def search(
    store: Path,
    query: tuple[str, ...],
    *,
    speaker: str | None,
    outlet: str | None,
    act: str | None,
    limit: int,
    as_json: bool,
    hidden: bool,
    quiet: bool,
) -> None:
    r"""Find statements in STORE, a store or a run, by the words of QUERY.

    QUERY is words and "phrases"; all of them must stand in the statement. Capitals and accents
    do not matter, and no sign has a meaning of its own but the quotation mark. The newest come
    first. A store can be searched while it is being added to.

    \b
    Examples:
        onrecord search desk.store crane letter
        onrecord search desk.store '"never tested"' --outlet "Ferry Post"
        onrecord search desk.store --speaker "Mara Quill" --json
    """
    from onrecord.cli.finding import find_and_show  # noqa: PLC0415 - keeps --help fast
    from onrecord.store.searching import Wanted, parse_query  # noqa: PLC0415 - as above

    wanted = Wanted(
        phrases=parse_query(" ".join(query)), speaker=speaker, outlet=outlet, act=act, hidden=hidden
    )
    for line in find_and_show(store, wanted, limit, as_json=as_json):
        say(line, quiet=quiet)
