"""Which statements of a story are one utterance.

Pairs worth comparing (`candidates`) are scored (`evidence`). A quotation whose words stand in
a fuller one by the same speaker is part of it, whatever else the fuller one is linked to; the
rest is joined by average linkage, so that a chain of half-similar statements does not become
one utterance.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product, starmap

from onrecord.link.candidates import Setting, of_equal_words, of_one_speaker, of_open_source
from onrecord.link.evidence import Evidence, Said, compare, margins, probability
from onrecord.link.fragments import kept_fragments
from onrecord.link.linkage import Edges, average_linkage
from onrecord.link.repeats import on_other_days, published_apart
from onrecord.records import Statement

__all__ = ["Cluster", "link"]

_JOIN = 0.33
"""Average probability at which statements are one utterance."""
_MOST_COUNTED = 3
"""A quotation with its parts counts as this many statements at most."""
_SCALE = 1_000_000
_LONG_RUN = 16.0
_COVERING_RUN = 10.0
_COVER = 0.8
"""Without a known speaker: a run so heavy, or lighter if it covers most of one statement."""
_RUN_WORDS = 5
_SAME_WORDING = 0.9
"""Taken as the probability where only the wording speaks for a link."""
_EQUAL_WORDING = 0.99
_LATER_RUN = 14.0
"""More than two weeks later, only a heavier run of words is the same utterance and not a stock line."""
_OPEN_DOUBT = 1.5
"""Taken from the log-odds where a source is a text, or is not resolved."""
_SAME_ARTICLE_DOUBT = 1.6
"""Taken from the log-odds within an article, which seldom says the same twice."""
_PART_WORDS = 4
_PART_WEIGHT = 6.0
_PART_COVER = 0.75
"""A quotation is part of a fuller one if so many words in a row, of such weight, and such a share
of its own quoted words stand there too."""
_LEAST_FRAGMENT = 2
_FRAGMENT_COVER = 0.9
"""Words of the longest quoted run below which fragments are not looked for, and how much of what
is quoted they must keep where no speaker is known for both."""
_JOINT_DOUBT = 2.0
"""Taken from the log-odds where several said together what one of them is compared with."""
_FULLY_QUOTED = ("direct", "embedded")
_LONG_QUOTATION = 8
_SAME_QUOTATION = 3
"""Two quotations of so many words each that have no run of so many in common are different words,
unless they are parts of fuller ones that share a long run."""
_BODY_RUN = 8
"""So many quoted words in a row are one utterance of a body and of a person who speaks for it."""


Couple = tuple[int, int]
"""Two statements by number, the lower first."""
Compared = tuple[int, int, Evidence]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Statements, by number, that carry one utterance; a statement alone is its own cluster."""

    members: list[int]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Links:
    """What comparing the pairs has found; filled once by `_links`."""

    edges: Edges
    fuller: dict[int, int]
    """The fullest statement that a quotation is part of."""
    read_out: set[Couple]
    """Pairs of a body's words and a person's that are the same, and long."""
    quoted_words: dict[Couple, int]
    """Words of the longest quoted run that a pair shares."""

    def add(self, pair: Couple, probable: float) -> None:
        """Note how probable it is that a pair is one utterance."""
        value = round(probable * _SCALE)
        for one, other in (pair, pair[::-1]):
            self.edges.setdefault(one, {})[other] = value


def link(said: Sequence[Said], story: Setting) -> list[Cluster]:
    """Return the clusters of *said*, sorted by first member."""
    links = _links(said, story)
    groups = _groups(said, links.fuller)

    def allowed(one: list[int], other: list[int]) -> bool:
        return all(
            _may_share(said, pair, links, story)
            and not on_other_days(*(said[number].statement for number in pair))
            and (related or not _are_other_words(said, pair, links))
            for first in one
            for second in other
            for related in (links.quoted_words.get(_couple(first, second), 0) >= _LONG_QUOTATION,)
            for pair in starmap(_couple, product(groups[first], groups[second]))
        )

    edges = _between_groups(links, groups)
    counts = {root: min(len(numbers), _MOST_COUNTED) for root, numbers in groups.items()}
    joined = average_linkage(len(said), edges, round(_JOIN * _SCALE), len(said), allowed, counts)
    clusters = [sorted(part for root in roots for part in groups.get(root, ())) for roots in joined]
    return [
        Cluster(members, _confidence(members, links.edges))
        for members in sorted(clusters)
        if members
    ]


def _groups(said: Sequence[Said], fuller: Mapping[int, int]) -> dict[int, list[int]]:
    """Return each fullest statement with its parts, itself among them.

    A part said on another day than one before it stays alone.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    dated: dict[int, list[Statement]] = defaultdict(list)
    for number in sorted(range(len(said)), key=lambda number: (number in fuller, number)):
        root = number
        while root in fuller:
            root = fuller[root]
        row = said[number].statement
        if any(on_other_days(row, other) for other in dated[root]):
            root = number
        groups[root].append(number)
        if row.said is not None:
            dated[root].append(row)
    return groups


def _between_groups(links: _Links, groups: Mapping[int, list[int]]) -> Edges:
    """Return how alike whole groups are: as alike as the most alike of their members."""
    group_of = {number: root for root, numbers in groups.items() for number in numbers}
    edges: Edges = {}
    for left, row in links.edges.items():
        ours = edges.setdefault(group_of[left], {})
        for right, value in row.items():
            root = group_of[right]
            if root != group_of[left]:
                ours[root] = max(ours.get(root, 0), value)
    return edges


def _links(said: Sequence[Said], story: Setting) -> _Links:
    links = _Links({}, {}, set(), {})
    parts = _compare_likely(said, story, links) + _compare_equal(said, story, links)
    links.fuller.update(_fuller(parts, said))
    return links


def _compare_likely(said: Sequence[Said], story: Setting, links: _Links) -> list[Compared]:
    """Score the pairs of one speaker and of open sources; return those that may be parts."""
    parts: list[Compared] = []
    known = of_one_speaker(said, story)
    pairs = sorted(known | of_open_source(said, story))
    evidence = [compare(said[left], said[right]) for left, right in pairs]
    ahead = margins(pairs, evidence, said)
    for pair, row, margin in zip(pairs, evidence, ahead, strict=True):
        one, other = said[pair[0]], said[pair[1]]
        links.quoted_words[pair] = row.quoted_words
        if not _other_occasion(one.statement, other.statement, row, story):
            doubt = _doubt(one, other, story, known=pair in known)
            links.add(pair, probability((*row.values, *margin), doubt, story.resources))
            if pair in known and not _is_joint(one, other, story):
                parts.append((*pair, row))
    return parts


def _compare_equal(said: Sequence[Said], story: Setting, links: _Links) -> list[Compared]:
    """Link the pairs that only their wording speaks for; return them."""
    parts: list[Compared] = []
    for pair in sorted(of_equal_words(said, story)):
        one, other = said[pair[0]], said[pair[1]]
        row = compare(one, other)
        links.quoted_words[pair] = row.quoted_words
        if not story.may_share(one.statement, other.statement):
            if row.quoted_words < _BODY_RUN or row.quoted < _COVERING_RUN:
                continue
            links.read_out.add(pair)
        if on_other_days(one.statement, other.statement):
            continue
        if _is_same_wording(one, other, row):
            links.add(pair, _SAME_WORDING)
            parts.append((*pair, row))
    return parts


def _couple(one: int, other: int) -> Couple:
    return (one, other) if one < other else (other, one)


def _may_share(said: Sequence[Said], pair: Couple, links: _Links, story: Setting) -> bool:
    """Return whether the speakers of two statements allow that they are one utterance."""
    one, other = (said[number].statement for number in pair)
    return story.may_share(one, other) or pair in links.read_out


def _are_other_words(said: Sequence[Said], pair: Couple, links: _Links) -> bool:
    """Return whether two statements are quotations of different words."""
    return links.quoted_words.get(pair, 0) < _SAME_QUOTATION and all(
        said[number].statement.mode in _FULLY_QUOTED
        and len(said[number].wording) >= _LONG_QUOTATION
        for number in pair
    )


def _is_joint(one: Said, other: Said, story: Setting) -> bool:
    """Return whether the named speakers are only partly the same."""
    return story.speakers(one.statement) != story.speakers(other.statement)


def _doubt(one: Said, other: Said, story: Setting, *, known: bool) -> float:
    """Return what the log-odds lose: for a source not *known*, and within one article."""
    doubt = 0.0
    if known and _is_joint(one, other, story):
        doubt += _JOINT_DOUBT
    if one.statement.article_id == other.statement.article_id:
        doubt += _SAME_ARTICLE_DOUBT
    if not known and not (story.is_text(one.statement) and story.is_text(other.statement)):
        doubt += _OPEN_DOUBT
    return doubt


def _fuller(parts: Sequence[Compared], said: Sequence[Said]) -> dict[int, int]:
    """Return the fullest statement that each quotation is part of, if any."""
    fullness = [(row.wording.fullness, -number) for number, row in enumerate(said)]
    best: dict[int, int] = {}
    for left, right, row in parts:
        part, whole = sorted((left, right), key=lambda number: fullness[number])
        if _is_part(said[part], said[whole], row) and (
            part not in best or fullness[whole] > fullness[best[part]]
        ):
            best[part] = whole
    return best


def _is_part(part: Said, whole: Said, row: Evidence) -> bool:
    """Return whether what *part* quotes stands in *whole*, in a row or in fragments."""
    least = max(_PART_WORDS, _PART_COVER * sum(part.wording.quoted))
    if row.quoted_words >= least and row.quoted >= _PART_WEIGHT:
        return True
    if row.quoted_words < _LEAST_FRAGMENT:
        return False
    kept = kept_fragments(part, whole)
    return kept.words >= least and kept.weight >= _PART_WEIGHT


def _is_same_wording(one: Said, other: Said, row: Evidence) -> bool:
    if row.run_words >= _RUN_WORDS and (
        row.run >= _LONG_RUN or (row.run >= _COVERING_RUN and row.cover >= _COVER)
    ):
        return True
    if row.quoted_words < _LEAST_FRAGMENT:
        return False
    part, whole = sorted((one, other), key=lambda said: said.wording.fullness)
    kept = kept_fragments(part, whole)
    all_quoted = _FRAGMENT_COVER * sum(part.wording.quoted)
    return kept.words >= max(_RUN_WORDS, all_quoted) and kept.weight >= _COVERING_RUN


def _other_occasion(one: Statement, other: Statement, row: Evidence, story: Setting) -> bool:
    """Return whether the same was said again: a stock line is not the same utterance."""
    if on_other_days(one, other):
        return True
    articles = (story.articles[one.article_id], story.articles[other.article_id])
    return row.run < _LATER_RUN and published_apart(*articles)


def _confidence(members: Sequence[int], edges: Edges) -> float:
    """Return the average probability of the links within a cluster; equal wordings are sure."""
    values = [
        edges[left][right]
        for left in members
        for right in members
        if left < right and right in edges.get(left, {})
    ]
    return round(sum(values) / len(values) / _SCALE, 3) if values else _EQUAL_WORDING
