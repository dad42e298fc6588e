"""Lines around an article that are not of it: links to others, credits, sign-up boxes, bylines."""

import re
from functools import cache
from typing import NamedTuple

from onrecord.folding import fold
from onrecord.ingest.dates import date_pattern
from onrecord.records import BlockKind
from onrecord.resources import Resources

__all__ = ["furniture_of", "glued_end"]

# No furniture line is longer; a longer one is the article's own.
_LINE_CHARACTERS = 300
_OPENING_CHARACTERS = 200
_CREDIT_CHARACTERS = 140
_WORDS = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“”„«»].{24}")


class _Patterns(NamedTuple):
    opening: re.Pattern[str]
    start: re.Pattern[str]
    credit: re.Pattern[str]
    supplied: re.Pattern[str]
    supplier_words: frozenset[str]
    """The last words of suppliers' names: most lines hold none, which is quick to see."""
    glued: re.Pattern[str]
    contact: re.Pattern[str]
    stamp: re.Pattern[str]


def _any(entries: tuple[str, ...]) -> str:
    ordered = sorted(entries, key=lambda entry: (-len(entry), entry))
    return "|".join(re.escape(entry) for entry in ordered)


@cache
def _patterns(resources: Resources) -> _Patterns:
    lists = resources.lists
    suppliers = _any(lists["picture_suppliers"])
    # A paragraph may end in "(Reuters)" or "told AFP"; in "(Getty Images)" only a caption does.
    archives = _any(lists["picture_archives"])
    date = re.sub(r"\((?!\?)", "(?:", date_pattern(resources))
    stamp = r"(?:first |last )?(?:published|posted|updated|modified|created|publish date|date)"
    return _Patterns(
        opening=re.compile(
            rf"[\W_]{{0,4}}(?:{_any(lists['boilerplate_openings'])})\s?(?:$|[:|»>→-]|\s[–—-])"
        ),
        start=re.compile(rf"[\W_]{{0,4}}(?:{_any(lists['boilerplate_starts'])})\b"),
        credit=re.compile(
            rf"[\[(]?(?:{_any(lists['credit_openings'])})s?\s?(?::|/|\bby [A-Z])", re.IGNORECASE
        ),
        supplied=re.compile(
            rf"(?:(?:[/|©]\s?|\bvia |\b(?:credit|photos?|pictures?|images?)\b\W{{0,3}})(?:{suppliers})"
            rf"|\((?:{archives})|\w, (?:{archives}))"
            r"(?:/[\w .]{1,40})?\s?[)\]]?\.?$",
            re.IGNORECASE,
        ),
        supplier_words=frozenset(
            _WORDS.findall(name.casefold())[-1]
            for name in (*lists["picture_suppliers"], *lists["picture_archives"])
        ),
        glued=re.compile(
            rf"(?:(?:{stamp})?\W{{0,3}}(?:{date})|[^.!?\n“\"]{{0,80}}[/|(:©]\s?(?:{suppliers})\)?)"
            r"(?=[A-Z“\"‘][^\s.])",
            re.IGNORECASE,
        ),
        contact=re.compile(
            rf"\b(?:{_any(lists['contact_words'])})\b[^\n]{{0,120}}"
            r"(?:\S@\S|(?:^|\s)@\w|\bon (?:Twitter|Facebook|Instagram|X|Bluesky|WhatsApp)\b)",
            re.IGNORECASE,
        ),
        stamp=re.compile(
            rf"(?:(?:{stamp})\b[^.\n]{{0,40}})?(?:[A-Za-z]{{3,9}},?\s)?(?:{date})[^a-z\n]{{0,20}}"
            r"(?:[ap]\.?m\.?)?[^a-z\n]{0,20}$",
            re.IGNORECASE,
        ),
    )


_CAPTION = re.compile(
    r"(?:FILE(?: PHOTO| PICTURE| IMAGE)?\s?[-–—:]|\d{1,2} of \d{1,3}[.:)]?\s|In this .{0,60}file photo\b)"
)
# "at the Capitol.CreditAnn Poole/Agency": a word that no space sets off from the caption.
_GLUED_CREDIT = re.compile(
    r"[.a-z’”\")]Credit(?:\.{3}|…|:)?\s?[A-Z]|[.”\"]\sCredit(?:\.{3}|…|:)\s?[A-Z]"
)
_BYLINE = re.compile(r"(?:by|written by|reported by|story by)\s[A-Z][^.!?]{2,90}$", re.IGNORECASE)
_RIGHTS = ("©", "ⓒ", "(c) 20", "(C) 20")
_BARS = re.compile(r"(?:(?<!\s)\s+)?[|·•]\s*")
_STAFF = re.compile(
    r"\(?(?:(?:additional |further )?(?:reporting|writing|editing|compiled|edited) by\s[A-Z])",
    re.IGNORECASE,
)


def furniture_of(line: str, resources: Resources, *, top: bool = False) -> BlockKind | None:
    """Return "boilerplate" or "caption" where *line* is surely that, else None.

    Args:
        line: One paragraph without white space at its ends.
        resources: Word lists.
        top: Whether it stands at the top of the article, where bylines and dates are.
    """
    if len(line) > _LINE_CHARACTERS:
        return (
            "caption" if len(line) < 2 * _LINE_CHARACTERS and _is_caption(line, resources) else None
        )
    if _is_caption(line, resources):
        return "caption"
    return None if _QUOTED.search(line) else _boilerplate(line, resources, top=top)


def _boilerplate(line: str, resources: Resources, *, top: bool) -> BlockKind | None:
    patterns = _patterns(resources)
    folded = fold(line)
    if len(line) <= _OPENING_CHARACTERS and patterns.opening.match(folded):
        return "boilerplate"
    if (
        line.startswith(_RIGHTS)
        or patterns.start.match(folded)
        or patterns.credit.match(line)
        or _STAFF.match(line)
    ):
        return "boilerplate"
    if top and (patterns.contact.search(line) or _is_stamp(line, patterns)):
        return "boilerplate"
    return None


def _is_stamp(line: str, patterns: _Patterns) -> bool:
    """Return whether a line is a byline, a date, or both with a bar or dot between them."""
    parts = [part for part in _BARS.split(line) if part]
    return bool(parts) and all(_BYLINE.match(part) or patterns.stamp.match(part) for part in parts)


def _is_caption(line: str, resources: Resources) -> bool:
    """Return whether a picture's caption or its credit is all there is in *line*."""
    if _CAPTION.match(line) or _GLUED_CREDIT.search(line):
        return True
    patterns = _patterns(resources)
    tail = line[-_CREDIT_CHARACTERS:]
    if patterns.supplier_words.isdisjoint(_WORDS.findall(tail.casefold())):
        return False
    return patterns.supplied.search(tail) is not None


def glued_end(line: str, resources: Resources) -> int:
    """Return where a date or credit ends that a crawler glued to the first sentence, or 0."""
    found = _patterns(resources).glued.match(line)
    # The look-ahead ignores case with the rest of the pattern: check the capital here.
    return found.end() if found and not line[found.end()].islower() else 0
