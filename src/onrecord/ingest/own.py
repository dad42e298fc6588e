"""What this program wrote itself: its reports, runs, exports and stores are no input of it."""

from pathlib import Path
from typing import Final

import msgspec

__all__ = ["APPLICATION", "OWN", "is_own_folder", "is_report", "is_store_file"]

OWN: Final = "onrecord wrote it itself; keep reports, runs, tables and stores apart from the pages"
"""The detail of a reject with the reason `own_output`."""

_REPORT: Final = b'<meta name="generator" content="onrecord">'
_HEAD: Final = 2000  # bytes of a page; the mark stands in the first lines
_SQLITE: Final = b"SQLite format 3\0"
APPLICATION: Final = 0x0E_C0_4D
"""Marks a file of SQLite as a store of onrecord."""
_MARK: Final = slice(68, 72)  # where SQLite keeps it
_KEYS: Final = frozenset(("inputs", "resources", "schema", "settings", "tables"))


def is_report(data: bytes) -> bool:
    """Return whether *data* begins like a report."""
    return _REPORT in data[:_HEAD]


def is_store_file(data: bytes) -> bool:
    """Return whether *data* begins like a store."""
    return data.startswith(_SQLITE) and data[_MARK] == APPLICATION.to_bytes(4)


def is_own_folder(folder: Path) -> bool:
    """Return whether *folder* is a run or an export: its manifest says so."""
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return False
    return isinstance(manifest, dict) and manifest.keys() >= _KEYS
