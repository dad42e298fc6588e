"""Rows to Arrow, column by column as the row types say; the only module that knows Arrow."""

import types
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from onrecord.records import Row
from onrecord.spans import Span

__all__ = ["columns", "write_parquet"]

_ROWS_A_GROUP = 20_000
"""Rows of one Parquet row group: bounds the memory while writing."""


def columns(row: type[Row]) -> list[tuple[str, Any]]:
    """Return the column names of a row type, in order, each with its Python type."""
    hints = get_type_hints(row)
    return [(item.encode_name, hints[item.name]) for item in msgspec.structs.fields(row)]


def write_parquet(path: Path, row: type[Row], rows: Iterable[Row]) -> None:
    """Write *rows* as one Parquet file; spans are lists of two code points, maps are JSON text."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and only this command wants it
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = pa.schema([(name, _arrow_type(pa, kind)) for name, kind in columns(row)])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for some in _chunks(rows):
            plain = [_plain(item) for item in some]
            writer.write_table(pa.Table.from_pylist(plain, schema=schema))


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, _ROWS_A_GROUP)):
        yield chunk


def _plain(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(row)
    if "extra" in plain:
        plain["extra"] = msgspec.json.encode(plain["extra"], order="sorted").decode()
    return plain


def _arrow_type(pa: Any, kind: Any) -> Any:
    """Return the Arrow type for the type of a column."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (item for item in get_args(kind) if item is not type(None))
        return _arrow_type(pa, inner)
    if kind is Span:
        return pa.list_(pa.int64(), 2)
    if origin is tuple:
        return pa.list_(_arrow_type(pa, get_args(kind)[0]))
    if origin is Literal or origin is dict:
        return pa.string()
    kind = getattr(kind, "__supertype__", kind)
    if issubclass(kind, Row):
        return pa.struct([(name, _arrow_type(pa, inner)) for name, inner in columns(kind)])
    return {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}[kind]
