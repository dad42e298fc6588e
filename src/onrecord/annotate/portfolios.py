"""Whether an office as described is another than the one printed: "the shadow foreign secretary"."""

from collections.abc import Mapping, Sequence

from onrecord.annotate.found import Parse
from onrecord.annotate.parts import Part
from onrecord.annotate.referents import Referent
from onrecord.naming import plain

__all__ = ["is_other_office"]


def is_other_office(
    parse: Parse, part: Part, referent: Referent, head: str, classes: Mapping[str, frozenset[str]]
) -> bool:
    """Return whether all printed offices of a person speak against the one described.

    "The transport minister" is no foreign minister, "the foreign secretary" no shadow one.
    """
    if head not in classes["portfolio_head"]:
        return False
    wanted = _portfolio(parse.lowers[part.first : part.last], head, classes)
    held = [
        _portfolio([plain(word) for word in role.span.of(parse.text).split()], head, classes)
        for role in referent.roles
        if role.noun == head
    ]
    return bool(held) and all(_differ(wanted, one, classes) for one in held)


def _portfolio(
    words: Sequence[str], head: str, classes: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the words before the head that say which office it is."""
    end = words.index(head) if head in words else len(words) - 1
    left_out = classes["article"] | classes["definite"] | classes["no_portfolio"]
    return frozenset(word for word in words[: max(end, 0)] if word not in left_out)


def _differ(
    wanted: frozenset[str], held: frozenset[str], classes: Mapping[str, frozenset[str]]
) -> bool:
    ranks = classes["rank_before_office"]
    if wanted and wanted & ranks != held & ranks:
        return True
    return bool(wanted - ranks and held - ranks) and not wanted & held - ranks
