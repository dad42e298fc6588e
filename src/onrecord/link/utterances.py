"""One utterance as each outlet carried it: the rows of it.

Equal wordings by the same speakers are one before anything is compared, so that thirty copies
cost what one does. `linking` says which of the rest belong together, `carriages` how each
carries what was said.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.ids import (
    ArticleId,
    SpeakerId,
    StatementId,
    StoryId,
    UtteranceId,
    content_hash,
)
from onrecord.link.callings import callings_of
from onrecord.link.candidates import Setting
from onrecord.link.carriages import carry, fullest_first
from onrecord.link.evidence import Reading, said_words
from onrecord.link.linking import link
from onrecord.link.repeats import by_occasion
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

__all__ = ["Alignment", "align", "read"]

_LEAST_TOTAL = 2.0
"""Weight of content words below which nothing is an utterance: "no comment" links nothing."""
_PRECISIONS = ("second", "day", "month", "year")

Member = tuple[Statement, Wording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Utterances of a story, how each statement carries its own, and the linked statements."""

    utterances: tuple[Utterance, ...]
    carriages: tuple[Carriage, ...]
    statements: tuple[Statement, ...]
    wordings: Mapping[StatementId, Wording]
    """The words of every statement that has any: reading them twice would cost time."""


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
    outer = {row.within for row in statements}
    story = Setting(
        articles=articles,
        named=frozenset(row.id for row in speakers if row.kind != "unnamed"),
        people=frozenset(row.id for row in speakers if row.kind == "person"),
        original_of={row.article_id: row.original_id for row in copies},
        enclosing={row.id: row for row in statements if row.id in outer},
        callings=callings_of(speakers),
        resources=resources,
    )
    variants = _variants(statements, story)
    said = said_words([read(*group[0], story.articles) for group in variants], resources)
    utterances: list[Utterance] = []
    carriages: list[Carriage] = []
    for cluster in link(said, story):
        members = [member for number in cluster.members for member in variants[number]]
        weight = max(said[number].total for number in cluster.members)
        one_thing = [members] if weight >= _LEAST_TOTAL else _by_text(members, story)
        for carriers in one_thing:
            if len(carriers) > 1:
                utterance, carried = _utterance(story_id, carriers, cluster.confidence, story)
                utterances.append(utterance)
                carriages += carried
    utterance_of = {row.statement_id: row.utterance_id for row in carriages}
    return Alignment(
        utterances=tuple(sorted(utterances, key=lambda row: row.id)),
        carriages=tuple(sorted(carriages, key=lambda row: (row.utterance_id, row.statement_id))),
        statements=tuple(
            replace(row, story_id=story_id, utterance_id=utterance_of.get(row.id))
            for row in statements
        ),
        wordings={row.id: wording for group in variants for row, wording in group},
    )


def read(row: Statement, wording: Wording, articles: Mapping[ArticleId, Article]) -> Reading:
    """Return a statement with its cue and its surroundings: its paragraph and the one before."""
    text = articles[row.article_id].text
    start = text.rfind("\n", 0, row.content[0].start)
    before = text.rfind("\n", 0, len(text[: max(0, start)].rstrip()))
    end = text.find("\n", row.content[-1].end)
    around = text[before + 1 : end if end >= 0 else len(text)]
    return Reading(row, wording, row.cue.of(text) if row.cue else "", around)


def _variants(statements: Sequence[Statement], story: Setting) -> list[list[Member]]:
    """Group statements of equal wording and occasion by the same speakers.

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
    parts = [
        part
        for group in _with_copies(list(groups.values()), story)
        for part in by_occasion(group, story.articles, story.resources)
    ]
    return sorted(parts, key=lambda part: part[0][0].id)


def _with_copies(groups: list[list[Member]], story: Setting) -> list[list[Member]]:
    """Join groups that hold one sentence of a copied text, whoever it is taken to be said by.

    "The regulator said" belongs to one article, so each copy has a speaker of its own; but the
    sentence was said once. Where a text prints equal sentences, the first is the first of each
    copy.
    """
    copied = frozenset(story.original_of.values())
    if not copied:
        return groups
    count: Counter[tuple[object, ...]] = Counter()
    holder: dict[tuple[object, ...], int] = {}
    joined: dict[int, list[Member]] = {number: list(group) for number, group in enumerate(groups)}
    at = {row.id: number for number, group in enumerate(groups) for row, _ in group}
    rows = [member for group in groups for member in group]
    for row, wording in sorted(rows, key=lambda member: (member[0].content[0].start, member[0].id)):
        root = story.root(row.article_id)
        if root not in copied:
            continue
        text = story.articles[row.article_id].text
        around = (row.source.of(text) if row.source else "", row.cue.of(text) if row.cue else "")
        sentence = (row.cue_class, wording.keys, wording.quoted, around)
        count[row.article_id, sentence] += 1
        key = (root, sentence, count[row.article_id, sentence])
        first, own = holder.setdefault(key, at[row.id]), at[row.id]
        if first != own:
            for member in joined.pop(own):
                at[member[0].id] = first
                joined[first].append(member)
    return list(joined.values())


def _by_text(members: Sequence[Member], story: Setting) -> list[list[Member]]:
    """Return those of *members* that copies of one text print, however little they say.

    "He denied that" links no outlets, but it is one denial in a text and its copies, as long as
    each of them prints it once.
    """
    texts: dict[ArticleId, list[Member]] = defaultdict(list)
    for member in members:
        texts[story.root(member[0].article_id)].append(member)
    return [
        rows
        for _, rows in sorted(texts.items())
        if len({row.article_id for row, _ in rows}) == len(rows)
    ]


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
        if story.quotes_another(row):
            types = (*types, "REQUOTE")
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
