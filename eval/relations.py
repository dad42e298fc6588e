"""Cross-validate acts between a source and a target on PLOVER's 15 classes.

    python eval/relations.py ../shared/data/plover-plv/datasets/PLV_train.tsv

A linear model over single words: which words stand before, between and after source and target,
and which acts the package's own tables (`cue_acts.tsv`, `blame_words.txt`) find among them.
Ten folds, stratified, always the same; prints macro-F1, accuracy, F1 per class, and accuracy
after mapping the classes to acts (`docs/acts.md`). Nothing is stored: the package decides acts
by its tables alone.
"""

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.annotate.act_words import act_words_of, phrase_at
from onrecord.folding import fold
from onrecord.resources import load_resources

FOLDS, RIDGE, RAREST = 10, 0.5, 2
NEAR = {"between": 3, "after": 4}
ACTS = {
    "ACCUSE": "accuses", "REJECT": "denies, disputes or declines", "REQUEST": "asks",
    "THREATEN": "threatens", "SUPPORT": "supports", "AGREE": "announces",
}  # fmt: skip
_BY_CUE = ("firm", "lean", "event", "object")
_TOKEN = re.compile(r"</?[st]>|[^\W_]+(?:['’-][^\W_]+)*")
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


def stem(word: str) -> str:
    word = fold(word).removesuffix("'s")
    for ending, full in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + full
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def zones(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """Return which mark comes first, and the words outside the marks with their zone."""
    first, inside, done, words = "", "", set(), []
    for token in _TOKEN.findall(marked):
        if token in ("<s>", "<t>"):
            inside = token[1]
            first = first or inside
        elif token in ("</s>", "</t>"):
            done.add(token[2])
            inside = ""
        elif not inside:
            words.append((("before", "between", "after")[len(done)], token))
    return first, words


def features(marked: str, tables) -> set[str]:
    first, words = zones(marked)
    found, counts = {"first:" + first}, Counter()
    for zone, word in words:
        found |= {"any:" + stem(word), f"{zone}:{stem(word)}"}
        counts[zone] += 1
        if counts[zone] <= NEAR.get(zone, 0):
            found.add(f"{zone}-near:{stem(word)}")
    folded = [fold(token) for token in _TOKEN.findall(marked) if token[0] != "<"]
    for place, word in enumerate(folded):
        for entry in tables.cues.get(word, ()):
            if entry.firmness in _BY_CUE and phrase_at(folded, place, entry.rest):
                found.add("act:" + entry.act)
                break
        if word in tables.blame:
            found.add("act:blame")
    return found


def matrix(rows: list[set[str]], columns: dict[str, int]):
    cells = [
        (number, column)
        for number, row in enumerate(rows)
        for column in sorted([columns[name] for name in row if name in columns] + [len(columns)])
    ]
    at = np.array(cells).T
    return csr_matrix((np.ones(len(cells)), (at[0], at[1])), (len(rows), len(columns) + 1))


def fit(words, labels, classes: int):
    """Return the weights of a ridge softmax regression; rare classes count a little more."""
    known = np.eye(classes)[labels]
    share = 1 / np.bincount(labels, minlength=classes).clip(1)
    weight = ((share / share.mean()) ** 0.3)[labels][:, None]

    def loss(flat):
        parameters = flat.reshape(-1, classes)
        scores = words @ parameters
        scores -= scores.max(1, keepdims=True)
        odds = np.exp(scores)
        chance = odds / odds.sum(1, keepdims=True)
        value = -(weight * known * np.log(chance + 1e-12)).sum() + RIDGE / 2 * (flat @ flat)
        return value, (words.T @ (weight * (chance - known)) + RIDGE * parameters).ravel()

    start = np.zeros(words.shape[1] * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    return found.x.reshape(-1, classes)


def cross_validate(rows: list[set[str]], labels, classes: int):
    """Return a prediction for each row from a model that has not seen its fold."""
    fold_of = np.zeros(len(rows), int)
    for number in range(classes):
        members = np.where(labels == number)[0]
        fold_of[members] = np.arange(len(members)) % FOLDS
    predicted = np.zeros(len(rows), int)
    for number in range(FOLDS):
        train, test = np.where(fold_of != number)[0], np.where(fold_of == number)[0]
        counts = Counter(name for one in train for name in rows[one])
        kept = sorted(name for name, count in counts.items() if count >= RAREST)
        columns = {name: column for column, name in enumerate(kept)}
        weights = fit(matrix([rows[one] for one in train], columns), labels[train], classes)
        predicted[test] = (matrix([rows[one] for one in test], columns) @ weights).argmax(1)
    return predicted


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    options = arguments.parse_args()
    with options.data.open(encoding="utf-8") as lines:
        gold = list(csv.DictReader(lines, delimiter="\t"))
    tables = act_words_of(load_resources())
    names = sorted({row["gold_root"] for row in gold})
    labels = np.array([names.index(row["gold_root"]) for row in gold])
    rows = [features(row["marked_sentence"], tables) for row in gold]
    predicted = cross_validate(rows, labels, len(names))
    scores = []
    for number, name in enumerate(names):
        hits = ((predicted == number) & (labels == number)).sum()
        scores.append(2 * hits / ((predicted == number).sum() + (labels == number).sum()))
        print(f"{name:10} F1 {100 * scores[-1]:.1f}  {ACTS.get(name, 'states')}")
    acts = [[ACTS.get(names[one], "states") for one in side] for side in (labels, predicted)]
    same = np.mean([left == right for left, right in zip(*acts, strict=True)])
    print(
        f"macro-F1 {100 * np.mean(scores):.1f}  accuracy {100 * np.mean(predicted == labels):.1f}"
    )
    print(f"accuracy of acts {100 * same:.1f}")


if __name__ == "__main__":
    main()
