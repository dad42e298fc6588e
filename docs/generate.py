"""Write the pages that follow from the code: the command line and the schema.

    python docs/generate.py            # write docs/cli.md and docs/schema.md
    python docs/generate.py --check    # fail where a page is not what the code says

The meaning of each column stands in `docs/columns.tsv`; a column without one fails.
"""

import sys
import types
from pathlib import Path
from typing import Literal, Union, get_args, get_origin

import click

from onrecord.cli import main as command
from onrecord.records import Block, DateRange, DifferenceValue, Edit, Embed, Row
from onrecord.runs import TABLES
from onrecord.spans import Span
from onrecord.tables import columns

DOCS = Path(__file__).parent
NESTED = {"block": Block, "embed": Embed, "said": DateRange, "edit": Edit, "value": DifferenceValue}


def main():
    pages = {"cli.md": cli_page(), "schema.md": schema_page()}
    stale = [name for name, text in pages.items() if not is_current(name, text)]
    if "--check" in sys.argv:
        if stale:
            sys.exit(f"{', '.join(stale)}: not what the code says; run: python docs/generate.py")
        return
    for name, text in pages.items():
        (DOCS / name).write_text(text, "utf-8")


def is_current(name, text):
    path = DOCS / name
    return path.exists() and path.read_text("utf-8") == text


def cli_page():
    parts = ["# The command line", "", "Written by `docs/generate.py` from the program itself.", ""]
    parts += ["```text", help_of(command, "onrecord"), "```", ""]
    for name in sorted(command.commands):
        parts += [f"## onrecord {name}", "", "```text"]
        parts += [help_of(command.commands[name], f"onrecord {name}"), "```", ""]
    return "\n".join(parts)


def help_of(shown, path):
    with click.Context(shown, info_name=path, max_content_width=90, terminal_width=90) as context:
        return shown.get_help(context)


def schema_page():
    meanings = read_meanings()
    parts = [
        "# The tables of a record",
        "",
        "Written by `docs/generate.py` from the row types in `onrecord/records.py`.",
        "",
        "Spans are half-open `[start, end]` pairs of Unicode code points into the article's `text`.",
        "Ids are content hashes: the same row gets the same id in every run, order and machine.",
        "`confidence` is 0 to 1; `method` names the rule or the model.",
        "",
    ]
    for name, row in TABLES.items():
        parts += section(name, name, row, meanings)
    parts += ["# Values inside columns", ""]
    for name, row in NESTED.items():
        parts += section(name, f"{name} (inside a column)", row, meanings)
    unused = sorted(meanings)
    if unused:
        sys.exit(f"docs/columns.tsv describes columns that do not exist: {', '.join(unused)}")
    return "\n".join(parts)


def section(name, title, row: type[Row], meanings):
    parts = [f"## {title}", "", row.__doc__.strip().splitlines()[0], ""]
    parts += ["| column | type | meaning |", "|---|---|---|"]
    for column, kind in columns(row):
        key = f"{name}.{column}"
        if key not in meanings:
            sys.exit(f"docs/columns.tsv lacks {key}")
        parts.append(f"| `{column}` | {type_name(kind)} | {meanings.pop(key)} |")
    return [*parts, ""]


def read_meanings():
    lines = (DOCS / "columns.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def type_name(kind):
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [item for item in get_args(kind) if item is not type(None)]
        return f"{type_name(inner[0])} or null"
    if kind is Span:
        return "span"
    if origin is tuple:
        return f"list of {type_name(get_args(kind)[0])}"
    if origin is Literal:
        return ", ".join(f"`{item}`" for item in get_args(kind))
    if origin is dict:
        return "object"
    kind = getattr(kind, "__supertype__", kind)
    if issubclass(kind, Row):
        return next(name for name, row in NESTED.items() if row is kind)
    return {str: "text", bool: "boolean", int: "integer", float: "number"}[kind]


if __name__ == "__main__":
    main()
