"""Offices and bodies that a group noun means: "prosecutors", "one of the oldest unions"."""

from onrecord.annotate.found import Parse
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.vocabulary import Vocabulary

__all__ = ["Offices"]

_BARE = 2
"""Tokens of "police", "the police": more words tell them from others of their kind."""


class Offices:
    """Looks up bodies of one article by a noun for their people or their kind."""

    def __init__(
        self, parse: Parse, cast: Cast, reader: SourceReader, vocabulary: Vocabulary
    ) -> None:
        self._parse = parse
        self._cast = cast
        self._reader = reader
        self._vocabulary = vocabulary

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
        words = self._parse.words
        return any(
            word == noun
            and token
            and not words[token - 1].islower()
            and self._reader.name_at(token - 1) is not None
            for token, word in enumerate(words)
        )
