"""Recall of the search for candidate pairs against exhaustive alignment, and its speed.

    python bench/quotation_candidates.py --shared ../shared

Recall: every pair of quotations of `polnear` (train and dev) of four words or more is aligned
(Gotoh, local; match = rarity, mismatch and first gap -1.5, each further gap -0.1), but those whose
shared words cannot reach the score 10. A pair counts as one utterance at score 16, or at 10 if
80 % of the weight of the shorter one is matched; the search is asked to find these pairs.

Speed: the same quotations repeated with a changed vocabulary, from word numbers to clusters:
seeds, candidate pairs, alignment, and joining of accepted pairs.
"""

import argparse
import json
import re
import resource
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel

from onrecord.link.seeds import seed_pairs

QUOTED = re.compile(r"“([^“”\n]+)”|\"([^\"\n]+)\"")
WORD = re.compile(r"\w+(?:[’']\w+)*")
LEAST_WORDS = 4
MATCHED, CERTAIN, COVER = 10.0, 16.0, 0.8
BATCH_CELLS = 4_000_000
MISMATCH, FIRST_GAP, NEXT_GAP = np.float32(-1.5), np.float32(-1.5), np.float32(-0.1)


def quotations(shared):
    """Return the words of every quotation, and the rarity of every word by articles."""
    found, holders, articles = [], Counter(), 0
    for name in ("train", "dev"):
        for line in (shared / f"data/polnear/{name}.jsonl").read_text("utf-8").split("\n"):
            if not line:
                continue
            text = json.loads(line)["text"]
            articles += 1
            holders.update(set(WORD.findall(text.lower())))
            for match in QUOTED.finditer(text):
                words = WORD.findall((match.group(1) or match.group(2)).lower())
                if len(words) >= LEAST_WORDS:
                    found.append(words)
    numbers = {word: number for number, word in enumerate(sorted({w for q in found for w in q}))}
    weights = np.clip(np.log(articles / np.array([holders[word] for word in numbers])), 0.25, 6.0)
    return [np.array([numbers[word] for word in words]) for words in found], weights


def reachable(quotes, weights):
    """Return the pairs whose shared words could reach the least score: no other can."""
    counts = [Counter(quote.tolist()) for quote in quotes]
    postings = defaultdict(list)
    for number, count in enumerate(counts):
        for word, times in count.items():
            postings[word].append((number, times))
    arrays = {word: np.array(rows).T for word, rows in postings.items()}
    pairs = []
    for number, count in enumerate(counts):
        mass = np.zeros(len(quotes))
        for word, times in count.items():
            others, theirs = arrays[word]
            mass[others] += weights[word] * np.minimum(times, theirs)
        later = np.flatnonzero(mass[number + 1 :] >= MATCHED) + number + 1
        pairs += [(number, int(other)) for other in later]
    return np.array(pairs)


def aligned(quotes, pairs, weights):
    """Return the local alignment score of each pair, and the weight that its path matches."""
    lengths = np.array([len(quote) for quote in quotes])
    swap = lengths[pairs[:, 0]] > lengths[pairs[:, 1]]
    short = np.where(swap, pairs[:, 1], pairs[:, 0])
    long = np.where(swap, pairs[:, 0], pairs[:, 1])
    scores, matched = np.zeros(len(pairs)), np.zeros(len(pairs))
    order = np.lexsort((lengths[long], lengths[short]))
    at = 0
    while at < len(order):
        size = max(1, BATCH_CELLS // int(lengths[long[order[at]]] + 1) // 40)
        batch = order[at : at + size]
        at += size
        scores[batch], matched[batch] = gotoh(
            padded([quotes[n] for n in short[batch]], -1),
            padded([quotes[n] for n in long[batch]], -2),
            np.append(weights, [0.0, 0.0]),
        )
    return scores, matched


def padded(rows, fill):
    width = max(map(len, rows))
    table = np.full((len(rows), width), fill)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


class Diagonal:
    """Scores along one diagonal of many tables: best path, gap on either side, matched weights."""

    def __init__(self, count, rows):
        low = np.float32(-1e9)
        self.h, self.m, self.em, self.fm = (np.zeros((count, rows), np.float32) for _ in range(4))
        self.e, self.f = (np.full((count, rows), low, np.float32) for _ in range(2))


def gotoh(left, right, weights):
    """Align many pairs at once, one diagonal of the table after the other (float32)."""
    count, rows = left.shape
    columns = right.shape[1]
    gain = weights.astype(np.float32)
    best, best_match = np.zeros(count, np.float32), np.zeros(count, np.float32)
    before, last = Diagonal(count, rows + 1), Diagonal(count, rows + 1)
    for number in range(2, rows + columns + 1):
        i = np.arange(max(1, number - columns), min(rows, number - 1) + 1)
        a, same = left[:, i - 1], left[:, i - 1] == right[:, number - i - 1]
        here = Diagonal(count, rows + 1)
        here.e[:, i], here.em[:, i] = gap(last.h[:, i], last.e[:, i], last.m[:, i], last.em[:, i])
        here.f[:, i], here.fm[:, i] = gap(
            last.h[:, i - 1], last.f[:, i - 1], last.m[:, i - 1], last.fm[:, i - 1]
        )
        along = before.h[:, i - 1] + np.where(same, gain[a], MISMATCH)
        along_m = before.m[:, i - 1] + np.where(same, gain[a], np.float32(0))
        top = np.maximum(along, np.maximum(here.e[:, i], here.f[:, i]))
        from_gap = np.where(here.e[:, i] >= here.f[:, i], here.em[:, i], here.fm[:, i])
        here.m[:, i] = np.where(top <= 0, 0, np.where(along >= top, along_m, from_gap))
        here.h[:, i] = np.maximum(top, 0)
        peak = i[here.h[:, i].argmax(axis=1)]
        highest = here.h[np.arange(count), peak]
        best_match = np.where(highest > best, here.m[np.arange(count), peak], best_match)
        best = np.maximum(best, highest)
        before, last = last, here
    return best, best_match


def gap(opened, going, opened_match, going_match):
    """Return the score of opening a gap here or going on with one, and its matched weight."""
    start, on = opened + FIRST_GAP, going + NEXT_GAP
    return np.maximum(start, on), np.where(start >= on, opened_match, going_match)


def accepted(quotes, pairs, weights):
    scores, matched = aligned(quotes, pairs, weights)
    totals = np.array([weights[quote].sum() for quote in quotes])
    least = np.minimum(totals[pairs[:, 0]], totals[pairs[:, 1]])
    return (scores >= CERTAIN) | ((scores >= MATCHED) & (matched >= COVER * least))


def chained(left, right, weights):
    """Return the best chain of common runs of two quotations, and the weight it matches.

    The runs are those of a longest common subsequence; what lies between two of them costs what
    it costs in the alignment. Quicker than the full table, and all that the speed run needs.
    """
    best = best_match = total = match = 0.0
    end, weighs = None, weights[left].tolist()
    for op in Indel.opcodes(left, right):
        if op.tag != "equal":
            continue
        gain = sum(weighs[op.src_start : op.src_end])
        cost = 0.0
        if end is not None:
            gaps = (op.src_start - end[0], op.dest_start - end[1])
            cost = 1.5 * min(gaps) + sum(
                1.4 + 0.1 * gap for gap in (abs(gaps[0] - gaps[1]),) if gap
            )
        if total - cost <= 0:
            total, match = gain, gain
        else:
            total, match = total - cost + gain, match + gain
        end = (op.src_end, op.dest_end)
        if total > best:
            best, best_match = total, match
    return best, best_match


def quickly_accepted(quotes, pairs, weights):
    ends = np.cumsum([len(quote) for quote in quotes])
    totals = np.add.reduceat(weights[np.concatenate(quotes)], np.append(0, ends[:-1]))
    least = np.minimum(totals[pairs[:, 0]], totals[pairs[:, 1]])
    chains = [chained(quotes[one], quotes[other], weights) for one, other in pairs.tolist()]
    scores, matched = np.array(chains).T
    return (scores >= CERTAIN) | ((scores >= MATCHED) & (matched >= COVER * least))


def clusters(total, pairs):
    """Return the number of clusters: the smallest member spreads along accepted pairs."""
    root = np.arange(total)
    while True:
        low = np.minimum(root[pairs[:, 0]], root[pairs[:, 1]])
        new = root.copy()
        np.minimum.at(new, pairs[:, 0], low)
        np.minimum.at(new, pairs[:, 1], low)
        if (new == root).all():
            return len(np.unique(root))
        root = new[new]


def search(quotes, weights):
    lengths = np.array([len(quote) for quote in quotes])
    return seed_pairs(np.concatenate(quotes), lengths, weights)


def recall(quotes, weights):
    start = time.process_time()
    pairs = reachable(quotes, weights)
    same = pairs[accepted(quotes, pairs, weights)]
    spent = time.process_time() - start
    found = search(quotes, weights)
    total = len(quotes) * (len(quotes) - 1) // 2
    wanted = set(map(tuple, same.tolist()))
    hit = len(wanted & set(map(tuple, found.tolist())))
    print(
        f"{len(quotes)} quotations, {total} pairs; exhaustive: {len(pairs)} aligned, {spent:.0f} s"
    )
    print(
        f"one utterance: {len(wanted)}; candidates {len(found)} = {len(found) / total:.1e} of pairs"
    )
    print(f"recall {100 * hit / len(wanted):.1f} %")
    quick = set(map(tuple, found[quickly_accepted(quotes, found, weights)].tolist()))
    full = set(map(tuple, found[accepted(quotes, found, weights)].tolist()))
    print(
        f"accepted: {len(full)} by alignment, {len(quick)} by chains, {len(full & quick)} by both"
    )


def speed(quotes, weights, count):
    """Time *count* quotations, copies of the set with disjoint vocabularies."""
    rounds = -(-count // len(quotes))
    many = [quote + turn * len(weights) for turn in range(rounds) for quote in quotes][:count]
    rarity = np.tile(weights, rounds)
    start = time.process_time()
    pairs = search(many, rarity)
    kept = pairs[quickly_accepted(many, pairs, rarity)]
    groups = clusters(count, kept)
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} quotations: {len(pairs)} candidates, {len(kept)} accepted, {groups} clusters, "
        f"{count / spent:.0f} quotations/s, peak memory {memory:.0f} MB"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--counts", type=int, nargs="*", default=[100_000, 1_000_000])
    options = parser.parse_args()
    quotes, weights = quotations(options.shared)
    recall(quotes, weights)
    for count in options.counts:
        speed(quotes, weights, count)


if __name__ == "__main__":
    main()
