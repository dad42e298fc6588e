"""Blocks of an article to windows of subwords, and windows to scores of the attribution model.

A window is run by itself: the int8 model scales its activations by the largest value of what
it is given, so that windows run side by side would change each other's scores.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.found import Parse
from onrecord.annotate.shapes import FOLD, letter_shape, quote_states
from onrecord.models import TaggerModel

__all__ = ["BREAK", "Scores", "block_tokens", "score_windows"]

BREAK = -1
"""Stands for a token where a window goes from one block to the next."""

_START, _SEPARATOR = 101, 102  # [CLS] and [SEP] of the vocabulary
_OUTSIDE, _PUNCTUATION = 0, 5  # what `shapes` says of a separator

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Scores(NamedTuple):
    """What the model says of the tokens of one window; `W` tokens, breaks included."""

    tokens: Ints
    """Number of each token in the parse, or `BREAK`; shape [W]."""
    tags: Floats
    """Score of each tag; shape [W, 7]."""
    speech: Floats
    """Log odds that the token, if a cue, is one of speech; shape [W]."""
    links: Floats
    """Content to cue, content to source, cue to source: score of each token, or of none
    (last column); shape [3, W, W + 1]."""


class _Piece(NamedTuple):
    """Tokens that a window holds whole, with their number of subwords."""

    first: int
    last: int
    size: int
    block: int


class _Subwords(NamedTuple):
    ids: Ints
    first: Ints
    """Place in `ids` of the first subword of each token, and the end after the last."""
    token: Ints
    quote: Ints
    shape: Ints


def score_windows(parse: Parse, keep: Sequence[bool], model: TaggerModel) -> Iterator[Scores]:
    """Yield the scores of an article's windows in text order; blocks not in *keep* are left out.

    Windows never cross articles, so the result is the same in any batch.
    """
    ranges = block_tokens(parse)
    subwords = _subwords(parse, ranges, keep, model)
    pieces = [
        piece
        for number, (first, last) in enumerate(ranges)
        if keep[number] and first < last
        for piece in _pieces(parse, subwords, number, first, last, model.window - 2)
    ]
    for window in _pack(parse, pieces, model):
        yield _run(window, subwords, model)


def block_tokens(parse: Parse) -> list[tuple[int, int]]:
    """Return the tokens of each block as half-open ranges."""
    ranges = [(0, 0)] * len(parse.blocks)
    for sentence in parse.sentences:
        first, last = ranges[sentence.block]
        ranges[sentence.block] = (first if last else sentence.first, sentence.last)
    return ranges


def _subwords(
    parse: Parse, ranges: list[tuple[int, int]], keep: Sequence[bool], model: TaggerModel
) -> _Subwords:
    """Cut the blocks to *keep* into subwords, and align them with the tokens."""
    kept = [number for number, one in enumerate(keep) if one]
    blocks = [parse.blocks[number] for number in kept]
    texts = [parse.text[block.start : block.end].translate(FOLD) for block in blocks]
    ids: list[int] = []
    starts: list[int] = []
    quotes = np.full(len(parse.words), _OUTSIDE, np.int64)
    shapes = np.full(len(parse.words), _PUNCTUATION, np.int64)
    for number, block, encoded in zip(kept, blocks, model.encode(texts), strict=True):
        ids += encoded.ids
        starts += [offset + block.start for offset, _ in encoded.offsets]
        words = parse.words[slice(*ranges[number])]
        quotes[slice(*ranges[number])] = quote_states(words)
        shapes[slice(*ranges[number])] = [letter_shape(word) for word in words]
    begins = np.asarray(parse.starts, np.int64)
    places = np.asarray(starts, np.int64)
    token = np.maximum(np.searchsorted(begins, places, "right") - 1, 0)
    # A token without a subword of its own (a stray control character) takes the next one.
    first_of = np.searchsorted(token, np.arange(len(begins) + 1))
    return _Subwords(np.asarray(ids, np.int64), first_of, token, quotes, shapes)


def _pieces(
    parse: Parse, subwords: _Subwords, block: int, first: int, last: int, limit: int
) -> Iterator[_Piece]:
    """Yield a block whole where it fits a window, else cut after a sentence or a token."""
    place = subwords.first
    while first < last:
        end = last
        if place[last] - place[first] > limit:
            fitting = int(np.searchsorted(place, place[first] + limit, "right")) - 1
            end = _sentence_end(parse, first, min(max(fitting, first + 1), last))
        yield _Piece(first, end, int(place[end] - place[first]), block)
        first = end


def _sentence_end(parse: Parse, first: int, fitting: int) -> int:
    sentence = parse.sentences[parse.sentence_of[fitting - 1]]
    if fitting == sentence.last or sentence.first <= first:
        return fitting
    return sentence.first


def _pack(parse: Parse, pieces: list[_Piece], model: TaggerModel) -> Iterator[list[_Piece]]:
    """Yield groups of pieces that share a window.

    Short windows are read better than long ones, so several blocks share one only up to
    `model.packed` subwords.
    """
    window: list[_Piece] = []
    size = 1
    for group in _kept_together(parse, pieces, model.window):
        added = sum(piece.size + 1 for piece in group)
        if window and size + added > model.packed:
            yield window
            window, size = [], 1
        window += group
        size += added
    if window:
        yield window


def _kept_together(parse: Parse, pieces: list[_Piece], limit: int) -> Iterator[list[_Piece]]:
    """Yield the pieces one by one, but words that end with a colon with what they announce."""
    group: list[_Piece] = []
    size = 1
    for piece in pieces:
        announced = group and parse.words[group[-1].last - 1] == ":"
        if group and not (announced and size + piece.size + 1 <= limit):
            yield group
            group, size = [], 1
        group.append(piece)
        size += piece.size + 1
    if group:
        yield group


def _run(window: list[_Piece], subwords: _Subwords, model: TaggerModel) -> Scores:
    separator, outside, punctuation, gap = (
        np.asarray([value], np.int64) for value in (_SEPARATOR, _OUTSIDE, _PUNCTUATION, BREAK)
    )
    ids, quote, shape = [np.asarray([_START], np.int64)], [outside], [punctuation]
    first: list[Ints] = []
    tokens: list[Ints] = []
    size = 1
    for piece in window:
        begin, end = subwords.first[piece.first], subwords.first[piece.last]
        of = subwords.token[begin:end]
        ids += [subwords.ids[begin:end], separator]
        quote += [subwords.quote[of], outside]
        shape += [subwords.shape[of], punctuation]
        places = subwords.first[piece.first : piece.last] - begin + size
        first += [places, np.asarray([size + piece.size], np.int64)]
        tokens += [np.arange(piece.first, piece.last, dtype=np.int64), gap]
        size += piece.size + 1
    tags, speech, links = model.run(
        np.concatenate(ids)[None],
        np.concatenate(quote)[None],
        np.concatenate(shape)[None],
        np.minimum(np.concatenate(first), size - 1),
    )
    return Scores(np.concatenate(tokens), tags, speech[:, 0], links)
