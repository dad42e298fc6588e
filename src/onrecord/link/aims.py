"""Whom and what a statement is about: the persons it names, and its telling words."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.ids import ArticleId, SpeakerId
from onrecord.link.named import Calls, Mentions, calls_of, mentions_of, named_in
from onrecord.link.pointers import (
    also_said,
    asked,
    brings_cases,
    case_is_subject,
    contrasts,
    deeds_named,
    deeds_refused,
    defends,
    despite,
    owned_words,
    spoken_back,
    words_of_others,
)
from onrecord.link.words import rates, telling, term, terms, word_list
from onrecord.records import Article, Identity, Speaker, Statement
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["Aim", "aims_of", "shared_weight"]

_COMMON_RATE = 1500
"""Of 10,000 articles: a word in more of them says nothing about what is spoken of."""
_CLOSING = " \"'”’"
_NEAR = 80
"""Characters between a cue and its content in which the person accused may stand."""


_Clients = Mapping[SpeakerId, tuple[SpeakerId, ...]]
"""Whom a lawyer or spokesman speaks for, as the role is printed."""
_Sides = Mapping[SpeakerId, frozenset[str]]
"""The names of what each speaker is part of."""


_HEADLINE = 4.0
"""Weight of words of a headline from which on more say nothing more."""
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
    beside: frozenset[SpeakerId]
    """Who else is named in its sentence."""
    side: frozenset[str]
    """Names of what its speakers are part of: words of their names and of their roles."""
    marks: frozenset[str]
    """Words and pairs of words in what is said, to look up sides in."""
    terms: Mapping[str, float]
    """Telling words of the content, with their weight."""
    contrasts: bool
    """Whether its sentence is set against what comes before it ("but two clerks said ...")."""
    lines: tuple[int, int]
    """Lines of the article in which the sentence starts and ends."""
    is_question: bool
    """Whether an answer is wanted, and not a deed."""
    asked: str
    """"asks" where a cue of asking brings it, "put" where its source is who was asked, "open" for
    what its speaker would not say."""
    at_law: bool
    """Whether content or cue speak of a case at law: a charge brought, a plea, a prosecution."""
    on_case: bool
    """Whether the case itself is what a sentence of it is about ("these charges are ...")."""
    brings_case: bool
    """Whether a prosecutor, a plaintiff or the paper of a case speaks."""
    by_name: bool
    """Whether a person with a name speaks, or somebody for one."""
    headline: float
    """Weight of the telling words of its sentence in the headline of its article, and half of
    that in other headlines of the story: what a story is about stands there."""
    on_words: tuple[tuple[SpeakerId, str], ...]
    """Whose words it is about, as is said, and of what kind: "Quill's claim", "his demand"."""
    owned_words: str
    """The kind of words of an unnamed owner that it is about ("praised his decision")."""
    also: bool
    """Whether it is said besides what others said ("also called for")."""
    defends: bool
    """Whether it is given as an answer to attacks ("defended himself, saying")."""
    despite: Span | None
    """The sentence in which something is done despite it ("despite claims that ...")."""
    deeds: frozenset[str]
    """What it speaks of that people are called on to do: to go, to apologise, to cancel."""
    refused: frozenset[str]
    """Which of that its speaker will not do."""
    spoken_back: str
    """"back" where it answers what was just said, as is said, "same" where it joins it."""


@dataclass(frozen=True, slots=True)
class _Story:
    """What the statements of a story are compared with."""

    mentions: Mapping[ArticleId, Mentions]
    speakers: Mapping[SpeakerId, Speaker]
    calls: Calls
    sides: _Sides
    clients: _Clients
    headlines: Mapping[ArticleId, frozenset[str]]
    headed: Mapping[str, int]
    """In how many headlines a term stands."""
    resources: Resources


def aims_of(
    articles: Mapping[ArticleId, Article],
    statements: Sequence[Statement],
    speakers: Sequence[Speaker],
    identities: Sequence[Identity],
    resources: Resources,
) -> list[Aim]:
    """Return what each statement of a story is about, in order of publication and place."""
    calls = calls_of(speakers)
    headlines = {key: frozenset(terms(row.title or "")) for key, row in articles.items()}
    story = _Story(
        mentions=mentions_of(identities),
        speakers={row.id: row for row in speakers},
        calls=calls,
        sides=_sides(speakers),
        clients=_clients(speakers, calls, resources),
        headlines=headlines,
        headed=Counter(word for words in headlines.values() for word in words),
        resources=resources,
    )
    line_ends = {
        key: [match.start() for match in _LINE_END.finditer(row.text)]
        for key, row in articles.items()
    }
    found = [
        _aim(articles[row.article_id], row, line_ends[row.article_id], story)
        for row in statements
        if row.cue_class == "speech"
    ]
    return sorted(
        found,
        key=lambda aim: (
            aim.published,
            aim.statement.article_id,
            aim.start,
            aim.statement.content[0].start,
            aim.key,
        ),
    )


_ACRONYM = re.compile(r"\b(?:[A-Z]\.){3,}|\b[A-Z]{3,}\b")
_LINE_END = re.compile("\n")
_NAMES = re.compile(r"[A-Z][\w’'.]{0,60}(?: [A-Z][\w’'.]{0,60})+")


def _sides(speakers: Sequence[Speaker]) -> _Sides:
    """Return pairs of words and acronyms in the names of bodies, and in the roles of people.

    An unnamed source may say what it is of ("Harbour Board members").
    """
    found: dict[SpeakerId, frozenset[str]] = {}
    for speaker in speakers:
        texts = [speaker.role or ""]
        if speaker.kind != "person":
            texts += [speaker.name, *speaker.names]
        marks: set[str] = set()
        for text in texts:
            marks.update(term(word.replace(".", "")) for word in _ACRONYM.findall(text))
            for name in _NAMES.findall(text):
                words = terms(name)
                marks.update(f"{left} {right}" for left, right in pairwise(words))
        found[speaker.id] = frozenset(marks)
    return found


def _clients(speakers: Sequence[Speaker], calls: Calls, resources: Resources) -> _Clients:
    """Return the speakers named in the roles of lawyers and spokesmen ("a lawyer for Roe")."""
    serving = {
        noun
        for noun, _, classes in resources.tables["role_nouns"]
        if {"lawyer", "spokesperson"} & set(classes.split(","))
    }
    found: dict[SpeakerId, tuple[SpeakerId, ...]] = {}
    for speaker in speakers:
        role = speaker.role or ""
        if role and not serving.isdisjoint(terms(role)):
            named = named_in(role, [Span(0, len(role))], Mentions(), calls)
            found[speaker.id] = tuple(sorted({who for _, who in named} - {speaker.id}))
    return found


def _pairs(text: str, spans: Sequence[Span]) -> frozenset[str]:
    """Return the terms and the pairs of neighbouring terms in *spans*."""
    marks: set[str] = set()
    for span in spans:
        words = terms(span.of(text))
        marks.update(words)
        marks.update(f"{left} {right}" for left, right in pairwise(words))
    return frozenset(marks)


def _aim(article: Article, statement: Statement, line_ends: Sequence[int], story: _Story) -> Aim:
    spans = _spoken(statement)
    text, resources = article.text, story.resources
    mentions = story.mentions.get(article.id, Mentions())
    named = [
        (_place(text, place), who) for place, who in named_in(text, spans, mentions, story.calls)
    ]
    places = [*statement.content, *(one for one in (statement.source, statement.cue) if one)]
    start, end = min(place.start for place in places), max(place.end for place in places)
    served = (one for speaker in statement.speakers for one in story.clients.get(speaker, ()))
    voices = frozenset((*statement.speakers, *statement.on_behalf, *served))
    heard = [story.speakers[voice] for voice in sorted(voices) if voice in story.speakers]
    return Aim(
        statement=statement,
        key=statement.utterance_id or statement.id,
        published=(article.published or "")[:10],
        start=start,
        sentence=Span(start, end),
        contrasts=contrasts(text, start),
        lines=(bisect_left(line_ends, start), bisect_left(line_ends, end)),
        is_question=_is_question(statement, text, resources),
        asked=asked(statement, text, resources),
        voices=voices,
        about=frozenset(who for _, who in named) - voices,
        beside=frozenset(
            who for _, who in named_in(text, (Span(start, end),), mentions, story.calls)
        )
        - voices,
        charged=_first_named(named, voices, statement),
        terms=_telling(statement.text, story.calls, resources),
        at_law=_is_at_law(statement, text, resources),
        on_case=case_is_subject(statement, text, resources),
        brings_case=brings_cases(statement, text, heard, resources),
        by_name=any(row.kind == "person" for row in heard),
        headline=_headline(text[start:end], article.id, story),
        on_words=words_of_others(statement, text, mentions, story.calls, resources),
        owned_words=owned_words(statement, text, resources),
        also=also_said(statement, text),
        defends=defends(statement, text, start),
        despite=despite(text, Span(start, end)),
        deeds=deeds_named(statement, text, resources),
        refused=deeds_refused(statement, text, resources),
        spoken_back=spoken_back(statement, text, start, resources),
        side=frozenset(mark for voice in sorted(voices) for mark in story.sides.get(voice, ())),
        marks=_pairs(text, spans),
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
    said = (*terms(statement.text), *terms(statement.cue.of(text) if statement.cue else ""))
    return not resources.words("prosecution_words").isdisjoint(said)


def _headline(said: str, article: ArticleId, story: _Story) -> float:
    headed = [word for word in word_list(said) if term(word) in story.headed]
    weights = telling(headed, rates(story.resources), _COMMON_RATE)
    own = story.headlines[article]
    others = len(story.headlines) - 1
    mine = sum(weight for word, weight in weights.items() if word in own)
    theirs = sum(
        weight * (story.headed.get(word, 0) - (word in own)) / others
        for word, weight in weights.items()
        if others
    )
    return min(_HEADLINE, mine) + min(_HEADLINE, theirs) / 2


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


def _place(text: str, place: Span) -> int:
    owner = text[place.end : place.end + 1] in ("'", "’")
    return -1 - place.start if owner else place.start


def _telling(text: str, calls: Calls, resources: Resources) -> Mapping[str, float]:
    """Return the terms of a content that few articles hold, with weights between 0 and 1.

    Names of speakers are left out: they stand in statements on anything.
    """
    known = rates(resources)
    weights: dict[str, float] = {}
    for word in terms(text):
        rate = known.get(word, 0)
        if rate < _COMMON_RATE and word not in calls and not word.isdigit():
            weights[word] = 1.0 - rate / _COMMON_RATE
    return weights


def shared_weight(left: Aim, right: Aim) -> float:
    """Return the weight of the telling words that two statements share."""
    return sum(weight for word, weight in left.terms.items() if word in right.terms)
