"""Rebuild the record of who said what from what several outlets published."""

__all__ = ["__version__"]

__version__ = "0.1.0"
