"""Sentences and tokens with offsets: the in-memory parse of one article, never stored."""

import re

from onrecord.annotate.found import Parse, Sentence
from onrecord.folding import fold
from onrecord.records import Article
from onrecord.resources import Resources
from onrecord.spans import Span, trim

__all__ = ["parse", "readable_blocks"]

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[’'\-.]\w+)*|[^\w\s]")
_PARAGRAPH = re.compile(r"[^\n]+")
_ENDS = frozenset(".?!…")
_CLOSERS = frozenset("\"”’'»)]")
_READ = frozenset(("paragraph", "heading", "list", "blockquote", "embed", "caption"))


def readable_blocks(article: Article) -> tuple[Span, ...]:
    """Return the spans that are read for statements: blocks but boilerplate, else lines."""
    if article.blocks:
        return tuple(block.span for block in article.blocks if block.kind in _READ)
    found = (trim(article.text, m.start(), m.end()) for m in _PARAGRAPH.finditer(article.text))
    return tuple(span for span in found if span is not None)


def parse(article: Article, resources: Resources) -> Parse:
    """Return the tokens and sentences of *article*."""
    abbreviations = resources.words("abbreviations")
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[Sentence] = []
    blocks = readable_blocks(article)
    for number, block in enumerate(blocks):
        first = len(words)
        for match in _TOKEN.finditer(article.text, block.start, block.end):
            words.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        sentences += _sentences(words, starts, ends, first, number, abbreviations)
    sentence_of = [0] * len(words)
    for number, sentence in enumerate(sentences):
        for token in range(sentence.first, sentence.last):
            sentence_of[token] = number
    return Parse(
        text=article.text,
        words=tuple(words),
        lowers=tuple(map(fold, words)),
        starts=tuple(starts),
        ends=tuple(ends),
        sentences=tuple(sentences),
        sentence_of=tuple(sentence_of),
        blocks=blocks,
    )


def _sentences(
    words: list[str],
    starts: list[int],
    ends: list[int],
    first: int,
    block: int,
    abbreviations: frozenset[str],
) -> list[Sentence]:
    """Split the tokens from *first* on, all of one block, into sentences."""
    found: list[Sentence] = []
    begin = first
    token = first
    total = len(words)
    while token < total:
        if words[token] in _ENDS and not _is_abbreviation(
            words, ends, starts, token, abbreviations
        ):
            after = token + 1
            while after < total and (words[after] in _ENDS or words[after] in _CLOSERS):
                if words[after] in _CLOSERS and starts[after] != ends[after - 1]:
                    break
                after += 1
            if after < total and not words[after][0].islower():
                found.append(Sentence(begin, after, block))
                begin = after
            token = after
            continue
        token += 1
    if begin < total:
        found.append(Sentence(begin, total, block))
    return found


def _is_abbreviation(
    words: list[str],
    ends: list[int],
    starts: list[int],
    token: int,
    abbreviations: frozenset[str],
) -> bool:
    if words[token] != "." or token == 0 or starts[token] != ends[token - 1]:
        return False
    before = words[token - 1]
    return (len(before) == 1 and before.isupper()) or before in abbreviations
