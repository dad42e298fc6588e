"""Sentences and tokens with offsets: the in-memory parse of one article, never stored."""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.annotate.found import Parse, Sentence
from onrecord.annotate.glued import glued_borders
from onrecord.folding import fold
from onrecord.records import Article
from onrecord.resources import Resources
from onrecord.spans import Span, trim

__all__ = ["parse", "readable_blocks"]

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[’'\-.]\w+)*|[^\w\s]")
_PARAGRAPH = re.compile(r"[^\n]+")
_ENDS = frozenset(".?!…")
_CLOSERS = frozenset("\"”’'»)]")
_GOES_ON = frozenset(",;:)%&/")
_LONGEST_SENTENCE = 400
"""Words and marks: what runs on without a full stop is cut there, so that rules which look at
the whole of a sentence for each of its verbs stay linear in the length of a text."""
_OPENING_MARKS = frozenset("“‘«„")
_READ = frozenset(("paragraph", "heading", "list", "blockquote", "embed", "caption"))


class _Stops(NamedTuple):
    """What full stops mean behind which words."""

    abbreviations: frozenset[str]
    suffixes: frozenset[str]
    """End a name ("Jr"), so that a sentence may end with their full stop."""
    openers: frozenset[str]
    """Capitalised at the start of a sentence only, folded."""


def readable_blocks(article: Article) -> tuple[Span, ...]:
    """Return the spans that are read for statements: blocks but boilerplate, else lines."""
    if article.blocks:
        found = (trim(article.text, *block.span) for block in article.blocks if block.kind in _READ)
    else:
        found = (trim(article.text, m.start(), m.end()) for m in _PARAGRAPH.finditer(article.text))
    return tuple(span for span in found if span is not None)


def parse(article: Article, resources: Resources) -> Parse:
    """Return the tokens and sentences of *article*."""
    text = article.text
    stops = _Stops(
        abbreviations=resources.words("abbreviations"),
        suffixes=resources.words("name_suffixes"),
        openers=resources.words("name_openers") - resources.words("calendar"),
    )
    endings = resources.words("address_endings")
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[Sentence] = []
    blocks = readable_blocks(article)
    for number, block in enumerate(blocks):
        first = len(words)
        places = _places(text, block, endings)
        words += [text[start:end] for start, end in places]
        starts += [start for start, _ in places]
        ends += [end for _, end in places]
        for sentence in _sentences(words, starts, ends, first, number, stops):
            sentences += _cut(sentence)
    folded = {word: fold(word) for word in frozenset(words)}
    sentence_of: list[int] = []
    for number, sentence in enumerate(sentences):
        sentence_of += [number] * (sentence.last - sentence.first)
    return Parse(
        text=text,
        words=tuple(words),
        lowers=tuple(map(folded.__getitem__, words)),
        starts=tuple(starts),
        ends=tuple(ends),
        sentences=tuple(sentences),
        sentence_of=tuple(sentence_of),
        blocks=blocks,
    )


def _places(text: str, block: Span, endings: Container[str]) -> list[tuple[int, int]]:
    """Return where the tokens of a block stand."""
    places = [match.span() for match in _TOKEN.finditer(text, block.start, block.end)]
    borders = glued_borders(text, block, endings)
    if not borders:
        return places
    parts: list[tuple[int, int]] = []
    for start, end in places:
        inside = borders[bisect_left(borders, start + 1) : bisect_left(borders, end)]
        parts += pairwise((start, *inside, end))
    return parts


def _sentences(
    words: Sequence[str],
    starts: Sequence[int],
    ends: Sequence[int],
    first: int,
    block: int,
    stops: _Stops,
) -> list[Sentence]:
    """Split the tokens from *first* on, all of one block, into sentences."""
    found: list[Sentence] = []
    begin = first
    token = first
    total = len(words)
    for mark in [place for place, word in enumerate(words[first:], first) if word in _ENDS]:
        if mark < token or _is_abbreviation(words, ends, starts, mark, stops):
            continue
        token = mark + 1
        while token < total and words[token] in _ENDS:
            token += 1
        while token < total and words[token] in _CLOSERS and starts[token] == ends[token - 1]:
            if _opens(words, starts, ends, first, token):
                break
            token += 1
        if token < total and not (words[token][0].islower() or words[token] in _GOES_ON):
            found.append(Sentence(begin, token, block))
            begin = token
    if begin < total:
        found.append(Sentence(begin, total, block))
    return found


def _opens(
    words: Sequence[str], starts: Sequence[int], ends: Sequence[int], first: int, token: int
) -> bool:
    """Return whether a straight mark right behind a full stop opens a quotation: `shut."He said`.

    It does where a word follows without a space, and no such mark of the block is open.
    """
    glued = token + 1 < len(words) and starts[token + 1] == ends[token]
    return glued and words[token] == '"' and words[first:token].count('"') % 2 == 0


def _cut(sentence: Sentence) -> list[Sentence]:
    """Return a sentence in pieces of bounded length; nearly always itself."""
    if sentence.last - sentence.first <= _LONGEST_SENTENCE:
        return [sentence]
    return [
        Sentence(begin, min(begin + _LONGEST_SENTENCE, sentence.last), sentence.block)
        for begin in range(sentence.first, sentence.last, _LONGEST_SENTENCE)
    ]


def _is_abbreviation(
    words: Sequence[str],
    ends: Sequence[int],
    starts: Sequence[int],
    token: int,
    stops: _Stops,
) -> bool:
    """Return whether the full stop at *token* belongs to the word before it."""
    if words[token] != "." or token == 0 or starts[token] != ends[token - 1]:
        return False
    before = words[token - 1]
    if len(before) == 1 and before.isupper():
        return True
    return before in stops.abbreviations and not _ends_with_name(words, starts, ends, token, stops)


def _ends_with_name(
    words: Sequence[str], starts: Sequence[int], ends: Sequence[int], token: int, stops: _Stops
) -> bool:
    """Return whether a sentence ends with the full stop of a suffix: "… said Ada Roe Jr. She"."""
    if fold(words[token - 1]) not in stops.suffixes or token + 1 >= len(words):
        return False
    after = words[token + 1]
    if starts[token + 1] == ends[token]:
        return False
    return after in _OPENING_MARKS or (after[0].isupper() and fold(after) in stops.openers)
