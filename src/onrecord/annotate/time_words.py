"""Words of time, what an expression of time is, and the place in a text where one is read."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.resources import Resources

__all__ = ["Place", "TimeFound", "TimeWords", "time_words_of"]


class TimeFound(NamedTuple):
    """An expression: its tokens, its value where it has one, and the rule that read it."""

    first: int
    last: int
    value: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Classes and values of the words of time, by folded word."""

    classes: Mapping[str, tuple[str, str]]
    ahead: frozenset[str]
    behind: frozenset[str]
    before_year: frozenset[str]


@cache
def time_words_of(resources: Resources) -> TimeWords:
    """Return the compiled tables of *resources*."""
    classes = {word: (kind, value) for word, kind, value in resources.tables["time_words"]}
    for name, number in resources.tables["months"]:
        classes[name.casefold()] = ("month", number)
    contexts = {name: frozenset(words.split()) for name, words in resources.tables["time_contexts"]}
    return TimeWords(
        classes=classes,
        ahead=contexts["ahead"],
        behind=contexts["behind"],
        before_year=contexts["before-year"],
    )


class Place(NamedTuple):
    """Where a rule looks: folded and printed words, a token, and the day of writing."""

    lowers: Sequence[str]
    words: Sequence[str]
    at: int
    stop: int
    anchor: dt.date | None
    quarter: str | None
    """The quarter last spoken of: a company's report is about one."""
    tables: TimeWords

    def word(self, step: int) -> str:
        """Return the word *step* tokens on, without possessive; "" beyond the end."""
        place = self.at + step
        return self.lowers[place].removesuffix("'s") if 0 <= place < self.stop else ""

    def kind(self, step: int) -> str:
        """Return the class of the word *step* tokens on."""
        return self.tables.classes.get(self.word(step), ("", ""))[0]

    def value(self, step: int) -> str:
        """Return the value of the word *step* tokens on."""
        return self.tables.classes.get(self.word(step), ("", ""))[1]
