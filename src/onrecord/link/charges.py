"""The charges of a story, looked up by whom they meet, who makes them, and their words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import SpeakerId
from onrecord.link.aims import Aim

__all__ = ["Charges", "charges_of"]

_CHARGING = frozenset(("accuses", "asks", "announces"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """Numbers of the charges in `aims`: a reply is compared with few of them, not with all."""

    aims: Sequence[Aim]
    by_speaker: Mapping[SpeakerId, Sequence[int]]
    """By who makes a charge, and whom it speaks of."""
    by_side: Mapping[str, Sequence[int]]
    by_term: Mapping[str, Sequence[int]]

    def about(self, aim: Aim) -> list[Aim]:
        """Return the charges that speak of who replies, or whose makers the reply speaks of."""
        numbers: set[int] = set()
        for speaker in aim.voices | aim.about:
            numbers.update(self.by_speaker.get(speaker, ()))
        for mark in aim.marks & self.by_side.keys():
            numbers.update(self.by_side[mark])
        return [self.aims[number] for number in sorted(numbers)]

    def in_words_of(self, aim: Aim) -> list[Aim]:
        """Return the charges that share a telling word with *aim*."""
        numbers: set[int] = set()
        for term in aim.terms.keys() & self.by_term.keys():
            numbers.update(self.by_term[term])
        return [self.aims[number] for number in sorted(numbers)]


def charges_of(aims: Sequence[Aim]) -> Charges:
    """Return the charges among *aims*, in their order."""
    by_speaker: dict[SpeakerId, list[int]] = defaultdict(list)
    by_side: dict[str, list[int]] = defaultdict(list)
    by_term: dict[str, list[int]] = defaultdict(list)
    for number, aim in enumerate(aims):
        if aim.statement.act not in _CHARGING:
            continue
        for speaker in aim.voices | aim.about | aim.charged:
            by_speaker[speaker].append(number)
        for mark in aim.side:
            by_side[mark].append(number)
        for term in aim.terms:
            by_term[term].append(number)
    return Charges(aims=aims, by_speaker=by_speaker, by_side=by_side, by_term=by_term)
