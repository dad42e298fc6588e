"""What a page says of itself: title, outlet, author, date, language, address."""

from lxml import html

from onrecord.ingest.files import Fields
from onrecord.resources import Resources

__all__ = ["merged", "read_metadata"]


def read_metadata(root: html.HtmlElement, resources: Resources) -> Fields:
    """Return what the page says of itself."""
    del resources
    title = root.findtext(".//h1") or root.findtext(".//title") or ""
    return Fields(title=title.strip() or None)


def merged(given: Fields, read: Fields) -> Fields:
    """Return *given*, its gaps filled from *read*."""
    return read._replace(**{name: value for name, value in given._asdict().items() if value})
