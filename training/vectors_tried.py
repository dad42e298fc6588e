"""Measure what vectors would add to the evidence for one utterance; print the table of the docs.

python training/vectors_tried.py ../shared/data/record-gold/stories MINILM

MINILM is the folder of all-MiniLM-L6-v2 (see `training/README.md`); torch and onrecord must be
installed. Static vectors are made as model2vec makes them (github.com/MinishLab/model2vec): each
piece of the vocabulary through the encoder alone, then principal components. The encoder that
reads whole statements stands for the most that such vectors can give. Each story is scored by
weights fitted on the others.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from alignment_weights import Story, fit
from model import Encoder, load_pretrained
from tokenizers import Tokenizer

from onrecord.resources import load_resources

SIZE = 128
LONGEST = 254
MOST = 508  # pieces that the encoder has places for, but for the marks at both ends
LIGHTEST = 1.0  # words that weigh less are no content words
CLS, SEP = 101, 102


def unit(rows):
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


class Vectors:
    """The encoder, and a vector of `SIZE` numbers for each piece of its vocabulary."""

    def __init__(self, folder):
        class Holder(torch.nn.Module):
            def __init__(self):
                super().__init__()
                self.encoder = Encoder(0.0)

        held = Holder()
        load_pretrained(held, folder / "model.safetensors")
        self.encoder = held.encoder.eval()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        pieces = [[CLS, number, SEP] for number in range(self.tokenizer.get_vocab_size())]
        every = np.concatenate([self.read(pieces[at : at + 1024]) for at in range(0, 30522, 1024)])
        centred = every - every.mean(0)
        _, axes = np.linalg.eigh(centred.T @ centred)
        self.pieces = centred @ axes[:, ::-1][:, :SIZE]

    @torch.no_grad()
    def read(self, ids):
        """Return the mean of the last layer for each list of pieces."""
        longest = max(map(len, ids))
        padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids])
        nothing = torch.zeros_like(padded)
        out = self.encoder(padded, nothing, nothing, mask)
        return ((out * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).numpy()

    def whole(self, texts):
        ids = [[CLS, *self.ids(text)[:LONGEST], SEP] for text in texts]
        return unit(np.concatenate([self.read([row]) for row in ids]))

    @torch.no_grad()
    def words(self, said):
        """Return the vectors of each statement's words, the means of their pieces; centred."""
        found = []
        for row in said:
            parts = [self.ids(key) for key in row.wording.keys]
            ends = np.cumsum([0, *map(len, parts)])
            pieces = [number for part in parts for number in part][:MOST]
            ids = torch.tensor([[CLS, *pieces, SEP]])
            nothing = torch.zeros_like(ids)
            out = self.encoder(ids, nothing, nothing, torch.ones(ids.shape))[0, 1:-1].numpy()
            spans = pairwise(ends[ends <= MOST])
            found.append(np.array([out[start:end].mean(0) for start, end in spans]))
        centre = np.concatenate(found).mean(0)
        return [unit(rows - centre) for rows in found]

    def ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def static(self, said):
        """Return the sum of a statement's words, each by its weight in the story; centred."""
        rows = []
        for row in said:
            parts = [
                self.pieces[self.ids(key)].mean(0) * weight
                for key, weight in zip(row.wording.keys, row.run_weights, strict=True)
                if weight >= LIGHTEST
            ]
            rows.append(np.sum(parts, axis=0) if parts else np.zeros(SIZE))
        rows = unit(np.array(rows))
        return unit(rows - rows.mean(0))


def nearest(one, other):
    """Return how near each statement's words are to the nearest of the other's, by their weights."""
    likeness = one[0] @ other[0].T
    sides = [(one[1], likeness.max(1)), (other[1], likeness.max(0))]
    (_, least), (_, most) = sorted(
        (w.sum(), (w * near).sum() / (w.sum() + 1e-9)) for w, near in sides
    )
    return [least, most, 2 * least * most / (least + most + 1e-9)]


def story(path, vectors, resources):
    """Return features, likenesses (whole, static, by words) and labels of pairs by one speaker."""
    one = Story(json.loads(path.read_text("utf-8")), resources)
    spaces = (vectors.whole([row.text for row in one.rows]), vectors.static(one.said))
    words = vectors.words(one.said)
    weights = [
        np.where(np.array(row.run_weights) >= LIGHTEST, row.run_weights, 0.0)[: len(read)]
        for row, read in zip(one.said, words, strict=True)
    ]
    cosines = [
        [
            *(float(space[i] @ space[j]) for space in spaces),
            *nearest((words[i], weights[i]), (words[j], weights[j])),
        ]
        for i, j in one.pairs
    ]
    return np.array(one.features), np.array(cosines), np.array(one.linked)


def held_out(parts, labels):
    """Return the log-odds of each story's pairs, by weights fitted on the others."""
    scores = []
    for number, part in enumerate(parts):
        others = [at for at in range(len(parts)) if at != number]
        x = np.concatenate([parts[at] for at in others])
        y = np.concatenate([labels[at] for at in others]).astype(float)
        scores.append(np.c_[part, np.ones(len(part))] @ fit(x, y))
    return scores


def worth(scores, labels):
    """Return average precision and recall at a precision of .8."""
    y = np.concatenate(labels)[np.argsort(-np.concatenate(scores), kind="stable")]
    precision = np.cumsum(y) / np.arange(1, len(y) + 1)
    reached = np.flatnonzero(precision >= 0.8)
    recall = np.cumsum(y)[reached[-1]] / y.sum() if len(reached) else 0.0
    return 100 * (precision * y).sum() / y.sum(), 100 * recall


def gain(scores, shipped, labels):
    """Return what average precision gains over *shipped*, and its 95 % interval over stories."""
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(labels), len(labels)) for _ in range(1000)]
    average = [
        [worth([rows[at] for at in draw], [labels[at] for at in draw])[0] for draw in draws]
        for rows in (scores, shipped)
    ]
    low, high = np.percentile(np.subtract(*average), (2.5, 97.5))
    return worth(scores, labels)[0] - worth(shipped, labels)[0], low, high


def main(folder, minilm):
    vectors, resources = Vectors(minilm), load_resources()
    data = [story(path, vectors, resources) for path in sorted(folder.glob("*.json"))]
    base, cosines, labels = zip(*data, strict=True)
    print(sum(map(len, labels)), "pairs of one speaker,", sum(map(sum, labels)), "linked")
    shipped = held_out(base, labels)
    print(
        "{:32s} average precision {:.1f}, recall at P 80 {:.1f}".format(
            "as shipped", *worth(shipped, labels)
        )
    )
    columns = {
        "whole encoder": slice(0, 1),
        "static vectors": slice(1, 2),
        "word by word": slice(2, 5),
    }
    for name, part in columns.items():
        alone = [row[:, part] for row in cosines]
        beside = [np.c_[one, other] for one, other in zip(base, alone, strict=True)]
        for title, parts in ((f"{name} alone", alone), (f"as shipped, and {name}", beside)):
            scores = held_out(parts, labels)
            more, low, high = gain(scores, shipped, labels)
            average, recall = worth(scores, labels)
            print(
                f"{title:32s} average precision {average:.1f}, recall at P 80 {recall:.1f}, "
                f"gain {more:+.1f} [{low:+.1f}, {high:+.1f}]"
            )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
