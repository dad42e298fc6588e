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
    done = list(found)
    for rule in rules:
        if rule.cue is None or rule.source is None or rule.confidence < _SURE:
            continue
        if rule.method.endswith(_RECORDED):
            done = _given(done, rule, rule.cue)
        if any(_holds_cue(one, rule.cue) for one in done):
            continue
        for place, one in enumerate(done):
            kept = _kept(one, rule)
            if kept is not None:
                done[place] = replace(one, content=kept)
                done.append(rule)
                break
    return done


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


def _holds_cue(one: Attribution, cue: Span) -> bool:
    """Return whether a statement has read the words of a cue already."""
    parts = one.content if one.cue is None else (*one.content, one.cue)
    return any(part.overlaps(cue) for part in parts)


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
