"""Which blocks can hold a statement: the model does not read the others."""

from collections.abc import Sequence

from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Lexicon

__all__ = ["worth_reading"]

_MARKS = frozenset('“”"„«»＂:‘')


def worth_reading(
    parse: Parse, lexicon: Lexicon, cue_words: frozenset[str], ranges: Sequence[tuple[int, int]]
) -> list[bool]:
    """Return for each block (tokens *ranges*) whether it holds a mark, a colon or a cue's word."""
    known = cue_words | lexicon.cues.keys() | lexicon.nouns.keys()
    return [
        not _MARKS.isdisjoint(parse.words[first:last])
        or not known.isdisjoint(parse.lowers[first:last])
        for first, last in ranges
    ]
