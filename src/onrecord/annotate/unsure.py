"""Which blocks the rules are likely to read wrongly: in the fast tier the model reads only these.

A cascade (Viola and Jones 2001; for text, Chen et al. 2023, "FrugalGPT"): the cheap reader goes
first, and says how sure it is; the costly one reads what is left.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span

__all__ = ["blocks_of", "expected_mistakes"]

_PASSED_OVER = 0.3
"""Statements expected where a word of saying, or a quotation mark, is in no statement of the rules."""
_MARKS = frozenset('“”"„«»＂')


def expected_mistakes(
    parse: Parse,
    rules: Sequence[Attribution],
    verbs: frozenset[str],
    ranges: Sequence[tuple[int, int]],
) -> list[float]:
    """Return for each block (tokens *ranges*) how many mistakes of the rules to expect in a word.

    A statement counts with what its confidence lacks.
    """
    lacking = [0.0] * len(ranges)
    found = [False] * len(ranges)
    covered = bytearray(len(parse.words))
    for one, block in zip(rules, blocks_of(parse, rules), strict=True):
        found[block] = True
        lacking[block] += 1 - one.confidence
        for span in _spans(one):
            first, last = bisect_left(parse.starts, span.start), bisect_left(parse.starts, span.end)
            covered[first:last] = b"\x01" * (last - first)
    for block, (first, last) in enumerate(ranges):
        if any(parse.lowers[at] in verbs and not covered[at] for at in range(first, last)):
            lacking[block] += _PASSED_OVER
        if not found[block] and not _MARKS.isdisjoint(parse.words[first:last]):
            lacking[block] += _PASSED_OVER
    return [
        lack / max(1, last - first) for lack, (first, last) in zip(lacking, ranges, strict=True)
    ]


def blocks_of(parse: Parse, statements: Sequence[Attribution]) -> list[int]:
    """Return for each statement the number of the block in which its content begins."""
    begins = [block.start for block in parse.blocks]
    return [bisect_right(begins, one.content[0].start) - 1 for one in statements]


def _spans(one: Attribution) -> tuple[Span, ...]:
    return (*one.content, *(span for span in (one.source, one.cue) if span is not None))
