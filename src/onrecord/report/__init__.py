"""One self-contained HTML file that shows the record of one or several stories."""

from onrecord.report.render import Choices, render, render_split, story_file

__all__ = ["Choices", "render", "render_split", "story_file"]
