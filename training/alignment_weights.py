"""Fit the weights of `onrecord.link.evidence` on hand-linked stories, and print the table.

python training/alignment_weights.py ../shared/data/record-gold/stories > src/onrecord/data/en/alignment_weights.tsv

Pairs of statements by one speaker, linked or not by the annotator, train a logistic regression
(Newton's method, ridge penalty). Each story is also scored by weights fitted on the others; the
precision and recall of those pairs go to standard error.
"""

import json
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
from aligned_gold import articles_of, statements_of
from marked import parse

from onrecord.link.evidence import FEATURES, compare, margins, said_words
from onrecord.link.utterances import read
from onrecord.link.wording import read_wording
from onrecord.resources import load_resources

RIDGE = 10.0


class Story:
    """The statements of a hand-linked story, and all pairs of them by one speaker."""

    def __init__(self, gold, resources):
        self.texts = texts = articles_of(gold)
        self.rows = rows = statements_of(gold, texts)
        self.said = said_words([reading(row, texts, resources) for row in rows], resources)
        self.pairs = [
            (i, j)
            for i, j in combinations(range(len(rows)), 2)
            if set(rows[i].speakers) & set(rows[j].speakers) and not overlap(rows[i], rows[j])
        ]
        evidence = [compare(self.said[i], self.said[j]) for i, j in self.pairs]
        ahead = margins(self.pairs, evidence, self.said)
        self.features = [(*e.values, *m) for e, m in zip(evidence, ahead, strict=True)]
        groups = {s: u["id"] for u in gold["utterances"] for s in u["statements"]}
        group = [groups.get(row.id.split()[1], row.id) for row in rows]
        self.linked = [group[i] == group[j] for i, j in self.pairs]


def read_stories(folder, resources):
    """Return the stories of a folder of annotations, in JSON or in the mark-up of `marked`."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".json", ".txt"))
    golds = [parse(p) if p.suffix == ".txt" else json.loads(p.read_text("utf-8")) for p in files]
    return [Story(gold, resources) for gold in golds]


def reading(row, texts, resources):
    return read(row, read_wording(texts[row.article_id].text, row, resources), texts)


def overlap(one, other):
    """Return whether one statement holds words of the other: such pairs are never compared."""
    return one.article_id == other.article_id and any(
        left.overlaps(right) for left in one.content for right in other.content
    )


def fit(x, y):
    """Return ridge logistic weights, the constant last; features are standardised meanwhile."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    b = np.zeros(z.shape[1])
    penalty = RIDGE * np.diag([1.0] * x.shape[1] + [1e-6])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ b))
        hessian = z.T @ (z * (p * (1 - p) + 1e-9)[:, None]) + penalty
        b += np.linalg.solve(hessian, z.T @ (y - p) - penalty @ b)
    weights = b[:-1] / spread
    return np.r_[weights, b[-1] - weights @ mean]


def main(folder):
    resources = load_resources()
    data = read_stories(folder, resources)
    x = np.array([row for one in data for row in one.features])
    y = np.array([float(value) for one in data for value in one.linked])
    story = np.repeat(np.arange(len(data)), [len(one.linked) for one in data])
    held_out = np.zeros(len(y))
    for number in range(len(data)):
        weights = fit(x[story != number], y[story != number])
        held_out[story == number] = np.c_[x, np.ones(len(x))][story == number] @ weights
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        hit = 1 / (1 + np.exp(-held_out)) >= threshold
        print(
            f"pairs at {threshold}: P {100 * y[hit].mean():.1f} R {100 * hit[y > 0].mean():.1f}",
            file=sys.stderr,
        )
    print("# Weights of the evidence for one utterance (link.evidence), fitted by")
    print("# training/alignment_weights.py on eight hand-linked stories. Feature, weight.")
    for name, weight in zip((*FEATURES, "constant"), fit(x, y), strict=True):
        print(f"{name}\t{weight:.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
