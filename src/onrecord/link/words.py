"""Words of a text for comparison between articles; the text itself is never changed."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.folding import fold
from onrecord.resources import Resources

__all__ = [
    "BREAK",
    "RARE_RATE",
    "WORD",
    "Hashes",
    "hashes_of",
    "rates",
    "telling",
    "term",
    "terms",
    "word_list",
]

Hashes = npt.NDArray[np.uint64]

BREAK = "\x00"
"""Stands in a text where words on its two sides are not neighbours."""

RARE_RATE = 3
"""Of 10,000 articles, how many hold a word that is not in the table."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\x00")
_SHORTEST_PLURAL = 4
_TEXTS = 64
"""Texts whose terms are kept at hand: several questions are asked of one statement in a row."""


def word_list(text: str) -> list[str]:
    """Return the words of *text* in lower case; `BREAK` counts as one.

    >>> word_list("The clerk’s boat, 2 oars")
    ['the', 'clerk’s', 'boat', '2', 'oars']
    """
    return WORD.findall(text.lower())


@lru_cache(maxsize=1 << 17)
def term(word: str) -> str:
    """Return *word* folded, without possessive and plural s; "" where it is too short to count.

    >>> term("Harbours"), term("clerk’s"), term("a")
    ('harbour', 'clerk', '')
    """
    folded = fold(word).removesuffix("'s").replace("'", "")
    if len(folded) >= _SHORTEST_PLURAL and folded[-1] == "s" and folded[-2] != "s":
        folded = folded[:-1]
    return folded if len(folded) > 1 else ""


@lru_cache(maxsize=_TEXTS)
def terms(text: str) -> tuple[str, ...]:
    """Return the terms of the words of *text* that count, in order.

    >>> terms("A clerk’s boats")
    ('clerk', 'boat')
    """
    return tuple([found for found in map(term, word_list(text)) if found])


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def hashes_of(words: list[str]) -> Hashes:
    """Return a 64-bit hash of each word, the same on every machine."""
    return np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))


@cache
def rates(resources: Resources) -> dict[str, int]:
    """Return in how many of 10,000 articles each common word occurs; rare words are absent."""
    return {word: int(count) for word, count in resources.tables["document_rates"]}


def telling(words: Iterable[str], known: Mapping[str, int], common: int) -> dict[str, float]:
    """Return the terms of *words* that fewer than *common* of 10,000 articles hold, with weights.

    A term that no article of the count holds weighs 1, one at the border nothing.
    """
    weights: dict[str, float] = {}
    for word in map(term, words):
        rate = known.get(word, 0)
        if word and rate < common:
            weights[word] = 1.0 - rate / common
    return weights
