"""When a page was published: an ordered cascade of rules, the one that fired kept with the date.

A page without a rule that fires has no date. Days of change, and whatever day the page was
saved or crawled, are never taken for it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from lxml import html

from onrecord.ingest.body import Piece
from onrecord.ingest.dates import Dated, date_pattern, parse_date
from onrecord.ingest.linked_data import LinkedData
from onrecord.resources import Resources

__all__ = ["PageFacts", "published_on"]

_URL_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2}|[a-z]{3,9})[/-](?P<day>\d{1,2})(?=[/_.-]|$)",
    re.IGNORECASE,
)
_URL_DIGITS = re.compile(r"[/_-](?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_.-]|$)")
_PUBLISHED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?)?-?(?:date|time|on)?|post(?:ed)?-?(?:date|time|on)|entry-date|article-?(?:date|time)"
    r"|date-?(?:published|posted|time|line)?|dateline|timestamp|byline-date|story-date|datetime)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|edited|revis|review|fact.?check|accessed|copyright|©|last\s", re.IGNORECASE
)
_PUBLISHED_WORD = re.compile(
    r"\b(?:published|posted|first published|created|issued|originally)\b", re.IGNORECASE
)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:originally|first)\s(?:published|posted)(?:\son|:|\s[-–])?\s?$", re.IGNORECASE
)
_RANGE = re.compile(r"\d\s?(?:[A-Z][a-z]{2,8}\.?\s?)?[-–—]\s?$")
_ELSEWHERE = frozenset(("aside", "footer", "nav", "li"))
_STAMP_CHARACTERS = 90
# A dateline stands within this many pieces of the headline, and above the text.
_NEAR_TITLE = 24
# A date above the headline is the article's only where none stands close below it.
_ABOVE, _ABOVE_COSTS = 3, 4
# News is updated within days; what is changed after a month is another text.
_MONTH_DAYS = 30
# More words than this before a date are a sentence about something else.
_LABEL_WORDS = 6
_LONG, _PARAGRAPHS = 200, 2
_PRINTED = frozenset(
    ("dateline", "named element", "printed line", "printed first", "printed change", "only date")
)


class PageFacts(NamedTuple):
    """What the rules look at."""

    root: html.HtmlElement
    meta: Mapping[str, str]
    """First content of each meta element by its name in lower case."""
    data: LinkedData
    url: str | None
    pieces: Sequence[Piece]
    title_at: int | None
    """Position of the headline among the pieces."""
    day_first: bool | None
    """How 3/4/2019 is to be read, where the page says in which English it is written."""


def published_on(facts: PageFacts, modified: Dated | None, resources: Resources) -> Dated | None:
    """Return the day of publication by the first rule that gives one.

    Where a later rule gives the same day with its time, the time is taken over. Where the
    time is in UTC and the address has the day beside it, that day is the outlet's own.
    """
    best: Dated | None = None
    for rule, value in _candidates(facts, resources):
        found = parse_date(value, resources, rule=rule, day_first=facts.day_first)
        if found is None:
            continue
        if best is None or (found.precision == "second" and found.value[:10] == best.value):
            best = found
        if best.precision == "second":
            break
    if best is None or best.rule in _PRINTED:
        return best
    printed = _as_printed(best, modified, facts, resources)
    if printed is None and _is_contradicted(best, facts, resources):
        return None
    return printed or _on_local_day(best, facts, resources)


def _as_printed(
    best: Dated, modified: Dated | None, facts: PageFacts, resources: Resources
) -> Dated | None:
    """Return the day printed by the headline where it is another one than the page's data has.

    Data that disagrees by more than a time zone comes from a move of the site or a template;
    the printed day is what the outlet tells its readers, unless it is that of the last change.
    """
    changed = _days(modified) if modified else None
    for rule, value in _datelines(facts, resources):
        found = parse_date(value, resources, rule=rule, day_first=facts.day_first)
        if found is not None:
            apart = abs(_days(found) - _days(best)) > 1
            is_change = changed is not None and abs(_days(found) - changed) <= 1
            return found if apart and not is_change else None
    return None


def _is_contradicted(best: Dated, facts: PageFacts, resources: Resources) -> bool:
    """Return whether *best* stands in the JSON-LD alone while another day is by the headline.

    Such a page shows its readers the day of its last change, often years later: the words that
    were read are not those of the day in its data, and nothing else says that the day is right.
    """
    if not best.rule.startswith("json-ld") or not facts.data.is_article:
        return False
    stamp = _stamp(resources)
    near = [*_stamps(_by_title(facts), stamp), *_stamps(_by_title(facts), stamp, changed=True)]
    beside = [day for _, day in _readable((("near", line) for line in near), facts, resources)]
    if not beside or min(abs(day - _days(best)) for day in beside) <= _MONTH_DAYS:
        return False
    printed = (("printed", line) for line in _stamps(facts.pieces, stamp))
    days = _readable(chain(_candidates(facts, resources), printed), facts, resources)
    return not any(
        abs(day - _days(best)) <= 1 for rule, day in days if not rule.startswith("json-ld")
    )


def _readable(
    lines: Iterable[tuple[str, str]], facts: PageFacts, resources: Resources
) -> list[tuple[str, int]]:
    """Return rule and day of each of *lines* that can be read."""
    found = [
        parse_date(value, resources, rule=rule, day_first=facts.day_first) for rule, value in lines
    ]
    return [(date.rule, _days(date)) for date in found if date is not None]


def _days(date: Dated) -> int:
    """Return the day as a number of days."""
    year, month, day = (*date.value[:10].split("-"), "1", "1")[:3]
    return dt.date(int(year), int(month), int(day)).toordinal()


def _on_local_day(best: Dated, facts: PageFacts, resources: Resources) -> Dated:
    """Return the day in the address where it is the one before or after *best*, a time in UTC."""
    if not best.value.endswith("+00:00") or not facts.url:
        return best
    for rule, value in _in_address(facts.url):
        found = parse_date(value, resources, rule=rule)
        if found is not None and abs(_days(found) - _days(best)) == 1:
            return found
    return best


def _candidates(facts: PageFacts, resources: Resources) -> Iterator[tuple[str, str]]:
    if facts.data.is_article and facts.data.published:
        yield "json-ld datePublished", facts.data.published
    for (name,) in resources.tables["page_dates"]:
        if facts.meta.get(name):
            yield f"meta {name}", facts.meta[name]
    yield from _marked_up(facts.root)
    if facts.url:
        yield from _in_address(facts.url)
    yield from _first_published(facts, resources)
    yield from _datelines(facts, resources)
    yield from _agreed(_time_elements(facts), facts, resources)
    # The page around an article is often published anew with each change of the site.
    if facts.data.published:
        yield "json-ld datePublished of the page", facts.data.published
    yield from _visible(facts, resources)


def _marked_up(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for node in root.xpath("//*[contains(@itemprop, 'datePublished') or @pubdate]"):
        value = node.get("content") or node.get("datetime") or node.text_content()
        if value and value.strip():
            kind = "itemprop datePublished" if node.get("itemprop") else "time[pubdate]"
            yield kind, value


def _time_elements(facts: PageFacts) -> Iterator[tuple[str, str]]:
    """Yield the dates of time elements that stand by the headline, not by links to others."""
    for node in _times(facts):
        value = node.get("datetime") or node.text_content()
        around = [above for _, above in zip(range(6), node.iterancestors(), strict=False)]
        names = " ".join(above.get("class", "") for above in (node, *around[:2]))
        said = f"{names} {(around[0].text_content() if around else '')[:120]}"
        if _CHANGED.search(said) and not _PUBLISHED_WORD.search(said):
            continue
        if any(above.tag in _ELSEWHERE for above in around) or _is_teaser(around):
            continue
        yield "time", value


def _times(facts: PageFacts) -> list[html.HtmlElement]:
    """Return the time elements of the page, those after the headline first."""
    times = list(facts.root.iter("time"))
    if facts.title_at is None or not times:
        return times
    title = facts.pieces[facts.title_at].node
    inside = [
        node for node in facts.root.iter("time", title.tag) if node is title or node.tag == "time"
    ]
    at = inside.index(title)
    return inside[at + 1 :] + inside[:at]


def _is_teaser(around: Sequence[html.HtmlElement]) -> bool:
    """Return whether a date belongs to a link to another article."""
    return any(
        re.search(
            r"related|teaser|card|comment|widget|sidebar|recirc|more-|latest|list",
            above.get("class", ""),
            re.IGNORECASE,
        )
        for above in around
    )


def _in_address(url: str) -> Iterator[tuple[str, str]]:
    found = _URL_DAY.search(url) or _URL_DIGITS.search(url)
    if found is None:
        return
    month, day, year = found["month"], found["day"], found["year"]
    if month.isdigit():
        yield "url", f"{year}-{int(month):02d}-{int(day):02d}"
    else:
        yield "url", f"{month.title()} {int(day)}, {year}"


@cache
def _stamp(resources: Resources) -> re.Pattern[str]:
    date = re.sub(r"\((?!\?)", "(?:", date_pattern(resources))
    return re.compile(rf"{date}|\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?!\d)", re.IGNORECASE)


def _visible(facts: PageFacts, resources: Resources) -> Iterator[tuple[str, str]]:
    """Yield printed dates away from the headline: elements named for a date, stated dates.

    Where all that a page prints is the day of its last change, that day comes last.
    """
    stamp = _stamp(resources)
    named = [
        piece for piece in facts.pieces if _PUBLISHED_NAMES.search(piece.node.get("class", ""))
    ]
    lines = (("named element", line) for line in _stamps(named[:5], stamp))
    yield from _agreed(lines, facts, resources)
    stated = [piece for piece in facts.pieces if _PUBLISHED_WORD.match(piece.text)]
    yield from (("printed line", line) for line in _stamps(stated, stamp))
    only = (("only date", line) for line in _stamps(facts.pieces, stamp))
    yield from _agreed(only, facts, resources)
    yield from (("printed change", line) for line in _stamps(_by_title(facts), stamp, changed=True))


def _agreed(
    lines: Iterable[tuple[str, str]], facts: PageFacts, resources: Resources
) -> list[tuple[str, str]]:
    """Return *lines* where all name one day: several days are those of other articles."""
    kept = list(lines)
    days = [day for _, day in _readable(kept, facts, resources)]
    return kept if len(days) == len(kept) and len(set(days)) == 1 else []


def _first_published(facts: PageFacts, resources: Resources) -> Iterator[tuple[str, str]]:
    """Yield the day of a line that says when the article was first published."""
    stamp = _stamp(resources)
    for piece in facts.pieces:
        found = None if piece.hidden else stamp.search(piece.text[: 2 * _LONG])
        if found is not None and _FIRST_PUBLISHED.search(piece.text[: found.start()]):
            yield "printed first", piece.text[found.start() :]


def _datelines(facts: PageFacts, resources: Resources) -> Iterator[tuple[str, str]]:
    """Yield the printed date nearest to the headline."""
    lines = _stamps(_by_title(facts), _stamp(resources))
    return (("dateline", line) for line in islice(lines, 1))


def _by_title(facts: PageFacts) -> Iterator[Piece]:
    """Yield the pieces around the headline, the nearest first, down to the third paragraph."""
    at = facts.title_at
    if at is None:
        return
    above = facts.pieces[max(0, at - _ABOVE) : at][::-1]
    long = 0
    for distance, piece in enumerate(facts.pieces[at : at + _NEAR_TITLE]):
        long += len(piece.text) > _LONG
        if long > _PARAGRAPHS:
            break
        if distance > _ABOVE_COSTS and above:
            yield above[0]
            above = above[1:]
        yield piece
    yield from above


def _stamps(
    pieces: Iterable[Piece], stamp: re.Pattern[str], *, changed: bool = False
) -> Iterator[str]:
    """Yield dates in short lines; those of a change only where they are asked for.

    The date under a post or a quotation is not that of the article.
    """
    for piece in pieces:
        if piece.hidden or len(piece.text) > _STAMP_CHARACTERS or piece.node.tag == "tr":
            continue
        if any(node.tag == "blockquote" for node in (piece.node, *piece.node.iterancestors())):
            continue
        for line in piece.text.split("\n"):
            found = stamp.search(line)
            if found is None:
                continue
            before = line[: found.start()]
            is_change = bool(_CHANGED.search(before) and not _PUBLISHED_WORD.search(before))
            if not is_change and (len(before.split()) > _LABEL_WORDS or _RANGE.search(before)):
                continue
            if is_change == changed:
                yield line[found.start() :]
