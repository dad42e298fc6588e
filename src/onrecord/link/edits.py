"""The edit script between two wordings of one utterance.

Common runs of words are taken longest first, as a person reads a difference (the idea of
Ratcliff and Metzener 1988), then what lies between them is a drop, an addition or a
replacement. Lone function words do not tie two texts together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.link.kinship import kinship
from onrecord.link.wording import Wording, weigher
from onrecord.records import EditOp
from onrecord.resources import Resources

__all__ = ["Step", "script"]

_WEAK = 1.0
"""Weight below which a run between two long gaps is taken for chance."""
_WEAK_GAP = 6
"""Gaps around a weak run are long from so many words for each of its own."""
_MORE = 3
"""A gap so many times longer on one side is a cut beside a replacement."""
_MOST_KIN = 144
"""Gaps of more pairs of words are not searched for forms of one word."""
_KIN_APART = 3
_TURN = 3
"""Steps of a turn: what goes, what stays, what comes."""
_OTHER_MATTER = 6
"""So many words on both sides, before or after all that is common, are other matter: what was
left out and what was put on are two things."""
_MOST_BRACKETED = 12
"""Words in brackets may stand for so many of the speaker's."""


class Step(NamedTuple):
    """One step from the fullest wording (`first` to `last`) to ours (`start` to `stop`)."""

    op: EditOp
    first: int
    last: int
    start: int
    stop: int


class _Block(NamedTuple):
    first: int
    start: int
    size: int


def script(fullest: Wording, ours: Wording, resources: Resources) -> list[Step]:
    """Return the steps that turn *fullest* into *ours*, covering every word of both once."""
    blocks = _blocks(_apart(fullest), _apart(ours), resources)
    blocks = _strong(blocks, fullest, ours, resources)
    steps: list[Step] = []
    first = start = 0
    for block in blocks:
        steps += _gap(fullest, ours, (first, block.first), (start, block.start), resources)
        first, start = block.first + block.size, block.start + block.size
        steps.append(Step("equal", block.first, first, block.start, start))
    steps += _gap(fullest, ours, (first, len(fullest)), (start, len(ours)), resources)
    return _joined(_turned(steps, fullest, ours, resources))


def _turned(
    steps: Sequence[Step], fullest: Wording, ours: Wording, resources: Resources
) -> list[Step]:
    """Make one replacement of a word that changed sides of another: "24 May", "May 24"."""
    turned: list[Step] = []
    for step in steps:
        turned.append(step)
        if len(turned) < _TURN:
            continue
        one, middle, other = turned[-_TURN:]
        if middle.op != "equal" or middle.last - middle.first != 1:
            continue
        if {one.op, other.op} != {"drop", "add"}:
            continue
        gone, come = (one, other) if one.op == "drop" else (other, one)
        if gone.last - gone.first == come.stop - come.start == 1 and (
            fullest.keys[gone.first] == ours.keys[come.start]
            or kinship(fullest.keys[gone.first], ours.keys[come.start], resources)
        ):
            whole = Step("replace", one.first, other.last, one.start, other.stop)
            turned[-_TURN:] = [whole]
    return turned


def _apart(wording: Wording) -> tuple[str, ...]:
    """Return the keys of *wording*, those in brackets made unlike the speaker's own words."""
    if not any(wording.bracketed):
        return wording.keys
    marked = zip(wording.keys, wording.bracketed, strict=True)
    return tuple(f"[{key}" if bracketed else key for key, bracketed in marked)


def _blocks(left: Sequence[str], right: Sequence[str], resources: Resources) -> list[_Block]:
    """Return common runs in order, the heaviest found first, then those beside it."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(right):
        at[key].append(number)
    weights = [*map(weigher(resources), left)]
    found: list[_Block] = []
    queue = [(0, len(left), 0, len(right))]
    while queue:
        area = queue.pop()
        block = _heaviest(left, at, weights, area)
        if block is None:
            continue
        found.append(block)
        queue.append((area[0], block.first, area[2], block.start))
        queue.append((block.first + block.size, area[1], block.start + block.size, area[3]))
    return sorted(found)


def _heaviest(
    left: Sequence[str],
    at: dict[str, list[int]],
    weights: Sequence[float],
    area: tuple[int, int, int, int],
) -> _Block | None:
    """Return the common run of most words, then most weight, within *area*; the first of equals."""
    low, high, start, stop = area
    if low >= high or start >= stop:
        return None
    best: _Block | None = None
    best_value = (0, 0.0)
    before: dict[int, tuple[int, float]] = {}
    for number in range(low, high):
        here: dict[int, tuple[int, float]] = {}
        for other in at.get(left[number], ()):
            if start <= other < stop:
                size, weight = before.get(other - 1, (0, 0.0))
                value = (size + 1, weight + weights[number])
                here[other] = value
                if value > best_value:
                    best_value = value
                    best = _Block(number - size, other - size, size + 1)
        before = here
    return best


def _strong(
    blocks: list[_Block], fullest: Wording, ours: Wording, resources: Resources
) -> list[_Block]:
    """Drop runs of few light words that stand alone between long gaps."""
    kept, weigh = list(blocks), weigher(resources)
    changed = True
    while changed:
        changed = False
        for number, block in enumerate(kept):
            weight = sum(map(weigh, fullest.keys[block.first : block.first + block.size]))
            if weight >= _WEAK:
                continue
            before = kept[number - 1] if number else _Block(0, 0, 0)
            after = kept[number + 1] if number + 1 < len(kept) else None
            end = (after.first, after.start) if after else (len(fullest), len(ours))
            gaps = (
                block.first - before.first - before.size + block.start - before.start - before.size,
                end[0] - block.first - block.size + end[1] - block.start - block.size,
            )
            if sum(gaps) > _WEAK_GAP * block.size and (min(gaps) > 0 or _at_edge(number, kept)):
                del kept[number]
                changed = True
                break
    return kept


def _at_edge(number: int, blocks: Sequence[_Block]) -> bool:
    return len(blocks) > 1 and number in (0, len(blocks) - 1)


def _gap(
    fullest: Wording,
    ours: Wording,
    left: tuple[int, int],
    right: tuple[int, int],
    resources: Resources,
) -> Iterator[Step]:
    """Yield the steps between two common runs."""
    if left[0] == left[1] and right[0] == right[1]:
        return
    pair = _kin_pair(fullest, ours, left, right, resources)
    if pair is None:
        if _is_other_matter(fullest, ours, left, right):
            yield Step("drop", *left, right[0], right[0])
            yield Step("add", left[1], left[1], *right)
        else:
            yield from _plain_gap(ours, left, right)
        return
    first, start = pair
    yield from _gap(fullest, ours, (left[0], first), (right[0], start), resources)
    yield Step("replace", first, first + 1, start, start + 1)
    yield from _gap(fullest, ours, (first + 1, left[1]), (start + 1, right[1]), resources)


def _is_other_matter(
    fullest: Wording, ours: Wording, left: tuple[int, int], right: tuple[int, int]
) -> bool:
    """Return whether a gap before or after all that is common holds other words of the speaker."""
    outside = left[0] == right[0] == 0 or (left[1], right[1]) == (len(fullest), len(ours))
    size = min(left[1] - left[0], right[1] - right[0])
    return outside and size >= _OTHER_MATTER and all(ours.quoted[slice(*right)])


def _kin_pair(
    fullest: Wording,
    ours: Wording,
    left: tuple[int, int],
    right: tuple[int, int],
    resources: Resources,
) -> tuple[int, int] | None:
    """Return the first two words of a gap of which one is a form of the other."""
    if (left[1] - left[0], right[1] - right[0]) in ((0, 0), (1, 1)):
        return None
    if (left[1] - left[0]) * (right[1] - right[0]) > _MOST_KIN:
        return None
    pairs = sorted(
        (_apart_by(first, start, left, right), first, start)
        for first in range(*left)
        for start in range(*right)
        if not ours.bracketed[start]
    )
    for apart, first, start in pairs:
        if apart <= _KIN_APART and kinship(fullest.keys[first], ours.keys[start], resources):
            return first, start
    return None


def _apart_by(first: int, start: int, left: tuple[int, int], right: tuple[int, int]) -> int:
    """Return how unlike the places of two words in a gap are, from its nearer end."""
    from_start = abs((first - left[0]) - (start - right[0]))
    from_end = abs((left[1] - first) - (right[1] - start))
    return min(from_start, from_end)


def _plain_gap(ours: Wording, left: tuple[int, int], right: tuple[int, int]) -> Iterator[Step]:
    """Yield a drop, an addition, a replacement, or a replacement beside a cut."""
    (first, last), (start, stop) = left, right
    dropped, added = last - first, stop - start
    if not dropped or not added:
        yield Step("drop" if dropped else "add", first, last, start, stop)
    elif all(ours.bracketed[start:stop]) and dropped <= _MOST_BRACKETED:
        yield Step("replace", first, last, start, stop)
    elif dropped > _MORE * (added + 1):
        if first == 0 and start == 0:
            yield Step("drop", first, last - added, start, start)
            yield Step("replace", last - added, last, start, stop)
        else:
            yield Step("replace", first, first + added, start, stop)
            yield Step("drop", first + added, last, stop, stop)
    elif added > _MORE * (dropped + 1):
        yield Step("replace", first, last, start, start + dropped)
        yield Step("add", last, last, start + dropped, stop)
    else:
        yield Step("replace", first, last, start, stop)


def _joined(steps: Sequence[Step]) -> list[Step]:
    """Join neighbouring steps of one kind, but for replacements."""
    joined: list[Step] = []
    for step in steps:
        if joined and joined[-1].op == step.op != "replace":
            last = joined.pop()
            joined.append(Step(step.op, last.first, step.last, last.start, step.stop))
        else:
            joined.append(step)
    return joined
