"""Measure what vectors would add to the evidence for one utterance; print the table of the docs.

python training/vectors_tried.py ../shared/data/record-gold/stories MINILM

MINILM is the folder of all-MiniLM-L6-v2 (see `training/README.md`); torch and onrecord must be
installed. Static vectors are made as model2vec makes them (github.com/MinishLab/model2vec): each
piece of the vocabulary through the encoder alone, then principal components. The encoder that
reads whole statements stands for the most that such vectors can give. Each story is scored by
weights fitted on the others.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from alignment_weights import Story, fit
from model import Encoder, load_pretrained
from tokenizers import Tokenizer

from onrecord.resources import load_resources

SIZE = 128
LONGEST = 254
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
        out, _ = self.encoder(padded, nothing, nothing, mask)
        return ((out * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)).numpy()

    def whole(self, texts):
        ids = [[CLS, *self.ids(text)[:LONGEST], SEP] for text in texts]
        return unit(np.concatenate([self.read([row]) for row in ids]))

    def ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def static(self, said):
        """Return the sum of a statement's words, each by its weight in the story; centred."""
        rows = []
        for row in said:
            parts = [
                self.pieces[self.ids(key)].mean(0) * weight
                for key, weight in zip(row.wording.keys, row.run_weights, strict=True)
                if weight >= 1.0
            ]
            rows.append(np.sum(parts, axis=0) if parts else np.zeros(SIZE))
        rows = unit(np.array(rows))
        return unit(rows - rows.mean(0))


def story(path, vectors, resources):
    """Return features, cosines (whole, static) and labels of all pairs by one speaker."""
    one = Story(path, resources)
    spaces = (vectors.whole([row.text for row in one.rows]), vectors.static(one.said))
    cosines = [[float(space[i] @ space[j]) for space in spaces] for i, j in one.pairs]
    return np.array(one.features), np.array(cosines), np.array(one.linked)


def held_out(parts, labels):
    """Return average precision and recall at a precision of .8, each story by the others."""
    scores = []
    for number, part in enumerate(parts):
        others = [at for at in range(len(parts)) if at != number]
        x = np.concatenate([parts[at] for at in others])
        y = np.concatenate([labels[at] for at in others]).astype(float)
        weights = fit(x, y)
        scores.append(np.c_[part, np.ones(len(part))] @ weights)
    y = np.concatenate(labels)[np.argsort(-np.concatenate(scores), kind="stable")]
    precision = np.cumsum(y) / np.arange(1, len(y) + 1)
    reached = np.flatnonzero(precision >= 0.8)
    recall = np.cumsum(y)[reached[-1]] / y.sum() if len(reached) else 0.0
    return 100 * (precision * y).sum() / y.sum(), 100 * recall


def main(folder, minilm):
    vectors, resources = Vectors(minilm), load_resources()
    data = [story(path, vectors, resources) for path in sorted(folder.glob("*.json"))]
    base, cosines, labels = zip(*data, strict=True)
    print(sum(map(len, labels)), "pairs of one speaker,", sum(map(sum, labels)), "linked")
    tried = {
        "as shipped": base,
        "whole encoder alone": [row[:, :1] for row in cosines],
        "static vectors alone": [row[:, 1:] for row in cosines],
        "shipped and whole encoder": [
            np.c_[b, c[:, :1]] for b, c in zip(base, cosines, strict=True)
        ],
        "shipped and static": [np.c_[b, c[:, 1:]] for b, c in zip(base, cosines, strict=True)],
    }
    for name, parts in tried.items():
        average, recall = held_out(parts, labels)
        print(f"{name:28s} average precision {average:.1f}, recall at P 80 {recall:.1f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
