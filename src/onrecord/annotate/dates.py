"""When something was said: expressions of time tied to its cue, resolved by the article's date."""

import datetime as dt
from bisect import bisect_left
from typing import Final, NamedTuple

from msgspec.structs import replace

from onrecord.annotate.calendar import day_value, range_of, shift_day
from onrecord.annotate.found import Attribution, Parse
from onrecord.annotate.time_words import TimeFound, TimeWords, time_words_of
from onrecord.annotate.times import find_times
from onrecord.records import Article, DateRange
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["Said", "day_of_writing", "said_when"]

_DAY: Final = len("2026-03-04")
_WEEK: Final = 7
_AFTER: Final = 12
"""Words after a cue in which its date may stand ("said in a letter to the board on Friday")."""
_TRAIL: Final = 4
"""Words right behind the content in which it may stand."""
_FRONT: Final = 10
"""Words at the start of a sentence in which a date opens it ("Late on Monday, ...")."""
_BACK: Final = 120
"""Words before a statement in which the day may stand that "the next day" counts from."""
_SIGNATURE: Final = 16
"""Words after a post in which its own date stands ("— Name (@handle) March 3, 2026")."""
_STOPS: Final = frozenset(
    (";", ":", "that", "who", "which", "after", "before", "because", "when", "since")
)
"""What follows is another clause: its date is not when the words were said."""


class Said(NamedTuple):
    """When words were said, and where the text prints it; no place for a mark of the page."""

    when: DateRange
    span: Span | None


def day_of_writing(article: Article) -> dt.date | None:
    """Return the day an article was published, or None where it is not known to the day."""
    if article.published is None or article.published_precision in ("month", "year"):
        return None
    try:
        return dt.date.fromisoformat(article.published[:_DAY])
    except ValueError:
        return None


def said_when(
    article: Article, parse: Parse, attribution: Attribution, resources: Resources
) -> Said | None:
    """Return when the words were said as the text tells it, or None where it does not.

    Nothing is guessed: a relative expression without an article date, and a day counted from a
    day that the text does not name, give None. Words of a post were said when it was posted.
    """
    if attribution.mode == "embedded":
        return _posted(article, parse, attribution, resources)
    if attribution.cue is None:
        return None
    anchor = day_of_writing(article)
    tables = time_words_of(resources)
    cue = _tokens(parse, attribution.cue)
    if not cue:
        return None
    for window in (
        _after(parse, attribution, cue),
        _behind(parse, attribution, cue),
        _front(parse, attribution, cue),
    ):
        for found in find_times(parse, window, anchor, tables):
            said = _range(parse, found, anchor, tables)
            if said is not None and not _may_be_of_revision(article, said):
                return Said(said, parse.span(found.first, found.last))
    return None


def _may_be_of_revision(article: Article, said: DateRange) -> bool:
    """Return whether a weekday may be one between publication and a later revision."""
    if said.rule != "weekday" or article.modified is None:
        return False
    next_one = shift_day(dt.date.fromisoformat(said.start), _WEEK)
    return next_one is not None and next_one.isoformat() <= article.modified[:_DAY]


def _tokens(parse: Parse, span: Span) -> range:
    first = bisect_left(parse.starts, span.start)
    return range(first, bisect_left(parse.starts, span.end, first))


def _after(parse: Parse, attribution: Attribution, cue: range) -> range:
    """Return the tokens after cue and source up to the content or the next clause."""
    first = cue.stop
    if attribution.source is not None and attribution.source.start >= parse.ends[cue.stop - 1]:
        first = _tokens(parse, attribution.source).stop
    sentence = parse.sentences[parse.sentence_of[cue.start]]
    stop = min(sentence.last, first + _AFTER)
    contents = {piece.start for piece in attribution.content}
    for token in range(first, stop):
        if parse.starts[token] in contents or _opens_clause(parse, token):
            return range(first, token)
    return range(first, stop)


def _opens_clause(parse: Parse, token: int) -> bool:
    """Return whether another clause starts at a token; "the day after" is none."""
    return parse.lowers[token] in _STOPS and parse.lowers[token - 1 : token] != ("day",)


def _behind(parse: Parse, attribution: Attribution, cue: range) -> range:
    """Return the few tokens right behind the content ("denied the claim on Friday")."""
    sentence = parse.sentences[parse.sentence_of[cue.start]]
    end = max(piece.end for piece in attribution.content)
    first = bisect_left(parse.starts, end, sentence.first)
    if first <= cue.start:
        return range(0)
    stop = min(sentence.last, first + _TRAIL)
    for token in range(first, stop):
        if _opens_clause(parse, token):
            return range(first, token)
    return range(first, max(first, stop))


def _front(parse: Parse, attribution: Attribution, cue: range) -> range:
    """Return the first tokens of the sentence, where they come before source, cue and content."""
    first = parse.sentences[parse.sentence_of[cue.start]].first
    starts = [parse.starts[cue.start], *(piece.start for piece in attribution.content)]
    if attribution.source is not None:
        starts.append(attribution.source.start)
    stop = bisect_left(parse.starts, min(starts), first)
    return range(first, max(first, min(stop, first + _FRONT)))


def _range(
    parse: Parse, found: TimeFound, anchor: dt.date | None, tables: TimeWords
) -> DateRange | None:
    """Return the days that an expression names; nothing is said after it was published."""
    if found.rule.startswith("then "):
        return _counted(parse, found, anchor, tables)
    said = range_of(found.value, found.rule) if found.value else None
    if said is None or anchor is None or said.start <= anchor.isoformat():
        return said
    if found.rule == "weekday":
        day = shift_day(dt.date.fromisoformat(said.start), -_WEEK)
        return range_of(day_value(day), found.rule) if day else None
    # A day soon to come is more likely that day than one of last year, and nobody has spoken then.
    return _year_before(said) if found.rule == "month, nearest year" else None


def _year_before(said: DateRange) -> DateRange | None:
    """Return the same days a year earlier, or None where that year has no such day."""
    start, end = (f"{int(day[:4]) - 1:04d}{day[4:]}" for day in (said.start, said.end))
    try:
        dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    except ValueError:
        return None
    return replace(said, start=start, end=end)


def _counted(
    parse: Parse, found: TimeFound, anchor: dt.date | None, tables: TimeWords
) -> DateRange | None:
    """Return the day counted from the one last named before ("the next day")."""
    before = range(max(0, found.first - _BACK), found.first)
    days = [one for one in find_times(parse, before, anchor, tables) if _is_day(one)]
    if not days:
        return None
    value = days[-1].value or ""
    day = shift_day(dt.date.fromisoformat(value), int(found.rule.removeprefix("then ")))
    if day is None or (anchor is not None and day > anchor):
        return None
    return range_of(day_value(day), f"counted from {value}")


def _is_day(found: TimeFound) -> bool:
    value = found.value or ""
    return len(value) == _DAY and value.replace("-", "").isdecimal()


def _posted(
    article: Article, parse: Parse, attribution: Attribution, resources: Resources
) -> Said | None:
    """Return the day of a post: as the page marks it, else as its signature prints it."""
    for embed in article.embeds:
        if embed.posted and any(Span(*embed.span).overlaps(one) for one in attribution.content):
            marked = range_of(embed.posted[:_DAY], "date of the post")
            return Said(marked, None) if marked else None
    if attribution.source is None:
        return None
    first = _tokens(parse, attribution.source).stop
    window = range(first, min(first + _SIGNATURE, len(parse.words)))
    for found in find_times(parse, window, None, time_words_of(resources)):
        signed = range_of(found.value or "", "date of the post") if _is_day(found) else None
        if signed is not None:
            return Said(signed, parse.span(found.first, found.last))
    return None
