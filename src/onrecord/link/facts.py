"""Numbers, days and places on which accounts of the same thing differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import ArticleId, StoryId
from onrecord.link.occasions import OCCASIONS, find_occasion_differences
from onrecord.link.pairing import joined
from onrecord.link.words import rates, telling, term
from onrecord.records import Amount, Annotation, Copy, Difference, DifferenceValue, Statement
from onrecord.resources import Resources

__all__ = ["find_differences"]

_COMMON_RATE = 1500
"""Of 10,000 articles: a word in more of them does not say what is counted."""
_SAME_VALUE = 0.9
"""Weight of shared words from which equal values, or values of a rare unit, are of one thing."""
_SAME_THING = 1.6
"""The same for different values: two rare words beside the noun."""
_SAME_MONEY = 2.4
"""Money has no noun to agree on, so it takes more."""
_WORDS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One amount of one independent article, with the weights of the words around it."""

    article_id: ArticleId
    amount: Amount
    head: str
    terms: Mapping[str, float]
    sense: str
    """Whether it is a least, a most, or about."""


def find_differences(
    story_id: StoryId,
    annotations: Sequence[Annotation],
    statements: Sequence[Statement],
    copies: Sequence[Copy],
    resources: Resources,
) -> tuple[Difference, ...]:
    """Return what independent accounts differ on; agreement is not listed.

    Two amounts count the same thing where they have the same kind and unit, the same noun (but
    money), and telling words around them in common, and where neither has a better partner in
    the other's article. Copies repeat their original and are left out, but not revisions: an
    outlet that corrects a number differs from what it printed before. Days and places are
    compared by their events; *statements* say which of them carry the same utterance.
    """
    derived = {copy.article_id for copy in copies if copy.kind != "revision"}
    independent = [row for row in annotations if row.article.id not in derived]
    places = [
        _place(annotation, amount, resources)
        for annotation in independent
        for amount in annotation.amounts
        if amount.kind not in OCCASIONS
    ]
    groups = joined(places, [place.article_id for place in places], _weight, _keys)
    found = [_difference(story_id, group) for group in groups if _differs(group)]
    found += find_occasion_differences(story_id, independent, statements, resources)
    return tuple(
        sorted(found, key=lambda row: (row.what, row.values[0].article_id, row.values[0].span))
    )


def _place(annotation: Annotation, amount: Amount, resources: Resources) -> _Place:
    known = rates(resources)
    senses = {row[0]: row[1] for row in resources.tables["qualifiers"]}
    return _Place(
        article_id=annotation.article.id,
        amount=amount,
        head=term(amount.about[0]) if amount.about else "",
        terms=telling(amount.about, known, _COMMON_RATE),
        sense=senses.get(amount.qualifier or "", ""),
    )


def _keys(place: _Place) -> tuple[tuple[str, str | None, str]]:
    """Return what two amounts of one thing share in any case."""
    amount = place.amount
    return ((amount.kind, amount.unit, "" if amount.kind == "money" else place.head),)


def _weight(left: _Place, right: _Place) -> float:
    """Return how surely two amounts count the same thing; 0 where they cannot."""
    one, other = left.amount, right.amount
    if left.article_id == right.article_id or (one.kind, one.unit) != (other.kind, other.unit):
        return 0.0
    if one.kind != "money" and left.head != right.head:
        return 0.0
    weight = sum(value for word, value in left.terms.items() if word in right.terms)
    return weight if weight >= _needed(one, other) else 0.0


def _needed(one: Amount, other: Amount) -> float:
    if one.value == other.value or (one.kind == "number" and one.unit is not None):
        return _SAME_VALUE
    return _SAME_MONEY if one.kind == "money" else _SAME_THING


def _differs(group: Sequence[_Place]) -> bool:
    """Return whether articles disagree, each with itself in agreement."""
    stated: dict[ArticleId, set[tuple[str, str]]] = {}
    for place in group:
        sense = "" if place.sense == "about" else place.sense
        stated.setdefault(place.article_id, set()).add((place.amount.value, sense))
    if any(len(values) > 1 for values in stated.values()):
        return False
    return len({value for values in stated.values() for value in values}) > 1


def _difference(story_id: StoryId, group: Sequence[_Place]) -> Difference:
    shared = [
        word
        for word in group[0].amount.about
        if all(term(word) in place.terms or term(word) == place.head for place in group)
    ]
    rows = sorted(group, key=lambda place: (place.article_id, place.amount.span))
    return Difference(
        story_id=story_id,
        what=" ".join(shared[:_WORDS_SHOWN]),
        values=tuple(
            DifferenceValue(
                article_id=place.article_id,
                statement_id=place.amount.statement_id,
                span=place.amount.span,
                value=place.amount.value,
                unit=place.amount.unit,
                qualifier=place.amount.qualifier,
            )
            for place in rows
        ),
        confidence=0.7,
        method="amounts: same noun, shared words",
    )
