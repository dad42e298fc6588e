"""Candidate pairs from shared runs of rare words, for a few quotations or for millions.

Every run of three words whose rarity adds up to enough is a seed, and every pair of very rare
words; quotations that share a seed are worth comparing. Runs of three find cuts and changed words, which comparing whole sets of
words (MinHash) does not: a quotation cut to a fifth is hardly similar to the whole, yet its
words all stand there. What needs to be held is one number a seed, so the work is one sort.
"""

import numpy as np
import numpy.typing as npt

from onrecord.repeated import held_twice

__all__ = ["seed_pairs"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_RUNS = ((3, 4.0), (2, 9.5))
"""Words in a seed, and the rarity (natural logarithms of inverse frequency) they add up to."""
_MOST_HOLDERS = 64
"""A seed that more quotations hold links each with the next only: still one component."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


def seed_pairs(tokens: Ints, lengths: Ints, weights: Floats) -> Ints:
    """Return the pairs of quotations that share a seed, as rows (left, right) with left < right.

    Args:
        tokens: the word numbers of all quotations, one after the other.
        lengths: the number of words of each quotation.
        weights: the rarity of each word number.

    Returns:
        Distinct pairs in ascending order; shape (pairs, 2).
    """
    seeds = [_seeds(tokens, lengths, weights, *run) for run in _RUNS]
    owners = np.concatenate([part[0] for part in seeds])
    hashes = np.concatenate([part[1] for part in seeds])
    held = held_twice(hashes.view(np.int64))  # a seed that one quotation holds finds no pair
    owners, hashes = owners[held], hashes[held]
    order = np.argsort(hashes, kind="stable")
    owners, hashes = owners[order], hashes[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    sizes = np.diff(np.append(starts, len(hashes)))
    place = np.arange(len(hashes)) - np.repeat(starts, sizes)
    left_in = np.repeat(sizes, sizes) - place - 1  # how many holders follow in the posting
    crowded = np.repeat(sizes > _MOST_HOLDERS, sizes)
    reach = np.where(crowded, np.minimum(left_in, 1), left_in)
    first = np.repeat(np.arange(len(hashes)), reach)
    steps = np.arange(len(first)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    left, right = owners[first], owners[first + steps]
    low, high = np.minimum(left, right), np.maximum(left, right)
    apart = low != high
    codes = np.unique(low[apart] * len(lengths) + high[apart])
    return np.stack(np.divmod(codes, max(1, len(lengths))), axis=1)


def _seeds(
    tokens: Ints, lengths: Ints, weights: Floats, run: int, least: float
) -> tuple[Ints, npt.NDArray[np.uint64]]:
    """Return the quotation and the hash of every seed of *run* words."""
    count = len(tokens) - run + 1
    if count <= 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    weight = np.concatenate(([0.0], np.cumsum(weights[tokens])))
    inside = owner[:count] == owner[run - 1 :]
    at = np.flatnonzero(inside & (weight[run:] - weight[:count] >= least))
    hashes = np.zeros(len(at), dtype=np.uint64)
    for offset in range(run):
        hashes = (hashes + tokens[at + offset].astype(np.uint64) + np.uint64(1)) * _MIX
        hashes ^= hashes >> np.uint64(29)
    return owner[at], hashes
