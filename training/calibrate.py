"""Fit the confidence on held-out articles, measure it, and write the files that are shipped."""

import argparse
import importlib.util
import json
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
from data import held_out, read_rows

from onrecord.annotate import tagged
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.models import make_tagger
from onrecord.records import Article
from onrecord.resources import load_resources

BINS = 10


def load_scorer(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def collect(rows, model, scorer):
    """Evidence of every statement that the model finds, and whether it is right."""
    given, right = [], []
    seen = []

    def keep(evidence, _):
        seen.append(evidence)
        return len(seen)  # from one: less is a statement that the tier leaves out

    resources = load_resources()
    for row in rows:
        article = Article(id=row["id"], locator="", text=row["text"], text_sha256="")
        tokens = parse(article, resources)
        seen.clear()
        tagged.confidence, kept = keep, tagged.confidence
        found = tagged.attribute_with_model(
            article, tokens, find_quotations(tokens), resources, model
        )
        tagged.confidence = kept
        found = [f for f in found if f.method == "model"]
        doc = scorer.Doc(row["text"])
        gold = [scorer.Att(doc, a) for a in row["attributions"]]
        guess = [
            scorer.Att(
                doc, {"source": [f.source] if f.source else [], "cue": [], "content": f.content}
            )
            for f in found
        ]
        match = {
            j: i
            for i, j in scorer.greedy(
                [g.tok["content"] for g in gold], [g.tok["content"] for g in guess]
            )
        }
        for j, f in enumerate(found):
            given.append(seen[f.confidence - 1])
            right.append(
                j in match
                and scorer.source_ok(doc, gold[match[j]].tok["source"], guess[j].tok["source"])
            )
    return np.array(given), np.array(right, float)


def fit(x, y, penalty=1.0, steps=60):
    """Logistic regression by Newton's method, constant first."""
    a = np.c_[np.ones(len(x)), x]
    w = np.zeros(a.shape[1])
    ridge = np.diag([0.0] + [2 * penalty] * x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-a @ w))
        w -= np.linalg.solve((a * (p * (1 - p))[:, None]).T @ a + ridge, a.T @ (p - y) + ridge @ w)
    return w


def predict(w, x):
    return 1 / (1 + np.exp(-(np.c_[np.ones(len(x)), x] @ w)))


def reliability(p, y):
    """(mean confidence, share right, statements) of each tenth, and the expected calibration error."""
    at = np.minimum((p * BINS).astype(int), BINS - 1)
    table = [
        (p[at == k].mean(), y[at == k].mean(), int((at == k).sum()))
        for k in range(BINS)
        if (at == k).any()
    ]
    return table, sum(abs(c - r) * n for c, r, n in table) / len(p)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", required=True, help="graph written by export.py, its .npz beside it")
    a.add_argument("--tokenizer", required=True)
    a.add_argument("--data", required=True)
    a.add_argument("--scorer", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    crf = np.load(Path(a.model).with_suffix(".npz"))
    decoder = {
        "name": "attribution-minilm-1",
        "window": 254,
        "packed": 128,
        "transition": np.round(crf["transition"].astype(float), 5).tolist(),
        "begin": np.round(crf["begin"].astype(float), 5).tolist(),
        "confidence": [0.0] * 8,
    }
    raw = {
        "model.onnx": Path(a.model).read_bytes(),
        "tokenizer.json": Path(a.tokenizer).read_bytes(),
        "decoder.json": json.dumps(decoder).encode(),
    }
    model, scorer = make_tagger(raw, ""), load_scorer(a.scorer)
    train, dev = read_rows(Path(a.data) / "train.jsonl"), read_rows(Path(a.data) / "dev.jsonl")
    hold = held_out([r["id"] for r in train])
    x, y = collect([r for r in train if r["id"] in hold], model, scorer)
    w = fit(x, y)
    print("weights", np.round(w, 4).tolist(), "held-out statements", len(y))
    for name, (px, py) in (("held out", (x, y)), ("dev", collect(dev, model, scorer))):
        table, error = reliability(predict(w, px), py)
        print(f"{name}: expected calibration error {error:.3f}")
        for c, r, n in table:
            print(f"  confidence {c:.2f}  right {r:.2f}  statements {n}")
    decoder["confidence"] = np.round(w, 4).tolist()
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "decoder.json").write_text(json.dumps(decoder, indent=1) + "\n")
    shutil.copyfile(a.model, out / "model.onnx")
    shutil.copyfile(a.tokenizer, out / "tokenizer.json")
    for name in ("decoder.json", "model.onnx", "tokenizer.json"):
        print(f'    "{name}": "{sha256((out / name).read_bytes()).hexdigest()}",')
    return 0


if __name__ == "__main__":
    sys.exit(main())
