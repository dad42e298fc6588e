"""Whom and what a statement is about: the persons it names, and its telling words."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ids import ArticleId, SpeakerId
from onrecord.link.words import WORD, rates, term, word_list
from onrecord.records import Article, Identity, Speaker, Statement
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["Aim", "aims_of", "shared_weight"]

_COMMON_RATE = 1500
"""Of 10,000 articles: a word in more of them says nothing about what is spoken of."""
_CLOSING = " \"'”’"
_NEAR = 80
"""Characters between a cue and its content in which the person accused may stand."""


_Calls = Mapping[str, tuple[tuple[tuple[str, ...], SpeakerId], ...]]
"""The terms of each name of a speaker, by the first."""


_Clients = Mapping[SpeakerId, tuple[SpeakerId, ...]]
"""Whom a lawyer or spokesman speaks for, as the role is printed."""
_Sides = Mapping[SpeakerId, frozenset[str]]
"""The names of what each speaker is part of."""


_SUBJECT = 30
"""Characters from the start of a reported content within which its subject is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One statement with what links are found by."""

    statement: Statement
    key: str
    """The utterance where there is one: what is linked is what was said, not who carried it."""
    published: str
    start: int
    """First character of content, source or cue."""
    sentence: Span
    """From the first character of source, cue or content to the last."""
    voices: frozenset[SpeakerId]
    """Who speaks, and on whose behalf."""
    about: frozenset[SpeakerId]
    """Who is spoken of or to."""
    charged: frozenset[SpeakerId]
    """Who is spoken of or to first, and not as an owner ("Ruiz's deputy"): whom a charge meets."""
    side: frozenset[str]
    """Names of what its speakers are part of: words of their names and of their roles."""
    marks: frozenset[str]
    """Words and pairs of words in what is said, to look up sides in."""
    terms: Mapping[str, float]
    """Telling words of the content, with their weight."""
    lines: tuple[int, int]
    """Lines of the article in which the sentence starts and ends."""
    is_question: bool
    """Whether an answer is wanted, and not a deed."""
    at_law: bool
    """Whether content or cue speak of a case at law: a charge brought, a plea, a prosecution."""


def aims_of(
    articles: Mapping[ArticleId, Article],
    statements: Sequence[Statement],
    speakers: Sequence[Speaker],
    identities: Sequence[Identity],
    resources: Resources,
) -> list[Aim]:
    """Return what each statement of a story is about, in order of publication and place."""
    mentions: dict[ArticleId, list[Identity]] = defaultdict(list)
    for identity in sorted(identities, key=lambda row: (row.article_id, row.span)):
        if identity.judgement == "same":
            mentions[identity.article_id].append(identity)
    starts = {article: [row.span.start for row in rows] for article, rows in mentions.items()}
    calls = _calls(speakers)
    sides = _sides(speakers)
    clients = _clients(speakers, calls, resources)
    line_ends = {
        key: [match.start() for match in _LINE_END.finditer(row.text)]
        for key, row in articles.items()
    }
    found = [
        _aim(
            articles[row.article_id],
            row,
            line_ends[row.article_id],
            (mentions.get(row.article_id, []), starts.get(row.article_id, [])),
            (calls, sides, clients),
            resources,
        )
        for row in statements
        if row.cue_class == "speech"
    ]
    return sorted(
        found, key=lambda aim: (aim.published, aim.statement.article_id, aim.start, aim.key)
    )


def _calls(speakers: Sequence[Speaker]) -> _Calls:
    """Return the names of speakers by first term: full names, and family names that are unique.

    Whoever has no name is in no other article, so nothing is looked up for them.
    """
    called: dict[tuple[str, ...], set[SpeakerId]] = defaultdict(set)
    for speaker in speakers:
        if speaker.kind == "unnamed":
            continue
        for name in (speaker.name, *speaker.names):
            terms = _terms(name)
            if terms and name[:1].isupper():
                called[terms].add(speaker.id)
                if speaker.kind == "person":
                    called[terms[-1:]].add(speaker.id)
    by_first: dict[str, list[tuple[tuple[str, ...], SpeakerId]]] = defaultdict(list)
    for terms, who in sorted(called.items()):
        if len(who) == 1:
            by_first[terms[0]] += [(terms, one) for one in sorted(who)]
    return {first: tuple(rows) for first, rows in by_first.items()}


_ACRONYM = re.compile(r"\b(?:[A-Z]\.){3,}|\b[A-Z]{3,}\b")
_LINE_END = re.compile("\n")
_NAMES = re.compile(r"[A-Z][\w’'.]{0,60}(?: [A-Z][\w’'.]{0,60})+")


def _sides(speakers: Sequence[Speaker]) -> _Sides:
    """Return pairs of words and acronyms in the names of bodies, and in the roles of people."""
    found: dict[SpeakerId, frozenset[str]] = {}
    for speaker in speakers:
        texts = [speaker.role or ""]
        if speaker.kind in ("organisation", "group"):
            texts += [speaker.name, *speaker.names]
        marks: set[str] = set()
        for text in texts:
            marks.update(term(word.replace(".", "")) for word in _ACRONYM.findall(text))
            for name in _NAMES.findall(text):
                terms = _terms(name)
                marks.update(f"{left} {right}" for left, right in pairwise(terms))
        found[speaker.id] = frozenset(marks)
    return found


def _clients(speakers: Sequence[Speaker], calls: _Calls, resources: Resources) -> _Clients:
    """Return the speakers named in the roles of lawyers and spokesmen ("a lawyer for Roe")."""
    serving = {
        noun
        for noun, _, classes in resources.tables["role_nouns"]
        if {"lawyer", "spokesperson"} & set(classes.split(","))
    }
    found: dict[SpeakerId, tuple[SpeakerId, ...]] = {}
    for speaker in speakers:
        role = speaker.role or ""
        if role and not serving.isdisjoint(_terms(role)):
            named = _called(role, [Span(0, len(role))], calls)
            found[speaker.id] = tuple(sorted({who for _, who in named} - {speaker.id}))
    return found


def _pairs(text: str, spans: Sequence[Span]) -> frozenset[str]:
    """Return the terms and the pairs of neighbouring terms in *spans*."""
    marks: set[str] = set()
    for span in spans:
        terms = _terms(span.of(text))
        marks.update(terms)
        marks.update(f"{left} {right}" for left, right in pairwise(terms))
    return frozenset(marks)


def _terms(text: str) -> tuple[str, ...]:
    return tuple(found for found in map(term, word_list(text)) if found)


def _aim(
    article: Article,
    statement: Statement,
    line_ends: Sequence[int],
    mentions: tuple[Sequence[Identity], Sequence[int]],
    names: tuple[_Calls, _Sides, _Clients],
    resources: Resources,
) -> Aim:
    spans = _spoken(statement)
    text = article.text
    calls, sides, clients = names
    named = _mentioned(text, spans, mentions) + _called(text, spans, calls)
    places = [*statement.content, *(one for one in (statement.source, statement.cue) if one)]
    start, end = min(place.start for place in places), max(place.end for place in places)
    served = (one for speaker in statement.speakers for one in clients.get(speaker, ()))
    voices = frozenset((*statement.speakers, *statement.on_behalf, *served))
    pairs = _pairs(text, spans)
    return Aim(
        statement=statement,
        key=statement.utterance_id or statement.id,
        published=(article.published or "")[:10],
        start=start,
        sentence=Span(start, end),
        lines=(bisect_left(line_ends, start), bisect_left(line_ends, end)),
        is_question=_is_question(statement, text, resources),
        voices=voices,
        about=frozenset(who for _, who in named) - voices,
        charged=_first_named(named, voices, statement),
        terms=_telling(statement.text, calls, resources),
        at_law=_is_at_law(statement, text, resources),
        side=frozenset(mark for voice in sorted(voices) for mark in sides.get(voice, ())),
        marks=pairs,
    )


def _spoken(statement: Statement) -> list[Span]:
    """Return content, addressee, and what stands between the cue and the content."""
    spans = list(statement.content)
    if statement.addressee:
        spans.append(statement.addressee)
    first = statement.content[0].start
    if statement.cue and statement.cue.end < first < statement.cue.end + _NEAR:
        inverted = statement.source is not None and statement.source.start >= statement.cue.end
        if not inverted:
            spans.append(Span(statement.cue.end, first))
    return spans


def _is_question(statement: Statement, text: str, resources: Resources) -> bool:
    """Return whether a request is for words: "whether ...", "how ...", "questions about ..."."""
    if statement.act != "asks":
        return False
    said = word_list(statement.text)
    cue: list[str] = []
    if statement.cue:
        start = statement.content[0].start
        told = statement.cue.end <= start <= statement.cue.end + _NEAR
        cue = word_list(text[statement.cue.start : start if told else statement.cue.end])
    return (
        (bool(said) and said[0] in resources.words("question_words"))
        or statement.text.rstrip(_CLOSING).endswith("?")
        or "about" in cue
        or any(word.startswith("question") for word in cue)
    )


def _is_at_law(statement: Statement, text: str, resources: Resources) -> bool:
    said = (*_terms(statement.text), *_terms(statement.cue.of(text) if statement.cue else ""))
    return not resources.words("prosecution_words").isdisjoint(said)


_Named = tuple[int, SpeakerId]
"""Where a speaker is named: the character, or -1 - the character for an owner."""


def _first_named(
    named: Sequence[_Named], voices: frozenset[SpeakerId], statement: Statement
) -> frozenset[SpeakerId]:
    """Return who is named first among those named in their own right.

    In reported speech that is near the start: further on it is a clause about somebody else.
    """
    others = sorted(one for one in named if one[0] >= 0 and one[1] not in voices)
    if not others:
        return frozenset()
    first = others[0][0]
    if statement.mode in ("indirect", "mixed") and first > statement.content[0].start + _SUBJECT:
        return frozenset()
    return frozenset(who for place, who in others if place == first)


def _place(text: str, start: int, end: int) -> int:
    owner = text[end : end + 1] in ("'", "’") or text[end - 2 : end] in ("'s", "’s")
    return -1 - start if owner else start


def _mentioned(
    text: str, spans: Sequence[Span], mentions: tuple[Sequence[Identity], Sequence[int]]
) -> list[_Named]:
    rows, starts = mentions
    found: list[_Named] = []
    for span in spans:
        for identity in rows[bisect_left(starts, span.start) :]:
            if identity.span.start >= span.end:
                break
            found.append((_place(text, *identity.span), identity.speaker_id))
    return found


def _called(text: str, spans: Sequence[Span], calls: _Calls) -> list[_Named]:
    found: list[_Named] = []
    for span in spans:
        words = [(match, term(match.group())) for match in WORD.finditer(text, *span)]
        for place, (match, word) in enumerate(words):
            for name, speaker in calls.get(word, ()):
                last = place + len(name)
                if tuple(one for _, one in words[place:last]) == name:
                    found.append((_place(text, match.start(), words[last - 1][0].end()), speaker))
    return found


def _telling(text: str, calls: _Calls, resources: Resources) -> Mapping[str, float]:
    """Return the terms of a content that few articles hold, with weights between 0 and 1.

    Names of speakers are left out: they stand in statements on anything.
    """
    known = rates(resources)
    weights: dict[str, float] = {}
    for word in _terms(text):
        rate = known.get(word, 0)
        if rate < _COMMON_RATE and word not in calls and not word.isdigit():
            weights[word] = 1.0 - rate / _COMMON_RATE
    return weights


def shared_weight(left: Aim, right: Aim) -> float:
    """Return the weight of the telling words that two statements share."""
    return sum(weight for word, weight in left.terms.items() if word in right.terms)
