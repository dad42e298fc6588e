"""Scores of a window to spans of sources, cues and contents.

Viterbi over the BIO tags with the learned transitions of the linear-chain CRF (Lafferty et
al. 2001): the best whole sequence, so a span never begins inside another.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from onrecord.annotate.tagger import BREAK, Floats, Ints
from onrecord.models import TaggerModel

__all__ = ["CONTENT", "CUE", "SOURCE", "Found", "best_tags", "spans_of"]

SOURCE, CUE, CONTENT = range(3)


class Found(NamedTuple):
    """A span of one role, in positions of its window, half-open."""

    role: int
    first: int
    last: int


def best_tags(windows: Sequence[Floats], model: TaggerModel) -> list[Ints]:
    """Return the best sequence of tags for the scores [W, 7] of each window.

    Tag 0 is "none"; 2 * role + 1 begins a span of the role and 2 * role + 2 continues it.
    All windows go forward together, a position at a time; a short one is padded at its end,
    which changes nothing before it.
    """
    if not windows:
        return []
    lengths = [len(scores) for scores in windows]
    emitted = np.zeros((max(lengths), len(windows), len(model.begin)), np.float32)
    for number, scores in enumerate(windows):
        emitted[: len(scores), number] = scores
    best = emitted.copy()
    best[0] += model.begin
    back = np.empty(emitted.shape, np.int64)
    moves = model.transition.T
    for position in range(1, len(emitted)):
        options = moves + best[position - 1][:, None, :]
        options.argmax(2, out=back[position])
        best[position] += np.maximum.reduce(options, axis=2)
    return [
        _traced(back[:length, number], int(best[length - 1, number].argmax()))
        for number, length in enumerate(lengths)
    ]


def _traced(back: Ints, last: int) -> Ints:
    """Return the tags that end with *last*; *back* [W, 7] tells which tag each came from."""
    tags = [last]
    for came_from in back[:0:-1].tolist():
        tags.append(came_from[tags[-1]])
    return np.asarray(tags[::-1], np.int64)


def spans_of(tags: Ints, tokens: Ints) -> list[Found]:
    """Return the spans that *tags* draw; a span is cut at a break between blocks.

    >>> spans_of(np.array([1, 2, 3, 0, 5, 6, 6, 5]), np.array([0, 1, 2, 3, 4, -1, 5, 6]))
    ... # doctest: +NORMALIZE_WHITESPACE
    [Found(role=0, first=0, last=2), Found(role=1, first=2, last=3),
     Found(role=2, first=4, last=5), Found(role=2, first=6, last=7),
     Found(role=2, first=7, last=8)]
    """
    found: list[Found] = []
    opened: int | None = None
    role = -1
    for position, (tag, token) in enumerate(zip(tags.tolist(), tokens.tolist(), strict=True)):
        here = -1 if tag == 0 or token == BREAK else (tag - 1) // 2
        if opened is not None and (here != role or tag % 2 == 1):
            found.append(Found(role, opened, position))
            opened = None
        if here >= 0 and opened is None:
            opened, role = position, here
    if opened is not None:
        found.append(Found(role, opened, len(tags)))
    return found
