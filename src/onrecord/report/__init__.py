"""One self-contained HTML file that shows the record of one or several stories."""

from onrecord.report.render import render

__all__ = ["render"]
