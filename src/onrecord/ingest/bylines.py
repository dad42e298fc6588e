"""Author fields and printed bylines to names."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from onrecord.folding import fold
from onrecord.ingest.dates import date_pattern
from onrecord.resources import Resources

__all__ = ["clean_byline"]

_MAX_CHARACTERS = 300
_MAX_NAME_WORDS = 7
_MAX_NAMES = 12

_ADDRESS = re.compile(r"[^\s@]{1,64}@\S{1,253}\.\w+|https?://\S*|www\.\S+|@\w+")
_SPACES = re.compile(r"\s+")
_BETWEEN = re.compile(
    r"\s{0,9}(?:;|\||•|·|/|\n|\s&\s|&amp;)\s*|\s{0,9}(?:,\s{0,9})?\s(?:and|with)\s+|\s{1,9}[-–—]\s+",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]{0,80}\)|\[[^\]]{0,80}\]")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d", "esq"))
# Digits, code, "first.last" of a login, the start of a sentence.
_NO_NAME = re.compile(r"[{}<>=_\"?!\d:]|[a-z]\.[a-z]")
_EDGE = " \t\n,.;:|-–—•·/"


class _Lists(NamedTuple):
    opening: re.Pattern[str]
    roles: frozenset[str]
    nobody: frozenset[str]
    date: re.Pattern[str]


@cache
def _lists(resources: Resources) -> _Lists:
    openings = "|".join(
        re.escape(entry)
        for entry in sorted(resources.lists["byline_openings"], key=len, reverse=True)
    )
    date = re.sub(r"\((?!\?)", "(?:", date_pattern(resources))
    return _Lists(
        re.compile(rf"^\s*(?:{openings})(?:\s*[:|]\s*|\s+(?=\S))", re.IGNORECASE),
        resources.words("byline_roles"),
        resources.words("no_author"),
        re.compile(
            rf"\b(?:(?:last\s)?(?:updated|published|posted|modified)\b|(?:on\s)?(?:{date}))"
            rf".{{0,{_MAX_CHARACTERS}}}$",
            re.IGNORECASE,
        ),
    )


def clean_byline(
    values: Iterable[str], outlet: str | None, resources: Resources
) -> tuple[str, ...]:
    """Return the names in author fields or bylines, each once, in their order.

    Roles, dates, addresses and the outlet's own name are left out; so is whatever does not
    look like a name. Where a person's site is its own outlet, pass None for *outlet*.
    """
    lists = _lists(resources)
    names: dict[str, str] = {}
    own = fold(outlet or "")
    for value in values:
        for name in _names_in(value[:_MAX_CHARACTERS], lists):
            key = fold(name)
            if key != own and key not in lists.nobody:
                names.setdefault(key, name)
    return tuple(names.values())[:_MAX_NAMES]


def _names_in(value: str, lists: _Lists) -> Iterator[str]:
    text = _SPACES.sub(" ", lists.date.sub("", _ADDRESS.sub(" ", value))).strip(_EDGE)
    text = lists.opening.sub("", lists.opening.sub("", text))
    text = _BRACKETS.sub(" ", text)
    for part in _BETWEEN.split(text):
        for name in _between_commas(part, lists):
            cleaned = lists.opening.sub("", _SPACES.sub(" ", name)).strip(_EDGE)
            if _is_name(cleaned, lists):
                yield cleaned


def _between_commas(part: str, lists: _Lists) -> list[str]:
    """Return the names between commas; what follows a name and is a role or title is dropped."""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) < 2:  # noqa: PLR2004 - nothing to divide
        return pieces
    names = [pieces[0]]
    for piece in pieces[1:]:
        words = piece.casefold().strip(".").split()
        if words[0] in _SUFFIXES or _is_credential(piece):
            continue
        if len(words) < 2 or any(word in lists.roles for word in words):  # noqa: PLR2004
            continue
        names.append(piece)
    return names


def _is_credential(piece: str) -> bool:
    """Return whether letters after a name stand for a degree or an order ("MS", "Ph.D.")."""
    bare = piece.replace(".", "").replace(" ", "")
    return len(bare) <= 6 and sum(char.isupper() for char in bare) >= 2  # noqa: PLR2004


def _is_name(text: str, lists: _Lists) -> bool:
    words = text.split()
    if not words or len(words) > _MAX_NAME_WORDS or not any(char.isalpha() for char in text):
        return False
    if _NO_NAME.search(text):
        return False
    return not all(word.casefold().strip(".") in lists.roles for word in words)
