"""Who speaks: the names behind a statement, and the cast of a story."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.ids import ArticleId, SpeakerId
from onrecord.records import Row, Speaker, Statement
from onrecord.views.index import Index, outlet_name

__all__ = ["Member", "Who", "cast", "who"]


class Who(Row, frozen=True, kw_only=True):
    """The people of one statement, as names to print."""

    speakers: tuple[Speaker, ...]
    via: tuple[Speaker, ...] = ()
    on_behalf: tuple[Speaker, ...] = ()
    printed: str | None = None
    """Where no speaker is resolved: the source in the outlet's words, if it names one."""
    candidates: tuple[Speaker, ...] = ()
    """Where it is unsure: the speakers it could be."""


class Member(Row, frozen=True, kw_only=True):
    """One speaker of the cast."""

    speaker: Speaker
    also: tuple[str, ...]
    """Other names in the articles held."""
    role: str | None
    role_outlet: str | None
    outlets: tuple[str, ...]
    """Outlets that print a statement by the speaker, sorted."""
    copied: tuple[str, ...] = ()
    """Outlets that print, of such a speaker, nothing but a copy of what *outlets* print."""
    said: int
    """Things said by the speaker, each counted once however many outlets carry it."""
    relayed: int
    """Of these, said through somebody else."""
    about: int
    """Things that others say in which the speaker is mentioned."""
    first: int | None
    """Number of the first item said, to link to."""


class _Tally(NamedTuple):
    """What each speaker of the cast said, and where; filled while the items are gone through."""

    said: defaultdict[SpeakerId, set[int]]
    relayed: defaultdict[SpeakerId, set[int]]
    about: defaultdict[SpeakerId, set[int]]
    outlets: defaultdict[SpeakerId, set[str]]
    copied: defaultdict[SpeakerId, set[str]]


def who(index: Index, statement: Statement) -> Who:
    """Return whom the record names as speaking in *statement*."""
    speakers = _rows(index, statement.speakers)
    article = index.article_of(statement)
    unsure = _candidates(index, statement) if statement.source else ()
    printed = statement.source.of(article.text) if statement.source and not speakers else None
    return Who(
        speakers=speakers,
        via=_rows(index, statement.via),
        on_behalf=_rows(index, statement.on_behalf),
        printed=printed,
        candidates=unsure,
    )


def cast(index: Index) -> tuple[Member, ...]:
    """Return everybody who speaks or is spoken of, who says most first, then by name."""
    tally = _Tally(
        said=defaultdict(set),
        relayed=defaultdict(set),
        about=defaultdict(set),
        outlets=defaultdict(set),
        copied=defaultdict(set),
    )
    once = _counted_once(index)
    for item in index.items:
        for statement in item.statements:
            for speaker_id in (*statement.speakers, *statement.on_behalf):
                member = once.get(speaker_id, speaker_id)
                tally.said[member].add(item.number)
                tally.outlets[speaker_id].add(index.outlet_of(statement))
                if statement.via or speaker_id in statement.on_behalf:
                    tally.relayed[member].add(item.number)
            for speaker_id in _mentioned(index, statement):
                tally.about[once.get(speaker_id, speaker_id)].add(item.number)
    for speaker_id, member in once.items():
        tally.copied[member] |= tally.outlets[speaker_id] - tally.outlets[member]
    members = [
        _member(index, speaker, tally)
        for speaker in index.record.speakers
        if tally.said[speaker.id] or tally.about[speaker.id]
    ]
    return tuple(sorted(members, key=lambda row: (-row.said, -row.about, row.speaker.name)))


def _counted_once(index: Index) -> dict[SpeakerId, SpeakerId]:
    """Return the unnamed speakers of copies, each with the one of the copied text that it is.

    The tables keep them apart, for an unnamed speaker, or "the regulator", belongs to one article.
    But thirty outlets with one agency text quote one docker, not thirty. What joins them is the
    text that is copied and the statement in it, never how they are described.
    """
    unnamed = _of_one_article(index)
    once: dict[SpeakerId, SpeakerId] = {}
    for item in index.items:
        quoted: dict[ArticleId, dict[SpeakerId, ArticleId]] = defaultdict(dict)
        for statement in sorted(item.statements, key=lambda row: row.article_id in index.copies):
            article_id = statement.article_id
            own = [row for row in (*statement.speakers, *statement.on_behalf) if row in unnamed]
            before = quoted[_copied_text(index, article_id)]
            for speaker_id in own:
                held = [row for row in before if before[row] != article_id and row not in once]
                if len(held) > 1 or len(own) > 1:
                    name = index.speakers[speaker_id].name
                    held = [row for row in held if index.speakers[row].name == name]
                if article_id in index.copies and speaker_id not in once and len(held) == 1:
                    once[speaker_id] = held[0]
                before[speaker_id] = article_id
    return {speaker_id: _last(once, speaker_id) for speaker_id in once}


def _of_one_article(index: Index) -> set[SpeakerId]:
    """Return the speakers who are nobody outside one article: unnamed, or a body described."""
    articles: dict[SpeakerId, set[ArticleId]] = defaultdict(set)
    for statement in index.item_of:
        row = index.statements[statement]
        for speaker_id in (*row.speakers, *row.on_behalf):
            articles[speaker_id].add(row.article_id)
    return {
        row.id
        for row in index.record.speakers
        if row.kind != "person" and len(articles[row.id]) == 1
    }


def _last(once: Mapping[SpeakerId, SpeakerId], speaker_id: SpeakerId) -> SpeakerId:
    while speaker_id in once:
        speaker_id = once[speaker_id]
    return speaker_id


def _copied_text(index: Index, article_id: ArticleId) -> ArticleId:
    """Return the article whose text *article_id* copies, itself where it copies none."""
    for _ in index.copies:
        if article_id not in index.copies:
            break
        article_id = index.copies[article_id].original_id
    return article_id


def _member(index: Index, speaker: Speaker, tally: _Tally) -> Member:
    role_article = index.articles.get(speaker.role_article_id) if speaker.role_article_id else None
    names = dict.fromkeys(name for name in speaker.names if name != speaker.name)
    return Member(
        speaker=speaker,
        also=tuple(names),
        role=speaker.role,
        role_outlet=outlet_name(role_article) if role_article else None,
        outlets=tuple(sorted(tally.outlets[speaker.id])),
        copied=tuple(sorted(tally.copied[speaker.id])),
        said=len(tally.said[speaker.id]),
        relayed=len(tally.relayed[speaker.id]),
        about=len(tally.about[speaker.id]),
        first=min(tally.said[speaker.id], default=None),
    )


def _rows(index: Index, ids: tuple[SpeakerId, ...]) -> tuple[Speaker, ...]:
    return tuple(index.speakers[row] for row in ids if row in index.speakers)


def _candidates(index: Index, statement: Statement) -> tuple[Speaker, ...]:
    """Return the speakers that the statement's source could be, where the record is unsure."""
    source = statement.source
    rows = [
        row
        for row in index.identities.get(statement.article_id, ())
        if row.judgement == "unsure" and source and source.covers(row.span)
    ]
    return _rows(index, tuple(dict.fromkeys(row.speaker_id for row in rows)))


def _mentioned(index: Index, statement: Statement) -> set[SpeakerId]:
    """Return whom the content of *statement* mentions besides its own speakers."""
    own = {*statement.speakers, *statement.via, *statement.on_behalf}
    return {
        row.speaker_id
        for row in index.identities.get(statement.article_id, ())
        if row.speaker_id not in own
        and row.judgement == "same"
        and any(piece.covers(row.span) for piece in statement.content)
    }
