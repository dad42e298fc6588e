"""The language of a page: what it declares, else what its words say."""

import re
from collections.abc import Mapping, Sequence

from lxml import html

from onrecord.ingest.body import Piece

__all__ = ["language_of"]

_TAG = re.compile(r"^([a-z]{2,3})(?:[-_]([a-z]{2}|\d{3}|[a-z]{4}))?", re.IGNORECASE)
# Fewer characters than this say too little about their language.
_ENOUGH, _SAMPLE = 200, 4000


def language_of(
    root: html.HtmlElement,
    meta: Mapping[str, str],
    said: str | None,
    pieces: Sequence[Piece],
) -> str | None:
    """Return a language tag such as "en-GB" or "en", or None where nothing tells.

    Args:
        root: The whole page.
        meta: Its meta elements by name.
        said: What its JSON-LD says.
        pieces: Its passages, whose words decide where it declares nothing.
    """
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for value in (declared, meta.get("og:locale"), said, meta.get("language")):
        found = _TAG.match((value or "").strip())
        if found is not None:
            region = (found[2] or "").upper()
            return f"{found[1].lower()}-{region}" if len(region) == 2 else found[1].lower()  # noqa: PLR2004
    sample = "\n".join(piece.text for piece in pieces if not piece.hidden and not piece.aside)
    return _detected(sample[:_SAMPLE]) if len(sample) >= _ENOUGH else None


def _detected(sample: str) -> str:
    # The model takes a second to load and most pages declare their language.
    from py3langid import classify  # noqa: PLC0415

    return str(classify(sample)[0])
