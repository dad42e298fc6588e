"""Days and places of what an article tells, each with the event that it is printed for."""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from onrecord.annotate.dates import day_of_writing
from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Lexicon, lexicon_of
from onrecord.annotate.localities import Localities, localities_of, locality_at
from onrecord.annotate.time_words import TimeWords, time_words_of
from onrecord.annotate.times import find_times
from onrecord.records import Amount, Article
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["find_occasions"]

_PRECISIONS: Final = {len("2026-03-04"): "day", len("2026-03"): "month", len("2026"): "year"}
_REACH: Final = 9
"""Words before or after an expression in which the verb it goes with is looked for."""
_AROUND: Final = 14
"""Words on both sides that say what happened."""
_MOST_WORDS: Final = 16
_CLASSES: Final = ("occurring", "particle", "joint", "bound", "filler", "not")
_NOUN: Final = 3
"""Words of a noun phrase that a day stands before ("Monday's warehouse fire")."""


class _Tables(NamedTuple):
    lexicon: Lexicon
    times: TimeWords
    places: Localities
    verbs: dict[str, str]
    """Past by form, of irregular verbs."""
    occurring: frozenset[str]
    """Pasts of verbs that say no more than that their subject came about."""
    particles: frozenset[str]
    joints: frozenset[str]
    bounds: frozenset[str]
    fillers: frozenset[str]
    negations: frozenset[str]


class _Found(NamedTuple):
    """An expression of a day or a place: its tokens, kind, value, and how fine the value is."""

    first: int
    last: int
    kind: str
    value: str
    unit: str


class _Event(NamedTuple):
    """What a day or place is printed for: who or what, and the verb; "" where not told."""

    head: str
    verb: str


@cache
def _tables(resources: Resources) -> _Tables:
    classes: dict[str, set[str]] = {}
    verbs: dict[str, str] = {}
    for row in resources.tables["event_words"]:
        word, kind = row[0], row[1]
        if kind in ("verb", "occurring"):
            verbs |= dict.fromkeys((word, *row[2].split()), word)
        classes.setdefault(kind, set()).add(word)
    return _Tables(
        lexicon_of(resources),
        time_words_of(resources),
        localities_of(resources),
        verbs,
        *(frozenset(classes[kind]) for kind in _CLASSES),
    )


def find_occasions(article: Article, parse: Parse, resources: Resources) -> tuple[Amount, ...]:
    """Return when and where an article says that things happened, in text order.

    Left out are captions (their day is the picture's), spans of time and bounds ("since Monday"),
    sentences with several days or places of one kind, denied events, and days of speaking, which
    belong to a statement. The first two words of `about` are the noun and the verb of the event,
    "" where there is none.
    """
    tables = _tables(resources)
    captions = [Span(*block.span) for block in article.blocks if block.kind == "caption"]
    found: list[Amount] = []
    for one in _alone(parse, _expressions(article, parse, tables)):
        event = _event(parse, one, tables)
        if event is None or any(
            caption.start <= parse.starts[one.first] < caption.end for caption in captions
        ):
            continue
        amount = Amount(
            span=parse.span(one.first, one.last),
            kind=one.kind,
            value=one.value,
            unit=one.unit,
            about=(event.head, event.verb, *_around(parse, one, event, tables)),
        )
        found.append(amount)
    return tuple(sorted(found, key=lambda amount: amount.span))


def _expressions(article: Article, parse: Parse, tables: _Tables) -> Iterator[_Found]:
    anchor = day_of_writing(article)
    for time in find_times(parse, range(len(parse.words)), anchor, tables.times):
        value = time.value or ""
        unit = _PRECISIONS.get(len(value))
        if unit is not None and value.replace("-", "").isdecimal():
            yield _Found(time.first, time.last, "date", value, unit)
    openers = tables.places.openers
    for token in [at + 1 for at, word in enumerate(parse.lowers[:-1]) if word in openers]:
        if parse.words[token][0].isupper():
            place = locality_at(parse, token, tables.places)
            if place is not None:
                yield _Found(place.first, place.last, "place", place.value, place.unit)


def _alone(parse: Parse, found: Iterator[_Found]) -> list[_Found]:
    """Return the expressions that are the only ones of their unit in their sentence."""
    by_sentence: dict[tuple[int, str], list[_Found]] = {}
    for one in found:
        key = (parse.sentence_of[one.first], one.unit)
        by_sentence.setdefault(key, []).append(one)
    return [ones[0] for ones in by_sentence.values() if len(ones) == 1]


def _event(parse: Parse, found: _Found, tables: _Tables) -> _Event | None:
    """Return what an expression is printed for, or None where that is not plain."""
    sentence = parse.sentences[parse.sentence_of[found.first]]
    left = found.first - 1
    while left >= sentence.first and _is_filler(parse.lowers[left], tables):
        if parse.lowers[left] in tables.bounds:
            return None
        left -= 1
    if found.kind == "date" and (named := _noun_after(parse, found, sentence.last, tables)):
        return _Event(named, "")
    if left < sentence.first:
        return _fronted(parse, found.last, sentence.last, tables)
    if parse.lowers[left] in tables.bounds or parse.lowers[left] in tables.joints:
        return None
    return _before(parse, left, sentence.first, tables)


def _is_filler(word: str, tables: _Tables) -> bool:
    return word in tables.fillers or word in tables.bounds or word in tables.places.openers


def _noun_after(parse: Parse, found: _Found, stop: int, tables: _Tables) -> str:
    """Return the noun of "Monday's fire" and "the Aug. 4 raid", "" where a day names none."""
    lowers, first = parse.lowers, found.first
    owned = lowers[found.last - 1].endswith("'s")
    if not owned and (first == 0 or lowers[first - 1] not in ("the", "a", "last")):
        return ""
    noun = ""
    for token in range(found.last, min(stop, found.last + _NOUN)):
        word = lowers[token]
        if word in tables.times.classes or word in ("night", "morning", "evening", "afternoon"):
            continue
        if not _is_noun(parse, token, tables) or _verb(word, tables):
            break
        noun = word
    return noun


def _is_noun(parse: Parse, token: int, tables: _Tables) -> bool:
    """Return whether a token is a content word without capital, and no verb of speaking."""
    word = parse.words[token]
    spoken = any(form.form not in ("base", "ing") for form in tables.lexicon.cues.get(word, ()))
    known = spoken or word in tables.lexicon.classes
    return word[0].isalpha() and word[0].islower() and not known


def _verb(word: str, tables: _Tables) -> str:
    """Return the past of a verb, "" for any other word."""
    if word.endswith("ed") and len(word) > len("need"):
        return word
    return tables.verbs.get(word, "")


def _fronted(parse: Parse, first: int, stop: int, tables: _Tables) -> _Event | None:
    """Return the event of a sentence that its day or place opens ("On Monday, a fire ...")."""
    for token in range(first, min(stop, first + _REACH)):
        word = parse.lowers[token]
        if word in tables.negations or (word in tables.joints and token > first + 1):
            return None
        if _verb(word, tables):
            return _of_verb(parse, token, first, tables)
    return None


def _before(parse: Parse, left: int, start: int, tables: _Tables) -> _Event | None:
    """Return the event of an expression that follows it: its noun, its verb, or both."""
    head = ""
    if _is_noun(parse, left, tables) and not _verb(parse.lowers[left], tables):
        head = parse.lowers[left]
    for token in range(left, max(start, left - _REACH) - 1, -1):
        word = parse.lowers[token]
        if word in tables.negations:
            return None
        if word in tables.joints:
            break
        if _verb(word, tables):
            event = _of_verb(parse, token, start, tables)
            particle = head in tables.particles or token == left
            return event if event is None or particle or event.head else event._replace(head=head)
    return _Event(head, "") if head else None


def _of_verb(parse: Parse, token: int, start: int, tables: _Tables) -> _Event | None:
    """Return a verb with the word that its subject ends in; None for verbs of speaking."""
    word = parse.lowers[token]
    if word in tables.lexicon.cues:
        return None
    left = token - 1
    while left >= start and (
        tables.lexicon.has(parse.lowers[left], "be", "have", "modal", "adverb")
        or parse.lowers[left].endswith("ly")
    ):
        left -= 1
    if left >= start and parse.lowers[left] in tables.negations:
        return None
    subject = _subject(parse, left, start, tables)
    verb = _verb(word, tables)
    return _Event(subject, "" if subject and _occurs(parse, token, verb, tables) else verb)


def _occurs(parse: Parse, token: int, verb: str, tables: _Tables) -> bool:
    """Return whether a verb only says that its subject came about: it has no object."""
    if verb not in tables.occurring:
        return False
    after = parse.lowers[token + 1] if token + 1 < len(parse.lowers) else "."
    return (
        after in tables.particles
        or after in tables.times.classes
        or after in tables.joints
        or _is_filler(after, tables)
        or not after[:1].isalpha()
    ) and after not in ("a", "the")


def _subject(parse: Parse, left: int, start: int, tables: _Tables) -> str:
    """Return the last word of a subject that ends at *left*, "" for a pronoun or none.

    An aside is passed over ("Mara Quill, 42, died"), and "who" stands for the word before it.
    """
    if left > start and parse.lowers[left] == ",":
        commas = (at for at in range(left - 1, max(start, left - _REACH), -1))
        left = next((at - 1 for at in commas if parse.lowers[at] == ","), start - 1)
    elif left > start and parse.lowers[left] in ("who", "which", "that"):
        left -= 2 if parse.lowers[left - 1] == "," else 1
    if left < start or not parse.words[left][0].isalpha():
        return ""
    word = parse.lowers[left]
    known = word in tables.lexicon.classes or word in tables.joints
    return "" if known else word.removesuffix("'s")


def _around(parse: Parse, found: _Found, event: _Event, tables: _Tables) -> tuple[str, ...]:
    """Return the content words of the sentence around an expression, the nearest side first."""
    sentence = parse.sentences[parse.sentence_of[found.first]]
    left = range(max(sentence.first, found.first - _AROUND), found.first)
    right = range(found.last, min(sentence.last, found.last + _AROUND))
    words: dict[str, None] = {}
    for token in (*reversed(left), *right):
        word = parse.lowers[token].removesuffix("'s")
        if (
            word[:1].isalpha()
            and word not in tables.lexicon.classes
            and word not in tables.times.classes
            and word not in event
            and (not event.verb or _verb(word, tables) != event.verb)
        ):
            words[word] = None
    return tuple(words)[:_MOST_WORDS]
