"""Tables of rows in CSV, as spreadsheets and archives of articles write them."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, TextIO

import msgspec

from onrecord.ingest.documents import Document, rejected

__all__ = ["list_sheet"]

_DELIMITERS: Final = ",;\t"
_LONGEST: Final = 32 * 1024 * 1024  # characters of a field; Python's own limit is 131,072


def list_sheet(stream: BinaryIO, name: str) -> Iterator[Document]:
    """Yield the rows of a CSV file; its first line names the fields as those of JSON lines.

    The delimiter is the comma, semicolon or tab that the first line has most of. A row is
    numbered by its first line, as an editor numbers it.

    Raises:
        OSError: the file cannot be read.
        EOFError: the file is compressed and ends early.
    """
    csv.field_size_limit(_LONGEST)
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
    try:
        yield from _rows(text, name)
    finally:
        text.detach()  # who opened the file closes it


def _rows(text: TextIO, name: str) -> Iterator[Document]:
    first = text.readline(_LONGEST)
    delimiter = max(_DELIMITERS, key=first.count)
    names = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    if not {"text", "html"} & set(names):
        found = ", ".join(names)[:200] or "nothing"
        detail = f"the first line must name a column text or html; it has {found}"
        yield rejected(f"{name}#1", "bad_row", detail)
        return
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        locator = f"{name}#{reader.line_num + 2}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield rejected(locator, "damaged", f"not CSV from here on: {error}")
            return
        if cells is None:
            return
        if cells:
            yield _row(names, cells, locator)


def _row(names: Sequence[str], cells: Sequence[str], locator: str) -> Document:
    """Return a row; one with too many cells is refused, for its text would be cut."""
    if len(cells) > len(names):
        detail = (
            f"{len(cells)} cells under {len(names)} columns; a text with commas, quotation marks or "
            "line ends stands in quotation marks, and a quotation mark inside is doubled"
        )
        return rejected(locator, "bad_row", detail)
    row = {key: cell for key, cell in zip(names, cells, strict=False) if cell.strip()}
    return Document(locator=locator, format="row", data=msgspec.json.encode(row))
