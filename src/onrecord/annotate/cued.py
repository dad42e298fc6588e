"""A cue with its source, and the draft that a rule makes of it."""

from typing import NamedTuple

from onrecord.annotate.drafts import Context, Draft, Pieces
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.sources import Source, Spot
from onrecord.annotate.told import is_told
from onrecord.annotate.units import Unit
from onrecord.spans import Span

__all__ = ["BREAKS", "DASHES", "Cued", "draft_of", "printed", "use"]

DASHES = frozenset(("-", "—", "–", "―"))
BREAKS = frozenset((",", ";", *DASHES))


class Cued(NamedTuple):
    """A cue with its source."""

    spot: Spot
    source: Source

    @property
    def anchor(self) -> int:
        """First item of the pair: content may end right before it."""
        if self.source.how == "inverted":
            return self.spot.first
        return min(self.source.first, self.spot.first)

    @property
    def group(self) -> int:
        """Item after the pair: content may start there."""
        return max(self.spot.last, self.source.last)


def draft_of(context: Context, number: int, cued: Cued, pieces: Pieces, rule: str) -> Draft:
    """Return the attribution of *pieces*; the method names the rule and how the source stands."""
    unit = context.units[number]
    spot, source = cued
    return Draft(
        source=printed(unit, context.lexicon, source),
        cue=unit.span(spot.first, spot.last),
        content=tuple(pieces),
        cue_class=spot.reading.cue.cue_class,
        method=f"rules:{rule}-{source.how}",
        unit=number,
        told=is_told(unit, context.lexicon, spot, source, rule),
    )


def printed(unit: Unit, lexicon: Lexicon, source: Source) -> Span:
    """Return the characters of a source; of "who've" or "she'd" only the pronoun."""
    span = unit.span(source.first, source.last)
    if lexicon.has(unit.lowers[source.last - 1], "contraction"):
        stem = unit.word(source.last - 1).replace("’", "'").partition("'")[0]
        start = unit.span(source.last - 1, source.last).start
        return Span(span.start, start + len(stem))
    return span


def use(context: Context, unit: Unit, first: int, last: int) -> None:
    """Note that the quotations among the items belong to a statement."""
    for item in range(first, last):
        if unit.quotations[item] >= 0:
            context.used.add(unit.quotations[item])
