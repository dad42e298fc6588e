"""A run for other tools: its tables, or a graph of linked data."""

from onrecord.export.tables import FORMATS, Format, export_run

__all__ = ["FORMATS", "Format", "export_run"]
