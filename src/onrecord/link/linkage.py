"""Average linkage on a sparse graph (Sokal and Michener 1958)."""

import heapq
from collections.abc import Callable, Mapping

__all__ = ["Edges", "average_linkage"]

Edges = dict[int, dict[int, int]]
"""Similarity of two items, both ways round, in whole units: sums do not depend on order."""


def average_linkage(
    total: int,
    edges: Edges,
    threshold: int,
    most: int,
    allowed: Callable[[list[int], list[int]], bool] = lambda _one, _other: True,
    counts: Mapping[int, int] | None = None,
) -> list[list[int]]:
    """Return clusters of the items 0 to *total*, each sorted, the whole sorted by first member.

    Clusters are joined while the similarity of their members is at least *threshold* on average;
    a pair without an edge counts as 0. An item is taken to have been compared with *most* others
    at most. Clusters that are not *allowed* to be one are never joined. An item may stand for several, as
    many as *counts* says. Ties go to the clusters with the smallest members, so the result has one
    form only.

    >>> average_linkage(4, {0: {1: 9, 2: 4}, 1: {0: 9, 2: 6}, 2: {0: 4, 1: 6}}, 5, 100)
    [[0, 1, 2], [3]]
    """
    members = {number: [number] for number in range(total)}
    sizes = {number: (counts or {}).get(number, 1) for number in members}
    queue = [
        (-value, left, right, 1, 1)
        for left, row in edges.items()
        for right, value in row.items()
        if left < right and value >= threshold
    ]
    sums = {
        left: {right: value * sizes[left] * sizes[right] for right, value in row.items()}
        for left, row in edges.items()
    }
    heapq.heapify(queue)
    while queue:
        _, left, right, left_size, right_size = heapq.heappop(queue)
        current = (len(members.get(left, ())), len(members.get(right, ())))
        if current != (left_size, right_size) or not allowed(members[left], members[right]):
            continue
        _merge(sums, left, right)
        members[left] = sorted(members[left] + members.pop(right))
        size = sizes[left] = sizes[left] + sizes[right]
        for other, value in sums[left].items():
            other_size = sizes[other]
            pairs = min(size * other_size, most * min(size, other_size))
            if value >= threshold * pairs:
                first, second = sorted((left, other))
                entry = (-value // pairs, first, second)
                heapq.heappush(queue, (*entry, len(members[first]), len(members[second])))
    return sorted(members.values())


def _merge(sums: Edges, left: int, right: int) -> None:
    """Add the similarities of cluster *right* to those of *left*."""
    for other, value in sums.pop(right).items():
        del sums[other][right]
        if other != left:
            sums[left][other] = sums[left].get(other, 0) + value
            sums[other][left] = sums[left][other]
