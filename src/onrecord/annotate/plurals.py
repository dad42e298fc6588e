"""The group or body that "they" and "it" stand for: who spoke last, else who was named last."""

from collections.abc import Callable, Sequence

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.personhood import is_shown, is_vouched
from onrecord.annotate.pronouns import Choice
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.vocabulary import Vocabulary

__all__ = ["Plurals"]

_REACH = 2
"""Sentences before the pronoun in which whoever spoke last is still meant."""


class Plurals:
    """Answers for one article; learns who spoke as statements are decided."""

    __slots__ = (
        "_cast",
        "_document",
        "_names",
        "_noun",
        "_parse",
        "_quoted",
        "_spoken",
        "_vocabulary",
    )

    def __init__(
        self,
        parse: Parse,
        names: Sequence[PrintedName],
        cast: Cast,
        vocabulary: Vocabulary,
        *,
        quoted: frozenset[int],
        noun: Callable[[int, int], Referent],
        document: Callable[[int], Choice],
    ) -> None:
        self._document = document
        self._parse = parse
        self._cast = cast
        self._vocabulary = vocabulary
        self._quoted = quoted
        self._noun = noun
        self._names = {name.core: name for name in names if name.kind == "people"}
        self._spoken: list[tuple[int, tuple[Referent, ...]]] = []

    def spoke(self, token: int, speakers: tuple[Referent, ...]) -> None:
        """Note who is the source at *token*."""
        self._spoken.append((token, speakers))

    def they(self, token: int, own: Sequence[tuple[int, int]] = ()) -> Choice:
        """Return the group, body or joint speakers that "they" at *token* takes up.

        Who spoke last is more likely than somebody in the words themselves, the tokens of *own*:
        "Two players were hurt, they added" are not words of the players.
        """
        sentence = self._parse.sentence_of[token]
        spoken = self._last_spoken(token, _plural)
        if spoken is not None and self._distance(sentence, spoken[0]) == 0:
            return _choice(spoken[1])
        recent = spoken is not None and self._distance(sentence, spoken[0]) <= _REACH
        here = self._named(sentence, token, singular=False, barred=own if recent else ())
        if here is not None:
            return Choice(here, (), "pronoun:plural")
        if spoken is not None and recent:
            return _choice(spoken[1])
        return self._before(sentence, token, singular=False)

    def it(self, token: int) -> Choice:
        """Return the body or document that "it" at *token* takes up.

        A name of which nothing says that it is a person's is a body's where "it" takes it up.
        """
        sentence = self._parse.sentence_of[token]
        self._learn_body(sentence, token)
        spoken = self._last_spoken(token, _singular)
        if spoken is not None and self._distance(sentence, spoken[0]) <= _REACH:
            return _choice(spoken[1])
        here = self._named(sentence, token, singular=True)
        if here is not None:
            return Choice(here, (), "pronoun:body")
        found = self._before(sentence, token, singular=True)
        return found if found.referent is not None else self._document(token)

    def _learn_body(self, sentence: int, token: int) -> None:
        """Make who spoke right before a body, where nothing says that the name is a person's."""
        at, speakers = next(
            (one for one in reversed(self._spoken) if one[0] < token and one[1]), (-1, ())
        )
        if len(speakers) != 1 or self._distance(sentence, at) > 1:
            return
        one = speakers[0]
        shown = is_vouched if one.is_lone else is_shown
        if one.kind != "person" or one.agreement or shown(self._parse, one, self._vocabulary):
            return
        if self._named(sentence, token, singular=True) is None:
            one.kind = "organisation"

    def _before(self, sentence: int, token: int, *, singular: bool) -> Choice:
        if sentence == 0:
            return Choice(None)
        found = self._named(sentence - 1, token, singular=singular)
        return Choice(found, (), "pronoun:named") if found is not None else Choice(None)

    def _distance(self, sentence: int, token: int) -> int:
        return sentence - self._parse.sentence_of[token]

    def _last_spoken(
        self, token: int, fits: Callable[[tuple[Referent, ...]], bool]
    ) -> tuple[int, tuple[Referent, ...]] | None:
        """Return the last source before *token*, if it fits: a person between them breaks off."""
        for at, speakers in reversed(self._spoken):
            if at < token and speakers:
                return (at, speakers) if fits(speakers) else None
        return None

    def _named(
        self,
        sentence: int,
        token: int,
        *,
        singular: bool,
        barred: Sequence[tuple[int, int]] = (),
    ) -> Referent | None:
        """Return the one group or body named in a sentence, else its subject."""
        first, last, _ = self._parse.sentences[sentence]
        last = min(last, token)
        places = [
            one
            for one in self._places(first, last, singular=singular)
            if not any(begin <= one[0] < end for begin, end in barred)
        ]
        if len({place for place, _ in places}) > 1:
            oblique = self._vocabulary.classes["oblique"]
            places = [one for one in places if self._parse.lowers[one[0] - 1] not in oblique][:1]
        if not places:
            return None
        place, referent = places[0]
        return referent or self._noun(place, place + 1)

    def _places(
        self, first: int, last: int, *, singular: bool
    ) -> list[tuple[int, Referent | None]]:
        """Return where groups or bodies stand, with their referent where they have one."""
        found: dict[int, Referent | None] = {
            place.first: referent
            for referent in self._cast.referents
            if referent.kind in ("organisation", "group") or referent.plural
            for place in referent.places
            if first <= place.first < last
        }
        if not singular:
            for token in range(first, last):
                if token not in found and self._is_plural(token):
                    found[token] = None
        return [(place, found[place]) for place in sorted(found) if place not in self._quoted]

    def _is_plural(self, token: int) -> bool:
        name = self._names.get(token)
        if name is not None:
            return name.last == token + 1 and self._parse.lowers[token].endswith("s")
        lower = self._parse.lowers[token]
        return lower.endswith("s") and lower in self._vocabulary.groups


def _choice(speakers: tuple[Referent, ...]) -> Choice:
    return Choice(speakers[0], (), "pronoun:spoke", speakers[1:])


def _plural(speakers: tuple[Referent, ...]) -> bool:
    return len(speakers) > 1 or speakers[0].plural or speakers[0].kind in ("organisation", "group")


def _singular(speakers: tuple[Referent, ...]) -> bool:
    one = speakers[0]
    return len(speakers) == 1 and not one.plural and (one.kind == "organisation" or one.document)
