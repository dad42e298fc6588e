"""Words of a statement that have a cue of their own: "“A,” she said, but “B,” said Moll".

The model may give both quotations to the first cue; the rules see the cue that stands beside the
second. What stands behind the cue of a statement, and behind or before another one, is the other's.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution
from onrecord.spans import Span

__all__ = ["with_own_cues"]

_RECORDED = "-recorded"
_SURE = 0.5
"""Confidence of a rule from which on its cue is believed."""
_MOSTLY = 0.5
"""Of a piece, or of a statement: with this share of its words another statement has it."""


def with_own_cues(found: Sequence[Attribution], rules: Sequence[Attribution]) -> list[Attribution]:
    """Return *found* without the pieces whose cue is another's, and the statements of those cues."""
    sure = [rule for rule in rules if rule.cue and rule.source and rule.confidence >= _SURE]
    done = list(found)
    for rule in sure:
        if rule.method.endswith(_RECORDED) and rule.cue is not None:
            done = _given(done, rule, rule.cue)
    # Only a statement of several pieces can lose one; there are few, so that all others are
    # looked at once and a long article takes no longer a word.
    several = [place for place, one in enumerate(done) if one.cue and len(one.content) > 1]
    read = bytearray(max((span.end for one in (*done, *sure) for span in _parts(one)), default=0))
    for one in done:
        _mark(read, _parts(one), b"\1")
    for rule in sure:
        if rule.cue is None or any(read[rule.cue.start : rule.cue.end]):
            continue
        for place in several:
            one = done[place]
            kept = _kept(one, rule)
            if kept is not None:
                _mark(read, [piece for piece in one.content if piece not in kept], b"\0")
                _mark(read, _parts(rule), b"\1")
                done[place] = replace(one, content=kept)
                done.append(rule)
                break
    return done


def _parts(one: Attribution) -> tuple[Span, ...]:
    return one.content if one.cue is None else (*one.content, one.cue)


def _mark(read: bytearray, spans: Sequence[Span], value: bytes) -> None:
    """Note of characters whether a statement has them."""
    for start, end in spans:
        read[start:end] = value * (end - start)


def _given(found: Sequence[Attribution], rule: Attribution, cue: Span) -> list[Attribution]:
    """Return *found* with words of a recording given to who speaks in it, not to who shows it.

    "The ad uses footage of Moll asking “Why?”": the model may read "footage of Moll asking" as
    words of the ad, or as the cue of it.
    """
    for place, one in enumerate(found):
        if one.cue is None or not one.cue.overlaps(cue):
            continue
        shown = rule.source is not None and one.cue.covers(cue) and one.cue.covers(rule.source)
        mended = replace(one, source=rule.source, cue=cue) if shown else one
        return [*found[:place], mended, *found[place + 1 :]]
    parts = (*rule.content, cue)
    pieces = (
        tuple(piece for piece in one.content if not any(piece.overlaps(part) for part in parts))
        for one in found
    )
    kept = [replace(one, content=left) for one, left in zip(found, pieces, strict=True) if left]
    return [*kept, rule]


def _kept(one: Attribution, rule: Attribution) -> tuple[Span, ...] | None:
    """Return the pieces of a statement that are not the rule's, if there are some of each."""
    if one.cue is None or rule.cue is None or rule.cue.start < one.cue.end:
        return None
    kept = tuple(piece for piece in one.content if not _is_of(piece, one.cue, rule))
    return kept if kept and len(kept) < len(one.content) else None


def _is_of(piece: Span, cue: Span, rule: Attribution) -> bool:
    """Return whether a piece behind the cue of its statement holds words of the rule."""
    if piece.start < cue.end:
        return False
    shared = sum(max(0, min(piece.end, s.end) - max(piece.start, s.start)) for s in rule.content)
    size = sum(span.end - span.start for span in rule.content)
    return shared >= _MOSTLY * min(size, piece.end - piece.start)
