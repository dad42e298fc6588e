"""Whoever a lead describes before naming: "A dockworker has told ...", and then "Ivo Lund, 44,"."""

from collections.abc import Callable, Collection

from onrecord.annotate.found import Parse
from onrecord.annotate.personhood import is_vouched
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.vocabulary import RoleNoun, Vocabulary

__all__ = ["Leads"]

_BLOCKS = 3
"""Paragraphs after the lead in which its person is named."""
_TITLED = frozenset(("office", "lawmaker", "religious", "noble", "relayer", "kin"))
"""Classes of roles that are printed with the name, so that another's name is no match."""


class Leads:
    """Looks ahead from the first sentence of an article; from no other."""

    def __init__(
        self, parse: Parse, cast: Cast, quoted: Collection[int], vocabulary: Vocabulary
    ) -> None:
        self._parse = parse
        self._cast = cast
        self._quoted = quoted
        self._vocabulary = vocabulary

    def named_later(
        self, token: int, head: str, noun: RoleNoun, excludes: Callable[[Referent, str], bool]
    ) -> Referent | None:
        """Return who is named in the paragraphs after the lead as the one described in it."""
        if not self._parse.sentences or self._parse.sentence_of[token] != 0:
            return None
        people = self._people()
        alike = [one for one in people if head and any(role.noun == head for role in one.roles)]
        if len(alike) == 1:
            return alike[0]
        bench = self._vocabulary.classes["bench"]
        if alike or noun.classes & _TITLED or head in bench:
            return None
        first = next((one for one in people if self._opens(one)), None)
        if first is None or (noun.agreement != "-" and first.agreement not in ("", noun.agreement)):
            return None
        return None if excludes(first, head) else first

    def _people(self) -> list[Referent]:
        """Return who is first named there, in full, outside quotations; in text order."""
        parse = self._parse
        lead = parse.sentences[0]
        last = next(
            (one.first for one in parse.sentences if one.block > lead.block + _BLOCKS),
            len(parse.words),
        )
        found = [
            (place.first, one)
            for one in self._cast.referents
            if one.kind == "person" and is_vouched(parse, one, self._vocabulary)
            for place in one.places[:1]
            if lead.last <= place.first < last and not one.is_lone
            if parse.sentences[parse.sentence_of[place.first]].block != lead.block
            if place.first not in self._quoted
        ]
        return [one for _, one in sorted(found, key=lambda item: item[0])]

    def _opens(self, referent: Referent) -> bool:
        """Return whether a sentence begins with the first mention of a person."""
        first = referent.places[0].first
        return first == self._parse.sentences[self._parse.sentence_of[first]].first
