"""Which statements of a story are worth comparing: the same speaker, or the same rare words.

Nothing here compares all with all. An index from words to statements finds the pairs; words
that many statements hold find none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from onrecord.ids import ArticleId, SpeakerId, StatementId
from onrecord.link.callings import Callings, share_a_name
from onrecord.link.evidence import Said
from onrecord.link.seeds import seed_pairs
from onrecord.link.wording import weigher
from onrecord.link.words import word_list
from onrecord.records import Article, Statement
from onrecord.resources import Resources

__all__ = ["Setting", "of_equal_words", "of_one_speaker", "of_open_source"]

_LEAST_SHARED = 1.5
"""Weight of shared content words below which a pair is not looked at."""
_LEAST_OPEN_SHARED = 5.0
_LEAST_OPEN_WORDS = 3
"""The same where a source is not a person with a name, and the content words each must have."""
_MOST_HOLDERS = 64
"""A word that more statements of one speaker hold finds no candidates."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What alignment looks up in a story: articles, named speakers, originals of copies."""

    articles: Mapping[ArticleId, Article]
    named: frozenset[SpeakerId]
    people: frozenset[SpeakerId]
    """Those of the named who are persons, not bodies."""
    original_of: Mapping[ArticleId, ArticleId]
    enclosing: Mapping[StatementId, Statement]
    """The statements that others are nested in."""
    callings: Callings
    resources: Resources

    def root(self, article_id: ArticleId) -> ArticleId:
        """Return the article itself, or the original of a copy."""
        return self.original_of.get(article_id, article_id)

    def speakers(self, row: Statement) -> frozenset[SpeakerId]:
        """Return the speakers of *row* who have a name."""
        return self.named.intersection(row.speakers)

    def is_text(self, row: Statement) -> bool:
        """Return whether the source is a text without a named author, such as "the lawsuit"."""
        if row.source is None or self.speakers(row):
            return False
        source = row.source.of(self.articles[row.article_id].text)
        return not self.resources.words("documents").isdisjoint(word_list(source))

    def is_unnamed(self, row: Statement) -> bool:
        """Return whether the source is people without a name, not a text."""
        return bool(row.speakers) and not self.speakers(row) and not self.is_text(row)

    def quotes_another(self, row: Statement) -> bool:
        """Return whether *row* stands within a statement of somebody else."""
        outer = self.enclosing.get(row.within) if row.within is not None else None
        if outer is None or not outer.speakers:
            return False
        return set(outer.speakers).isdisjoint((*row.speakers, *row.via, *row.on_behalf))

    def may_share(self, one: Statement, other: Statement) -> bool:
        """Return whether two statements may be one utterance, as far as names tell."""
        ours, theirs = self.speakers(one), self.speakers(other)
        return not ours or not theirs or bool(self.voices(one) & self.voices(other))

    def are_body_and_person(self, one: Statement, other: Statement) -> bool:
        """Return whether one of two statements is a body's and the other a person's."""
        ours, theirs = self.speakers(one), self.speakers(other)
        return bool(ours and theirs) and (ours <= self.people) != (theirs <= self.people)

    def called(self, row: Statement) -> frozenset[str]:
        """Return the capitalised words by which the speakers of *row* are named or described."""
        return frozenset[str]().union(*(self.callings.get(who, ()) for who in row.speakers))

    def voices(self, row: Statement) -> frozenset[SpeakerId]:
        """Return everybody with a name who speaks, relays, or is spoken for."""
        return self.named.intersection(row.speakers + row.via + row.on_behalf)


def of_one_speaker(said: Sequence[Said], story: Setting) -> set[tuple[int, int]]:
    """Return the pairs of statements by one named speaker that share enough content words."""
    by_speaker: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(said):
        for speaker in sorted(story.speakers(row.statement)):
            by_speaker[speaker, row.statement.cue_class].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in by_speaker.values():
        found |= _sharing(numbers, said, _LEAST_SHARED)
    return found


def of_open_source(said: Sequence[Said], story: Setting) -> set[tuple[int, int]]:
    """Return the pairs that share many content words where a source is a text or not resolved.

    People without a name are never linked by what they are like; they are compared only with
    those who speak for the same named person or body or are described by the same name, and with
    him or it.
    """
    eligible: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(said):
        statement = row.statement
        known = (
            not story.is_unnamed(statement) or story.voices(statement) or story.called(statement)
        )
        if len(row.content) >= _LEAST_OPEN_WORDS and known:
            eligible[statement.cue_class].append(number)
    return {
        (left, right)
        for numbers in eligible.values()
        for left, right in _sharing(numbers, said, _LEAST_OPEN_SHARED)
        if _may_be_one(said[left].statement, said[right].statement, story)
    }


def of_equal_words(said: Sequence[Said], story: Setting) -> set[tuple[int, int]]:
    """Return the pairs that share a run of rare words though no one speaker is known for both.

    Of different named speakers only a relayer and the one he speaks for, or a body and a person,
    may share words.
    """
    numbers: dict[str, int] = {}
    tokens = [numbers.setdefault(key, len(numbers)) for row in said for key in row.wording.keys]
    weights = [*map(weigher(story.resources), numbers)]
    lengths = [len(row.wording) for row in said]
    found = seed_pairs(
        np.array(tokens, dtype=np.int64),
        np.array(lengths, dtype=np.int64),
        np.array(weights, dtype=np.float64),
    )
    return {
        (left, right)
        for left, right in found.tolist()
        if _may_be_read_out(said[left].statement, said[right].statement, story)
    }


def _sharing(numbers: Sequence[int], said: Sequence[Said], least: float) -> set[tuple[int, int]]:
    return {
        (left, right)
        for (left, right), weight in _shared_weights(numbers, said).items()
        if weight >= least and not _overlap(said[left].statement, said[right].statement)
    }


def _shared_weights(numbers: Sequence[int], said: Sequence[Said]) -> dict[tuple[int, int], float]:
    """Return the weight of the content words that statements share, for those that share any."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        for name in said[number].content:
            holders[name].append(number)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for name, posting in holders.items():
        if len(posting) <= _MOST_HOLDERS:
            weights = [said[number].content[name] for number in posting]
            for (left, ours), (right, theirs) in combinations(
                zip(posting, weights, strict=True), 2
            ):
                shared[left, right] += min(ours, theirs)
    return shared


def _overlap(one: Statement, other: Statement) -> bool:
    """Return whether two statements share characters: one is then part of the other."""
    return one.article_id == other.article_id and any(
        left.overlaps(right) for left in one.content for right in other.content
    )


def _may_be_one(one: Statement, other: Statement, story: Setting) -> bool:
    if not _are_apart(one, other, story):
        return False
    if story.is_unnamed(one) or story.is_unnamed(other):
        return bool(story.voices(one) & story.voices(other)) or share_a_name(
            story.called(one), story.called(other), story.resources
        )
    return story.may_share(one, other)


def _may_be_read_out(one: Statement, other: Statement, story: Setting) -> bool:
    """Return whether a pair may be one utterance, also a body's read out by a person."""
    return _are_apart(one, other, story) and (
        story.may_share(one, other) or story.are_body_and_person(one, other)
    )


def _are_apart(one: Statement, other: Statement, story: Setting) -> bool:
    """Return whether a pair is to be compared by words: not of one speaker, not overlapping."""
    if one.cue_class != other.cue_class or _overlap(one, other):
        return False
    # What one speaker said is compared in `of_one_speaker`.
    return not story.speakers(one) & story.speakers(other)
