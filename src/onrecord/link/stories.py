"""Articles on the same events.

Articles are compared by their weightiest terms (TF-IDF, cosine), near in date counting more,
and joined from the most similar pair down while clusters are alike on average (average
linkage, Sokal and Michener 1958). How rare a word is comes from a shipped table of common
words and from the input itself, so that two pages are enough and ten thousand still separate.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.ids import StoryId, content_hash
from onrecord.link.days import published_day
from onrecord.link.linkage import Edges, average_linkage
from onrecord.link.words import RARE_RATE, Hashes, hashes_of, rates
from onrecord.records import Placement, Sketch
from onrecord.resources import Resources

__all__ = ["place"]

Floats = npt.NDArray[np.float64]

_JOIN = 0.18
"""Average similarity at which two clusters are one story."""
_SEEN = 0.08
"""Pairs less alike than this count as not alike at all."""
_SCALE = 1_000_000
"""Similarities are whole millionths: sums do not depend on the order of adding."""
_BACKGROUND = 1_600
"""How many articles the table of common words counts for, and the input at most."""
_NEAREST = 128
"""An article is compared with so many of its nearest; bounds the work in a huge story."""
_DAYS_APART = ((1, 1.15), (3, 1.05), (7, 0.85), (30, 0.6))
"""Days between two publications, at most, and what their similarity is multiplied by."""
_FAR_APART = 0.4


def place(sketches: Sequence[Sketch], resources: Resources) -> list[Placement]:
    """Return the story of every article, sorted by article; order of input does not matter.

    A story's id comes from its smallest article id, so it is the same in every run.
    """
    rows = sorted(sketches, key=lambda row: row.article_id)
    edges = _edges(rows, resources)
    stories = average_linkage(len(rows), edges, round(_JOIN * _SCALE), _NEAREST)
    placements = []
    for members in stories:
        story = StoryId(content_hash("story", rows[members[0]].article_id))
        placements += [
            Placement(article_id=rows[number].article_id, story_id=story) for number in members
        ]
    return sorted(placements, key=lambda row: row.article_id)


@cache
def _rate_table(resources: Resources) -> tuple[Hashes, Floats]:
    table = rates(resources)
    hashes = hashes_of(list(table))
    order = np.argsort(hashes)
    return hashes[order], np.array(list(table.values()), dtype=np.float64)[order]


def _rarity(terms: Hashes, articles: Floats, total: int, resources: Resources) -> Floats:
    """Return the inverse document frequency of *terms*, each in so many of *total* *articles*."""
    known, known_rates = _rate_table(resources)
    at = np.minimum(np.searchsorted(known, terms), len(known) - 1)
    background = np.where(known[at] == terms, known_rates[at], RARE_RATE) * _BACKGROUND / 10_000
    share = min(1.0, _BACKGROUND / total)
    return np.log((_BACKGROUND + share * total + 1) / (background + share * articles))


def _edges(rows: list[Sketch], resources: Resources) -> Edges:
    """Return the similarities of articles that are alike at all, in millionths."""
    edges: Edges = defaultdict(dict)
    if not rows:
        return edges
    days = [published_day(row.published) for row in rows]
    for number, others, similar in _neighbours(rows, resources):
        near = [
            (-round(value * _closeness(days[number], days[other]) * _SCALE), other)
            for other, value in zip(others.tolist(), similar.tolist(), strict=True)
        ]
        near.sort()
        for value, other in near[:_NEAREST]:
            if -value >= _SEEN * _SCALE:
                edges[number][other] = -value
                edges[other][number] = -value
    return edges


def _neighbours(
    rows: list[Sketch], resources: Resources
) -> Iterator[tuple[int, npt.NDArray[np.int64], Floats]]:
    """Yield, for each article, the articles that share terms, and the cosine with each."""
    hashes = [np.frombuffer(row.terms, dtype="<u8").astype(np.uint64) for row in rows]
    counts = np.concatenate([np.frombuffer(row.counts, dtype="<u2") for row in rows])
    owner = np.repeat(np.arange(len(rows)), [len(part) for part in hashes])
    terms, number_of, articles = np.unique(
        np.concatenate(hashes), return_inverse=True, return_counts=True
    )
    rarity = _rarity(terms, articles.astype(np.float64), len(rows), resources)
    weights = (1 + np.log(counts)) * rarity[number_of]
    norms = np.sqrt(np.bincount(owner, weights * weights, minlength=len(rows)))
    weights = weights / np.maximum(norms, 1e-12)[owner]
    order = np.argsort(number_of, kind="stable")
    starts = np.concatenate(([0], np.cumsum(articles)))
    holders, held = owner[order], weights[order]
    at = 0
    for number, part in enumerate(hashes):
        mine = number_of[at : at + len(part)]
        own = weights[at : at + len(part)]
        at += len(part)
        slices = [slice(starts[term], starts[term + 1]) for term in mine.tolist()]
        if not slices:
            continue
        found = np.concatenate([holders[piece] for piece in slices])
        products = np.concatenate(
            [held[piece] * weight for piece, weight in zip(slices, own.tolist(), strict=True)]
        )
        cosine = np.bincount(found, products, minlength=len(rows))
        cosine[number] = 0
        others = np.flatnonzero(cosine >= _SEEN / _DAYS_APART[0][1])
        yield number, others.astype(np.int64), cosine[others].astype(np.float64)


def _closeness(one: int | None, other: int | None) -> float:
    if one is None or other is None:
        return 1.0
    gap = abs(one - other)
    return next((factor for most, factor in _DAYS_APART if gap <= most), _FAR_APART)
