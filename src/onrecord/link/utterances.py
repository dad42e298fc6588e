"""One utterance as each outlet carried it.

Statements of one story are compared where the same person speaks, or where long runs of the
same words make up for a speaker who is not known. Equal wordings are one before anything is
compared; what is left is scored pair by pair (`evidence`) and joined by average linkage, so
that a chain of half-similar statements does not become one utterance.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.ids import ArticleId, SpeakerId, StoryId, UtteranceId, content_hash
from onrecord.link.candidates import Setting, of_equal_words, of_one_speaker, of_open_speakers
from onrecord.link.carriages import carry, fullest_first
from onrecord.link.days import published_day
from onrecord.link.evidence import Evidence, Said, compare, margins, probability, said_words
from onrecord.link.linkage import Edges, average_linkage
from onrecord.link.wording import Wording, read_wording
from onrecord.records import (
    Article,
    Carriage,
    CarriageType,
    Copy,
    DateRange,
    Edit,
    Speaker,
    Statement,
    Utterance,
)
from onrecord.resources import Resources

__all__ = ["Alignment", "align"]

_JOIN = 0.5
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
_LEAST_TOTAL = 2.0
"""Weight of content words below which nothing is an utterance: "no comment" links nothing."""
_SAME_OCCASION_DAYS = 14
_LATER_RUN = 14.0
"""Later than that, only a heavier run of words is the same utterance and not a stock line."""
_OPEN_DOUBT = 0.75
"""Taken from the log-odds where a speaker is not resolved."""
_TEXT_DOUBT = 1.5
"""The same where one source is a text, and the other is not or is another kind of text."""
_SAME_DOCUMENT_DOUBT = 0.0
"""The same where both sources are texts of one kind, such as two mentions of a lawsuit."""
_PRECISIONS = ("second", "day", "month", "year")

Member = tuple[Statement, Wording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Utterances of a story, how each statement carries its own, and the linked statements."""

    utterances: tuple[Utterance, ...]
    carriages: tuple[Carriage, ...]
    statements: tuple[Statement, ...]


def align(
    story_id: StoryId,
    articles: Mapping[ArticleId, Article],
    statements: Sequence[Statement],
    speakers: Sequence[Speaker],
    copies: Sequence[Copy],
    resources: Resources,
) -> Alignment:
    """Return which statements carry the same utterance, and how.

    A statement that nothing else carries keeps `utterance_id` null and has no row here.
    """
    story = Setting(
        articles=articles,
        named=frozenset(row.id for row in speakers if row.kind != "unnamed"),
        original_of={row.article_id: row.original_id for row in copies},
        resources=resources,
    )
    variants = _variants(statements, story)
    said = said_words(
        [(group[0][0], group[0][1], _cue(group[0][0], story)) for group in variants], resources
    )
    edges = _edges(said, story)
    utterances: list[Utterance] = []
    carriages: list[Carriage] = []
    def allowed(one: list[int], other: list[int]) -> bool:
        return all(
            story.may_share(said[left].statement, said[right].statement)
            for left in one
            for right in other
        )

    for cluster in average_linkage(
        len(said), edges, round(_JOIN * _SCALE), len(said), allowed
    ):
        members = [member for number in cluster for member in variants[number]]
        if len(members) > 1 and max(said[number].total for number in cluster) >= _LEAST_TOTAL:
            sure = _confidence(cluster, edges)
            utterance, carried = _utterance(story_id, members, sure, story)
            utterances.append(utterance)
            carriages += carried
    utterance_of = {row.statement_id: row.utterance_id for row in carriages}
    return Alignment(
        utterances=tuple(sorted(utterances, key=lambda row: row.id)),
        carriages=tuple(sorted(carriages, key=lambda row: (row.utterance_id, row.statement_id))),
        statements=tuple(replace(row, story_id=story_id, utterance_id=utterance_of.get(row.id))
            for row in statements),
    )


def _cue(row: Statement, story: Setting) -> str:
    return row.cue.of(story.articles[row.article_id].text) if row.cue else ""


def _variants(statements: Sequence[Statement], story: Setting) -> list[list[Member]]:
    """Group statements of equal wording by the same speakers, sorted by statement id.

    A speaker without a name belongs to one article and to its copies.
    """
    groups: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    for row in sorted(statements, key=lambda row: row.id):
        wording = read_wording(story.articles[row.article_id].text, row, story.resources)
        if not len(wording):
            continue
        who: tuple[str, ...] = tuple(sorted(story.speakers(row)))
        if not who:
            who = ("", story.root(row.article_id))
        groups[row.cue_class, who, wording.keys, wording.quoted].append((row, wording))
    return sorted(groups.values(), key=lambda group: group[0][0].id)


def _edges(said: Sequence[Said], story: Setting) -> Edges:
    """Return the probability of every pair worth looking at, in millionths."""
    known = of_one_speaker(said, story)
    opened = of_open_speakers(said, story) - known
    edges: Edges = defaultdict(dict)
    pairs = sorted(known | opened)
    evidence = [compare(said[left], said[right]) for left, right in pairs]
    ahead = margins(pairs, evidence, said)
    for (left, right), row, margin in zip(pairs, evidence, ahead, strict=True):
        one, other = said[left].statement, said[right].statement
        if not _other_occasion(one, other, row, story):
            doubt = 0.0 if (left, right) in known else _doubt(one, other, story)
            value = probability((*row.values, *margin), doubt, story.resources)
            edges[left][right] = edges[right][left] = round(value * _SCALE)
    for left, right in sorted(of_equal_words(said, story)):
        if _is_same_wording(compare(said[left], said[right])):
            value = max(edges[left].get(right, 0), round(_SAME_WORDING * _SCALE))
            edges[left][right] = edges[right][left] = value
    return edges


def _doubt(one: Statement, other: Statement, story: Setting) -> float:
    """Return what an unresolved source takes from the evidence.

    Two texts of one kind are hardly in doubt; that a text is somebody's own words is.
    """
    texts = (story.document(one), story.document(other))
    if texts[0] and texts[0] == texts[1]:
        return _SAME_DOCUMENT_DOUBT
    return _TEXT_DOUBT if any(texts) else _OPEN_DOUBT


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


def _confidence(cluster: Sequence[int], edges: Edges) -> float:
    """Return the average probability of the links within *cluster*; equal wordings are sure."""
    values = [
        edges[left][right]
        for left in cluster
        for right in sorted(edges.get(left, {}))
        if left < right and right in cluster
    ]
    return round(sum(values) / len(values) / _SCALE, 3) if values else _EQUAL_WORDING


def _utterance(
    story_id: StoryId, members: Sequence[Member], sure: float, story: Setting
) -> tuple[Utterance, list[Carriage]]:
    """Return the row of an utterance and one carriage for each of its statements."""
    ordered = fullest_first(members, story.articles)
    fullest = ordered[0]
    ids = sorted(row.id for row, _ in members)
    utterance_id = UtteranceId(content_hash("utterance", ids[0]))
    carriages = [_carriage(utterance_id, fullest, member, sure, story) for member in ordered]
    roots = {story.root(row.article_id) for row, _ in members}
    named = frozenset[SpeakerId]().union(*(story.speakers(row) for row, _ in members))
    utterance = Utterance(
        id=utterance_id,
        story_id=story_id,
        speakers=tuple(sorted(named)) or fullest[0].speakers,
        fullest=fullest[0].id,
        statements=tuple(ids),
        outlets=len(
            {story.articles[root].outlet or root for root in roots if root in story.articles}
        ),
        said=_said([row for row, _ in ordered]),
        confidence=sure,
        method="wording and speaker" if named else "wording",
    )
    return utterance, carriages


def _said(rows: Sequence[Statement]) -> DateRange | None:
    """Return the narrowest date given, unless two of the dates exclude each other."""
    given = [row.said for row in rows if row.said is not None]
    if not given:
        return None
    narrow = min(given, key=lambda range_: (_PRECISIONS.index(range_.precision), range_.start))
    if any(range_.end < narrow.start or narrow.end < range_.start for range_ in given):
        return None
    return narrow


def _carriage(
    utterance_id: UtteranceId, fullest: Member, member: Member, sure: float, story: Setting
) -> Carriage:
    row = member[0]
    types: tuple[CarriageType, ...] = ()
    edits: tuple[Edit, ...] = ()
    if row.id != fullest[0].id:
        types, edits = carry(
            story.articles[fullest[0].article_id].text,
            fullest,
            story.articles[row.article_id].text,
            member,
            story.resources,
        )
    return Carriage(
        utterance_id=utterance_id,
        statement_id=row.id,
        outlet=story.articles[row.article_id].outlet,
        types=types,
        edits=edits,
        independent=row.article_id not in story.original_of,
        confidence=sure,
        method="edit script" if edits else "fullest wording",
    )
