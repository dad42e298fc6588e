"""What people bring, as a list of work: one document per page, text file or row."""

from typing import Literal

from onrecord.records import Reject, Row

__all__ = ["Document", "DocumentFormat", "reject_of", "rejected"]

DocumentFormat = Literal["file", "page", "text", "row", "reject"]


class Document(Row, frozen=True, kw_only=True):
    """One thing to read; cheap to make, so that the reading itself can run elsewhere.

    A `file` is still on disk and its format is found out by whoever reads it; `page`, `text`
    and `row` (one JSON object) carry their bytes; a `reject` could not even be listed.
    """

    locator: str
    format: DocumentFormat
    path: str | None = None
    """The file to read, for format `file`."""
    data: bytes = b""
    reason: str | None = None
    """For format `reject`: a word of `docs/errors.md`."""
    detail: str = ""


def rejected(locator: str, reason: str, detail: str) -> Document:
    """Return the document that stands for an input which cannot be listed or opened."""
    return Document(locator=locator, format="reject", reason=reason, detail=detail)


def reject_of(document: Document) -> Reject:
    """Return the reject of a document that could not be listed."""
    return Reject(
        locator=document.locator, reason=document.reason or "unreadable", detail=document.detail
    )
