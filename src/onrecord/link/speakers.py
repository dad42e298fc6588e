"""Mentions across the articles of a story to speakers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace

from onrecord.folding import fold
from onrecord.ids import ArticleId, SpeakerId, StoryId, content_hash
from onrecord.link.bodies import form_key, group_bodies
from onrecord.link.papers import authored
from onrecord.link.persons import ChainKey, Groups, Person, group_persons
from onrecord.naming import Name, is_mixed_script, name_of, nickname_groups, plain
from onrecord.records import Annotation, Chain, Identity, Speaker, SpeakerKind, Statement, Voice
from onrecord.resources import Resources

__all__ = ["Resolution", "resolve_speakers"]

_KINDS: tuple[SpeakerKind, ...] = ("person", "group", "organisation", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Speakers of a story, and its statements with their speakers filled in."""

    speakers: tuple[Speaker, ...]
    identities: tuple[Identity, ...]
    statements: tuple[Statement, ...]


def resolve_speakers(
    story_id: StoryId, annotations: Sequence[Annotation], resources: Resources
) -> Resolution:
    """Return who the speakers of a story are; *annotations* come sorted by article id.

    Only named persons, bodies and groups are joined across articles: whoever has no name stays in
    the article. A chain that could be several people keeps its own place, and its mentions are
    listed as `unsure` for each.
    """
    chains = {
        ChainKey(annotation.article.id, chain.number): chain
        for annotation in annotations
        for chain in annotation.chains
    }
    groups = link_chains(chains, resources)
    speaking = _speaking(annotations, groups)
    members: dict[ChainKey, list[ChainKey]] = defaultdict(list)
    for key in sorted(chains):
        members[groups.root[key]].append(key)
    ids: dict[ChainKey, SpeakerId] = {}
    speakers: list[Speaker] = []
    given = resources.words("given_names")
    names = Counter(_known_as(members[root], chains, given) for root in speaking)
    for root in sorted(speaking):
        shared = names[_known_as(members[root], chains, given)] > 1
        speaker = _speaker(story_id, members[root], chains, given, shared=shared)
        speakers.append(speaker)
        ids.update(dict.fromkeys(members[root], speaker.id))
    return Resolution(
        speakers=tuple(sorted(speakers, key=lambda row: row.id)),
        identities=_identities(annotations, groups, ids),
        statements=_statements(annotations, groups, ids),
    )


def link_chains(chains: Mapping[ChainKey, Chain], resources: Resources) -> Groups:
    """Return which chains of a story are one speaker."""
    lists = _lists(resources)
    bodies = group_bodies(chains, lists.court_documents, lists.places, lists.aliases, lists.common)
    persons = [
        _person(key, chain, lists)
        for key, chain in sorted(chains.items())
        if chain.kind == "person" and key not in bodies
    ]
    named = group_persons(persons, lists.nicknames, lists.given)
    root = {key: named.root.get(key, bodies.get(key, key)) for key in chains}
    documents = authored(chains, root, lists.one_in_story)
    return Groups(
        root={**root, **documents},
        method={
            **dict.fromkeys(bodies, "name"),
            **named.method,
            **dict.fromkeys(documents, "document"),
        },
        candidates=named.candidates,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    """What names are compared with, ready for look-up."""

    honorifics: Mapping[str, str]
    """Honorifics that are no given names, and what they agree with."""
    nicknames: Mapping[str, frozenset[int]]
    given: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    places: frozenset[frozenset[str]]
    """The words of each place's name."""
    common: frozenset[str]
    """Words that many bodies share: "commission"."""
    court_documents: frozenset[str]
    one_in_story: frozenset[str]
    """Documents of which a story seldom has two: letter, resolution."""
    aliases: Mapping[tuple[str, ...], str]
    """The user's aliases by their folded words: to the name they belong to."""


@cache
def _lists(resources: Resources) -> _Lists:
    classes = {row[0]: row[1] for row in resources.tables["source_words"]}
    given = resources.words("given_names")
    return _Lists(
        honorifics={
            word: agreement.strip("-")
            for word, kind, agreement, _ in resources.tables["titles"]
            if kind == "honorific" and word not in given
        },
        nicknames=nickname_groups(resources.tables["nicknames"]),
        given=given,
        suffixes=resources.words("name_suffixes"),
        particles=resources.words("name_particles"),
        places=frozenset(frozenset(place.split()) for place in resources.lists["place_names"]),
        common=resources.words("organisation_words") | resources.words("body_nouns"),
        court_documents=frozenset(classes["court_document"].split()),
        one_in_story=frozenset(classes["one_in_story"].split()),
        aliases={form_key(form): row[0] for row in resources.tables["aliases"] for form in row},
    )


def _person(key: ChainKey, chain: Chain, lists: _Lists) -> Person:
    names: set[Name] = set()
    agreement: set[str] = set()
    for form in chain.names:
        words = form.split()
        while len(words) > 1 and plain(words[0]) in lists.honorifics:
            agreement.update(lists.honorifics[plain(words[0])])
            words = words[1:]
        names.add(name_of(words, lists.suffixes, lists.particles))
    full = {name for name in names if len(name.words) > 1}
    return Person(
        key=key,
        names=tuple(sorted(full or names)),
        agreement=frozenset(agreement),
        marks=_marks(chain, lists.aliases),
    )


def _marks(chain: Chain, aliases: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    """Return the handles and aliases of a chain, each of which makes it one with others."""
    handles = {"@" + handle.lstrip("@").casefold() for handle in chain.handles}
    known = {aliases[form] for form in map(form_key, chain.names) if form in aliases}
    return tuple(sorted(handles | {"=" + name for name in known}))


def _speaking(annotations: Iterable[Annotation], groups: Groups) -> set[ChainKey]:
    """Return the roots of chains that a statement has as speaker, relayer, principal or maybe."""
    found: set[ChainKey] = set()
    for annotation in annotations:
        for voice in annotation.voices:
            for number in (*voice.speakers, *voice.via, *voice.on_behalf, *voice.candidates):
                key = ChainKey(annotation.article.id, number)
                found.update(groups.candidates.get(key, (groups.root[key],)))
    return found


def _speaker(
    story_id: StoryId,
    members: Sequence[ChainKey],
    chains: Mapping[ChainKey, Chain],
    given: frozenset[str],
    *,
    shared: bool,
) -> Speaker:
    """Return the row of a speaker; *shared* says that another of the story has the same name."""
    rows = [chains[key] for key in members]
    kind, _ = _known_as(members, chains, given)
    name = _best_name(members, chains, given)
    role = _role(members, chains)
    where = [str(part) for part in members[0]] if kind == "unnamed" or shared else []
    return Speaker(
        id=SpeakerId(content_hash("speaker", story_id, kind, fold(name), *where)),
        story_id=story_id,
        name=name,
        names=tuple(sorted({form for chain in rows for form in chain.names})),
        kind=kind,
        role=role[0] if role else None,
        role_article_id=role[1] if role else None,
        handles=tuple(sorted({handle for chain in rows for handle in chain.handles})),
    )


def _known_as(
    members: Sequence[ChainKey], chains: Mapping[ChainKey, Chain], given: frozenset[str]
) -> tuple[SpeakerKind, str]:
    """Return what the id of a speaker is made of, unless two would have the same."""
    kinds: set[SpeakerKind] = {chains[key].kind for key in _authors(members, chains)}
    kind = "organisation" if "organisation" in kinds else min(kinds, key=_KINDS.index)
    return kind, fold(_best_name(members, chains, given))


def _authors(members: Sequence[ChainKey], chains: Mapping[ChainKey, Chain]) -> Sequence[ChainKey]:
    """Return the chains that name a speaker, but for his documents."""
    return [key for key in members if chains[key].document is None] or members


def _best_name(
    members: Sequence[ChainKey], chains: Mapping[ChainKey, Chain], given: frozenset[str]
) -> str:
    """Return the fullest name, but for an epithet that another chain prints the name without."""
    names = {chains[key].name for key in _authors(members, chains)}
    folded = {fold(name) for name in names}

    def is_epithet(name: str) -> bool:
        first, _, rest = name.partition(" ")
        word = plain(first)
        return " " in rest and fold(rest) in folded and len(word) > 1 and word not in given

    return min([one for one in names if not is_epithet(one)] or names, key=_fullness)


def _fullness(name: str) -> tuple[bool, int, int, str]:
    """Order names: not in capitals, most words, most letters, then by the alphabet."""
    return (name.isupper(), -len(name.split()), -len(name), name)


def _role(
    members: Sequence[ChainKey], chains: Mapping[ChainKey, Chain]
) -> tuple[str, ArticleId] | None:
    """Return the role that most articles print, with the first of them."""
    found: dict[str, list[ChainKey]] = defaultdict(list)
    for key in members:
        role = chains[key].role
        if role is not None:
            found[role].append(key)
    if not found:
        return None
    role = min(found, key=lambda one: (-len(found[one]), -len(one), one))
    return role, ArticleId(min(found[role]).article_id)


def _statements(
    annotations: Iterable[Annotation], groups: Groups, ids: Mapping[ChainKey, SpeakerId]
) -> tuple[Statement, ...]:
    rows: list[Statement] = []
    for annotation in annotations:
        voices = {voice.statement_id: voice for voice in annotation.voices}
        for statement in annotation.statements:
            voice = voices.get(statement.id)
            rows.append(
                statement
                if voice is None
                else _filled(annotation.article.id, statement, voice, groups, ids)
            )
    return tuple(rows)


def _filled(
    article_id: str,
    statement: Statement,
    voice: Voice,
    groups: Groups,
    ids: Mapping[ChainKey, SpeakerId],
) -> Statement:
    def known(numbers: Iterable[int]) -> tuple[SpeakerId, ...]:
        keys = [ChainKey(article_id, number) for number in numbers]
        return tuple(dict.fromkeys(ids[key] for key in keys if key not in groups.candidates))

    return replace(
        statement,
        speakers=known(voice.speakers),
        via=known(voice.via),
        on_behalf=known(voice.on_behalf),
    )


def _identities(
    annotations: Iterable[Annotation], groups: Groups, ids: Mapping[ChainKey, SpeakerId]
) -> tuple[Identity, ...]:
    """Return a row per mention of a speaker, and one per candidate where it stays open."""
    rows: dict[tuple[str, int, int, str], Identity] = {}
    for annotation in annotations:
        for mention in annotation.mentions:
            key = ChainKey(annotation.article.id, mention.chain)
            open_to = groups.candidates.get(key, ())
            targets = [one for one in open_to or (key,) if one in ids]
            mixed = is_mixed_script(mention.span.of(annotation.article.text))
            sure = mention.judgement == "same" and not open_to and not mixed
            method = mention.method
            if mixed:
                method += ":mixed-script"
            elif key in groups.method:
                method += "|" + groups.method[key]
            for target in targets:
                row = Identity(
                    article_id=annotation.article.id,
                    span=mention.span,
                    mention=mention.kind,
                    speaker_id=ids[target],
                    judgement="same" if sure else "unsure",
                    method=method,
                )
                rows[(row.article_id, *row.span, row.speaker_id)] = row
    return tuple(rows[key] for key in sorted(rows))
