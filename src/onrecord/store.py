"""A run on disk: one file a table, rows sorted by id, and a manifest."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from onrecord.records import Reject, Row, StoryRecord

__all__ = ["TABLES", "write_run"]

TABLES = (
    "articles",
    "copies",
    "statements",
    "speakers",
    "identities",
    "utterances",
    "carriages",
    "responses",
    "differences",
)


def write_run(folder: Path, records: Iterable[StoryRecord], rejects: Iterable[Reject]) -> None:
    """Write the tables of a run into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    encode = msgspec.json.Encoder(order="sorted").encode
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    stories: list[Row] = []
    for record in records:
        stories.append(record.story)
        for name in TABLES:
            tables[name] += getattr(record, name)
    tables |= {"stories": stories, "rejects": list(rejects)}
    for name, rows in tables.items():
        lines = sorted((getattr(row, "id", "") or "", encode(row)) for row in rows)
        (folder / f"{name}.jsonl").write_bytes(b"".join(line + b"\n" for _, line in lines))
