"""Characters that cannot be seen, made visible: what a text could hide in a page or a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

__all__ = ["invisible_in", "visible"]

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Controls, soft hyphen, zero-width and bidirectional characters: what Trojan Source hides in."""

_JOINER: Final = "\u200d"


def invisible_in(text: str) -> Iterator[re.Match[str]]:
    """Yield each invisible character of *text*; a joiner inside an emoji is no surprise there."""
    for found in _INVISIBLE.finditer(text):
        if found[0] != _JOINER or not _joins_emoji(text, found.start()):
            yield found


def visible(text: str) -> str:
    r"""Return *text* with each invisible character replaced by its code: safe on a terminal.

    >>> visible("a\x1b[2Jb\u202e")
    'a<U+001B>[2Jb<U+202E>'
    """
    if text.isascii() and text.isprintable():
        return text
    parts: list[str] = []
    at = 0
    for found in invisible_in(text):
        parts += [text[at : found.start()], f"<U+{ord(found[0]):04X}>"]
        at = found.end()
    return "".join([*parts, text[at:]])


def _joins_emoji(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return all(
        side == "\ufe0f" or (side and unicodedata.category(side) in ("So", "Sk"))
        for side in (before, after)
    )
