"""A page that a browser saved as one MIME file (`.mht`, `.mhtml`) to its HTML."""

from email import message_from_bytes, policy
from email.message import Message
from typing import NamedTuple

from onrecord.ingest.reasons import Unreadable

__all__ = ["SavedPage", "is_mhtml", "page_of"]

_HEAD_BYTES = 2048
_MAX_PARTS = 2000


class SavedPage(NamedTuple):
    """The HTML part of a saved page."""

    data: bytes
    charset: str | None
    url: str | None


def is_mhtml(data: bytes) -> bool:
    """Return whether *data* begins like a MIME message."""
    head = data[:_HEAD_BYTES].lower()
    return (
        b"mime-version:" in head and b"content-type:" in head and not head.lstrip().startswith(b"<")
    )


def page_of(data: bytes) -> SavedPage:
    """Return the first HTML part, which is the page itself; frames and pictures follow it.

    Raises:
        Unreadable: `no_main_text`, where there is no HTML part.
    """
    message = message_from_bytes(data, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            return SavedPage(content, part.get_content_charset(), _address(message, part))
    raise Unreadable("no_main_text", "the MIME file holds no page")


def _address(message: Message, part: Message) -> str | None:
    for value in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if value and str(value).startswith(("http://", "https://")):
            return str(value).strip()
    return None
