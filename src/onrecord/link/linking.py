"""Which statements of a story are one utterance.

Pairs worth comparing (`candidates`) are scored (`evidence`). A quotation whose words stand in
a fuller one by the same speaker is part of it, whatever else the fuller one is linked to; the
rest is joined by average linkage, so that a chain of half-similar statements does not become
one utterance.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.link.candidates import Setting, of_equal_words, of_one_speaker, of_open_source
from onrecord.link.days import published_day
from onrecord.link.evidence import Evidence, Said, compare, margins, probability
from onrecord.link.linkage import Edges, average_linkage
from onrecord.records import Statement

__all__ = ["Cluster", "link"]

_JOIN = 0.25
"""Average probability at which statements are one utterance."""
_SCALE = 1_000_000
_LONG_RUN = 16.0
_COVERING_RUN = 10.0
_COVER = 0.8
"""Without a known speaker: a run so heavy, or lighter if it covers most of one statement."""
_RUN_WORDS = 5
_SAME_WORDING = 0.9
"""Taken as the probability where only the wording speaks for a link."""
_EQUAL_WORDING = 0.99
_SAME_OCCASION_DAYS = 14
_LATER_RUN = 14.0
"""Later than that, only a heavier run of words is the same utterance and not a stock line."""
_OPEN_DOUBT = 1.0
"""Taken from the log-odds where a source is a text, or is not resolved."""
_SAME_ARTICLE_DOUBT = 1.0
"""Taken from the log-odds within an article, which seldom says the same twice."""
_PART_WORDS = 4
_PART_WEIGHT = 6.0
_PART_COVER = 0.75
"""A quotation is part of a fuller one if so many words in a row, of such weight, and such a share
of its own quoted words stand there too."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Statements, by number, that carry one utterance; a statement alone is its own cluster."""

    members: list[int]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Links:
    """The probability of every pair worth looking at, and what is part of what."""

    edges: Edges
    fuller: dict[int, int]
    """The fullest statement that a quotation is part of."""


def link(said: Sequence[Said], story: Setting) -> list[Cluster]:
    """Return the clusters of *said*, sorted by first member."""
    links = _links(said, story)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(said)):
        root = number
        while root in links.fuller:
            root = links.fuller[root]
        groups[root].append(number)

    def allowed(one: list[int], other: list[int]) -> bool:
        return all(
            story.may_share(said[left].statement, said[right].statement)
            for first in one
            for left in groups[first]
            for second in other
            for right in groups[second]
        )

    edges: Edges = {
        left: {right: value for right, value in row.items() if right in groups}
        for left, row in links.edges.items()
        if left in groups
    }
    joined = average_linkage(len(said), edges, round(_JOIN * _SCALE), len(said), allowed)
    clusters = [sorted(part for root in roots for part in groups.get(root, ())) for roots in joined]
    return [
        Cluster(members, _confidence(members, links.edges))
        for members in sorted(clusters)
        if members
    ]


def _links(said: Sequence[Said], story: Setting) -> _Links:
    edges: Edges = defaultdict(dict)
    parts: list[tuple[int, int, Evidence]] = []
    known = of_one_speaker(said, story)
    pairs = sorted(known | of_open_source(said, story))
    evidence = [compare(said[left], said[right]) for left, right in pairs]
    ahead = margins(pairs, evidence, said)
    for (left, right), row, margin in zip(pairs, evidence, ahead, strict=True):
        if not _other_occasion(said[left].statement, said[right].statement, row, story):
            doubt = _doubt(said[left], said[right], story, known=(left, right) in known)
            value = probability((*row.values, *margin), doubt, story.resources)
            edges[left][right] = edges[right][left] = round(value * _SCALE)
            if (left, right) in known:
                parts.append((left, right, row))
    for left, right in sorted(of_equal_words(said, story)):
        row = compare(said[left], said[right])
        if _is_same_wording(row):
            edges[left][right] = edges[right][left] = round(_SAME_WORDING * _SCALE)
            parts.append((left, right, row))
    return _Links(edges, _fuller(parts, said))


def _doubt(one: Said, other: Said, story: Setting, *, known: bool) -> float:
    """Return what the log-odds lose: for a source not *known*, and within one article."""
    doubt = 0.0
    if one.statement.article_id == other.statement.article_id:
        doubt += _SAME_ARTICLE_DOUBT
    if not known and not (story.is_text(one.statement) and story.is_text(other.statement)):
        doubt += _OPEN_DOUBT
    return doubt


def _fuller(parts: Sequence[tuple[int, int, Evidence]], said: Sequence[Said]) -> dict[int, int]:
    """Return the fullest statement that each quotation is part of, if any."""
    fullness = [(row.wording.fullness, -number) for number, row in enumerate(said)]
    best: dict[int, int] = {}
    for left, right, row in parts:
        part, whole = sorted((left, right), key=lambda number: fullness[number])
        own = sum(said[part].wording.quoted)
        if (
            row.quoted_words >= max(_PART_WORDS, _PART_COVER * own)
            and row.quoted >= _PART_WEIGHT
            and (part not in best or fullness[whole] > fullness[best[part]])
        ):
            best[part] = whole
    return best


def _is_same_wording(row: Evidence) -> bool:
    if row.run_words < _RUN_WORDS:
        return False
    return row.run >= _LONG_RUN or (row.run >= _COVERING_RUN and row.cover >= _COVER)


def _other_occasion(one: Statement, other: Statement, row: Evidence, story: Setting) -> bool:
    """Return whether the same was said again: a stock line is not the same utterance."""
    if one.said is not None and other.said is not None:
        days = (one.said, other.said)
        if all(range_.precision in ("day", "second") for range_ in days) and (
            one.said.end < other.said.start or other.said.end < one.said.start
        ):
            return True
    left = published_day(story.articles[one.article_id].published)
    right = published_day(story.articles[other.article_id].published)
    if left is None or right is None:
        return False
    return abs(left - right) > _SAME_OCCASION_DAYS and row.run < _LATER_RUN


def _confidence(members: Sequence[int], edges: Edges) -> float:
    """Return the average probability of the links within a cluster; equal wordings are sure."""
    values = [
        edges[left][right]
        for left in members
        for right in members
        if left < right and right in edges.get(left, {})
    ]
    return round(sum(values) / len(values) / _SCALE, 3) if values else _EQUAL_WORDING
