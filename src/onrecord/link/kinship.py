"""How one word is a form of another: spelling, tense, inflection, or a near word."""

from functools import cache

from rapidfuzz.distance import OSA

from onrecord.link.wording import function_class, is_number, stem
from onrecord.link.words import rates, term
from onrecord.records import CarriageType
from onrecord.resources import Resources

__all__ = ["kinship"]

_LEAST_SPELT = 4
_ENDINGS = ("ed", "ing", "er", "ers", "s")


@cache
def _tenses(resources: Resources) -> frozenset[tuple[str, str]]:
    return frozenset((row[0], row[1]) for row in resources.tables["tense_pairs"])


@cache
def _concept_of(resources: Resources) -> dict[str, str]:
    return {
        stem(word): row[0]
        for row in resources.tables["concepts"]
        for word in row[1].split()
        if "_" not in word
    }


def kinship(one: str, other: str, resources: Resources) -> CarriageType | None:
    """Return how the word *other* is a form of *one*, or None where it is another word.

    >>> from onrecord.resources import load_resources
    >>> kinship("harbour", "harbor", load_resources("en"))
    'SPELLING'
    >>> kinship("is", "was", load_resources("en"))
    'TENSE'
    """
    if is_number(one) and is_number(other):
        return "NUMBER"
    pairs = _tenses(resources)
    if (one, other) in pairs or (other, one) in pairs:
        return "TENSE"
    classes = (function_class(one, resources), function_class(other, resources))
    if classes[0] is not None or classes[1] is not None:
        return "PRONOUN" if classes == ("pronoun", "pronoun") else None
    if _is_spelling(one, other, resources):
        return "SPELLING"
    if stem(one) == stem(other):
        return "TENSE" if one.endswith("ed") != other.endswith("ed") else "INFLECTION"
    concepts = _concept_of(resources)
    concept = concepts.get(stem(one))
    return "SYNONYM" if concept is not None and concept == concepts.get(stem(other)) else None


def _is_spelling(one: str, other: str, resources: Resources) -> bool:
    """Return whether two words are one word spelt in two ways.

    British and American spellings, short forms of months, and words that differ in one letter
    or two exchanged ones, unless both are words of their own.
    """
    if min(len(one), len(other)) < _LEAST_SPELT and not _is_short_form(one, other, resources):
        return False
    if not one.isalpha() or not other.isalpha():
        return False
    if _is_short_form(one, other, resources) or _is_variant(one, other, resources):
        return True
    if stem(one) == stem(other):
        same_end = any(one.endswith(end) and other.endswith(end) for end in _ENDINGS)
        return same_end and OSA.distance(one, other) <= 1
    known = rates(resources)
    if term(one) in known and term(other) in known:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _is_variant(one: str, other: str, resources: Resources) -> bool:
    return any(
        british.replace(old, new) == american
        for old, new in resources.tables["spelling_pairs"]
        for british, american in ((one, other), (other, one))
        if old in british
    )


@cache
def _months(resources: Resources) -> dict[str, str]:
    return {row[0].lower(): row[1] for row in resources.tables["months"]}


def _is_short_form(one: str, other: str, resources: Resources) -> bool:
    months = _months(resources)
    return one != other and one in months and months[one] == months.get(other)
