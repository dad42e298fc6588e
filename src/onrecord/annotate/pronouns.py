"""Third-person pronouns to the person they stand for: agreement, place, and who spoke last.

Candidates are scored by a small table of weights and one is taken only where it leads clearly;
otherwise the pronoun stays unsure. Agreement comes from titles, nouns and pronouns of the same
text, never from a given name, and is forgotten with the article. After Hobbs (1978), Lappin and
Leass (1994) for the salience of subjects, and Muzny et al. (2017) for who spoke last.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from operator import itemgetter
from typing import NamedTuple

from onrecord.annotate.found import Parse
from onrecord.annotate.personhood import is_vouched, may_be_person
from onrecord.annotate.referents import Cast, Place, Referent
from onrecord.annotate.vocabulary import Vocabulary

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
"""Mentions that are weighed, nearest first, and pronouns: a limit for texts that repeat."""
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
_QUESTION = -6.0
_WHERE = -4.0
"""A lone word where a town or a month stands: "in Orva"."""
_UNKNOWN = -0.7
"""A name of which nothing says that it is a person's."""
_FREQUENT = 0.1
_FREQUENT_MOST = 6
_ROUNDS = 4
"""How often the pronouns of an article are shared out anew."""
_SHARPNESS = 1.0
"""How much more a better score gets of a pronoun."""
_ENOUGH, _CLEARLY = 1.5, 3.0
"""So many pronouns, so many times more than of the other kind, are evidence of agreement."""
_PRIOR = 0.5
"""So much of a pronoun of either kind is everybody's before any is read."""
_FOCUS = 2.0
"""By how much it must lead for a description ("the retired miner") to be that person."""
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

    __slots__ = (
        "_classes",
        "_leads",
        "_oblique",
        "_parse",
        "_quoted",
        "_seen",
        "_spoke",
        "_tokens",
        "_unknown",
    )

    def __init__(
        self,
        parse: Parse,
        cast: Cast,
        quoted: frozenset[int],
        vocabulary: Vocabulary,
    ) -> None:
        self._classes = vocabulary.classes
        self._oblique = vocabulary.classes["oblique"]
        self._parse = parse
        self._quoted = quoted
        seen = [
            _Seen(place.first, place, referent)
            for referent in cast.referents
            if referent.kind == "person" and may_be_person(parse, referent, vocabulary)
            for place in referent.places
        ]
        self._seen = sorted(seen, key=lambda one: (one.token, one.referent.number))
        self._tokens = [one.token for one in self._seen]
        self._leads: dict[int, int] = {}
        for one in reversed(self._seen):
            self._lead(one)
        self._spoke: list[tuple[int, Referent]] = []
        self._unknown = {
            one.number
            for one in cast.referents
            if one.kind == "person" and not is_vouched(parse, one, vocabulary)
        }
        self._learn_jointly()

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

    def _learn_jointly(self) -> None:
        """Weigh all pronouns of the article together: who is "she" once is seldom "he" later.

        Each pronoun is shared out among those it can be, by their scores; what somebody gets of
        "he" and "she" then speaks for and against them at the other pronouns (expectation
        maximisation).
        """
        tokens = [
            token
            for token, lower in enumerate(self._parse.lowers)
            if lower in SUBJECTS and token not in self._quoted
        ]
        items = []
        for token in tokens[:_MOST]:
            agreement = SUBJECTS[self._parse.lowers[token]]
            items.append((agreement, self._ranked(Query(token, agreement))[1]))
        shares: dict[tuple[int, str], float] = {}
        for _ in range(_ROUNDS):
            shares = _shared_out(items, shares)
        people = {one.referent.number: one.referent for one in self._seen}
        for number, referent in people.items():
            for agreement, other in (("m", "f"), ("f", "m")):
                own = shares.get((number, agreement), 0.0)
                if (
                    not referent.agreement
                    and own >= _ENOUGH
                    and own >= _CLEARLY * shares.get((number, other), 0.0)
                ):
                    referent.mark(agreement, 2)

    def _between(self, first: int, last: int) -> list[_Seen]:
        return self._seen[bisect_left(self._tokens, first) : bisect_left(self._tokens, last)]

    def resolve(self, query: Query) -> Choice:
        """Return the person that the pronoun of *query* stands for."""
        return self._decide(*self._ranked(query))

    def in_focus(self, query: Query) -> Referent | None:
        """Return who far outranks the rest there: whom a description takes up, not only "she"."""
        ranked, scores, people = self._ranked(query)
        if not ranked:
            return None
        ahead = [number for number in ranked[1:] if scores[ranked[0]] - scores[number] < _FOCUS]
        return None if ahead else people[ranked[0]]

    def _ranked(self, query: Query) -> tuple[list[int], dict[int, float], dict[int, Referent]]:
        """Return who *query* can mean, best first, with scores."""
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
        return ranked, scores, people

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
        if distance == 0 and self._is_in_question(one, query):
            score += _QUESTION
        if self._is_place(one, before):
            score += _WHERE
        if before in self._oblique and not self._is_fronted(one):
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

    def _is_fronted(self, one: _Seen) -> bool:
        """Return whether "for" or "to" opens the sentence: "For Dorn, it came too late"."""
        first = self._parse.sentences[self._parse.sentence_of[one.token]].first
        return one.token == first + 1 and self._parse.lowers[first] in self._classes["fronted"]

    def _is_in_question(self, one: _Seen, query: Query) -> bool:
        """Return whether a name belongs to what was asked: "Asked by Dorn why, he said"."""
        first = self._parse.sentences[self._parse.sentence_of[query.token]].first
        return first < one.token and self._parse.lowers[first] in self._classes["asked_of"]

    def _is_place(self, one: _Seen, before: str) -> bool:
        """Return whether a lone word stands where a place or a month does: "in Orva", "the May"."""
        lone = one.place.kind == "name" and one.place.last == one.token + 1
        lone = lone and not one.referent.titles and one.referent.is_lone
        return lone and before in ("in", "at", "the")

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
        score = _UNKNOWN if referent.number in self._unknown else 0.0
        score += _FREQUENT * min(len(referent.places), _FREQUENT_MOST)
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


def _shared_out(
    items: Sequence[tuple[str, dict[int, float]]], shares: Mapping[tuple[int, str], float]
) -> dict[tuple[int, str], float]:
    """Return how much of the pronouns of each agreement is each person's, given a guess of it."""
    found: dict[tuple[int, str], float] = {}
    for agreement, scores in items:
        best = max(scores.values(), default=0.0)
        weights = {
            number: exp(_SHARPNESS * (score - best)) * _belief(shares, number, agreement)
            for number, score in scores.items()
        }
        total = sum(weights.values())
        for number, weight in weights.items():
            key = (number, agreement)
            found[key] = found.get(key, 0.0) + weight / total
    return found


def _belief(shares: Mapping[tuple[int, str], float], number: int, agreement: str) -> float:
    """Return how likely a person is of an agreement, by their shares."""
    own = shares.get((number, agreement), 0.0) + _PRIOR
    both = shares.get((number, "m"), 0.0) + shares.get((number, "f"), 0.0) + 2 * _PRIOR
    return own / both
