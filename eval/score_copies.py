"""Measure copy detection on wire copies made from real articles, and on `vast-mc1`.

    python eval/score_copies.py --shared ../shared

Made: of every tenth article of `polnear` (train) six outlets print a version: its tail cut, one
word in ten changed, paragraphs of another article added, half of it merged with half of another
original, a cut and changed version, the whole under a new headline. Beside them stand articles
that share only quotations with an original. Pairs within a group of copies count.

`vast-mc1` (fictional outlets that copy, shorten and reword each other) has no list of copies: the
pairs whose own words (quotations left out) lie half in the other text, counted word by word with
all 5-grams, stand for one.
"""

import argparse
import csv
import gzip
import io
import json
import random
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from onrecord.ids import ArticleId
from onrecord.link.sketch import sketch
from onrecord.link.syndication import find_copies
from onrecord.records import Annotation, Article
from onrecord.resources import load_resources

QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")
WORD = re.compile(r"\w+")
CONTAINED = 0.5


def article(name, text, outlet, published="2031-03-01"):
    return Article(
        id=ArticleId(name),
        locator=name,
        outlet=outlet,
        published=published,
        text=text,
        text_sha256="",
    )


def changed(paragraphs, words, chance):
    """Put another word for one in ten."""
    return [
        " ".join(chance.choice(words) if chance.random() < 0.1 else word for word in text.split())
        for text in paragraphs
    ]


def versions(own, other, words, chance):
    """Yield what six outlets make of an article, given another original to merge with."""
    half, third = len(own) // 2, max(1, len(own) // 3)
    yield own[: len(own) - third]
    yield changed(own, words, chance)
    yield [*own[:half], *other[:third], *own[half:]]
    yield [*own, *other[: max(1, len(other) // 4)]]
    yield changed(own[: max(1, 2 * len(own) // 3)], words, chance)
    yield ["A new headline of our own", *own]


def sharing_quotations(own, other):
    """Return the other article with the quotations of the first among its paragraphs."""
    quoted = [match.group() for text in own for match in QUOTED.finditer(text)]
    return [piece for number, text in enumerate(other) for piece in (text, *quoted[number::9])]


def made(shared):
    """Return made articles, the group of each, and the pairs that share only quotations."""
    chance = random.Random(7)
    lines = (shared / "data/polnear/train.jsonl").read_text("utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line]
    split = [[part for part in text.split("\n") if part.strip()] for text in texts]
    split = [paragraphs for paragraphs in split if len(paragraphs) >= 8]
    words = [word for text in texts[:40] for word in text.split()]
    rows, group, apart = [], {}, []
    for number in range(0, len(split) - 5, 10):
        own = split[number]
        rows.append(article(f"{number}-0", "\n\n".join(own), "agency", "2031-02-28"))
        for turn, text in enumerate(versions(own, split[number + 5], words, chance), 1):
            rows.append(article(f"{number}-{turn}", "\n\n".join(text), f"outlet {turn}"))
        for row in rows[-7:]:
            group[row.id] = number
        quoting = sharing_quotations(own, split[number + 3])
        rows.append(article(f"{number}-q", "\n\n".join(quoting), "outlet 9"))
        apart += [(f"{number}-q", f"{number}-{turn}") for turn in range(7)]
    return rows, group, apart


def grouped(rows):
    """Return the pairs of articles that have one original, by our copies."""
    resources = load_resources()
    found = find_copies([sketch(Annotation(article=row), resources) for row in rows], resources)
    members = defaultdict(set)
    for copy in found:
        members[copy.original_id] |= {copy.original_id, copy.article_id}
    return {pair for group in members.values() for pair in combinations(sorted(group), 2)}


def report(name, found, wanted):
    hit = len(found & wanted)
    p, r = hit / max(1, len(found)), hit / max(1, len(wanted))
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    print(f"{name:10s} P {100 * p:5.1f} R {100 * r:5.1f} F1 {100 * f1:5.1f} pairs {len(wanted)}")


def vast(shared):
    """Return the articles of `vast-mc1`, and the pairs across outlets that are one text."""
    data = gzip.decompress((shared / "data/vast-mc1/news_article_all.csv.gz").read_bytes())
    table = csv.DictReader(io.StringIO(data.decode("utf-8", "replace")))
    rows = [
        article(f"{row['index']}-{number}", row["text"], row["source"], None)
        for number, row in enumerate(table)
        if row["text"]
    ]
    grams, holders = {}, defaultdict(list)
    for row in rows:
        words = WORD.findall(QUOTED.sub(" | ", row.text).lower())
        grams[row.id] = {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
        for gram in grams[row.id]:
            holders[gram].append(row.id)
    shared_grams = Counter(
        pair for ids in holders.values() for pair in combinations(sorted(ids), 2)
    )
    outlet = {row.id: row.outlet for row in rows}
    same = {
        (one, other)
        for (one, other), count in shared_grams.items()
        if outlet[one] != outlet[other]
        and count >= CONTAINED * min(len(grams[one]), len(grams[other]))
    }
    return rows, same, outlet


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    options = parser.parse_args()
    rows, group, apart = made(options.shared)
    found = grouped(rows)
    wanted = {
        (one, other) for one, other in combinations(sorted(group), 2) if group[one] == group[other]
    }
    report("made", found, wanted)
    merged = sum(tuple(sorted(pair)) in found for pair in apart)
    print(f"           merged though only quotations are shared: {merged} of {len(apart)}")
    rows, same, outlet = vast(options.shared)
    report("vast-mc1", {pair for pair in grouped(rows) if outlet[pair[0]] != outlet[pair[1]]}, same)


if __name__ == "__main__":
    main()
