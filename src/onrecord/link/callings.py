"""Names inside descriptions: "the Harlow scholars", "every Green on the Harbour Committee".

Who is described has no name and stays in one article. But what two outlets give to people whom
they describe by the same name, or to whoever bears it, is worth comparing.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.folding import fold
from onrecord.ids import SpeakerId
from onrecord.records import Speaker
from onrecord.resources import Resources

__all__ = ["Callings", "callings_of", "share_a_name"]

Callings = Mapping[SpeakerId, frozenset[str]]
"""The capitalised words by which each speaker is called, folded."""

_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_TOGETHER = 2
"""So many words that many names hold ("Harbour Committee") tell a name together."""


def callings_of(speakers: Sequence[Speaker]) -> Callings:
    """Return the capitalised words of each speaker's name or description.

    The first word of a description is capital where the sentence begins with it.
    """
    return {row.id: _capitals(row.name, described=row.kind == "unnamed") for row in speakers}


def _capitals(name: str, *, described: bool) -> frozenset[str]:
    words = [fold(word) if word[0].isupper() else "" for word in _WORD.findall(name)]
    if described and words and not words[0].endswith("'s"):
        del words[0]
    return frozenset(word.removesuffix("'s").rstrip(".'") for word in words if word)


def share_a_name(one: frozenset[str], other: frozenset[str], resources: Resources) -> bool:
    """Return whether two sets of words have a name in common, not a party, a place or a title.

    >>> from onrecord.resources import load_resources
    >>> share_a_name(frozenset({"harlow"}), frozenset({"ann", "harlow"}), load_resources())
    True
    >>> share_a_name(frozenset({"republicans"}), frozenset({"republicans"}), load_resources())
    False
    """
    shared = (one & other) - _of_peoples_and_places(resources)
    return len(shared) >= _TOGETHER or not shared <= _of_many_names(resources)


@cache
def _of_peoples_and_places(resources: Resources) -> frozenset[str]:
    places = {word for name in resources.words("place_names") for word in name.split()}
    titles = {row[0] for row in resources.tables["titles"]}
    return resources.words("party_words") | places | titles


@cache
def _of_many_names(resources: Resources) -> frozenset[str]:
    return resources.words("organisation_words") | frozenset(("house", "white"))
