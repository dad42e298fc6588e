"""The tables of a run as JSON lines, CSV or Parquet, for other tools."""

import contextlib
import csv
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec.structs import replace

from onrecord.config import Wire
from onrecord.errors import StoreError
from onrecord.records import (
    Article,
    Carriage,
    Copy,
    Response,
    Row,
    Statement,
    Utterance,
)
from onrecord.runs import TABLES, encode_line, read_table, read_whole_manifest, sync_folder
from onrecord.tables import columns, write_parquet

__all__ = ["FORMATS", "Format", "export_run"]

Format = Literal["jsonl", "csv", "parquet"]
FORMATS: Final[tuple[Format, ...]] = ("jsonl", "csv", "parquet")

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
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

    Args:
        run: folder of the run.
        out: folder for the files; made where it is missing, earlier tables are replaced.
        kind: JSON lines (byte for byte the run's), CSV or Parquet.
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
    dropped = _dropped(run, attitudes=attitudes, nested=nested)
    carried = _elsewhere(run, wire)
    counts: dict[str, int] = {}
    for part, row_type in TABLES.items():
        rows = _kept(_of_wire(read_table(run, part, row_type), carried), dropped)
        if not text:
            rows = map(_without_text, rows)
        with _whole(out / f"{part}.{kind}") as path:
            counts[part] = _write(path, kind, row_type, rows, bom=bom)
    sync_folder(out)
    with _whole(out / "manifest.json") as path:
        shutil.copyfile(run / "manifest.json", path)
    sync_folder(out)
    return counts


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
    """Yield the rows that are about none of the statements *left* out."""
    for row in rows:
        match row:
            case Statement() if row.id in left:
                continue
            case Carriage() if row.statement_id in left:
                continue
            case Response() if row.answering in left or row.answered in left:
                continue
            case _:
                yield row


def _kept(rows: Iterable[Row], dropped: frozenset[str]) -> Iterator[Row]:
    """Yield the rows that do not name a dropped statement, or name others too."""
    for row in rows:
        match row:
            case Statement() if row.id in dropped:
                continue
            case Statement() if row.within in dropped or dropped.intersection(row.answers):
                yield replace(
                    row,
                    within=None if row.within in dropped else row.within,
                    answers=tuple(item for item in row.answers if item not in dropped),
                )
            case Carriage() if row.statement_id in dropped:
                continue
            case Response() if row.answering in dropped or row.answered in dropped:
                continue
            case Utterance() if dropped.intersection(row.statements):
                left = tuple(item for item in row.statements if item not in dropped)
                if row.fullest not in dropped:
                    yield replace(row, statements=left)
            case _:
                yield row


def _without_text(row: Row) -> Row:
    """Return *row* without wording of the source: positions and digests stay."""
    match row:
        case Article():
            return replace(row, text="", title=None, extra={})
        case Statement():
            return replace(row, text="")
        case _:
            return row


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
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
