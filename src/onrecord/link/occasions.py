"""Days and places that accounts of the same event, or of the same words, do not share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from onrecord.ids import ArticleId, StoryId, UtteranceId
from onrecord.link.pairing import joined, neighbours
from onrecord.link.words import rates, telling, term
from onrecord.records import Amount, Annotation, Difference, DifferenceValue, Statement
from onrecord.resources import Resources

__all__ = ["OCCASIONS", "find_occasion_differences"]

OCCASIONS: Final = frozenset(("date", "place", "said"))
"""Kinds of amounts that are compared here."""

_COMMON_RATE: Final = 1500
"""Of 10,000 articles: a word in more of them does not say what happened."""
_SAME_EVENT: Final = 1.5
"""Weight of shared words where both name what happened by the same noun and verb."""
_LIKELY_EVENT: Final = 2.4
"""The same where they share one of the two."""
_NEAR: Final = 3
"""Days that two accounts of one event lie apart at most, unless a month is printed."""
_BESIDE: Final = 250
"""Characters within which a day and a place of the same event stand."""
_YEAR: Final = len("2026")
_WORDS_SHOWN: Final = 4
_SAID_SHOWN: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One day or place of one independent article, with what happened then or there."""

    article_id: ArticleId
    amount: Amount
    head: str
    verb: str
    printed: str
    terms: Mapping[str, float]
    beside: Mapping[str, str]
    """Days and places of other units that the article prints for the same event."""


def find_occasion_differences(
    story_id: StoryId,
    annotations: Sequence[Annotation],
    statements: Sequence[Statement],
    resources: Resources,
) -> list[Difference]:
    """Return when, and where, independent accounts of one thing do not agree.

    Two accounts are of one event where noun or verb and telling words around them are the same;
    of the same words where an utterance is quoted in both. Only values of the same precision are
    compared, and not two that are printed alike: these differ by the articles' own dates only.
    """
    known = rates(resources)
    texts = {row.article.id: row.article.text for row in annotations}
    found: list[Difference] = []
    for kind in ("date", "place"):
        places = [
            _place(row, amount, known)
            for row in annotations
            for amount in row.amounts
            if amount.kind == kind
        ]
        places = _in_agreement(places)
        groups = joined(places, [place.article_id for place in places], _weight, _keys)
        found += [_difference(story_id, group) for group in groups if _differ(group)]
    return found + _said_differences(story_id, annotations, statements, texts)


def _place(row: Annotation, amount: Amount, known: Mapping[str, int]) -> _Place:
    head, verb, *_ = amount.about
    return _Place(
        article_id=row.article.id,
        amount=amount,
        head=term(head),
        verb=term(verb),
        printed=_printed(amount, row.article.text),
        terms=telling(amount.about, known, _COMMON_RATE),
        beside={
            other.unit or "": other.value
            for other in row.amounts
            if other.kind in ("date", "place")
            and other.unit != amount.unit
            and abs(other.span.start - amount.span.start) < _BESIDE
            and other.about[:2] == amount.about[:2]
        },
    )


def _printed(amount: Amount, text: str) -> str:
    """Return the wording, folded; "today's" is printed as "today" is."""
    return term(amount.span.of(text)) or amount.span.of(text)


def _weight(left: _Place, right: _Place) -> float:
    """Return how surely two accounts are of one event; 0 where they are not."""
    if left.amount.unit != right.amount.unit or not _comparable(left, right):
        return 0.0
    heads = bool(left.head) and left.head == right.head
    verbs = bool(left.verb) and left.verb == right.verb
    if not (heads or verbs) or not _agree(left, right):
        return 0.0
    weight = sum(value for word, value in left.terms.items() if word in right.terms)
    # A noun that is the whole event ("the fire on Monday", "the fire broke out") needs no verb.
    same = heads and left.verb == right.verb
    return weight if weight >= (_SAME_EVENT if same else _LIKELY_EVENT) else 0.0


def _keys(place: _Place) -> tuple[tuple[str | None, str, str], ...]:
    """Return what two accounts of one event share one of."""
    unit = place.amount.unit
    nouns = ((unit, "noun", place.head),) if place.head else ()
    return (*nouns, (unit, "verb", place.verb)) if place.verb else nouns


def _in_agreement(places: Sequence[_Place]) -> list[_Place]:
    """Return the places without those of which the same article gives another value as well."""
    contradicted: set[int] = set()
    for one, other in neighbours(places, _keys):
        left, right = places[one], places[other]
        if (
            left.article_id == right.article_id
            and left.amount.value != right.amount.value
            and _weight(left, right) > 0
        ):
            contradicted |= {one, other}
    return [place for number, place in enumerate(places) if number not in contradicted]


def _agree(left: _Place, right: _Place) -> bool:
    """Return whether nothing else tells two events apart: who, what was done, where, when."""
    if any(
        left.beside[unit] != value for unit, value in right.beside.items() if unit in left.beside
    ):
        return False
    if left.head and right.head and left.head != right.head:
        return left.head in right.terms or right.head in left.terms
    return not (left.verb and right.verb and left.verb != right.verb)


def _comparable(left: _Place, right: _Place) -> bool:
    """Return whether two values can contradict each other, or are equal."""
    one, other = left.amount, right.amount
    if one.value == other.value:
        return True
    if left.printed == right.printed:
        return False
    if one.kind == "place":
        return not (set(one.value.split()) & set(other.value.split()))
    if one.value[_YEAR:] == other.value[_YEAR:] and one.unit != "year":
        # Without a printed year it comes from the articles' own dates.
        return all(place.amount.value[:_YEAR] in place.printed for place in (left, right))
    if one.unit != "day" or (_names_month(left) and _names_month(right)):
        return True
    return _apart(one.value, other.value) <= _NEAR


def _names_month(place: _Place) -> bool:
    return any(letter.isdigit() for letter in place.printed)


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _differ(group: Sequence[_Place]) -> bool:
    """Return whether articles disagree, each with itself in agreement."""
    stated: dict[ArticleId, set[str]] = {}
    for place in group:
        stated.setdefault(place.article_id, set()).add(place.amount.value)
    if any(len(values) > 1 for values in stated.values()):
        return False
    pairs = combinations(group, 2)
    differing = [pair for pair in pairs if pair[0].amount.value != pair[1].amount.value]
    return bool(differing) and all(_comparable(*pair) for pair in differing)


def _difference(story_id: StoryId, group: Sequence[_Place]) -> Difference:
    shared = [
        word
        for word in group[0].amount.about
        if word and all(term(word) in place.terms for place in group)
    ]
    return _row(
        story_id,
        " ".join(shared[:_WORDS_SHOWN]),
        [(place.article_id, place.amount) for place in group],
        f"{group[0].amount.kind}s: same event, shared words",
    )


def _row(
    story_id: StoryId, what: str, values: Sequence[tuple[ArticleId, Amount]], method: str
) -> Difference:
    return Difference(
        story_id=story_id,
        what=what,
        values=tuple(
            DifferenceValue(
                article_id=article_id,
                statement_id=amount.statement_id,
                span=amount.span,
                value=amount.value,
                unit=amount.unit,
                qualifier=amount.qualifier,
            )
            for article_id, amount in sorted(values, key=lambda value: (value[0], value[1].span))
        ),
        confidence=0.7,
        method=method,
    )


def _said_differences(
    story_id: StoryId,
    annotations: Sequence[Annotation],
    statements: Sequence[Statement],
    texts: Mapping[ArticleId, str],
) -> list[Difference]:
    """Return utterances that articles quote and print other days for."""
    days = {
        amount.statement_id: amount
        for row in annotations
        for amount in row.amounts
        if amount.kind == "said"
    }
    quoted: dict[UtteranceId, list[Statement]] = {}
    for row in statements:
        if row.utterance_id and row.id in days and row.mode in ("direct", "mixed"):
            quoted.setdefault(row.utterance_id, []).append(row)
    found: list[Difference] = []
    for _, rows in sorted(quoted.items()):
        values = [(row.article_id, days[row.id]) for row in rows]
        if _said_apart(values, texts):
            words = max((row.text for row in rows), key=lambda text: (len(text), text)).split()
            what = " ".join(words[:_SAID_SHOWN])
            found.append(_row(story_id, what, values, "dates: same words, other day of saying"))
    return found


def _said_apart(values: Sequence[tuple[ArticleId, Amount]], texts: Mapping[ArticleId, str]) -> bool:
    printed: dict[str, set[str]] = {}
    by_article: dict[ArticleId, set[str]] = {}
    for article_id, amount in values:
        wording = _printed(amount, texts[article_id])
        printed.setdefault(wording, set()).add(amount.value)
        by_article.setdefault(article_id, set()).add(amount.value)
    if any(len(days) > 1 for days in (*printed.values(), *by_article.values())):
        return False
    days = sorted({amount.value for _, amount in values})
    return len(days) > 1 and _apart(days[0], days[-1]) <= _NEAR
