"""Third-person pronouns to the person they stand for: agreement, place, and who spoke last.

Candidates are scored by a small table of weights and one is taken only where it leads clearly;
otherwise the pronoun stays unsure. Agreement comes from titles, nouns and pronouns of the same
text, never from a given name, and is forgotten with the article. After Hobbs (1978), Lappin and
Leass (1994) for the salience of subjects, and Muzny et al. (2017) for who spoke last.
"""

from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from onrecord.annotate.found import Parse
from onrecord.annotate.referents import Cast, Place, Referent

__all__ = ["AGREEMENT", "SUBJECTS", "Choice", "Pronouns", "Query"]

AGREEMENT = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
SUBJECTS = {"he": "m", "himself": "m", "she": "f", "herself": "f"}
"""Pronouns that are evidence of agreement: "his" often is another's."""
_LONGEST = 8
"""Tokens of the longest name."""
_REACH = 8
"""Sentences before the pronoun that are searched."""

# Weights of the candidates' features; set on the pronouns of open coreference corpora.
_SAME_SENTENCE = 4.0
_PER_SENTENCE = -2.0
_PER_BLOCK = -0.4
_FIRST_IN_SENTENCE = 2.5
_OBLIQUE_PLACE = -1.5
_POSSESSIVE_PLACE = -0.7
_SPOKE = 2.5
_FADES = 1.0
_AGREES = 1.0
_QUOTED = -7.0
_OWN_CONTENT = -8.0
_FREQUENT = 0.1
_FREQUENT_MOST = 6
_LEAD = 0.8
"""By how much the best candidate must lead: below, the pronoun is unsure."""


class Query(NamedTuple):
    """A pronoun to resolve: its token, its agreement, and tokens that cannot hold the answer."""

    token: int
    agreement: str
    own: tuple[tuple[int, int], ...] = ()
    barred: frozenset[int] = frozenset()
    """Numbers of referents it cannot be."""


class Choice(NamedTuple):
    """Who was chosen, or who it could be."""

    referent: Referent | None
    candidates: tuple[Referent, ...] = ()
    method: str = "pronoun"
    more: tuple[Referent, ...] = ()
    """The others, where several speak together."""


@dataclass(slots=True)
class _Seen:
    token: int
    place: Place
    referent: Referent


class Pronouns:
    """Answers queries on one article; learns mentions and speakers as they are resolved."""

    __slots__ = ("_cast", "_oblique", "_parse", "_quoted", "_seen", "_spoke", "_tokens")

    def __init__(
        self, parse: Parse, cast: Cast, quoted: frozenset[int], oblique: frozenset[str]
    ) -> None:
        self._oblique = oblique
        self._parse = parse
        self._cast = cast
        self._quoted = quoted
        seen = [
            _Seen(place.first, place, referent)
            for referent in cast.referents
            if referent.kind == "person"
            for place in referent.places
        ]
        self._seen = sorted(seen, key=lambda one: (one.token, one.referent.number))
        self._tokens = [one.token for one in self._seen]
        self._spoke: list[tuple[int, Referent]] = []
        self._learn_agreement()

    def note(self, place: Place, referent: Referent) -> None:
        """Add a mention that was resolved after the names: a description or a pronoun."""
        position = bisect_left(self._tokens, place.first)
        self._tokens.insert(position, place.first)
        self._seen.insert(position, _Seen(place.first, place, referent))

    def spoke(self, token: int, referent: Referent) -> None:
        """Note that *referent* is the source at *token*."""
        self._spoke.append((token, referent))

    def _learn_agreement(self) -> None:
        """Count pronouns with only one person in reach as evidence of that person's agreement."""
        lowers = self._parse.lowers
        for token in [token for token, lower in enumerate(lowers) if lower in SUBJECTS]:
            person = self._only_person(token) if token not in self._quoted else None
            if person is not None:
                person.mark(SUBJECTS[lowers[token]])

    def _only_person(self, token: int) -> Referent | None:
        sentence = self._parse.sentence_of[token]
        first = self._parse.sentences[max(0, sentence - 1)].first
        begin = self._parse.sentences[sentence].first
        here = {one.referent.number: one.referent for one in self._between(begin, token)}
        if len(here) == 1:
            return next(iter(here.values()))
        if here:
            return None
        before = {one.referent.number: one.referent for one in self._between(first, begin)}
        return next(iter(before.values())) if len(before) == 1 else None

    def _between(self, first: int, last: int) -> list[_Seen]:
        return self._seen[bisect_left(self._tokens, first) : bisect_left(self._tokens, last)]

    def resolve(self, query: Query) -> Choice:
        """Return the person that the pronoun of *query* stands for."""
        scores: dict[int, float] = {}
        people: dict[int, Referent] = {}
        for one in self._reach(query.token):
            referent = one.referent
            if not self._possible(referent, query):
                continue
            score = self._score(one, query)
            if score > scores.get(referent.number, float("-inf")):
                scores[referent.number] = score
                people[referent.number] = referent
        spoken = self._last_spoken(query.token)
        for number, referent in people.items():
            scores[number] += self._standing(referent, query, spoken)
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        return self._decide(ranked, scores, people)

    def _reach(self, token: int) -> list[_Seen]:
        sentence = self._parse.sentence_of[token]
        first = self._parse.sentences[max(0, sentence - _REACH)].first
        return self._between(first, token)

    def _possible(self, referent: Referent, query: Query) -> bool:
        if referent.number in query.barred or referent.plural:
            return False
        return not query.agreement or referent.agreement in ("", query.agreement)

    def _score(self, one: _Seen, query: Query) -> float:
        """Score a mention by where it stands before the pronoun."""
        parse = self._parse
        distance = parse.sentence_of[query.token] - parse.sentence_of[one.token]
        score = _SAME_SENTENCE if distance == 0 else _PER_SENTENCE * distance
        here = parse.sentences[parse.sentence_of[query.token]].block
        there = parse.sentences[parse.sentence_of[one.token]].block
        score += _PER_BLOCK * (here - there)
        before = parse.lowers[one.token - 1] if one.token else ""
        if before in self._oblique:
            score += _OBLIQUE_PLACE
        elif not self._owns(one) and self._is_first(one):
            score += _FIRST_IN_SENTENCE
        if self._owns(one):
            score += _POSSESSIVE_PLACE
        if any(first <= one.token < last for first, last in query.own):
            score += _OWN_CONTENT
        elif one.token in self._quoted and query.token not in self._quoted:
            score += _QUOTED
        return score

    def _is_first(self, one: _Seen) -> bool:
        if one.token and self._parse.lowers[one.token - 1] == "and":
            joined = [
                other
                for other in self._between(max(0, one.token - _LONGEST), one.token)
                if other.place.last == one.token - 1
            ]
            if joined:  # "Ruiz and Farrow": neither leads
                return self._is_first(joined[0])
        first = self._parse.sentences[self._parse.sentence_of[one.token]].first
        return all(
            other.token in self._quoted or self._owns(other)
            for other in self._between(first, one.token)
        )

    def _owns(self, one: _Seen) -> bool:
        """Return whether a mention is possessive ("Ruiz's speech"): it leads no sentence."""
        return self._parse.lowers[one.place.last - 1].endswith("'s")

    def _last_spoken(self, token: int) -> tuple[int, Referent] | None:
        before = (entry for entry in self._spoke if entry[0] < token)
        return max(before, key=itemgetter(0), default=None)

    def _standing(
        self, referent: Referent, query: Query, spoken: tuple[int, Referent] | None
    ) -> float:
        """Score a person by what the article says of them: agreement, frequency, having spoken."""
        score = _FREQUENT * min(len(referent.places), _FREQUENT_MOST)
        if query.agreement and referent.agreement == query.agreement:
            score += _AGREES
        if spoken is not None and spoken[1] is referent:
            sentence_of = self._parse.sentence_of
            score += _SPOKE / (1 + _FADES * (sentence_of[query.token] - sentence_of[spoken[0]]))
        return score

    def _decide(
        self, ranked: list[int], scores: dict[int, float], people: dict[int, Referent]
    ) -> Choice:
        if not ranked:
            return Choice(None, (), "pronoun:none")
        best = ranked[0]
        if len(ranked) == 1:
            return Choice(people[best], (), "pronoun:only")
        if scores[best] - scores[ranked[1]] >= _LEAD:
            return Choice(people[best], (), "pronoun:lead")
        close = [number for number in ranked if scores[best] - scores[number] < _LEAD]
        return Choice(None, tuple(people[number] for number in close), "pronoun:open")
