"""Sentences with every quotation folded into one item: what the attribution rules read.

Inside marks another person speaks, with sentences of their own; around them runs the sentence
of the outlet. A unit is one such sentence: its items are tokens, or a whole outer quotation.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from onrecord.annotate.found import Parse, Quotation
from onrecord.annotate.lexicon import Lexicon
from onrecord.spans import Span

__all__ = ["QUOTE", "Unit", "inner_units_of", "units_of"]

QUOTE = '""'
"""Stands in `Unit.lowers` for a whole quotation."""

_ENDS = ".?!…"
# "…?” the mayor asked": how far after the quotation its cue may stand, in items.
_CUE_REACH = 7
_TITLE_SHARE = 0.6
_MARKS = "\"”’'»›“‘«"
_LONGEST = 250
"""Items: no sentence is longer; what is, is a list or debris and would only cost time."""


@dataclass(slots=True)
class Unit:
    """Items of one sentence, in parallel lists."""

    parse: Parse
    block: int
    lowers: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    """First token of each item."""
    lasts: list[int] = field(default_factory=list)
    """Token after the last of each item."""
    quotations: list[int] = field(default_factory=list)
    """Number of the quotation that an item is, or -1."""

    def __len__(self) -> int:
        return len(self.lowers)

    def span(self, first: int, last: int) -> Span:
        """Return the characters of the items from *first* up to, not including, *last*."""
        return self.parse.span(self.firsts[first], self.lasts[last - 1])

    def word(self, item: int) -> str:
        """Return the first token of an item as printed."""
        return self.parse.words[self.firsts[item]]

    def is_capital(self, item: int) -> bool:
        """Return whether an item is a word that starts with a capital or a digit."""
        return self.quotations[item] < 0 and self.word(item)[0].isupper()

    def is_word(self, item: int) -> bool:
        """Return whether an item is neither punctuation nor a quotation."""
        return self.quotations[item] < 0 and self.word(item)[0].isalnum()

    def is_title(self) -> bool:
        """Return whether most words start with a capital, as in a headline."""
        words = [item for item in range(len(self)) if self.is_word(item)]
        capitals = sum(self.is_capital(item) for item in words)
        return capitals >= _TITLE_SHARE * len(words)

    def is_joined(self, item: int) -> bool:
        """Return whether no white space stands before an item (a hyphen, not a dash)."""
        token = self.firsts[item]
        return token > 0 and self.parse.starts[token] == self.parse.ends[token - 1]

    def last_mark(self, item: int) -> str:
        """Return the last character of a quotation's words ("." in “So.”), else the item's."""
        last = self.lasts[item] - 1
        first = self.firsts[item]
        while last > first and self.parse.words[last] in _MARKS:
            last -= 1
        return self.parse.words[last][-1]

    def add(self, first: int, last: int, quotation: int) -> None:
        """Append an item of the tokens from *first* up to, not including, *last*."""
        self.lowers.append(self.parse.lowers[first] if quotation < 0 else QUOTE)
        self.firsts.append(first)
        self.lasts.append(last)
        self.quotations.append(quotation)

    def extend(self, first: int, last: int) -> None:
        """Append each of the tokens from *first* up to, not including, *last*, as an item."""
        self.lowers += self.parse.lowers[first:last]
        self.firsts += range(first, last)
        self.lasts += range(first + 1, last + 1)
        self.quotations += [-1] * (last - first)


def units_of(parse: Parse, quotations: tuple[Quotation, ...], lexicon: Lexicon) -> list[Unit]:
    """Return the outlet's own sentences in text order: outer quotations are single items."""
    atoms = _atoms(parse, quotations, depth=0)
    return _read(parse, range(len(parse.words)), atoms, _folded(parse, atoms), lexicon)


def inner_units_of(parse: Parse, quotations: tuple[Quotation, ...], lexicon: Lexicon) -> list[Unit]:
    """Return the sentences that stand inside outer quotations, in text order."""
    atoms = _atoms(parse, quotations, depth=1)
    folded = _folded(parse, atoms)
    units: list[Unit] = []
    for first, (last, number) in sorted(_atoms(parse, quotations, depth=0).items()):
        inner = quotations[number].inner
        while first < last and parse.starts[first] < inner.start:
            first += 1  # noqa: PLW2901 - the marks are no part of the sentences
        while last > first and parse.ends[last - 1] > inner.end:
            last -= 1  # noqa: PLW2901
        units += _read(parse, range(first, last), atoms, folded, lexicon)
    return units


def _folded(parse: Parse, atoms: dict[int, tuple[int, int]]) -> list[int]:
    """Return the first tokens of all that is one item of several tokens, in order."""
    words = parse.words
    numbers = {
        comma - 1
        for comma in [place for place, word in enumerate(words) if word == ","]
        if comma and words[comma - 1].isdigit()
    }
    return sorted(numbers.union(atoms))


def _read(
    parse: Parse,
    tokens: range,
    atoms: dict[int, tuple[int, int]],
    folded: list[int],
    lexicon: Lexicon,
) -> list[Unit]:
    """Return the units of *tokens*; what lies between two of the *folded* is added at once."""
    units: list[Unit] = []
    unit: Unit | None = None
    token, last = tokens.start, tokens.stop
    while token < last:
        sentence = parse.sentences[parse.sentence_of[token]]
        if unit is None or unit.block != sentence.block:
            unit = Unit(parse, sentence.block)
            units.append(unit)
        place = bisect_left(folded, token)
        following = folded[place] if place < len(folded) else last
        if following == token:
            after, quotation = atoms.get(token) or (_after_number(parse, token, last), -1)
            unit.add(token, after, quotation)
        else:
            after = min(following, sentence.last, last, token + _LONGEST - len(unit))
            unit.extend(token, after)
        token = after
        is_end = parse.sentences[parse.sentence_of[after - 1]].last == after
        if (is_end and _breaks(unit, atoms, lexicon)) or len(unit) >= _LONGEST:
            unit = None
    return units


def _after_number(parse: Parse, token: int, last: int) -> int:
    """Return the token after one item: "2,000" is one, a comma that joins nothing else."""
    place = token + 1
    while (
        place + 1 < last
        and parse.words[place] == ","
        and parse.starts[place] == parse.ends[place - 1]
        and parse.starts[place + 1] == parse.ends[place]
        and parse.words[place - 1].isdigit()
        and parse.words[place + 1].isdigit()
    ):
        place += 2
    return place


def _atoms(
    parse: Parse, quotations: tuple[Quotation, ...], *, depth: int
) -> dict[int, tuple[int, int]]:
    """Return the quotations of one depth by first token: the token after the last, the number."""
    atoms: dict[int, tuple[int, int]] = {}
    for number, quotation in enumerate(quotations):
        if quotation.depth == depth:
            first = bisect_left(parse.starts, quotation.outer.start)
            atoms[first] = (bisect_right(parse.ends, quotation.outer.end), number)
    return atoms


def _breaks(unit: Unit, atoms: dict[int, tuple[int, int]], lexicon: Lexicon) -> bool:
    """Return whether the unit ends here, where the parse has a sentence end."""
    if unit.quotations[-1] < 0:
        return True
    return not _cue_follows(unit, unit.lasts[-1], atoms, lexicon)


def _cue_follows(
    unit: Unit, token: int, atoms: dict[int, tuple[int, int]], lexicon: Lexicon
) -> bool:
    """Return whether the quotation just read still waits for its cue ("…?” Ms Roe asked.")."""
    parse = unit.parse
    is_question = unit.last_mark(len(unit) - 1) in "?!…"
    stop = min(token + _CUE_REACH, len(parse.words))
    for place in range(token, stop):
        word = parse.lowers[place]
        if place in atoms or (word in _ENDS and place + 1 < stop and not is_question):
            return False
        if place > token and _is_cue(lexicon, word, any_verb=is_question):
            after = parse.lowers[place + 1] if place + 1 < len(parse.words) else "."
            listed = _is_cue(lexicon, word, any_verb=False)
            return after in _ENDS or after == "," or (is_question and listed)
        if word in lexicon.verbs or word in ",;:":
            return False
    return False


def _is_cue(lexicon: Lexicon, word: str, *, any_verb: bool) -> bool:
    """Return whether a word can be the cue of the quotation before it."""
    listed = any(
        not reading.rest and "v" in reading.cue.frames and reading.form in ("past", "s")
        for reading in lexicon.cues.get(word, ())
    )
    return listed or (any_verb and (word in lexicon.verbs or word.endswith("ed")))
