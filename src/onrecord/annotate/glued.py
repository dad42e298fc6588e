"""Words between which the space got lost: "she said.It opened", "10:42amLock-keeper Des Moll said".

Pages that break their lines by markup alone lose the space between two sentences, or behind the clock
of a live blog. Read as one word, "said.It" is no verb, and the two sentences would be one statement.
"""

import re
from collections.abc import Container

from onrecord.folding import fold
from onrecord.spans import Span

__all__ = ["glued_borders"]

_STOP = re.compile(r"(?<=[^\W_]{2})\.(?=[^\W\d_])")
_CLOCK = re.compile(
    r"(?<![\d.:])\d{1,2}(?::\d\d(?: ?[ap]m| ?[AP]M)?+|\.\d\d ?[ap]m)"
    r"(?P<zone>BST|CES?T|E[DS]T|GMT|P[DS]T|UTC)?+(?=[A-Z][a-z]|[A-Z]{2})"
)
"""The time of day of an entry, with what follows it."""
_WORD = re.compile(r"[^\W\d_]+")
_BLANK = re.compile(r"\s")
_ADDRESS = re.compile(r"[@#_=]|://|\bwww\.", re.IGNORECASE)
_LONGEST = 80
"""Characters looked at on either side of a stop: what has no blank for longer is no prose."""
_SINGLE_WORDS = frozenset(("A", "I"))


def glued_borders(text: str, block: Span, endings: Container[str]) -> list[int]:
    """Return where a word of *block* starts or ends inside what has no space, in order.

    *endings* are folded ends of addresses and file names.
    """
    clocks = list(_CLOCK.finditer(text, block.start, block.end))
    borders = {found.end() for found in clocks}
    borders |= {found.start("zone") for found in clocks if found["zone"]}
    for stop in _stops(text, block, endings):
        borders |= {stop, stop + 1}
    return sorted(borders)


def _stops(text: str, block: Span, endings: Container[str]) -> list[int]:
    """Return where a full stop ends a sentence although no space follows it."""
    return [
        found.start()
        for found in _STOP.finditer(text, block.start, block.end)
        if text[found.end()].isupper() and _ends_sentence(text, found.start(), block, endings)
    ]


def _ends_sentence(text: str, stop: int, block: Span, endings: Container[str]) -> bool:
    """Return whether a word and a capitalised one meet at *stop*, in prose."""
    found = _WORD.match(text, stop + 1, block.end)
    if found is None or fold(found.group()) in endings:
        return False
    word, before = found.group(), text[stop - 1]
    # "Ph.D" and "PIER.NET" are one word each; behind small letters "NATO" may open a sentence.
    opens = word[1:2].islower() or (before.islower() and (len(word) > 1 or word in _SINGLE_WORDS))
    return opens and _ADDRESS.search(_unbroken(text, stop, block)) is None


def _unbroken(text: str, stop: int, block: Span) -> str:
    """Return the characters around *stop* up to the nearest blanks."""
    left = text[max(block.start, stop - _LONGEST) : stop]
    right = text[stop : min(block.end, stop + _LONGEST)]
    return _BLANK.split(left)[-1] + _BLANK.split(right, maxsplit=1)[0]
