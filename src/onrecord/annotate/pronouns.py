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
_MOST = 200
"""Mentions in these sentences that are weighed, nearest first: a limit for texts that repeat."""
_JOINED = 16
"""Names joined by "and" that are followed back to the first of them."""

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

_TOKEN = itemgetter(0)


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

    __slots__ = ("_leads", "_oblique", "_parse", "_quoted", "_seen", "_spoke", "_tokens")

    def __init__(
        self, parse: Parse, cast: Cast, quoted: frozenset[int], oblique: frozenset[str]
    ) -> None:
        self._oblique = oblique
        self._parse = parse
        self._quoted = quoted
        seen = [
            _Seen(place.first, place, referent)
            for referent in cast.referents
            if referent.kind == "person"
            for place in referent.places
        ]
        self._seen = sorted(seen, key=lambda one: (one.token, one.referent.number))
        self._tokens = [one.token for one in self._seen]
        self._leads: dict[int, int] = {}
        for one in reversed(self._seen):
            self._lead(one)
        self._spoke: list[tuple[int, Referent]] = []
        self._learn_agreement()

    def _lead(self, one: _Seen) -> None:
        """Keep the first token of each sentence's first mention that can lead it."""
        if one.token not in self._quoted and not self._owns(one):
            sentence = self._parse.sentence_of[one.token]
            self._leads[sentence] = min(one.token, self._leads.get(sentence, one.token))

    def note(self, place: Place, referent: Referent) -> None:
        """Add a mention that was resolved after the names: a description or a pronoun."""
        position = bisect_left(self._tokens, place.first)
        self._tokens.insert(position, place.first)
        one = _Seen(place.first, place, referent)
        self._seen.insert(position, one)
        self._lead(one)

    def spoke(self, token: int, referent: Referent) -> None:
        """Note that *referent* is the source at *token*; of several there the first counts."""
        position = bisect_left(self._spoke, token, key=_TOKEN)
        if self._spoke[position : position + 1] == [] or self._spoke[position][0] != token:
            self._spoke.insert(position, (token, referent))

    def _learn_agreement(self) -> None:
        """Count pronouns with only one person in reach as evidence of that person's agreement.

        A title is better evidence: "asked by Mr Roe why she left" says nothing of Mr Roe.
        """
        lowers = self._parse.lowers
        for token in [token for token, lower in enumerate(lowers) if lower in SUBJECTS]:
            person = self._only_person(token) if token not in self._quoted else None
            if person is not None and person.agreement in ("", SUBJECTS[lowers[token]]):
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
        end = bisect_left(self._tokens, token)
        return self._seen[max(bisect_left(self._tokens, first), end - _MOST) : end]

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
        for _ in range(_JOINED):  # "Ruiz and Farrow": both lead, or neither
            joined = self._joined(one)
            if joined is None:
                break
            one = joined
        return self._leads.get(self._parse.sentence_of[one.token], one.token) >= one.token

    def _joined(self, one: _Seen) -> _Seen | None:
        """Return the mention that "and" joins to this one."""
        if not one.token or self._parse.lowers[one.token - 1] != "and":
            return None
        near = self._between(max(0, one.token - _LONGEST), one.token)
        return next((other for other in near if other.place.last == one.token - 1), None)

    def _owns(self, one: _Seen) -> bool:
        """Return whether a mention is possessive ("Ruiz's speech"): it leads no sentence."""
        return self._parse.lowers[one.place.last - 1].endswith("'s")

    def _last_spoken(self, token: int) -> tuple[int, Referent] | None:
        position = bisect_left(self._spoke, token, key=_TOKEN)
        return self._spoke[position - 1] if position else None

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
