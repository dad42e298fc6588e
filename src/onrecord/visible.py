"""Characters that cannot be seen, made visible: what a text could hide in a page or a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

__all__ = ["invisible_in", "visible"]

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, soft hyphen, fillers, selectors, tags, zero-width and bidirectional characters."""

_JOINER: Final = "\u200d"
_SELECTORS: Final = "\ufe0e\ufe0f"
_TAGS: Final = "".join(map(chr, range(0xE0020, 0xE0080)))
_FLAG: Final = "\U0001f3f4"
_LONGEST_FLAG: Final = 7
"""Tags after the black flag: "gbsct" and the end."""


def invisible_in(text: str) -> Iterator[re.Match[str]]:
    """Yield each invisible character of *text*, but for those that make an emoji what it is."""
    for found in _INVISIBLE.finditer(text):
        if not _is_expected(found[0], text, found.start()):
            yield found


def _is_expected(character: str, text: str, place: int) -> bool:
    """Return whether a character is part of an emoji, or of the form of a Chinese character."""
    if character == _JOINER:
        return _joins_emoji(text, place)
    before = text[place - 1 : place]
    if character in _SELECTORS:
        return before in ("#", "*") or unicodedata.category(before or "a") in (
            "So",
            "Sm",
            "Nd",
            "Po",
        )
    if character in _TAGS:
        return text[max(0, place - _LONGEST_FLAG) : place].rstrip(_TAGS).endswith(_FLAG)
    if character >= "\U000e0100":
        return unicodedata.name(before or "a").startswith("CJK")
    return False


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
