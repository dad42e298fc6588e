"""The `onrecord` command."""

from pathlib import Path

import click

from onrecord.engines.local import LocalEngine
from onrecord.ingest.files import read_file
from onrecord.pipeline import compile_record
from onrecord.records import Article, Reject
from onrecord.resources import load_resources
from onrecord.store import write_run

__all__ = ["main"]


@click.group()
def main() -> None:
    """Rebuild the record of who said what from what several outlets published."""


@main.command(name="compile")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
def compile_command(inputs: tuple[Path, ...], output: Path) -> None:
    """Compile the record of INPUTS into the folder OUTPUT."""
    read = [item for path in inputs for item in read_file(path)]
    articles = [item for item in read if isinstance(item, Article)]
    rejects = [item for item in read if isinstance(item, Reject)]
    records = compile_record(LocalEngine(load_resources()), articles)
    write_run(output, records, rejects)
