"""Fold typography so that the same words compare equal; the text itself is never changed."""

import re
import unicodedata
from typing import Final

__all__ = ["bare", "fold", "words_of"]

_FOLDS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "‛": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)

_INSIDE: Final = "\u00ad\u0300-\u036f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Accents that stand alone, soft hyphens and what cannot be seen: they do not end a word."""

_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}])*")
_UNSEEN: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2061-\u2069]")


def fold(text: str) -> str:
    """Return *text* for comparison: NFKC, case-folded, quotation marks and dashes made plain.

    The length may change: use it on words and names, never to compute offsets.

    >>> fold("O’Hara—Said")
    "o'hara-said"
    """
    if text.isascii():  # nearly every word; the same as below
        return text.replace("`", "'").lower()
    folded = text.translate(_FOLDS)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", folded)
    return folded.casefold()


def words_of(text: str) -> list[tuple[str, int, int]]:
    r"""Return each word of *text*, folded, with where it starts and ends; code points.

    What cannot be seen splits no word.

    >>> words_of("O’Hara’s bar\u00adge")
    [('o', 0, 1), ('hara', 2, 6), ('s', 7, 8), ('barge', 9, 15)]
    """
    return [
        (fold(_UNSEEN.sub("", found[0])), found.start(), found.end())
        for found in _WORD.finditer(text)
    ]


def bare(word: str) -> str:
    """Return *word* without accents, as a search index compares words.

    >>> bare("café")
    'cafe'
    """
    if word.isascii():
        return word
    split = unicodedata.normalize("NFD", word)
    return "".join(character for character in split if not unicodedata.combining(character))
