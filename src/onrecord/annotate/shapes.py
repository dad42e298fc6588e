"""What marks and letters say about each token: two small features beside its subwords.

The encoder reads lower-cased subwords, so capitals are lost to it, and it cannot count
quotation marks over a paragraph. Both are exact to compute and are given as extra inputs.
"""

from collections.abc import Sequence

__all__ = ["FOLD", "letter_shape", "quote_states"]

FOLD = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "‘": "'", "’": "'"}
)
"""One spelling for all marks before subwords are cut; lengths, and so offsets, hold."""

_OPENERS = frozenset("“„«")
_CLOSERS = frozenset("”»")
_STRAIGHT = frozenset('"＂')
_MARKS = _OPENERS | _CLOSERS | _STRAIGHT

_OUTSIDE, _SHORT, _MIDDLE, _LONG, _OPEN, _CLOSE, _UNCLOSED = range(7)
_LOWER, _TITLE, _UPPER, _MIXED, _DIGIT, _PUNCTUATION = range(6)
_SHORT_WORDS = 2  # scare quotes and nicknames
_MIDDLE_WORDS = 7  # mixed quotations


def letter_shape(word: str) -> int:
    """Return the class of the letters of a token, 0 to 5.

    >>> [letter_shape(word) for word in ("said", "Ada", "UN", "iPad", "3rd", ",")]
    [0, 1, 2, 3, 4, 5]
    """
    if not word[0].isalnum():
        return _PUNCTUATION
    if word[0].isdigit():
        return _DIGIT
    if word.islower():
        return _LOWER
    if len(word) > 1 and word.isupper():
        return _UPPER
    return _TITLE if word[0].isupper() else _MIXED


def quote_states(words: Sequence[str]) -> list[int]:
    """Return where each token of one block stands to its double quotation marks, 0 to 6.

    Outside, inside (short, middle, long), on an opening mark, on a closing mark, or in a
    quotation that the block does not close.

    >>> quote_states(["“", "No", "”", ",", "she", "said", "."])
    [4, 1, 5, 0, 0, 0, 0]
    """
    states = [_OUTSIDE] * len(words)
    opened: int | None = None
    for position, word in enumerate(words):
        if word not in _MARKS:
            continue
        if opened is not None and word not in _OPENERS:
            _fill(states, opened, position)
            opened = None
        elif opened is None and word not in _CLOSERS:
            opened = position
        elif opened is None:
            states[position] = _CLOSE
    if opened is not None:
        states[opened] = _OPEN
        states[opened + 1 :] = [_UNCLOSED] * (len(words) - opened - 1)
    return states


def _fill(states: list[int], opened: int, closed: int) -> None:
    count = closed - opened - 1
    inside = _SHORT if count <= _SHORT_WORDS else _MIDDLE if count <= _MIDDLE_WORDS else _LONG
    states[opened : closed + 1] = [_OPEN, *[inside] * count, _CLOSE]
