"""What people bring, as a list of work: one document per page, text file or row."""

from typing import Literal

from onrecord.config import Settings
from onrecord.records import Reject, Row

__all__ = ["Document", "DocumentFormat", "Limits", "reject_of", "rejected"]

DocumentFormat = Literal["file", "page", "text", "row", "reject"]


# A page is read by one process of several, on a machine that does other things as well.
_WAIT = 6


class Limits(Row, frozen=True, kw_only=True):
    """What reading one page may cost; beyond that it becomes a reject.

    Of 769 saved pages the median takes 0.04 s of processor time, 99 % take less than 0.2 s and
    the slowest 0.7 s.
    """

    cpu_seconds: int = 5
    """Of processor time: what decides, for it is nearly the same on a busy machine."""
    wall_seconds: int = 30
    """Of waiting, both attempts together: for a reader that sleeps. One that could work and is not
    let, on a machine that is swamped, is waited for longer."""
    memory_megabytes: int = 768
    """On top of what the reader itself takes (about 150)."""

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return the limits that *settings* ask for."""
        return cls(
            cpu_seconds=settings.page_seconds,
            wall_seconds=_WAIT * settings.page_seconds,
            memory_megabytes=settings.page_megabytes,
        )


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
    url: str | None = None
    """Where a page was fetched from, where its container says so."""
    charset: str | None = None
    """The encoding that its container declares."""
    truncated_why: str | None = None
    """What is missing from it, where its container says so."""
    limits: Limits = Limits()


def rejected(locator: str, reason: str, detail: str) -> Document:
    """Return the document that stands for an input which cannot be listed or opened."""
    return Document(locator=locator, format="reject", reason=reason, detail=detail)


def reject_of(document: Document) -> Reject:
    """Return the reject of a document that could not be listed."""
    return Reject(
        locator=document.locator, reason=document.reason or "unreadable", detail=document.detail
    )
