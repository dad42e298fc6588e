"""What `search` prints: a few lines a statement, or a line of JSON, and what is not shown."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from onrecord.cli.saying import counted
from onrecord.naming import is_mixed_script
from onrecord.runs import encode_line
from onrecord.store.file import Store
from onrecord.store.searching import Wanted, find, marks_in, open_index
from onrecord.views.found import Found, found
from onrecord.views.words import ACTS, ANSWERS, MIXED_SCRIPT
from onrecord.visible import invisible_in, visible

__all__ = ["find_and_show"]

_SHOWN: Final = 600  # characters of a statement: some five lines of a terminal
_BEFORE: Final = 120  # of them before the first mark, where it is longer


def find_and_show(path: Path, wanted: Wanted, limit: int, *, as_json: bool) -> Iterator[str]:
    """Print the newest *limit* statements of what is *wanted*; yield what is to be said after.

    Raises:
        InputError: nothing to look for.
        StoreError: *path* is neither a store nor a run, or its record is not up to date.
    """
    with open_index(path) as index:
        hits = find(index, wanted, limit)
        for statement_id, record in hits.rows:
            text = next(row.text for row in record.statements if row.id == statement_id)
            row = found(record, statement_id, marks_in(text, wanted.phrases))
            click.echo(_as_json(row) if as_json else "\n".join(_lines(row)))
        yield from _afterwords(index, wanted, hits.total, limit)


def _as_json(row: Found) -> str:
    """Return a line of JSON in which no character can give orders to a terminal."""
    line = encode_line(row).decode()
    parts, at = [], 0
    for hidden in invisible_in(line):  # JSON itself is printable, so these stand inside its texts
        parts += [line[at : hidden.start()], json.dumps(hidden[0])[1:-1]]
        at = hidden.end()
    return "".join([*parts, line[at:]])


def _lines(row: Found) -> Iterator[str]:
    does = "wants or believes" if row.cue_class == "attitude" else ACTS[row.act]
    head = f"{(row.published or 'no date')[:10]}  {row.outlet}  {_who(row)} {does}"
    yield visible(head) + (" (not visible to readers of the page)" if row.hidden else "")
    yield f"    {_wording(row)}"
    if row.act == "accuses" and row.answer_status:
        yield f"    {ANSWERS[row.answer_status]}"
    places = ", ".join(f"{span.start}-{span.end}" for span in row.content)
    yield visible(f"    article {row.article_id} characters {places}  {row.url or row.locator}")
    yield ""


def _who(row: Found) -> str:
    if row.speakers:
        name = ", ".join(map(_flagged, row.speakers))
    elif row.candidates:
        name = f"{' or '.join(row.candidates)} (unsure)"
    else:
        name = f"“{row.printed}”" if row.printed else "(no speaker named)"
    relayed = f" (through {', '.join(row.via)})" if row.via else ""
    return f"{name}{relayed}"


def _flagged(name: str) -> str:
    return f"{name} {MIXED_SCRIPT}" if is_mixed_script(name) else name


def _wording(row: Found) -> str:
    """Return the words of the statement around what was found, which is marked."""
    first = row.marks[0].start if row.marks else 0
    start = max(0, first - _BEFORE) if len(row.text) > _SHOWN else 0
    end = start + _SHOWN
    before, after = _mark()
    parts, at = ["[…] " if start else ""], start
    for mark in row.marks:
        if mark.end <= end:
            parts += [
                _plain(row.text[at : mark.start]),
                before,
                _plain(row.text[mark.start : mark.end]),
                after,
            ]
            at = mark.end
    return "".join([*parts, _plain(row.text[at:end]), " […]" if end < len(row.text) else ""])


def _plain(text: str) -> str:
    return visible(text).replace("\t", " ").replace("\n", "\n    ")


def _mark() -> tuple[str, str]:
    """Return what stands before and after a mark: bold on a terminal, else a pair of stars."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return "\x1b[1m", "\x1b[0m"
    return "**", "**"


def _afterwords(index: Store, wanted: Wanted, total: int, limit: int) -> Iterator[str]:
    """Yield what a reader should know of what is not shown, and why there may be nothing."""
    if total > limit:
        yield f"{limit:,} of {total:,} statements; --limit shows more"
    else:
        yield counted(total, "statements") if total else "nothing found"
    if not total:
        yield from _without_each(index, wanted)
    if not wanted.hidden:
        more = find(index, replace(wanted, hidden=True), 0).total - total
        if more:
            yield f"{more:,} more in text that readers of the page do not see; --hidden shows them"
    waiting = index.waiting()
    if waiting:
        yield (
            f"{waiting:,} inputs are not yet part of this record; "
            f"onrecord add --store {index.path} links them"
        )


def _without_each(index: Store, wanted: Wanted) -> Iterator[str]:
    """Yield how much there is without each of the options that narrow the search."""
    for name, less in (
        ("speaker", replace(wanted, speaker=None)),
        ("outlet", replace(wanted, outlet=None)),
        ("act", replace(wanted, act=None)),
    ):
        if less not in (wanted, Wanted(hidden=wanted.hidden)):
            more = find(index, less, 0).total
            if more:
                yield f"without --{name} there are {more:,}"
