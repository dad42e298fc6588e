"""Another base: the quoted wordings of an item against any one of them, not only the fullest."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from onrecord.records import Row
from onrecord.views.variants import READABLE, Piece, Variant, joined, kept, settled

__all__ = ["Base", "bases", "compare"]

_WORD: Final = re.compile(r"\w+(?:[’'.,-]\w+)*")
_MOST: Final = 4  # bases besides the fullest: wordings times bases is what a page must hold


class Base(Row, frozen=True, kw_only=True):
    """One wording as the base, with the other quoted wordings compared to it."""

    base: Variant
    others: tuple[Variant, ...]


def bases(rows: Sequence[Variant]) -> tuple[Base, ...]:
    """Return the bases to which *rows*, the variants of one item, can be switched.

    The fullest wording is not among them: the item is shown with it. Paraphrase is no base and
    is not compared, for its words are the outlet's. Wordings that read the same are one base.
    """
    quoted: dict[str, Variant] = {}
    for row in rows:
        if row.letter != "P":
            quoted.setdefault(row.statement.text, row)
    wordings = tuple(quoted.values())
    return tuple(
        Base(base=base, others=tuple(_against(base, row) for row in wordings if row is not base))
        for base in [row for row in wordings if not row.fullest][:_MOST]
    )


def _against(base: Variant, row: Variant) -> Variant:
    plain = (Piece(op="same", text=row.statement.text),)
    diff = compare(row.statement.text, base.statement.text)
    readable = kept(diff, base.statement) >= READABLE
    return Variant(
        statement=row.statement,
        fullest=row.fullest,
        letter="",
        changes=(),
        pieces=diff if readable else plain,
        diffed=readable,
        independent=row.independent,
    )


def compare(ours: str, base: str) -> tuple[Piece, ...]:
    """Return *ours* as pieces, with the words that *base* has besides.

    Whole words are compared, whatever their case; what is joined without the pieces left out
    is *ours*, character for character. Longest common block first (Ratcliff and Obershelp).

    >>> [(piece.op, piece.text) for piece in compare("Nobody signed.", "Nobody ever signed.")]
    [('same', 'Nobody'), ('left out', 'ever'), ('same', ' signed.')]
    """
    left = list(_WORD.finditer(base))
    right = list(_WORD.finditer(ours))
    matcher = SequenceMatcher(
        None,
        [word[0].casefold() for word in left],
        [word[0].casefold() for word in right],
        autojunk=False,
    )
    return tuple(settled(list(joined(_pieces(matcher, left, right, base, ours)))))


def _pieces(
    matcher: "SequenceMatcher[str]",
    left: Sequence[re.Match[str]],
    right: Sequence[re.Match[str]],
    base: str,
    ours: str,
) -> Iterator[Piece]:
    at = 0
    for op, first, last, start, end in matcher.get_opcodes():
        reached = right[start].start() if start < end else at
        if reached > at:
            yield Piece(op="same", text=ours[at:reached])
            at = reached
        if op in ("delete", "replace"):
            yield Piece(op="left out", text=base[left[first].start() : left[last - 1].end()])
        if start < end:
            at = right[end - 1].end()
            yield Piece(op="same" if op == "equal" else "added", text=ours[reached:at])
    if at < len(ours):
        yield Piece(op="same", text=ours[at:])
