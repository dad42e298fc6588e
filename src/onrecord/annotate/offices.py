"""Offices and bodies that a group noun means: "prosecutors", "one of the oldest unions"."""

from onrecord.annotate.found import Parse
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.vocabulary import Vocabulary

__all__ = ["Offices"]

_BARE = 2
"""Tokens of "police", "the police": more words tell them from others of their kind."""
_TIMES = 2
"""So often must a company be named, and so many times more often than another, to be "the firm"."""


class Offices:
    """Looks up bodies of one article by a noun for their people or their kind."""

    def __init__(
        self, parse: Parse, cast: Cast, reader: SourceReader, vocabulary: Vocabulary
    ) -> None:
        self._parse = parse
        self._cast = cast
        self._reader = reader
        self._vocabulary = vocabulary
        classes = vocabulary.classes
        self._kinds = [words for name, words in classes.items() if name.startswith("kind_")]
        self._told_apart: dict[str, bool] = {}
        """Of each noun looked up, whether the article tells several of its kind apart."""

    def one_of(self, part: Part) -> Referent | None:
        """Return the body that "one of the oldest unions" is: of that noun, named nearby."""
        lowers, classes = self._parse.lowers, self._vocabulary.classes
        words = lowers[part.first : part.last]
        if words[:2] != ("one", "of") or not any(
            word in classes["superlative"] or word.endswith("est") for word in words
        ):
            return None
        noun = part.head.removesuffix("s")
        nouns = classes["any_group"] if noun in classes["group_noun"] else {noun}
        sentence = self._parse.sentence_of[part.first]
        near = {
            one.number: one
            for one in self._cast.referents
            if one.kind == "organisation" and any(nouns & {*name.words} for name in one.names)
            for place in one.places
            if abs(self._parse.sentence_of[place.first] - sentence) <= 1
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def of_people(self, part: Part) -> Referent | None:
        """Return the only office named in the article whose people are "prosecutors", "police"."""
        classes = self._vocabulary.classes
        if part.last - part.first > _BARE or part.determiner not in ("bare", "definite"):
            return None
        for group, office in (("prosecutor", "prosecuting_office"), ("police", "police_office")):
            if part.head in classes[group]:
                found = self._offices(classes[office])
                return found[0] if len(found) == 1 and not self._has_kind(part.head) else None
        return None

    def _offices(self, nouns: frozenset[str]) -> list[Referent]:
        ends = self._vocabulary.classes["office_end"]
        return [
            one
            for one in self._cast.referents
            if one.kind == "organisation"
            and any(
                len(name.words) > 1 and name.family in ends and nouns & {*name.words}
                for name in one.names
            )
        ]

    def _has_kind(self, noun: str) -> bool:
        """Return whether the article tells several apart: "Kingsport police", by a plain noun."""
        if noun not in self._told_apart:
            words = self._parse.words
            self._told_apart[noun] = any(
                word == noun
                and token
                and not words[token - 1].islower()
                and self._reader.name_at(token - 1) is not None
                for token, word in enumerate(words)
            )
        return self._told_apart[noun]

    def body(self, part: Part, bodies: list[Referent]) -> Referent | None:
        """Return the body that "the company" means, by its kind: near, else the article's own."""
        if self._is_told_apart(part):
            return None
        fitting = [one for one in bodies if not self._is_other_kind(part.head, one)]
        return self._body_near(fitting, part.first) or self._body_of_article(part, fitting)

    def only_of_kind(self, part: Part, bodies: list[Referent]) -> Referent | None:
        """Return the only body of a kind named before "the force", "the agency", "the station"."""
        words = self._vocabulary.classes.get(f"kind_{part.head}")
        if words is None or part.last - part.first > _BARE or self._has_kind(part.head):
            return None
        found = [
            one
            for one in bodies
            if one.last_before(part.first) >= 0 and any(words & {*name.words} for name in one.names)
        ]
        return found[0] if len(found) == 1 else None

    def _is_other_kind(self, head: str, body: Referent) -> bool:
        """Return whether a body is none that "the company" can mean: a court, a paper, a town."""
        classes = self._vocabulary.classes
        words = {word for name in body.names for word in name.words}
        own = classes.get(f"kind_{head}")
        if own is not None and not words & own and any(words & some for some in self._kinds):
            return True
        if words <= self._vocabulary.places:
            return True
        if head not in classes["commercial"]:
            return False
        return bool(words & (classes["not_commercial"] | classes["press_word"]))

    def _body_of_article(self, part: Part, bodies: list[Referent]) -> Referent | None:
        """Return the company that the article names far more often than any other, before here."""
        if part.head not in self._vocabulary.classes["commercial"]:
            return None
        known = [one for one in bodies if one.last_before(part.first) >= 0]
        known.sort(key=lambda one: (-len(one.places), one.number))
        if not known or len(known[0].places) < _TIMES:
            return None
        often = len(known[0].places)
        return known[0] if len(known) == 1 or often >= _TIMES * len(known[1].places) else None

    def _is_told_apart(self, part: Part) -> bool:
        """Return whether a clause tells which one is meant: "the firm that built them"."""
        lowers, words = self._parse.lowers, self._parse.words
        return any(
            lowers[token] in ("that", "which", "who") and words[token - 1] != ","
            for token in range(part.first + 1, min(part.last + 1, len(lowers)))
        )

    def _body_near(self, bodies: list[Referent], token: int) -> Referent | None:
        """Return the only body named in this and the sentence before, else in one more."""
        sentence = self._parse.sentence_of[token]
        for back in (1, 2):
            first = self._parse.sentences[max(0, sentence - back)].first
            places = ((one, one.last_before(token)) for one in bodies)
            near = [one for one, place in places if first <= place and not self._is_told(place)]
            if len(near) > 1:
                near = [one for one in near if self.is_subject(one.last_before(token))]
            if near:
                return near[0] if len(near) == 1 else None
        return None

    def is_subject(self, token: int) -> bool:
        """Return whether a name at *token* is neither possessive nor after a preposition."""
        name = self._reader.name_at(token)
        oblique = self._word_before(token) in self._vocabulary.classes["oblique"]
        return name is not None and not name.possessive and not oblique

    def _is_told(self, token: int) -> bool:
        """Return whether a name is whom somebody tells something: no part of the story, mostly."""
        return self._word_before(token) in self._vocabulary.classes["telling"]

    def _word_before(self, token: int) -> str:
        """Return the word before a name, its article passed over."""
        lowers = self._parse.lowers
        token -= 1 + (token > 1 and lowers[token - 1] == "the")
        return lowers[token] if token >= 0 else ""
