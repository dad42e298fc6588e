"""Quotations in fragments: how much of what one statement quotes stands quoted in another.

A report often keeps a few words here and a few there ("called it a 'sad day' and 'no way to run
a port'"). No run of words is long then, yet every fragment stands in the full quotation.
"""

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.link.evidence import Said

__all__ = ["Kept", "kept_fragments"]

_LEAST_WORDS = 2
"""A single word in marks is a name for something as often as somebody's words."""


class Kept(NamedTuple):
    """Words, in fragments of two or more, that stand in marks on both sides, and their weight."""

    words: int
    weight: float


def kept_fragments(part: Said, whole: Said) -> Kept:
    """Return which fragments quoted in *part* stand, each unbroken and in marks, in *whole*."""
    marked = [_key(whole, number) for number in range(len(whole.wording))]
    held = f" {' '.join(marked)} "
    words, weight = 0, 0.0
    for first, last in _fragments(part):
        size = last - first
        keys = " ".join(part.wording.keys[first:last])
        if size >= _LEAST_WORDS and f" {keys} " in held:
            words += size
            weight += sum(part.run_weights[first:last])
    return Kept(words, weight)


def _key(said: Said, number: int) -> str:
    """Return a word, or for one outside quotation marks a sign that no word equals."""
    return said.wording.keys[number] if said.wording.quoted[number] else "\x00"


def _fragments(said: Said) -> Iterator[tuple[int, int]]:
    """Yield the first number of each run of quoted words, and the number after its last."""
    wording = said.wording
    first = None
    for number in range(len(wording)):
        quoted = wording.quoted[number] and not wording.bracketed[number]
        if first is not None and (not quoted or wording.opens[number]):
            yield first, number
            first = None
        if quoted and first is None:
            first = number
    if first is not None:
        yield first, len(wording)
