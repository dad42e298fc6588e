"""Notes in which an outlet corrects itself: "An earlier version of this article said …".

What an article once said and takes back is nobody's statement, and what it said that others had
said is taken back with it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.folding import fold
from onrecord.spans import Span

__all__ = ["without_corrections"]

_PIECE = r"(?:article|column|dispatch|item|page|piece|post|report|review|story|update)"
_EARLIER = (
    r"(?:an?|the|our|its) (?:earlier|first|initial|original|previous|prior)"
    r" (?:edition|headline|version)"
)
_OWN = re.compile(rf"{_EARLIER}s? (?:of|on|to) (?:this|the) (?:\w+ )?{_PIECE}\b")
_BARE = re.compile(rf"{_EARLIER}s?")
_SELF = re.compile(rf"this (?:\w+ )?{_PIECE}\b")
_WRONGLY = re.compile(
    r"(?:earlier|erroneously|inaccurately|incorrectly|initially|mistakenly|originally|previously"
    r"|wrongly)\b"
)
_LABEL = re.compile(r"\W*(?:correction|clarification|editor's note)s?\b")
_AMENDED = re.compile(
    rf"\bthis (?:\w+ )?{_PIECE} (?:was|has been|is) (?:\w+ )?"
    r"(?:amended|changed|clarified|corrected|revised|updated)\b"
)
_REACH = 400
"""Characters before a source in which its paragraph may say that it is a note."""


def without_corrections(found: Sequence[Attribution], parse: Parse) -> tuple[Attribution, ...]:
    """Return *found* without what the article says that it had said, and what is told inside."""
    dropped = [place for place, one in enumerate(found) if _is_own(one, parse)]
    if not dropped:
        return tuple(found)
    taken_back = [span for place in dropped for span in found[place].content]
    kept = [
        place
        for place, one in enumerate(found)
        if place not in dropped
        and not (one.cue and any(span.covers(one.cue) for span in taken_back))
    ]
    number = {place: new for new, place in enumerate(kept)}
    return tuple(
        replace(found[place], within=number.get(found[place].within or 0))
        if found[place].within is not None
        else found[place]
        for place in kept
    )


def _is_own(one: Attribution, parse: Parse) -> bool:
    """Return whether the source of a statement is the article itself, as it was before."""
    if one.source is None or one.mode == "direct":
        return False
    source = fold(one.source.of(parse.text))
    if _OWN.search(source):
        return True
    if _SELF.fullmatch(source):
        behind = fold(parse.text[one.source.end : one.source.end + _REACH]).strip()
        return _WRONGLY.match(behind) is not None
    return _BARE.fullmatch(source) is not None and _is_note(one.source, parse)


def _is_note(source: Span, parse: Parse) -> bool:
    """Return whether the paragraph of a source says before it that it is a note."""
    start = next((block.start for block in parse.blocks if block.covers(source)), source.start)
    before = fold(parse.text[max(start, source.start - _REACH) : source.start])
    return _LABEL.match(before) is not None or _AMENDED.search(before) is not None
