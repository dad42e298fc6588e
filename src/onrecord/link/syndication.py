"""Copies of one text to one source: wire copies, revisions, republications.

Two articles are compared by the shingles of their own words, quotations left out, so articles
that share only what people said are never copies. The measure is containment, not similarity:
a trimmed copy lies wholly in its original (Broder 1997).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.link.words import Hashes
from onrecord.records import Copy, CopyKind, Sketch
from onrecord.resources import Resources

__all__ = ["find_copies"]

_CONTAINED = 0.4
"""Share of the shorter text that must lie in the other."""
_OWN = 0.25
"""Share of the copy's own text that must come from the original."""
_FEWEST = 6
"""Shared sampled shingles below which a share means nothing."""
_BOILERPLATE = 3
"""A shingle in so many texts of one outlet is that outlet's, unless most of the text is."""
_POSTING = 32
"""In a longer posting all are compared with its first few only: enough for one original."""
_FIRST = 6
_SAME_TEXT = 0.95


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as compared: `rank` sorts originals first."""

    row: Sketch
    rank: tuple[bool, str, str, int, str]
    shingles: Hashes


@dataclass(frozen=True, slots=True)
class _Pair:
    """What two texts share, as a fraction of each, at the coarser of their samplings."""

    of_left: float
    of_right: float


def find_copies(sketches: Sequence[Sketch], resources: Resources) -> list[Copy]:
    """Return which articles are copies of which, one row per copy, sorted by article.

    An original is never itself a copy. The original of a group is an agency's own page, else
    the first published, else the longest text held: which outlet really wrote it is not known.
    """
    del resources
    twins: dict[tuple[bytes, int], list[_Text]] = defaultdict(list)
    for row in sketches:
        if row.shingles:
            shingles = np.frombuffer(row.shingles, dtype="<u8").astype(np.uint64)
            twins[row.shingles, row.sampled].append(_Text(row, _rank(row), shingles))
    groups = sorted(
        (sorted(group, key=lambda text: text.rank) for group in twins.values()),
        key=lambda group: group[0].rank,
    )
    texts = _without_boilerplate([group[0] for group in groups])
    copies = _assign(texts, _pairs(texts))
    rows = {text.row.article_id: text.row for text in texts}
    original_of = {copy.article_id: rows[copy.original_id] for copy in copies}
    for first, *others in groups:
        original = original_of.get(first.row.article_id, first.row)
        copies += [_copy(text.row, original, 1.0, same_text=True) for text in others]
    return sorted(copies, key=lambda copy: copy.article_id)


def _rank(row: Sketch) -> tuple[bool, str, str, int, str]:
    """Return a key that sorts originals first; a page keeps its date when it is revised."""
    agency_page = row.agency is not None and row.agency == row.outlet
    dates = (row.published or "~", row.modified or "")
    return (not agency_page, *dates, -row.words, row.article_id)


def _without_boilerplate(texts: list[_Text]) -> list[_Text]:
    """Return *texts* without what each outlet repeats from article to article.

    Where an outlet repeats most of a text it is a version of that text, not boilerplate.
    """
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for text in texts:
        if text.row.outlet is not None:
            counts[text.row.outlet].update(text.shingles.tolist())
    cleaned = []
    for text in texts:
        seen = counts.get(text.row.outlet or "", Counter())
        own = [shingle for shingle in text.shingles.tolist() if seen[shingle] < _BOILERPLATE]
        if 2 * len(own) < len(text.shingles):
            cleaned.append(text)
        else:
            cleaned.append(_Text(text.row, text.rank, np.array(own, dtype=np.uint64)))
    return cleaned


def _pairs(texts: list[_Text]) -> dict[tuple[int, int], _Pair]:
    """Return what texts share, for every pair that may be a copy and its original."""
    shared: Counter[tuple[int, int]] = Counter()
    for posting in _postings(texts):
        shared.update(_meetings(posting))
    found = {}
    for (left, right), count in shared.items():
        if count >= _FEWEST // 2:
            pair = _compare(texts[left], texts[right])
            if pair is not None:
                found[left, right] = pair
    return found


def _postings(texts: list[_Text]) -> Iterator[list[int]]:
    """Yield, for each shingle that several texts hold, the numbers of those texts."""
    if not texts:
        return
    hashes = np.concatenate([text.shingles for text in texts])
    numbers = np.repeat(np.arange(len(texts)), [len(text.shingles) for text in texts])
    order = np.lexsort((numbers, hashes))
    hashes, numbers = hashes[order], numbers[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    ends = np.append(starts[1:], len(hashes))
    several = ends - starts > 1
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        yield numbers[start:end].tolist()


def _meetings(posting: list[int]) -> Iterator[tuple[int, int]]:
    firsts = posting if len(posting) <= _POSTING else posting[:_FIRST]
    for place, left in enumerate(firsts):
        for right in posting[place + 1 :]:
            yield left, right


def _compare(left: _Text, right: _Text) -> _Pair | None:
    """Return what two texts share, or None where that is too little to call either a copy."""
    power = max(left.row.sampled, right.row.sampled)
    mask = np.uint64((1 << power) - 1)
    ours = left.shingles[(left.shingles & mask) == 0]
    theirs = right.shingles[(right.shingles & mask) == 0]
    shared = len(np.intersect1d(ours, theirs, assume_unique=True))
    if shared < min(_FEWEST, len(ours), len(theirs)) or not shared:
        return None
    pair = _Pair(shared / len(ours), shared / len(theirs))
    enough = max(pair.of_left, pair.of_right) >= _CONTAINED
    return pair if enough and pair.of_right >= _OWN else None


def _assign(texts: list[_Text], pairs: dict[tuple[int, int], _Pair]) -> list[Copy]:
    """Give each text, originals first, the best original it shares enough with."""
    earlier: dict[int, list[tuple[float, int, _Pair]]] = defaultdict(list)
    for (left, right), pair in pairs.items():
        earlier[right].append((-pair.of_right, left, pair))
    root = list(range(len(texts)))
    copies = []
    for number, text in enumerate(texts):
        if number not in earlier:
            continue
        _, source, pair = min(earlier[number], key=lambda item: item[:2])
        root[number] = root[source]
        same = min(pair.of_left, pair.of_right) >= _SAME_TEXT
        copies.append(_copy(text.row, texts[root[source]].row, pair.of_right, same_text=same))
    return copies


def _copy(row: Sketch, source: Sketch, shared: float, *, same_text: bool) -> Copy:
    return Copy(
        article_id=row.article_id,
        original_id=source.article_id,
        kind=_kind(row, source, same_text=same_text),
        agency=row.agency or source.agency,
        shared=round(shared, 3),
        method="same words" if shared == 1.0 and same_text else "containment of 5-grams",
    )


def _kind(row: Sketch, source: Sketch, *, same_text: bool) -> CopyKind:
    """Another outlet's text is a wire copy; one's own is a revision, or the same again.

    Where an outlet is not known only an agency's name makes a wire copy.
    """
    if row.outlet is None or source.outlet is None:
        return "wire" if row.agency or source.agency else "republication"
    if row.outlet != source.outlet:
        return "wire"
    return "republication" if same_text else "revision"
