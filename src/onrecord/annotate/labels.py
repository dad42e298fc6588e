"""Transcripts: paragraphs that begin with the speaker's name in capitals and a colon."""

import re
from collections import Counter
from typing import NamedTuple

from onrecord.annotate.found import Parse
from onrecord.spans import Span

__all__ = ["Labelled", "labelled_blocks"]

_LABEL = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.’'\-]{1,40}(?: [A-Z][A-Z.’'\-]{1,40}){0,3})(?P<colon>:) "
)
"""At most four words in capitals, after an opening mark where the transcript is quoted."""
_MARKS = frozenset('"“')
_DIRECTIONS = frozenset("([")
"""Open what the transcript says of the scene: "(crosstalk)"."""
_FEWEST = 2
"""Labelled paragraphs that make a transcript; a single one may be any heading ("UPDATE:")."""


class Labelled(NamedTuple):
    """A paragraph of a transcript."""

    name: Span
    colon: Span
    words: tuple[Span, ...]
    """What the speaker said, to the end of the paragraph, and the quoted paragraphs after it."""


def labelled_blocks(parse: Parse, not_speakers: frozenset[str]) -> list[Labelled]:
    """Return the paragraphs of *parse* that carry a speaker's label, where some speaker has two.

    Labels of *not_speakers* (lower-cased: "update", "read more") are headings.
    """
    if ":" not in parse.text:
        return []
    found: list[Labelled] = []
    marked = False
    for block in parse.blocks:
        match = _LABEL.match(parse.text, block.start, block.end)
        if match is None or match["name"].lower() in not_speakers or match.end() >= block.end:
            marked = marked and parse.text[block.start] in _MARKS and match is None
            if marked and parse.text[block.start + 1 : block.start + 2] not in _DIRECTIONS:
                found[-1] = found[-1]._replace(words=(*found[-1].words, block))
            continue
        # Each paragraph of a quoted transcript opens with a mark, also where a turn goes on.
        marked = parse.text[block.start] in _MARKS
        found.append(
            Labelled(
                name=Span(*match.span("name")),
                colon=Span(*match.span("colon")),
                words=(Span(match.end(), block.end),),
            )
        )
    names = Counter(one.name.of(parse.text) for one in found)
    repeated = names and max(names.values()) >= _FEWEST
    return found if repeated else []
