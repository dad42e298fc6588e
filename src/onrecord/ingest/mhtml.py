"""A page that a browser saved as one file (`.mht`, `.mhtml`, Safari's `.webarchive`) to its HTML."""

import plistlib
from email import message_from_bytes, policy
from email.message import Message
from typing import Any, NamedTuple

from onrecord.ingest.reasons import Unreadable

__all__ = ["SavedPage", "is_mhtml", "is_webarchive", "page_of"]

_HEAD_BYTES = 2048
_MAX_PARTS = 2000
_WEB_PAGES = ("text/html", "application/xhtml+xml")


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


def is_webarchive(data: bytes) -> bool:
    """Return whether *data* is a page as Safari saves it."""
    return data.startswith(b"bplist00") and b"WebMainResource" in data


def page_of(data: bytes) -> SavedPage:
    """Return the first HTML part, which is the page itself; frames and pictures follow it.

    Raises:
        Unreadable: `no_main_text`, where there is no HTML part; `damaged`, where it cannot be
            taken out of its file.
    """
    if is_webarchive(data):
        return _main_resource(data)
    message = message_from_bytes(data, policy=policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() not in _WEB_PAGES:
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            return SavedPage(content, part.get_content_charset(), _address(message, part))
    raise Unreadable("no_main_text", "the MIME file holds no page")


def _main_resource(data: bytes) -> SavedPage:
    try:
        held = plistlib.loads(data)
    except Exception as error:  # what a damaged list raises is not documented
        raise Unreadable("damaged", "the web archive cannot be unpacked; save it again") from error
    main = held.get("WebMainResource") if isinstance(held, dict) else None
    fields: dict[str, Any] = main if isinstance(main, dict) else {}
    content = fields.get("WebResourceData")
    if fields.get("WebResourceMIMEType") not in _WEB_PAGES or not isinstance(content, bytes):
        raise Unreadable("no_main_text", "the web archive holds no page")
    charset, url = fields.get("WebResourceTextEncodingName"), fields.get("WebResourceURL")
    return SavedPage(
        content,
        charset if isinstance(charset, str) else None,
        url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
    )


def _address(message: Message, part: Message) -> str | None:
    for value in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if value and str(value).startswith(("http://", "https://")):
            return str(value).strip()
    return None
