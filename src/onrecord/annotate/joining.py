"""Spans to attributions: which cue a content belongs to, and whose words they are.

Every word of a content points at a word of its cue and of its source, every word of a cue at
one of its source (head selection, Zhang et al. 2017, with the biaffine scores of Dozat and
Manning 2017). The share of all pointers that fall into a span is the span's probability.
Where most pointers agree on words that no span covers, those words are the missing span.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.decode import CONTENT, CUE, SOURCE, Found
from onrecord.annotate.tagger import BREAK, Floats, Scores

__all__ = ["Joined", "join"]

_FLOOR = 1e-4
"""Keeps one wild pointer from deciding."""
_SHARE = 0.6
"""A further piece of a statement needs this probability of its cue, else it is no part of it."""
_PEAK = 0.3
"""A word beside the most pointed-at one belongs to the same span from this share of it on."""


class Joined(NamedTuple):
    """The parts of one attribution in positions of its window, with the evidence."""

    source: Found | None
    cue: Found | None
    contents: tuple[Found, ...]
    cue_share: float
    """Probability of the chosen cue, lowest over the contents."""
    source_share: float
    """Probability of the chosen source (or of none), content's and cue's view together."""


def join(spans: Sequence[Found], scores: Scores) -> list[Joined]:
    """Return the attributions that *spans* and the pointers of the window form.

    Contents that point at one cue are pieces of one attribution.
    """
    links = scores.links
    contents = [span for span in spans if span.role == CONTENT]
    if not contents:
        return []
    free = scores.tokens != BREAK
    for span in spans:
        free[span.first : span.last] = False
    cues = [span for span in spans if span.role == CUE]
    sources = [span for span in spans if span.role == SOURCE]
    to_cue = [_pointers(links[0], span) for span in contents]
    cues += _overlooked(CUE, to_cue, cues, free)
    for span in cues:
        free[span.first : span.last] = False
    to_source = [_pointers(links[1], span) for span in contents]
    sources += _overlooked(SOURCE, to_source, sources, free)
    cue_shares = _shares(to_cue, cues)
    by_content = np.log(_shares(to_source, sources))
    by_cue = np.log(_shares([_pointers(links[2], span) for span in cues], sources))
    joined = []
    for cue, members in _grouped(cue_shares, len(cues)):
        view = by_content[members].mean(0)
        if cue is not None:
            view = (view + by_cue[cue]) / 2
        best = int(view.argmax())
        joined.append(
            Joined(
                source=sources[best] if best < len(sources) else None,
                cue=None if cue is None else cues[cue],
                contents=tuple(contents[member] for member in members),
                cue_share=float(cue_shares[members].max(1).min()),
                source_share=float(np.exp(view[best])),
            )
        )
    return joined


def _grouped(cue_shares: Floats, none: int) -> list[tuple[int | None, list[int]]]:
    """Return the contents of each cue; a content without a cue stands alone.

    Words beside a statement that hardly belong to its cue are left out: "by" and "in which"
    clauses after the cue look like a further piece.
    """
    grouped: dict[int, list[int]] = {}
    for number, cue in enumerate(cue_shares.argmax(1).tolist()):
        grouped.setdefault(cue if cue < none else none + number, []).append(number)
    groups: list[tuple[int | None, list[int]]] = []
    for key, members in grouped.items():
        share = cue_shares[members].max(1)
        needed = min(_SHARE, float(share.max()))
        kept = [number for number, one in zip(members, share, strict=True) if one >= needed]
        groups.append((key if key < none else None, kept))
    return groups


def _pointers(scores: Floats, span: Found) -> Floats:
    """Return the share of each word, and of none, among the pointers of a span; shape [W + 1]."""
    part = scores[span.first : span.last]
    weight = np.exp(part - np.maximum.reduce(part, axis=1, keepdims=True))
    weight /= np.add.reduce(weight, axis=1, keepdims=True)
    shares: Floats = np.add.reduce(weight, axis=0) / len(weight)
    return shares


def _shares(pointers: Sequence[Floats], targets: Sequence[Found]) -> Floats:
    """Return the probability of each target, and of none, by row; shape [rows, targets + 1]."""
    if not pointers:
        return np.empty((0, len(targets) + 1), np.float32)
    rows = np.stack(pointers)
    columns = [np.add.reduce(rows[:, one.first : one.last], axis=1) for one in targets]
    out: Floats = np.maximum(np.stack([*columns, rows[:, -1]], axis=1), _FLOOR)
    return out


def _overlooked(
    role: int, pointers: Sequence[Floats], known: Sequence[Found], free: NDArray[np.bool_]
) -> list[Found]:
    """Return spans of words outside all spans that most pointers of a content agree on."""
    found: list[Found] = []
    for shares in pointers:
        rest: list[float] = (shares[:-1] * free).tolist()
        top = rest.index(max(rest))
        least = _PEAK * rest[top]
        first, last = top, top + 1
        while first > 0 and rest[first - 1] > least:
            first -= 1
        while last < len(rest) and rest[last] > least:
            last += 1
        share = sum(rest[first:last])
        others = (np.add.reduce(shares[span.first : span.last]) for span in (*known, *found))
        if share > max(float(shares[-1]), *others, 0):
            found.append(Found(role, first, last))
    return found
