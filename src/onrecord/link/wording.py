"""The words of a statement, made comparable: each with its place in the article.

Keys are what is compared: folded, contractions expanded, numbers as digits, initials joined.
The characters a key stands for stay known, so every comparison can point at the page.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from onrecord.folding import fold
from onrecord.link.words import RARE_RATE, rates, term
from onrecord.records import Statement
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = [
    "Wording",
    "function_class",
    "function_words",
    "is_number",
    "read_wording",
    "stem",
    "weigher",
]

_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,})"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:st|nd|rd|th)?)"
    r"|(?P<stars>(?<!\w)[^\W\d_]?\*{2,}[^\W\d_]*|(?<!\w)[^\W\d_]-{2,}(?!\w))"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<dots>\[?(?:…|\.\s?\.\s?\.)\]?)"
    r"|(?P<stop>[.?!])"
    r"|(?P<mark>[\"“”«»\[\]$£€%])"
    r"|(?P<opened>(?<![^\W_])[‘'](?=[^\W_]))"
    r"|(?P<closed>(?<=[^\s‘'])[’'](?![^\W_]))"
)
_CLOSED = re.compile(r"(?<=[^\s‘'])[’'](?![^\W_])")
_ENDINGS = {"n't": "not", "'ve": "have", "'re": "are", "'ll": "will", "'m": "am"}
_TENS = frozenset(str(number) for number in range(20, 100, 10))
_UNITS = frozenset(str(number) for number in range(1, 10))
_LEAST_WEIGHT = 0.3
_MOST_WEIGHT = 6.0
_STEMMER = Stemmer.Stemmer("english", 0)  # `stem` keeps what it read


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a statement's content, in order; the tuples are parallel."""

    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]
    """Whether the word stands between quotation marks, or the whole statement does."""
    bracketed: tuple[bool, ...]
    """Whether the word stands in square brackets: not the speaker's."""
    closes: tuple[str, ...]
    """The mark . ? or ! that follows the word, else ""."""
    opens: tuple[str, ...]
    """What precedes the word: "piece" (a new content span), "quote", "dots", else ""."""

    pieces: tuple[int, ...]
    """The number of the content span that the word stands in."""

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.keys)

    @property
    def fullness(self) -> int:
        """How much of what was said this holds: the speaker's own words count three times.

        Words in brackets are the outlet's and count nothing.
        """
        marks = zip(self.quoted, self.bracketed, strict=True)
        return sum(0 if bracketed else 3 if quoted else 1 for quoted, bracketed in marks)


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return the stem of a folded English word (Porter's second stemmer).

    >>> stem("resignation") == stem("resigned")
    True
    """
    return str(_STEMMER.stemWord(word.removesuffix("'s")))


def is_number(key: str) -> bool:
    """Return whether *key* is a number.

    >>> is_number("1000"), is_number("ten")
    (True, False)
    """
    return key[0].isdigit()


@cache
def function_words(resources: Resources) -> dict[str, str]:
    """Return the closed class of each function word."""
    return {row[0]: row[1] for row in resources.tables["function_words"]}


def function_class(key: str, resources: Resources) -> str | None:
    """Return the closed class of a word, such as "pronoun", or None for a content word."""
    return function_words(resources).get(key)


@cache
def weigher(resources: Resources) -> Callable[[str], float]:
    """Return what tells how much it means that two wordings share a word: rare words mean more.

    The inverse document frequency by the shipped table, between 0.3 for function words and 6.
    """
    functions, known = function_words(resources), rates(resources)

    @lru_cache(maxsize=1 << 17)
    def weight_of(key: str) -> float:
        if key in functions:
            return _LEAST_WEIGHT
        rate = known.get(term(key), RARE_RATE)
        return max(_LEAST_WEIGHT, min(_MOST_WEIGHT, math.log(10_000 / rate)))

    return weight_of


@cache
def _spellings(resources: Resources) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values of number words, and what whole contractions stand for."""
    numbers = {row[0]: row[1] for row in resources.tables["number_words"]}
    contractions = {row[0]: row[1] for row in resources.tables["contractions"]}
    return numbers, contractions


class _Reader:
    """Collects the words of one statement."""

    def __init__(self, text: str, resources: Resources) -> None:
        self.text = text
        self.numbers, self.contractions = _spellings(resources)
        self.keys: list[str] = []
        self.spans: list[Span] = []
        self.quoted: list[bool] = []
        self.bracketed: list[bool] = []
        self.closes: list[str] = []
        self.opens: list[str] = []
        self.pieces: list[int] = []
        self.piece = -1
        self.in_quotes = False
        self.in_single = False
        self.in_brackets = False
        self.opening = ""

    def read(self, piece: Span, *, all_quoted: bool) -> None:
        """Read one content span."""
        self.in_quotes, self.in_brackets, self.opening = all_quoted, False, "piece"
        self.in_single = False
        self.piece += 1
        for match in _TOKEN.finditer(self.text, piece.start, piece.end):
            kind, printed = match.lastgroup, match.group()
            if kind == "stop":
                if self.closes:
                    self.closes[-1] = printed
            elif kind == "dots":
                self.opening = "dots"
            elif kind in ("opened", "closed"):
                self._single(match, piece.end)
            elif kind == "mark":
                self._mark(printed, match.start(), all_quoted=all_quoted)
            else:
                self._words(kind or "", printed, match.start())

    def _mark(self, mark: str, at: int, *, all_quoted: bool) -> None:
        if mark in "[]":
            self.in_brackets = mark == "["
        elif mark in "$£€%":
            self._add(mark, at, at + 1)
        elif not all_quoted:
            self.in_quotes = mark in "“«" or (mark == '"' and not self.in_quotes)
            if self.in_quotes and self.opening != "piece":
                self.opening = "quote"

    def _single(self, mark: re.Match[str], end: int) -> None:
        """Take a single mark as a quotation mark where another closes what it opens."""
        opens = mark.lastgroup == "opened"
        if opens and not _CLOSED.search(self.text, mark.end(), end):
            return  # an apostrophe: 'em, '90s
        self.in_single = opens
        if opens and self.opening != "piece":
            self.opening = "quote"

    def _words(self, kind: str, printed: str, start: int) -> None:
        """Add the keys that a printed word stands for."""
        end = start + len(printed)
        folded = fold(printed)
        if kind == "initials":
            # The last full stop may also end the sentence; it is taken as part of the word.
            self._add(folded.replace(".", ""), start, end)
        elif kind == "number":
            self._add(folded.replace(",", ""), start, end)
        elif folded in self.contractions:
            self._add_parts(self.contractions[folded].split(), start, end)
        elif folded in self.numbers:
            self._add_number(self.numbers[folded], start, end)
        else:
            self._add_word(folded, start, end)

    def _add_word(self, folded: str, start: int, end: int) -> None:
        at = folded.rfind("'")
        ending = folded[at - 1 :] if folded.endswith("n't") else folded[at:]
        if at > 0 and ending in _ENDINGS and len(folded) == end - start:
            head = folded[: len(folded) - len(ending)]
            self._add(head, start, end - len(ending))
            self._add(_ENDINGS[ending], end - len(ending), end)
        else:
            self._add(folded, start, end)

    def _add_parts(self, parts: list[str], start: int, end: int) -> None:
        """Add the two words of a whole contraction, each with some of its characters."""
        first, second = parts
        cut = min(end - 1, start + len(first))
        self._add(first, start, cut)
        self._add(second, cut, end)

    def _add_number(self, value: str, start: int, end: int) -> None:
        joined = self.keys and self.keys[-1] in _TENS and value in _UNITS
        if joined and self.text[self.spans[-1].end : start] == "-":
            self.keys[-1] = str(int(self.keys[-1]) + int(value))
            self.spans[-1] = Span(self.spans[-1].start, end)
        else:
            self._add(value, start, end)

    def _add(self, key: str, start: int, end: int) -> None:
        self.keys.append(key)
        self.spans.append(Span(start, end))
        self.quoted.append(self.in_quotes or self.in_single)
        self.bracketed.append(self.in_brackets)
        self.closes.append("")
        self.opens.append(self.opening)
        self.pieces.append(self.piece)
        self.opening = ""


def read_wording(text: str, statement: Statement, resources: Resources) -> Wording:
    """Return the words of *statement*, whose article's text is *text*."""
    reader = _Reader(text, resources)
    all_quoted = statement.mode in ("direct", "embedded")
    for piece in statement.content:
        reader.read(piece, all_quoted=all_quoted)
    return Wording(
        keys=tuple(reader.keys),
        spans=tuple(reader.spans),
        quoted=tuple(reader.quoted),
        bracketed=tuple(reader.bracketed),
        closes=tuple(reader.closes),
        opens=tuple(reader.opens),
        pieces=tuple(reader.pieces),
    )
