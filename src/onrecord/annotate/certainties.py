"""What quotation marks decide whatever the model says: a quotation ends at its closing mark."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.annotate.found import Parse, Quotation, mode_of
from onrecord.records import Mode

__all__ = ["Claim", "Range", "Settled", "read_mode", "settle"]

_POINTERS = frozenset(("it", "that", "this", "what", "which"))
"""Stand for a quotation that follows or precedes."""
_BEGUN = 2
"""Words of a sentence that are too few to be said by themselves."""
_TRAILING = frozenset(",;–—")

Range = tuple[int, int]
"""Tokens of the parse, half-open."""


class Claim(NamedTuple):
    """An attribution in tokens of the parse, before its place in the article is settled."""

    source: Range | None
    cue: Range | None
    contents: tuple[Range, ...]
    speech: float
    """Log odds that the cue is one of speech."""
    evidence: tuple[float, ...]


class Settled(NamedTuple):
    """Claims with their borders on the marks, and which tokens stand inside quotations."""

    claims: list[Claim]
    quoted: bytearray


def settle(parse: Parse, quotations: Sequence[Quotation], claims: Sequence[Claim]) -> Settled:
    """Return the claims with their contents' borders on the marks."""
    outer = [_tokens(parse, quotation) for quotation in quotations if quotation.depth == 0]
    quoted = bytearray(len(parse.words))
    for first, last in outer:
        quoted[first:last] = b"\1" * (last - first)
    closed = [
        _tokens(parse, quotation)
        for quotation in quotations
        if quotation.depth == 0 and quotation.closed
    ]
    whole = [
        claim._replace(
            contents=tuple(_without_next(parse, span, quoted) for span in claim.contents)
        )
        for claim in claims
    ]
    return Settled(_snapped(parse, _resumed(parse, whole, closed), closed), quoted)


def read_mode(parse: Parse, contents: Iterable[Range], quoted: bytearray) -> Mode:
    """Return how much of some contents stands in quotation marks, by words."""
    words = [
        token
        for first, last in contents
        for token in range(first, last)
        if parse.words[token][0].isalnum()
    ]
    return mode_of(sum(quoted[token] for token in words), len(words))


def _without_next(parse: Parse, span: Range, quoted: bytearray) -> Range:
    """Leave out the one or two words that a content has of the next sentence, outside marks.

    "called it “a trap.” Officially, …": nobody says one word of the outlet's next sentence.
    """
    first, last = span
    sentence = parse.sentences[parse.sentence_of[last - 1]]
    begun = first < sentence.first and 0 < last - sentence.first <= _BEGUN
    if not begun or last >= sentence.last - 1 or any(quoted[sentence.first : last]):
        return span
    return first, sentence.first


def _tokens(parse: Parse, quotation: Quotation) -> Range:
    """Return the tokens of a quotation with its marks."""
    return (
        bisect_left(parse.starts, quotation.outer.start),
        bisect_left(parse.starts, quotation.outer.end),
    )


def _resumed(parse: Parse, claims: list[Claim], closed: list[Range]) -> list[Claim]:
    """Give the second half of a sentence in marks to whoever said the first.

    "“If you go,” she said, pointing at the quay, “you go alone.”": the first half ends with a
    comma, the second begins with a small letter.
    """
    done = list(claims)
    starts = [first for first, _ in closed]
    for place, claim in enumerate(claims):
        half = _second_half(parse, claim, closed, starts)
        if half is None:
            continue
        done = [one._replace(contents=_before(parse, one.contents, half)) for one in done]
        done[place] = done[place]._replace(contents=(*done[place].contents, half))
    return [claim for claim in done if claim.contents]


def _second_half(
    parse: Parse, claim: Claim, closed: list[Range], starts: list[int]
) -> Range | None:
    if claim.cue is None or not claim.contents:
        return None
    last = claim.contents[0][1]
    number = bisect_left(starts, claim.cue[1])
    if number in (0, len(closed)) or closed[number - 1][1] != last or last > claim.cue[0]:
        return None
    begin, end = closed[number]
    goes_on = parse.words[last - 2] == "," and parse.words[begin - 1] == ","
    same = parse.sentence_of[claim.cue[0]] == parse.sentence_of[begin]
    return (begin, end) if goes_on and same and parse.words[begin + 1][0].islower() else None


def _before(parse: Parse, contents: tuple[Range, ...], half: Range) -> tuple[Range, ...]:
    """Return the pieces without the tokens of *half* and what follows them in their piece."""
    done = []
    for first, last in contents:
        if first < half[1] and half[0] < last:
            last = half[0]  # noqa: PLW2901 - the piece ends before the half
            while last > first and parse.words[last - 1] in _TRAILING:
                last -= 1  # noqa: PLW2901
        if first < last:
            done.append((first, last))
    return tuple(done)


def _snapped(parse: Parse, claims: list[Claim], closed: list[Range]) -> list[Claim]:
    """Move borders of contents that fall just inside a quotation out to its marks."""
    owner = bytearray(len(parse.words))
    for claim in claims:
        for span in (claim.source, claim.cue, *claim.contents):
            if span is not None:
                owner[span[0] : span[1]] = b"\1" * (span[1] - span[0])
    starts = [first for first, _ in closed]
    done = []
    for claim in claims:
        contents = [_on_marks(span, closed, starts, owner) for span in claim.contents]
        merged = _without_pointers(parse, _merged(parse, contents), closed)
        done.append(claim._replace(contents=_without_narration(claim, merged, closed)))
    return done


def _without_pointers(
    parse: Parse, contents: tuple[Range, ...], closed: list[Range]
) -> tuple[Range, ...]:
    """Leave out words that only point at a quotation: "This is | what | she said: “A.”"."""
    ends = dict(closed)
    if not any(ends.get(first) == last for first, last in _after_colon(parse, contents, ends)):
        return contents
    done = [
        piece
        for piece in _after_colon(parse, contents, ends)
        if not {*parse.lowers[piece[0] : piece[1]]} <= _POINTERS
    ]
    return tuple(done)


def _after_colon(
    parse: Parse, contents: tuple[Range, ...], ends: dict[int, int]
) -> Iterator[Range]:
    """Yield the pieces, of "that: “A.”" the quotation only."""
    for first, last in contents:
        start = next((at for at in range(first, last) if parse.words[at] == ":"), last) + 1
        points = {*parse.lowers[first : start - 1]} <= _POINTERS
        yield (start, last) if points and ends.get(start) == last else (first, last)


def _without_narration(
    claim: Claim, contents: tuple[Range, ...], closed: list[Range]
) -> tuple[Range, ...]:
    """Leave out what stands behind the cue of a whole quotation and in no marks itself.

    In "“A,” she said of the vote, in which she saw hope. “B.”" the outlet speaks in between.
    """
    if claim.cue is None or contents[0] not in closed or contents[0][1] > claim.cue[0]:
        return contents
    return tuple(
        piece
        for piece in contents
        if piece[0] < claim.cue[0] or any(a < piece[1] and piece[0] < b for a, b in closed)
    )


def _on_marks(span: Range, closed: list[Range], starts: list[int], taken: bytearray) -> Range:
    """Return *span* grown to the marks of a quotation that it holds from one side."""
    first, last = span
    number = bisect_left(starts, first + 1) - 1
    if number >= 0:
        begin, end = closed[number]
        inside = begin < first < end
        if inside and last >= end - 1 and not any(taken[begin:first]):
            first = begin
    number = bisect_left(starts, last) - 1
    if number >= 0:
        begin, end = closed[number]
        inside = begin < last < end
        if inside and first <= begin + 1 and not any(taken[last:end]):
            first, last = min(first, begin), end
    return first, last


def _merged(parse: Parse, contents: list[Range]) -> tuple[Range, ...]:
    """Return the pieces in order, those of one block that touch made one."""
    done: list[Range] = []
    for first, last in sorted(contents):
        if done and first <= done[-1][1] and _block(parse, first) == _block(parse, done[-1][0]):
            done[-1] = (done[-1][0], max(last, done[-1][1]))
        else:
            done.append((first, last))
    return tuple(done)


def _block(parse: Parse, token: int) -> int:
    return parse.sentences[parse.sentence_of[token]].block
