"""Fit the confidences on held-out articles, measure and draw them, and write the files that are shipped."""

import argparse
import json
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
from reading import load_scorer, model_in, right, sets, settings_of, statements, tagger_of
from reliability import draw

from onrecord.annotate import tagged
from onrecord.annotate.confidence import confidence
from onrecord.resources import load_resources

BINS = 10
RESOURCES = load_resources()
LEAST = tagged._LEAST  # noqa: SLF001 - what the tier leaves out is no part of the plot


def collect(rows, model, scorer):
    """Evidence of every statement that the model finds, and whether it is right."""
    given, good, seen = [], [], []

    def keep(evidence, _):
        seen.append(evidence)
        return len(seen)  # from one: less is a statement that the tier leaves out

    for row in rows:
        seen.clear()
        tagged.confidence = keep
        found = statements(row["text"], model, RESOURCES)
        tagged.confidence = confidence
        found = [one for one in found if one.method == "model"]
        given += [seen[one.confidence - 1] for one in found]
        good += right(row, found, scorer)
    return np.array(given), np.array(good, float)


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
    return table, sum(abs(c - r) * n for c, r, n in table) / max(1, len(p))


def measured(w, parts):
    """Print and return the reliability of the statements that the tier keeps, for each set."""
    panels = []
    for name, (x, y) in parts.items():
        p = predict(w, x)
        kept = p >= LEAST
        table, error = reliability(p[kept], y[kept])
        left, good = int((~kept).sum()), int(y[~kept].sum())
        print(
            f"{name}: expected calibration error {error:.3f}; left out {left}, of them right {good}"
        )
        for c, r, n in table:
            print(f"  confidence {c:.2f}  right {r:.2f}  statements {n}")
        panels.append((name, table, error))
    return panels


def shipped(graph, tokenizer, out, rows, scorer):
    """Fit the confidence of a graph on held-out articles, and write the files of the model."""
    decoder = settings_of(graph)
    model = tagger_of(graph, tokenizer, decoder)
    parts = {name: collect(rows[name], model, scorer) for name in rows}
    w = np.round(fit(*parts["held out"]), 4)
    print(f"{graph.stem}: weights {w.tolist()}, {len(parts['held out'][1])} held-out statements")
    out.mkdir(parents=True, exist_ok=True)
    (out / "reliability.svg").write_text(draw(measured(w, parts)), "utf-8")
    decoder["confidence"] = w.tolist()
    (out / "decoder.json").write_text(json.dumps(decoder, indent=1) + "\n")
    shutil.copyfile(graph, out / "model.onnx")
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    for name in ("decoder.json", "model.onnx", "tokenizer.json"):
        print(f'    "{name}": "{sha256((out / name).read_bytes()).hexdigest()}",')


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument(
        "--graphs", type=Path, help="folder written by export.py; else --out is measured"
    )
    a.add_argument("--tokenizer")
    a.add_argument("--data", required=True)
    a.add_argument("--scorer", required=True)
    a.add_argument("--out", type=Path, required=True, help="folder of the model")
    a.add_argument("--plot", type=Path, help="where to draw the reliability of a measured model")
    a = a.parse_args()
    scorer, rows = load_scorer(a.scorer), sets(a.data)
    if a.graphs:
        shipped(a.graphs / "model.onnx", a.tokenizer, a.out, rows, scorer)
        return 0
    model = model_in(a.out)
    panels = measured(model.confidence, {k: collect(v, model, scorer) for k, v in rows.items()})
    if a.plot:
        a.plot.write_text(draw(panels), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
