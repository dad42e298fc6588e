"""Posts of other platforms as they look in text: words, then "— Name (@handle) date"."""

import re
from functools import cache
from typing import NamedTuple

from onrecord.ingest.dates import date_pattern, parse_date
from onrecord.resources import Resources
from onrecord.spans import Span, trim

__all__ = ["Post", "find_post"]


class Post(NamedTuple):
    """A post found in a paragraph; offsets are into that paragraph."""

    words: Span | None
    """None where the paragraph holds the signature alone."""
    end: int
    author: str | None
    handle: str | None
    posted: str | None


@cache
def _signature(resources: Resources) -> re.Pattern[str]:
    date = re.sub(r"\((?!\?)", "(?:", date_pattern(resources))
    time = r"(?:\s{0,2}(?:at\s|,|·)?\s?\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4}\b)?)?"
    return re.compile(
        r"[—–―]\s?(?P<author>[^\n()—–―@]{1,60}?)\s{0,2}\((?P<handle>@\w{1,30})\)"
        rf"(?P<posted>[\s,·|-]{{0,4}}{date}{time})?",
        re.IGNORECASE,
    )


@cache
def _shared(resources: Resources) -> re.Pattern[str]:
    date = re.sub(r"\((?!\?)", "(?:", date_pattern(resources))
    return re.compile(
        r"A (?:post|photo|video) (?:shared|posted) by (?P<author>[^\n()@]{1,60}?)\s{0,2}"
        rf"\((?P<handle>@[\w.]{{1,30}})\)(?P<posted>\s{{0,2}}on {date}[^\n]{{0,30}})?",
        re.IGNORECASE,
    )


def find_post(paragraph: str, resources: Resources) -> Post | None:
    """Return the first post in *paragraph*, or None.

    A signature inside a sentence, without a date and with words after it, is not one.
    """
    found = _signature(resources).search(paragraph) or _shared(resources).search(paragraph)
    if found is None:
        return None
    rest = paragraph[found.end() :].strip()
    if rest and found["posted"] is None:
        return None
    posted = parse_date(found["posted"], resources, rule="post") if found["posted"] else None
    return Post(
        words=trim(paragraph, 0, found.start()),
        end=found.end(),
        author=found["author"].strip() or None,
        handle=found["handle"],
        posted=posted.value if posted else None,
    )
