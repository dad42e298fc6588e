"""Who speaks: the names behind a statement, and the cast of a story."""

from collections import defaultdict

from onrecord.ids import SpeakerId
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
    said: int
    """Things said by the speaker, each counted once however many outlets carry it."""
    relayed: int
    """Of these, said through somebody else."""
    about: int
    """Things that others say in which the speaker is mentioned."""
    first: int | None
    """Number of the first item said, to link to."""


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
    said: dict[SpeakerId, set[int]] = defaultdict(set)
    relayed: dict[SpeakerId, set[int]] = defaultdict(set)
    about: dict[SpeakerId, set[int]] = defaultdict(set)
    outlets: dict[SpeakerId, set[str]] = defaultdict(set)
    for item in index.items:
        for statement in item.statements:
            for speaker_id in (*statement.speakers, *statement.on_behalf):
                said[speaker_id].add(item.number)
                outlets[speaker_id].add(index.outlet_of(statement))
                if statement.via or speaker_id in statement.on_behalf:
                    relayed[speaker_id].add(item.number)
            for speaker_id in _mentioned(index, statement):
                about[speaker_id].add(item.number)
    members = [
        _member(index, speaker, said, relayed, about, outlets)
        for speaker in index.record.speakers
        if said[speaker.id] or about[speaker.id]
    ]
    return tuple(sorted(members, key=lambda row: (-row.said, -row.about, row.speaker.name)))


def _member(
    index: Index,
    speaker: Speaker,
    said: dict[SpeakerId, set[int]],
    relayed: dict[SpeakerId, set[int]],
    about: dict[SpeakerId, set[int]],
    outlets: dict[SpeakerId, set[str]],
) -> Member:
    role_article = index.articles.get(speaker.role_article_id) if speaker.role_article_id else None
    names = dict.fromkeys(name for name in speaker.names if name != speaker.name)
    return Member(
        speaker=speaker,
        also=tuple(names),
        role=speaker.role,
        role_outlet=outlet_name(role_article) if role_article else None,
        outlets=tuple(sorted(outlets[speaker.id])),
        said=len(said[speaker.id]),
        relayed=len(relayed[speaker.id]),
        about=len(about[speaker.id]),
        first=min(said[speaker.id], default=None),
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
