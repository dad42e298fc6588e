"""A small fingerprint of an article, enough to find its copies and its story.

Terms: the words that weigh most by frequency in the article and rarity in the language.
Shingles: runs of five words outside quotations, sampled by hash, so that two articles sample
the same runs (Broder 1997; the sampling by residue keeps containment measurable).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np

from onrecord.link.words import BREAK, RARE_RATE, Hashes, hashes_of, rates, term, word_list
from onrecord.records import Annotation, Article, Sketch
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["sketch"]

_MOST_TERMS = 64
_MOST_SHINGLES = 256
_SHINGLE = 5
_LEAD_WORDS = 60
_LEAD_WEIGHT = 2
_TITLE_WEIGHT = 3
_COMMON_RATE = 3000
"""Words in more than three of ten articles say nothing of the story."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_QUOTED = re.compile(r"“[^“”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|«[^«»\n]*(?:»|$)", re.MULTILINE)
_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ -]{1,40}(?:, [A-Z][A-Za-z. ]{1,30})? \(([A-Z][\w&’' -]{1,30})\) ?[-–—]",
    re.MULTILINE,
)
"""A town in capitals, then in brackets whose text it is: an agency that no list knows."""
_EDGE = 300
"""Datelines and credit lines stand within so many characters of an article's ends."""


def sketch(annotation: Annotation, resources: Resources) -> Sketch:
    """Return the fingerprint of an annotated article."""
    article = annotation.article
    read = "\n".join(span.of(article.text) for span in _read(article))
    words = word_list(read)
    terms = _terms(words, word_list(article.title or ""), resources)
    shingles, sampled = _sample(_shingles(_own_words(annotation)))
    return Sketch(
        article_id=article.id,
        outlet=article.outlet,
        published=article.published,
        modified=article.modified,
        title=article.title,
        words=len(words),
        terms=hashes_of([word for word, _ in terms]).astype("<u8").tobytes(),
        counts=np.array([count for _, count in terms], dtype="<u2").tobytes(),
        shingles=shingles.astype("<u8").tobytes(),
        sampled=sampled,
        agency=_agency(article, resources),
    )


def _read(article: Article) -> Iterator[Span]:
    """Return the spans of an article's own words: everything but boilerplate."""
    if not article.blocks and article.text:
        yield Span(0, len(article.text))
    for block in article.blocks:
        if block.kind != "boilerplate":
            yield block.span


def _terms(words: list[str], title: list[str], resources: Resources) -> list[tuple[str, int]]:
    """Return the terms that weigh most, with weighted counts, sorted by term."""
    counts: dict[str, int] = {"": 0}
    for weight, part in (
        (1, words),
        (_LEAD_WEIGHT - 1, words[:_LEAD_WORDS]),
        (_TITLE_WEIGHT, title),
    ):
        for word, count in Counter(part).items():
            key = term(word)
            counts[key] = counts.get(key, 0) + weight * count
    del counts[""]
    table = rates(resources)
    weighed = []
    for word, count in counts.items():
        rate = table.get(word, RARE_RATE)
        if rate < _COMMON_RATE:
            weighed.append((-(1 + math.log(count)) * math.log(10_000 / rate), word))
    weighed.sort()
    return sorted((word, min(counts[word], 0xFFFF)) for _, word in weighed[:_MOST_TERMS])


def _own_words(annotation: Annotation) -> list[str]:
    """Return the words that are the article's own: quotations are replaced by a `BREAK`."""
    article = annotation.article
    spoken = sorted(
        span
        for row in annotation.statements
        if row.mode in ("direct", "embedded")
        for span in row.content
    )
    pieces: list[str] = []
    first = 0  # what ends before a block is not looked at for the blocks after it
    for block in _read(article):
        at = block.start
        while first < len(spoken) and spoken[first].end <= at:
            first += 1
        for number in range(first, len(spoken)):
            span = spoken[number]
            if span.start >= block.end:
                break
            if span.end <= at:
                continue
            pieces.append(article.text[at : max(at, span.start)])
            pieces.append(f" {BREAK} ")
            at = min(span.end, block.end)
        pieces.append(article.text[at : block.end])
        pieces.append("\n")
    return word_list(_QUOTED.sub(f" {BREAK} ", "".join(pieces)))


def _shingles(words: list[str]) -> Hashes:
    """Return the distinct hashes of runs of five words, sorted; none crosses a `BREAK`."""
    count = len(words) - _SHINGLE + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    hashes = hashes_of(words)
    breaks = np.cumsum(np.array([word == BREAK for word in words], dtype=np.int64))
    broken = np.concatenate((np.zeros(1, dtype=np.int64), breaks))
    whole = broken[_SHINGLE:] == broken[:count]
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(_SHINGLE):
        mixed = (mixed + hashes[offset : offset + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed[whole])


def _sample(shingles: Hashes) -> tuple[Hashes, int]:
    """Keep the shingles that the smallest power of two divides which leaves few enough."""
    power = 0
    kept = shingles
    while len(kept) > _MOST_SHINGLES:
        power += 1
        kept = shingles[(shingles & np.uint64((1 << power) - 1)) == 0]
    return kept, power


@cache
def _agency_names(resources: Resources) -> dict[str, str]:
    return {row[0]: row[1] for row in resources.tables["agencies"]}


@cache
def _credits(resources: Resources) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a dateline, "TOWN (AGENCY) -", and of a credit line at the end."""
    names = "|".join(re.escape(name) for name in sorted(_agency_names(resources), key=len)[::-1])
    dateline = re.compile(rf"\(({names})\)\s*[-–—:]|^({names})\s*[-–—]\s", re.MULTILINE)
    # They are looked for within so many characters: no more can stand between.
    marks = rf"\W{{0,{_EDGE}}}"
    credit = re.compile(
        rf"^{marks}(?:(?:Source|Credit|From|By|Copyright|©)\W{marks}(?:\d{{1,{_EDGE}}}\W{marks})?)?"
        rf"({names}){marks}$|\((?:{names})\){marks}$",
        re.MULTILINE,
    )
    return dateline, credit


def _agency(article: Article, resources: Resources) -> str | None:
    """Return the agency that a byline, dateline or credit line names."""
    names = _agency_names(resources)
    for author in (*article.byline, article.outlet or ""):
        if author in names:
            return names[author]
    dateline, credit = _credits(resources)
    head, tail = article.text[:_EDGE], article.text[-_EDGE:]
    for pattern, part in ((dateline, head), (credit, head), (credit, tail)):
        found = pattern.search(part)
        if found:
            printed = next((group for group in found.groups() if group), None)
            return names[printed or found.group().strip("() \n\t.")]
    unlisted = _DATELINE.search(head)
    return unlisted.group(1) if unlisted else None
