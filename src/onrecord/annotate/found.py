"""What the parts of the within-article stage hand to each other; none of it is stored."""

from dataclasses import dataclass
from typing import NamedTuple

from onrecord.records import Chain, CueClass, Mention, Mode, Voice
from onrecord.spans import Span, all_covered

__all__ = ["Attribution", "Coreference", "Parse", "Quotation", "Sentence", "mode_of"]

_DIRECT_SHARE = 0.9
"""Of the words in quotation marks; from it on a statement is direct."""


def mode_of(inside: int, words: int) -> Mode:
    """Return the mode of a content of so many *words*, some of them *inside* quotation marks."""
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT_SHARE * words else "mixed"


class Sentence(NamedTuple):
    """Token numbers from `first` up to, but not including, `last`, and its block's number."""

    first: int
    last: int
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """Tokens and sentences of an article; a sentence never crosses a block."""

    text: str
    words: tuple[str, ...]
    """Tokens as printed: words with inner apostrophes, hyphens and dots; else one character."""
    lowers: tuple[str, ...]
    """Tokens folded for look-up (`folding.fold`)."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    """Number of the sentence of each token."""
    blocks: tuple[Span, ...]
    """Spans of the blocks that are read for statements, in order."""

    def span(self, first: int, last: int) -> Span:
        """Return the characters of the tokens from *first* up to, not including, *last*."""
        return Span(self.starts[first], self.ends[last - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks."""

    outer: Span
    """With the marks."""
    inner: Span
    """Without the marks."""
    closed: bool
    """False where the paragraph ends before a closing mark."""
    depth: int
    """0 outermost; 1 inside another quotation."""
    continues: int | None = None
    """Number of the quotation that this one continues (an opening mark per paragraph)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A statement as first found: spans only, no resolved speaker, no characterisation."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: Mode
    cue_class: CueClass
    within: int | None = None
    """Number (in the list) of the attribution it is nested in."""
    confidence: float
    method: str
    told: bool = False
    """Whether it is surely a statement where it stands inside another's words."""

    def holds(self, other: "Attribution") -> bool:
        """Return whether the content of *other*, and its cue, stand inside this content."""
        # Contents are in text order, so that most others are told apart by their ends alone.
        if other.content[0].start < self.content[0].start:
            return False
        if other.content[-1].end > self.content[-1].end:
            return False
        parts = other.content if other.cue is None else (*other.content, other.cue)
        return all_covered(parts, self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coreference:
    """Mentions grouped into chains, and the chains that speak in each attribution."""

    mentions: tuple[Mention, ...]
    chains: tuple[Chain, ...]
    voices: tuple[Voice, ...]
