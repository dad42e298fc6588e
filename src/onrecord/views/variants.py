"""What was changed: each printed wording of an item, against the fullest one, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from msgspec.structs import replace

from onrecord.records import Again, Article, Carriage, Edit, EditFlag, Reprint, Row, Statement
from onrecord.spans import join_spans
from onrecord.views.carried import changes, letter, unsure_link
from onrecord.views.index import Index, Item

__all__ = [
    "READABLE",
    "Piece",
    "Variant",
    "glimpse",
    "joined",
    "kept",
    "lead_in",
    "pieces",
    "settled",
    "variants",
]

_GAP = " … "  # what `join_spans` puts between content pieces
_LEAD = 14  # characters between a cue and its content: room for "that", a colon, a mark
_CLOSING = ",.;:!?”’\"'"
_SHORT = 60  # in a longer run the flag says nothing about most of its words
_ALWAYS_SHOWN = frozenset({"negation", "number", "hedge"})
_WORD = re.compile(r"\S{1,60}(?=\s)")
_HELPER_REACH = 60  # characters before a cue in which its helping verbs may stand
_HELPERS: Final = re.compile(
    r"(?:am|are|be|been|being|can|cannot|could|did|do|does|had|has|have|is|may|might|must|never|not"
    r"|should|was|were|will|would|\w+n['’]t)"
)
_BETWEEN: Final = re.compile(
    r"(?:again|already|also|always|even|ever|just|now|since|still|yet|\w+ly)"
)
"""May stand between a helping verb and its cue."""
READABLE = 0.4
"""Share of words kept below which a diff is a list of unrelated words: the wording says more."""


class Piece(Row, frozen=True, kw_only=True):
    """A run of words: the same in both, only in the fullest, or only in ours."""

    op: Literal["same", "left out", "added"]
    text: str
    flags: tuple[EditFlag, ...] = ()

    @property
    def weighty(self) -> bool:
        """Whether it is a short change of a negation, number or hedge: easily overlooked."""
        return len(self.text) <= _SHORT and not _ALWAYS_SHOWN.isdisjoint(self.flags)


class Variant(Row, frozen=True, kw_only=True):
    """One statement of an item as its outlet prints it."""

    statement: Statement
    fullest: bool
    letter: str
    changes: tuple[str, ...]
    pieces: tuple[Piece, ...]
    """Without the pieces left out, joined, they are the statement's text."""
    diffed: bool
    """False where the wording stands alone: nothing differs, or too much."""
    independent: bool
    unsure: bool = False
    """Whether it may be another utterance: the link to the fullest wording is unsure."""
    reprint: Reprint | None = None
    """Where another story printed these words before."""
    again: tuple[Again, ...] = ()
    """Where later stories print these words again."""
    same: tuple[Statement, ...] = ()
    """Statements of copies that print exactly this: shown with it, not again."""


def variants(index: Index, item: Item) -> tuple[Variant, ...]:
    """Return the wordings of *item*, the fullest first, then in reading order."""
    rows = sorted(item.statements, key=lambda row: row.id != item.fullest.id)
    copies: dict[str, list[Statement]] = {}
    for row in rows:
        if not _independent(index, row):
            copies.setdefault(row.text, []).append(row)
    own = [row for row in rows if _independent(index, row)]
    found = [_variant(index, item, row, copies.pop(row.text, ())) for row in own]
    found += [_variant(index, item, group[0], group[1:]) for group in copies.values()]
    return tuple(sorted(found, key=lambda row: not row.fullest))


def _independent(index: Index, statement: Statement) -> bool:
    carriage = index.carriages.get(statement.id)
    return carriage.independent if carriage else True


def glimpse(variant: Variant, *, context: int = 40, most: int = 2) -> Variant | None:
    """Return *variant* cut down to its *most* weighty changes and the words around them, or None.

    A short change of a negation, number or hedge goes before any other, then a longer one before
    a shorter one; what is chosen stays in the order of the text. Our own cuts are marked by `[…]`.
    """
    changed = list(_changes(variant.pieces))
    if not variant.diffed or not changed:
        return None
    changed.sort(key=lambda run: (*_weight(variant.pieces[run.start : run.stop]), -run.start))
    chosen: list[Piece] = []
    last = 0
    for run in sorted(changed[-most:], key=lambda run: run.start):
        chosen += _between(variant.pieces, last, run.start, context)
        chosen += (_shortened(variant.pieces[place], 2 * context) for place in run)
        last = run.stop
    chosen += _between(variant.pieces, last, len(variant.pieces), context)
    return replace(variant, pieces=tuple(joined(chosen)))


def _changes(found: Sequence[Piece]) -> Iterator[range]:
    """Yield the places of neighbouring pieces that are not the same in both."""
    start = None
    for place, piece in enumerate([*found, Piece(op="same", text="")]):
        if piece.op != "same" and start is None:
            start = place
        elif piece.op == "same" and start is not None:
            yield range(start, place)
            start = None


def _weight(run: Sequence[Piece]) -> tuple[bool, int]:
    return (any(piece.weighty for piece in run), sum(len(piece.text) for piece in run))


def _between(found: Sequence[Piece], start: int, end: int, context: int) -> Iterator[Piece]:
    """Yield what stands between two chosen changes, cut in its middle to *context* at each end.

    What is short enough stays as it is, with the changes in it that were not chosen.
    """
    pieces = found[start:end]
    changed = any(piece.op != "same" for piece in pieces)
    text = "".join(piece.text for piece in pieces if piece.op != "left out")
    left = _start(text, context, cut=changed) if start else ""
    right = _end(text, context, cut=changed) if end < len(found) else ""
    if left and right and sum(len(piece.text) for piece in pieces) <= 3 * context:
        yield from pieces
    elif left or right:
        yield Piece(
            op="same",
            text=f"{left.removesuffix(' […]')} {right}" if left and right else left or right,
        )


def _shortened(piece: Piece, limit: int) -> Piece:
    if len(piece.text) <= limit + _LEAD:
        return piece
    ends = _start(piece.text, limit // 2, cut=True), _end(piece.text, limit // 2, cut=True)
    return replace(piece, text=f"{ends[0]} {ends[1].removeprefix('[…] ')}")


def _end(text: str, limit: int, *, cut: bool) -> str:
    if len(text) <= limit:
        return "[…] " * cut + text
    return "[…] " + text[-limit:].partition(" ")[2]


def _start(text: str, limit: int, *, cut: bool) -> str:
    if len(text) <= limit:
        return text + " […]" * cut
    return text[:limit].rpartition(" ")[0] + " […]"


def _variant(index: Index, item: Item, statement: Statement, same: Sequence[Statement]) -> Variant:
    carriage = index.carriages.get(statement.id)
    fullest = statement.id == item.fullest.id
    base = index.article_of(item.fullest)
    article = index.article_of(statement)
    plain = (Piece(op="same", text=statement.text),)
    diff = pieces(article, statement, base, carriage) if carriage and not fullest else plain
    retold = carriage is not None and "PARAPHRASE" in carriage.types
    diffed = not retold and len(diff) > 1 and kept(diff, item.fullest) >= READABLE
    return Variant(
        statement=statement,
        fullest=fullest,
        letter=letter(statement, carriage),
        changes=changes(carriage),
        pieces=diff if diffed else plain,
        diffed=diffed,
        independent=_independent(index, statement),
        unsure=not fullest and unsure_link(carriage),
        reprint=index.reprints.get(statement.id),
        again=index.again.get(statement.id, ()),
        same=tuple(same),
    )


def lead_in(article: Article, statement: Statement) -> str:
    """Return the cue, with what joins it to the content, where the content needs it to be read.

    "denied | the accusations" says something, "the accusations" does not. Words in quotation
    marks stand alone, and so does content whose cue is elsewhere: then this is empty. Helping
    verbs belong to it: "did not respond to | questions" without them says the contrary.
    """
    cue, start = statement.cue, statement.content[0].start
    if cue is None or statement.mode in ("direct", "embedded"):
        return ""
    between = article.text[cue.end : start]
    if not 0 <= start - cue.end <= _LEAD or "\n" in between:
        return ""
    first = _helped(article.text, cue.start)
    return article.text[first:start].rstrip()


def _helped(text: str, start: int) -> int:
    """Return where the helping verbs and negations before a cue at *start* begin."""
    first = start
    for word in reversed(list(_WORD.finditer(text, max(0, start - _HELPER_REACH), start))):
        if "\n" in text[word.end() : start]:
            break
        if _HELPERS.fullmatch(word[0]):
            first = word.start()
        elif not _BETWEEN.fullmatch(word[0]):
            break
    return first


def kept(diff: tuple[Piece, ...], fullest: Statement) -> float:
    """Return the share of the shorter wording that both have (0 to 1, by characters)."""
    same = sum(len(piece.text) for piece in diff if piece.op == "same")
    ours = sum(len(piece.text) for piece in diff if piece.op != "left out")
    return same / max(1, min(ours, len(fullest.text)))


def pieces(
    article: Article, statement: Statement, base: Article, carriage: Carriage
) -> tuple[Piece, ...]:
    """Return *statement* as pieces, with what the fullest wording in *base* has besides.

    The edits of the carriage name words; what stands between them in our text (spaces, marks,
    a gap between two content spans) belongs to the record too and is shown as it is.
    """
    if not carriage.edits:
        return (Piece(op="same", text=statement.text),)
    ours = _Cursor(article, statement)
    found: list[Piece] = []
    for edit in carriage.edits:
        found += _edit_pieces(edit, ours, base)
    tail = ours.rest()
    if tail:
        found.append(Piece(op="same", text=tail))
    return tuple(settled(list(joined(found))))


def _edit_pieces(edit: Edit, ours: "_Cursor", base: Article) -> Iterator[Piece]:
    if edit.ours:
        gap = ours.up_to(edit.ours.start)
        if gap:
            yield Piece(op="same", text=gap)
    if edit.fullest and edit.op in ("drop", "replace"):
        yield Piece(op="left out", text=edit.fullest.of(base.text), flags=edit.flags)
    if edit.ours:
        wording = ours.up_to(edit.ours.end)
        if wording:
            yield Piece(
                op="same" if edit.op == "equal" else "added",
                text=wording,
                flags=edit.flags if edit.op != "equal" else (),
            )


class _Cursor:
    """A place in the wording of a statement that only moves forward."""

    def __init__(self, article: Article, statement: Statement) -> None:
        self._spans = statement.content
        self._wording = join_spans(article.text, statement.content)
        self._at = 0

    def up_to(self, place: int) -> str:
        """Return the wording from here to *place* (an offset into the article), and move there."""
        start, self._at = self._at, max(self._at, self._offset(place))
        return self._wording[start : self._at]

    def rest(self) -> str:
        """Return the wording from here to its end."""
        return self._wording[self._at :]

    def _offset(self, place: int) -> int:
        """Return where *place* is in the joined wording; between pieces, the end of the last."""
        offset = joint = 0
        for span in self._spans:
            if place < span.start:
                break
            offset = joint + min(place, span.end) - span.start
            joint += span.end - span.start + len(_GAP)
        return offset


def settled(found: list[Piece]) -> Iterator[Piece]:
    """Yield *found* with each closing mark next to our word that it closes.

    Edits are about words: between "inspected" and the comma after it may stand what was left out.
    """
    for place, piece in enumerate(found):
        before = found[place - 2 : place] if place > 1 else []
        after = found[place + 1 : place + 3]
        text = piece.text
        if _frames(before, piece):
            text = text[_closing(text) :]
        if len(after) > 1 and _frames([piece, after[0]], after[1]):
            text += after[1].text[: _closing(after[1].text)]
        if text:
            yield replace(piece, text=text)


def _frames(before: list[Piece], after: Piece) -> bool:
    """Return whether *before* is ours, then left out, and *after* is ours again."""
    return [piece.op for piece in before] == ["same", "left out"] and after.op == "same"


def _closing(text: str) -> int:
    """Return how many characters of closing punctuation *text* begins with."""
    return len(text) - len(text.lstrip(_CLOSING))


def joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Yield *found* with neighbours of one kind joined."""
    last: Piece | None = None
    for piece in found:
        if last and (last.op, last.flags) == (piece.op, piece.flags):
            joint = " " if piece.op == "left out" else ""
            last = Piece(op=last.op, text=last.text + joint + piece.text, flags=last.flags)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
