"""What several articles tell of one thing, put together: each thing's best partner elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from onrecord.ids import ArticleId

__all__ = ["joined", "neighbours"]

Thing = TypeVar("Thing")


def joined(
    things: Sequence[Thing],
    owners: Sequence[ArticleId],
    weight: Callable[[Thing, Thing], float],
    keys: Callable[[Thing], Iterable[Hashable]],
) -> list[list[Thing]]:
    """Return groups of two or more things joined by pairs that are each other's best partner.

    *owners* are the articles of *things*, and *weight* says how surely two are the same, 0 where
    they are not; only two that share one of their *keys* are weighed, so that a long story does
    not cost the square of its length. Of equally sure partners in one article the first in the
    text counts.
    """
    root = list(range(len(things)))

    def find(one: int) -> int:
        while root[one] != one:
            one = root[one]
        return one

    for left, right in _partners(things, owners, weight, keys):
        first, second = sorted((find(left), find(right)))
        root[second] = first
    members: dict[int, list[Thing]] = {}
    for number, thing in enumerate(things):
        members.setdefault(find(number), []).append(thing)
    return [group for group in members.values() if len(group) > 1]


def neighbours(
    things: Sequence[Thing], keys: Callable[[Thing], Iterable[Hashable]]
) -> Iterator[tuple[int, int]]:
    """Yield the numbers of every two things that share a key, some more than once."""
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        for key in keys(thing):
            by_key[key].append(number)
    for numbers in by_key.values():
        yield from combinations(numbers, 2)


def _partners(
    things: Sequence[Thing],
    owners: Sequence[ArticleId],
    weight: Callable[[Thing, Thing], float],
    keys: Callable[[Thing], Iterable[Hashable]],
) -> list[tuple[int, int]]:
    best: dict[tuple[int, ArticleId], tuple[float, int]] = {}
    for left, right in neighbours(things, keys):
        sure = weight(things[left], things[right]) if owners[left] != owners[right] else 0.0
        if not sure:
            continue
        for mine, theirs in ((left, right), (right, left)):
            key = (mine, owners[theirs])
            # Of equals the first in the text: -theirs breaks the tie.
            best[key] = max(best.get(key, (0.0, 0)), (sure, -theirs))
    return [
        (mine, -theirs)
        for (mine, _), (_, theirs) in sorted(best.items())
        if mine < -theirs and -best.get((-theirs, owners[mine]), (0.0, 1))[1] == mine
    ]
