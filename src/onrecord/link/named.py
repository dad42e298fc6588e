"""Who is named in a stretch of text."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import ArticleId, SpeakerId
from onrecord.link.words import WORD, term, terms
from onrecord.records import Identity, Speaker
from onrecord.spans import Span

__all__ = ["Calls", "Mentions", "calls_of", "mentions_of", "named_in"]

Calls = Mapping[str, tuple[tuple[tuple[str, ...], SpeakerId], ...]]
"""The terms of each name of a speaker, by the first."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The resolved mentions of one article in order, and where each starts."""

    rows: Sequence[Identity] = ()
    starts: Sequence[int] = ()


def mentions_of(identities: Sequence[Identity]) -> dict[ArticleId, Mentions]:
    """Return the sure mentions of each article."""
    found: dict[ArticleId, list[Identity]] = defaultdict(list)
    for identity in sorted(identities, key=lambda row: (row.article_id, row.span)):
        if identity.judgement == "same":
            found[identity.article_id].append(identity)
    return {key: Mentions(rows, [row.span.start for row in rows]) for key, rows in found.items()}


def calls_of(speakers: Sequence[Speaker]) -> Calls:
    """Return the names of speakers by first term: full names, and family names that are unique.

    Whoever has no name is in no other article, so nothing is looked up for them.
    """
    called: dict[tuple[str, ...], set[SpeakerId]] = defaultdict(set)
    for speaker in speakers:
        if speaker.kind == "unnamed":
            continue
        for name in (speaker.name, *speaker.names):
            words = terms(name)
            if words and name[:1].isupper():
                called[words].add(speaker.id)
                if speaker.kind == "person":
                    called[words[-1:]].add(speaker.id)
    by_first: dict[str, list[tuple[tuple[str, ...], SpeakerId]]] = defaultdict(list)
    for words, who in sorted(called.items()):
        if len(who) == 1:
            by_first[words[0]] += [(words, one) for one in sorted(who)]
    return {first: tuple(rows) for first, rows in by_first.items()}


def named_in(
    text: str, spans: Sequence[Span], mentions: Mentions, calls: Calls
) -> list[tuple[Span, SpeakerId]]:
    """Return who is named where in *spans*, by mention or by name; a possessive s is left out."""
    found: list[tuple[Span, SpeakerId]] = []
    for span in spans:
        first, last = (bisect_left(mentions.starts, place) for place in span)
        met = mentions.rows[first:last]
        found += [(_bare(text, identity.span), identity.speaker_id) for identity in met]
    for span in spans:
        matches = [*WORD.finditer(text, *span)]
        words = tuple([term(match.group()) for match in matches])
        for place in [place for place, word in enumerate(words) if word in calls]:
            for name, speaker in calls[words[place]]:
                last = place + len(name)
                if words[place:last] == name:
                    whole = Span(matches[place].start(), matches[last - 1].end())
                    found.append((_bare(text, whole), speaker))
    return found


def _bare(text: str, span: Span) -> Span:
    ending = text[max(span.start, span.end - 2) : span.end]
    return Span(span.start, span.end - 2) if ending in ("'s", "’s") else span
