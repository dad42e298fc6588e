"""Score names across documents: B-cubed over the named mentions of persons.

    python eval/score_names.py ../shared/data [--errors]

MEANTIME: mentions of syntactic type NAM of PER entities, one story per topic. ECB+ (train and dev):
mentions of human participants whose every word is capitalised, one story per topic and half (ECB,
ECB+). The package gets the plain text, finds its own names and joins them across the documents;
each gold mention takes the chain of the first found name that overlaps it, else stands alone. A
mention nested in a longer name ("Apple" in "Apple CEO Ian Ross") is scored by its own overlap.
"""

import argparse
import re
from collections import defaultdict
from pathlib import Path

from coreference_gold import read_ecbplus, read_meantime

from onrecord.annotate.coreference import resolve
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId
from onrecord.link.persons import ChainKey
from onrecord.link.speakers import link_chains
from onrecord.records import Article
from onrecord.resources import load_resources


def story_scores(documents, resources, *, errors):
    """Return the sums of B-cubed precision and recall over the mentions, and their number."""
    chains, found = {}, {}
    for document in documents:
        article = Article(
            id=ArticleId(document.name), locator="", text=document.text, text_sha256=""
        )
        coreference = resolve(article, parse(article, resources), (), resources)
        chains.update({ChainKey(document.name, c.number): c for c in coreference.chains})
        found[document.name] = [m for m in coreference.mentions if m.kind == "name"]
    root = link_chains(chains, resources).root
    gold, predicted, texts = {}, {}, {}
    for document in documents:
        for number, mention in enumerate(document.mentions):
            key = (document.name, number)
            gold[key] = mention.chain
            texts[key] = document.text[mention.start : mention.end]
            predicted[key] = cluster(document, mention, found[document.name], root) or key
    if errors:
        show(gold, predicted, texts)
    return b_cubed(gold, predicted)


def cluster(document, mention, names, root):
    for name in names:
        if mention.start < name.span.end and name.span.start < mention.end:
            return root[ChainKey(document.name, name.chain)]
    return None


def b_cubed(gold, predicted):
    by_gold, by_predicted = defaultdict(set), defaultdict(set)
    for key in gold:
        by_gold[gold[key]].add(key)
        by_predicted[predicted[key]].add(key)
    precision = recall = 0.0
    for key in gold:
        both = len(by_gold[gold[key]] & by_predicted[predicted[key]])
        precision += both / len(by_predicted[predicted[key]])
        recall += both / len(by_gold[gold[key]])
    return precision, recall, len(gold)


def show(gold, predicted, texts):
    by_gold = defaultdict(lambda: defaultdict(set))
    by_predicted = defaultdict(lambda: defaultdict(set))
    for key in gold:
        by_gold[gold[key]][predicted[key]].add(texts[key])
        by_predicted[predicted[key]][gold[key]].add(texts[key])
    for chain in sorted(by_gold):
        if len(by_gold[chain]) > 1:
            print("split ", [sorted(words)[:3] for words in by_gold[chain].values()][:8])
    for chain in sorted(by_predicted):
        if len(by_predicted[chain]) > 1:
            print("merged", [sorted(words)[:3] for words in by_predicted[chain].values()][:8])


def meantime_stories(data):
    stories = defaultdict(list)
    folder = data / "meantime/data/meantime_newsreader_english_oct15/intra_cross-doc_annotation"
    for document in read_meantime(folder):
        kept = [m for m in document.mentions if m.is_name and m.chain.startswith("PER:")]
        document.mentions = kept
        stories[document.topic].append(document)
    return stories


def ecb_stories(data, split):
    stories = defaultdict(list)
    for document in read_ecbplus(data / "ecbplus", split):
        stories[document.topic].append(document)
    for documents in stories.values():
        lower = {w for d in documents for w in re.findall(r"\w+", d.text) if w.islower()}
        for document in documents:
            document.mentions = [m for m in document.mentions if is_name(document, m, lower)]
    return stories


def is_name(document, mention, lower):
    words = re.findall(r"\w+", document.text[mention.start : mention.end])
    return mention.is_name and not all(word.lower() in lower for word in words)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    resources = load_resources()
    sets = {
        "meantime": meantime_stories(options.data),
        "ecbplus train": ecb_stories(options.data, "Train"),
        "ecbplus dev": ecb_stories(options.data, "Dev"),
    }
    totals = [0.0, 0.0, 0]
    for name, stories in sets.items():
        sums = [0.0, 0.0, 0]
        for topic in sorted(stories):
            scores = story_scores(stories[topic], resources, errors=options.errors)
            sums = [a + b for a, b in zip(sums, scores, strict=True)]
        totals = [a + b for a, b in zip(totals, sums, strict=True)]
        report(name, sums)
    report("all", totals)


def report(name, sums):
    precision, recall = 100 * sums[0] / sums[2], 100 * sums[1] / sums[2]
    score = 2 * precision * recall / (precision + recall)
    print(f"{name:14s} mentions {sums[2]:5d}  P {precision:5.1f}  R {recall:5.1f}  F1 {score:5.1f}")


if __name__ == "__main__":
    main()
