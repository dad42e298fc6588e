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
import sys
from collections import Counter
from pathlib import Path

from onrecord.annotate.attribution import attribute
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.ids import content_hash
from onrecord.records import Article
from onrecord.resources import load_resources

PRIOR = 10


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(options.gold.resolve().parents[2] / "eval"))
    seen, right = count(options.gold)
    print(
        "# class <tab> rule <tab> share of its statements that are right <tab> how many were seen"
    )
    for key in sorted(seen):
        mean = share(right, seen, key[0])
        rate = (right[key] + PRIOR * mean) / (seen[key] + PRIOR)
        print(f"{key[0]}\t{key[1]}\t{rate:.2f}\t{seen[key]}")


def share(right, seen, cue_class):
    total = sum(number for key, number in seen.items() if key[0] == cue_class)
    return sum(number for key, number in right.items() if key[0] == cue_class) / total


def count(path):
    """Return how often each (class, rule) was seen and how often it was right."""
    from score_attribution import Att, Doc, greedy, source_ok  # noqa: PLC0415 - beside the data

    resources = load_resources("en")
    seen, right = Counter(), Counter()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found = [r for r in statements(row["text"], resources) if r.within is None]
        document = Doc(row["text"])
        gold = [Att(document, event) for event in row["attributions"]]
        ours = [Att(document, as_event(r)) for r in found]
        pairs = greedy([a.tok["content"] for a in gold], [a.tok["content"] for a in ours])
        good = {
            j for i, j in pairs if source_ok(document, gold[i].tok["source"], ours[j].tok["source"])
        }
        for number, statement in enumerate(found):
            key = statement.cue_class, statement.method
            seen[key] += 1
            right[key] += number in good
    return seen, right


def statements(text, resources):
    article = Article(
        id=content_hash("article", text), locator="-", text=text, text_sha256=content_hash(text)
    )
    tokens = parse(article, resources)
    return attribute(article, tokens, find_quotations(tokens), resources)


def as_event(statement):
    return {
        "source": [statement.source] if statement.source else [],
        "cue": [statement.cue] if statement.cue else [],
        "content": list(statement.content),
    }


if __name__ == "__main__":
    main()
