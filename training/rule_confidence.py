"""Measure how often each attribution rule is right, for `data/en/rule-confidence.tsv`.

    PYTHONPATH=src python training/rule_confidence.py ../shared/data/polnear/train.jsonl \
        > src/onrecord/data/en/rule-confidence.tsv

A statement of a rule is right where its content has a word Jaccard of at least one half with a
gold content (one to one, best first) and its source shares the head, as `score_attribution.py`
beside the data counts it. The rate is smoothed towards the mean of its class, so that a rule seen
twice is not called certain. Only rates are written: no text, no name.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from reading import load_scorer, parsed, right

from onrecord.annotate.attribution import attribute
from onrecord.annotate.quotation import find_quotations
from onrecord.resources import load_resources

PRIOR = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    seen, hits = count(options.gold)
    print(
        "# class <tab> rule <tab> share of its statements that are right <tab> how many were seen"
    )
    for key in sorted(seen):
        mean = share(hits, seen, key[0])
        rate = (hits[key] + PRIOR * mean) / (seen[key] + PRIOR)
        print(f"{key[0]}\t{key[1]}\t{rate:.2f}\t{seen[key]}")


def share(hits, seen, cue_class):
    total = sum(number for key, number in seen.items() if key[0] == cue_class)
    return sum(number for key, number in hits.items() if key[0] == cue_class) / total


def count(path):
    """Return how often each (class, rule) was seen and how often it was right."""
    scorer = load_scorer(path.resolve().parents[2] / "eval" / "score_attribution.py")
    resources = load_resources("en")
    seen, hits = Counter(), Counter()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        article, tokens = parsed(row["text"], resources)
        found = attribute(article, tokens, find_quotations(tokens), resources)
        found = [statement for statement in found if statement.within is None]
        for statement, good in zip(found, right(row, found, scorer), strict=True):
            key = statement.cue_class, statement.method
            seen[key] += 1
            hits[key] += good
    return seen, hits


if __name__ == "__main__":
    main()
