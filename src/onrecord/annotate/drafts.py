"""What the attribution rules hand to each other before statements are ordered and nested."""

from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.annotate.found import Parse, Quotation
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.units import Unit
from onrecord.records import CueClass, Mode
from onrecord.spans import Span

__all__ = ["Context", "Draft", "Pieces"]

Pieces = list[Span]


class Draft(NamedTuple):
    """One attribution as a rule found it."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    cue_class: CueClass
    method: str
    unit: int
    """Number of the unit that holds the cue, or the first content piece; -1: none."""
    mode: Mode | None = None
    """Where the form decides it; else the marks do."""
    told: bool = False
    """Whether it is surely a statement where it stands inside another's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One article as the rules see it."""

    parse: Parse
    quotations: tuple[Quotation, ...]
    lexicon: Lexicon
    units: list[Unit]
    used: set[int] = field(default_factory=set)
    """Numbers of the quotations that already belong to a statement."""
