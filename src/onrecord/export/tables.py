"""The tables of a run as JSON lines, CSV, Parquet or linked data, for other tools."""

import contextlib
import csv
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.config import Wire
from onrecord.errors import StoreError
from onrecord.export import annotations, graph
from onrecord.records import (
    Article,
    Carriage,
    Copy,
    Reprint,
    Response,
    Row,
    Statement,
    Utterance,
)
from onrecord.runs import (
    TABLES,
    encode_line,
    read_stories,
    read_table,
    read_whole_manifest,
    sync_folder,
)
from onrecord.tables import columns, write_parquet
from onrecord.visible import invisible_in

__all__ = ["FORMATS", "Format", "export_run"]

Format = Literal["jsonl", "csv", "parquet", "jsonld"]
FORMATS: Final[tuple[Format, ...]] = ("jsonl", "csv", "parquet", "jsonld")

_PARTS: Final = tuple(part for part in TABLES if part not in ("stories", "rejects"))
"""The tables of a story's record."""
_FORMULA_STARTS: Final = frozenset("=+-@\t\r＝＋－＠﹢﹣﹦﹫")
"""A spreadsheet takes a cell that starts so for a formula and may run it."""


def export_run(
    run: Path,
    out: Path,
    *,
    kind: Format,
    attitudes: bool = True,
    nested: bool = True,
    text: bool = True,
    bom: bool = False,
    wire: Wire = "keep",
) -> dict[str, int]:
    """Write every table of *run* into the folder *out*; return the rows written per table.

    Linked data are two files instead: `record.jsonld` in the words of schema.org, and
    `annotations.jsonld`, the statements as W3C Web Annotations; counted are their nodes.

    Args:
        run: folder of the run.
        out: folder for the files; made where it is missing, earlier tables are replaced.
        kind: JSON lines (byte for byte the run's), CSV, Parquet or JSON-LD.
        attitudes: with the statements of wanting and believing.
        nested: with the statements inside other statements ("She said he denied it" holds two).
        text: with the wording; without it positions and digests remain.
        bom: CSV with a byte order mark, which Excel wants.
        wire: what becomes of the statements in copies (a wire text carried, a republication; a
            revision is its outlet's own): kept, left out ("collapse"), or nothing else ("only").
            Articles, copies and utterances stay whole, so that counts beside each other remain.

    Raises:
        StoreError: *run* is not a run, or is damaged.
    """
    read_whole_manifest(run)
    if out.resolve() == run.resolve():
        raise StoreError(f"{out} is the run itself; name another folder for the export")
    out.mkdir(parents=True, exist_ok=True)
    # The manifest goes first and comes last: tables beside a manifest are whole, and of one run.
    (out / "manifest.json").unlink(missing_ok=True)
    sync_folder(out)
    left = _Left(_dropped(run, attitudes=attitudes, nested=nested), _elsewhere(run, wire), text)
    if kind == "jsonld":
        counts = _write_linked(run, out, left)
    else:
        counts = {}
        for part, row_type in TABLES.items():
            rows = left.of(read_table(run, part, row_type))
            with _whole(out / f"{part}.{kind}") as path:
                counts[part] = _write(path, kind, row_type, rows, bom=bom)
    sync_folder(out)
    with _whole(out / "manifest.json") as path:
        shutil.copyfile(run / "manifest.json", path)
    sync_folder(out)
    return counts


class _Left(NamedTuple):
    """What of a run is left out of an export."""

    dropped: frozenset[str]
    """Statements of a kind that is not wanted."""
    carried: frozenset[str]
    """Statements in copies, or outside them."""
    text: bool
    """Whether the wording stays."""

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Return what is exported of *rows*."""
        kept = _kept(_of_wire(rows, self.carried), self.dropped)
        return kept if self.text else map(_without_text, kept)


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Yield a place beside *path*; what was written there is on disk, then takes its name."""
    fresh = path.with_name(f"{path.name}.partial")
    yield fresh
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(path)


def _dropped(run: Path, *, attitudes: bool, nested: bool) -> frozenset[str]:
    """Return the statements of the kinds that are not wanted."""
    if attitudes and nested:
        return frozenset()
    return frozenset(
        row.id
        for row in read_table(run, "statements", Statement)
        if (row.cue_class == "attitude" and not attitudes)
        or (row.within is not None and not nested)
    )


def _elsewhere(run: Path, wire: Wire) -> frozenset[str]:
    """Return the statements that are left out: of copies, or of everything else."""
    if wire == "keep":
        return frozenset()
    copies = {row.article_id for row in read_table(run, "copies", Copy) if row.kind != "revision"}
    return frozenset(
        row.id
        for row in read_table(run, "statements", Statement)
        if (row.article_id in copies) == (wire == "collapse")
    )


def _of_wire(rows: Iterable[Row], left: frozenset[str]) -> Iterator[Row]:
    """Return the rows that are about none of the statements *left* out."""
    return (row for row in rows if left.isdisjoint(_needs(row)))


def _kept(rows: Iterable[Row], dropped: frozenset[str]) -> Iterator[Row]:
    """Yield the rows that do not name a dropped statement, or name others too."""
    for row in rows:
        match row:
            case _ if not dropped.isdisjoint(_needs(row)):
                continue
            case Statement() if row.within in dropped or dropped.intersection(row.answers):
                yield replace(
                    row,
                    within=None if row.within in dropped else row.within,
                    answers=tuple(item for item in row.answers if item not in dropped),
                )
            case Utterance() if dropped.intersection(row.statements):
                left = tuple(item for item in row.statements if item not in dropped)
                if row.fullest not in dropped:
                    yield replace(row, statements=left)
            case _:
                yield row


def _needs(row: Row) -> tuple[str, ...]:
    """Return the statements without which *row* is about nothing."""
    match row:
        case Statement():
            return (row.id,)
        case Carriage():
            return (row.statement_id,)
        case Response():
            return (row.answering, row.answered)
        case Reprint():
            return (row.statement_id, row.first)
        case _:
            return ()


def _without_text(row: Row) -> Row:
    """Return *row* without wording of the source: positions and digests stay."""
    match row:
        case Article():
            return replace(row, text="", title=None, extra={})
        case Statement():
            return replace(row, text="")
        case _:
            return row


def _write_linked(run: Path, out: Path, left: "_Left") -> dict[str, int]:
    """Write both files of linked data; like the report, this holds the whole run in memory."""
    stories = [
        replace(story, **{part: tuple(left.of(getattr(story, part))) for part in _PARTS})
        for story in read_stories(run)
    ]
    nodes = (node for story in stories for node in graph.nodes_of(story, text=left.text))
    notes = (
        note for story in stories for note in annotations.annotations_of(story, text=left.text)
    )
    head = {"@context": graph.CONTEXT}
    return {
        "nodes": _write_items(out / "record.jsonld", head, "@graph", [graph.PROGRAM], nodes),
        "annotations": _write_items(
            out / "annotations.jsonld", annotations.page_head(), "items", [], notes
        ),
    }


def _write_items(
    path: Path, head: graph.Node, name: str, first: list[graph.Node], items: Iterable[graph.Node]
) -> int:
    """Write *head* with *items* under *name*, one a line: a file for programs and for eyes."""
    count = 0
    with _whole(path) as fresh, fresh.open("wb") as file:
        file.write(encode_line(head)[:-1] + b',"' + name.encode() + b'":[')
        for count, item in enumerate((*first, *items), start=1):
            file.write((b",\n" if count > 1 else b"\n") + encode_line(item))
        file.write(b"\n]}\n")
    return count


def _write(path: Path, kind: Format, row_type: type[Row], rows: Iterable[Row], *, bom: bool) -> int:
    counted = _Counted(rows)
    if kind == "parquet":
        write_parquet(path, row_type, counted)
    elif kind == "csv":
        _write_csv(path, row_type, counted, bom=bom)
    else:
        with path.open("wb") as file:
            file.writelines(encode_line(row) + b"\n" for row in counted)
    return counted.count


class _Counted:
    """Rows, and how many have passed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


def _write_csv(path: Path, row_type: type[Row], rows: Iterable[Row], *, bom: bool) -> None:
    names = [name for name, _ in columns(row_type)]
    encoding = "utf-8-sig" if bom else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            plain = msgspec.to_builtins(row)
            writer.writerow([_cell(plain[name]) for name in names])


def _cell(value: Any) -> Any:
    """Return a CSV cell: numbers stay numbers, nested values are JSON, text cannot be a formula."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else encode_line(value).decode()
    return f"'{text}" if _may_run(text) else text


def _may_run(text: str) -> bool:
    """Return whether a cell starts as a formula, or would without what a spreadsheet strips."""
    start = next((at for at, char in enumerate(text) if not _is_stripped(char)), len(text))
    return not _FORMULA_STARTS.isdisjoint(text[: start + 1])


def _is_stripped(char: str) -> bool:
    return char in "\"'" or char.isspace() or any(invisible_in(char))
