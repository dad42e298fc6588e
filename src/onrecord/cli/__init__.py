"""The `onrecord` command: messages go to standard error, data to files, and errors are one line.

Exit codes: 0 done, 1 an error, 2 the command line is wrong, 3 done but some input was rejected.
"""

import click

from onrecord import __version__
from onrecord.cli import keeping, making, searching, taking
from onrecord.cli.commands import Commands

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
        onrecord search desk.store "never tested"
        onrecord erase --store desk.store --url https://paper.example/a-page
        onrecord verify-erased --store desk.store --url https://paper.example/a-page

    `onrecord demo` does it all on an invented story that comes with the program. Nothing
    here uses the network.

    Exit codes: 0 done; 1 an error; 2 a wrong command line; 3 done, but some input could not
    be read (each is listed with its reason).
    """


for _command in (
    making.compile_command,
    making.report,
    making.demo,
    keeping.add,
    keeping.erase,
    keeping.verify_erased,
    taking.export,
    taking.check,
    searching.search,
):
    main.add_command(_command)
