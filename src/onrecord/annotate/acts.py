"""What a statement does, and how it is hedged, in the outlet's own words."""

from dataclasses import dataclass

from onrecord.annotate.found import Attribution, Parse
from onrecord.records import Act, Article
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["Character", "characterise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """What one statement does, and how."""

    act: Act = "states"
    negated: bool = False
    hedges: tuple[Span, ...] = ()
    addressee: Span | None = None
    medium: str | None = None


def characterise(
    article: Article, parse: Parse, attribution: Attribution, resources: Resources
) -> Character:
    """Return act, negation, hedges, addressee and medium of one attribution."""
    del article, parse, attribution, resources
    return Character()
