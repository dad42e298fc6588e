"""Quantities and counts in an article, normalised for comparison."""

from functools import cache
from typing import Final, NamedTuple

from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Lexicon, lexicon_of
from onrecord.annotate.numbers import Number, NumberWords, number_at, number_words_of, written
from onrecord.annotate.time_words import time_words_of
from onrecord.records import Amount, Article, Statement
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["find_amounts"]

_CURRENCIES: Final = frozenset("$£€¥")
_HEAD: Final = 4
"""Words after a number in which the noun that is counted stands ("12 former aides")."""
_AROUND: Final = 10
"""Words on both sides of a number that say what is counted."""
_MOST_WORDS: Final = 12
_TURNING: Final = frozenset(("anything", "nothing", "not", "no"))
"""Before a qualifier they turn it: "would not take anything less than"."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2049


class _Tables(NamedTuple):
    numbers: NumberWords
    lexicon: Lexicon
    months: frozenset[str]
    opening: frozenset[str]
    """Words of letters that a number can start with."""


@cache
def _tables(resources: Resources) -> _Tables:
    months = (word for word, row in time_words_of(resources).classes.items() if row[0] == "month")
    numbers = number_words_of(resources)
    opening = frozenset(("a", "an", *numbers.values))
    return _Tables(numbers, lexicon_of(resources), frozenset(months), opening)


def find_amounts(
    article: Article, parse: Parse, statements: tuple[Statement, ...], resources: Resources
) -> tuple[Amount, ...]:
    """Return the amounts of an article in text order.

    A number counts where what it counts is printed beside it: a currency, a unit or a noun.
    Years, days of the month, times of day and ages are no amounts.
    """
    del article
    tables = _tables(resources)
    found: list[Amount] = []
    after = 0
    opening = tables.opening
    for at in [at for at, word in enumerate(parse.lowers) if word in opening or not word.isalpha()]:
        sentence = parse.sentences[parse.sentence_of[at]]
        number = number_at(parse, at, sentence.last, tables.numbers) if at >= after else None
        if number is None:
            continue
        amount = _amount(parse, number, (sentence.first, sentence.last), tables)
        if amount is not None:
            found.append(amount)
        after = number.last
    return tuple(_placed(amount, statements) for amount in found)


def _placed(amount: Amount, statements: tuple[Statement, ...]) -> Amount:
    """Return the amount with the innermost statement that holds it."""
    holding = [
        (piece.end - piece.start, statement.id)
        for statement in statements
        for piece in statement.content
        if piece.covers(Span(*amount.span))
    ]
    if not holding:
        return amount
    return Amount(
        span=amount.span,
        statement_id=min(holding)[1],
        kind=amount.kind,
        value=amount.value,
        unit=amount.unit,
        qualifier=amount.qualifier,
        about=amount.about,
    )


def _amount(
    parse: Parse, number: Number, sentence: tuple[int, int], tables: _Tables
) -> Amount | None:
    first, last = number.first, number.last
    kind, unit, value = "number", None, number.value
    symbol = parse.lowers[first - 1] if first > sentence[0] else ""
    measure = number.unit or (parse.lowers[last] if last < sentence[1] else "")
    if symbol in _CURRENCIES:
        kind, unit, first = "money", symbol, first - 1
    elif measure in tables.numbers.units:
        kind, unit, factor = tables.numbers.units[measure]
        value *= factor
        last += not number.unit
    elif number.unit or _is_date_or_time(parse, number, sentence, tables):
        return None
    after = _head(parse, last, sentence[1], tables)
    if kind == "number" and unit is None and (not after or value <= 1):
        return None
    if kind == "duration" and parse.lowers[last : last + 1] in (("ago",), ("old",)):
        return None
    if _is_end_of_range(parse, first, sentence[0]):
        return None
    qualifier = _qualifier(parse, first, sentence[0], tables)
    return Amount(
        span=parse.span(first, last),
        kind=kind,
        value=written(value),
        unit=unit,
        qualifier=qualifier,
        about=_about(parse, (first, last), sentence, after, tables),
    )


def _is_date_or_time(
    parse: Parse, number: Number, sentence: tuple[int, int], tables: _Tables
) -> bool:
    """Tell counts from years, days, ages ("Quill, 42,") and times ("5 p.m.")."""
    before = parse.lowers[number.first - 1] if number.first > sentence[0] else ""
    after = parse.lowers[number.last] if number.last < sentence[1] else ""
    if number.last == number.first + 1 and _FIRST_YEAR <= number.value <= _LAST_YEAR:
        return True
    if before in tables.months or after in tables.months or before == ".":
        return True
    return after in ("p.m", "a.m", "p.m.", "a.m.", "pm", "am", ":", "o'clock", ",")


def _is_end_of_range(parse: Parse, first: int, start: int) -> bool:
    """Return whether a number is the second of two ("46 to 57 months")."""
    return (
        first - 2 >= start
        and parse.lowers[first - 1] in ("to", "and", "or", "-")
        and parse.lowers[first - 2][:1].isdigit()
    )


def _head(parse: Parse, first: int, stop: int, tables: _Tables) -> tuple[str, ...]:
    """Return the noun phrase that starts at *first*, its last word first; empty for none."""
    words: list[str] = []
    for token in range(first, min(stop, first + _HEAD)):
        word = parse.lowers[token]
        closed = word in tables.lexicon.classes and word != "others"
        if not word[:1].isalpha() or closed or word in tables.lexicon.verbs:
            break
        if words and word.endswith("ed"):
            break
        words.append(word)
    return tuple(reversed(words))


def _qualifier(parse: Parse, first: int, start: int, tables: _Tables) -> str | None:
    """Return the words right before a number that qualify it, folded."""
    if first <= start:
        return None
    for words in tables.numbers.qualifiers.get(parse.lowers[first - 1], ()):
        begin = first - len(words)
        if begin >= start and parse.lowers[begin:first] == words:
            turned = begin > start and parse.lowers[begin - 1] in _TURNING
            return None if turned else " ".join(words)
    return None


def _about(
    parse: Parse,
    tokens: tuple[int, int],
    sentence: tuple[int, int],
    head: tuple[str, ...],
    tables: _Tables,
) -> tuple[str, ...]:
    """Return the words that say what is counted: the noun phrase, then those around it."""
    left = range(max(sentence[0], tokens[0] - _AROUND), tokens[0])
    right = range(tokens[1], min(sentence[1], tokens[1] + _AROUND))
    words = list(head)
    for token in (*right, *reversed(left)):
        word = parse.lowers[token]
        if word[:1].isalpha() and word not in tables.lexicon.classes:
            words.append(word.removesuffix("'s"))
    return tuple(dict.fromkeys(words))[:_MOST_WORDS]
