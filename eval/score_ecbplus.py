"""Measure story grouping on `ecbplus` train and dev: near-miss events within a topic.

    python eval/score_ecbplus.py --shared ../shared

A topic holds reports of two events of one kind (two trials, two quakes); the reports of each are
a story. B-cubed is printed against events, and against topics, where the two are one.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from onrecord.ids import ArticleId
from onrecord.link.sketch import sketch
from onrecord.link.stories import place
from onrecord.records import Annotation, Article
from onrecord.resources import load_resources


def documents(shared):
    """Return the text of every document, sentences a line."""
    lines = defaultdict(lambda: defaultdict(list))
    folder = shared / "data/ecbplus/data/interim/cybulska_setup"
    for name in ("Train", "Dev"):
        for row in (folder / f"ECB_{name}_corpus.txt").read_text("utf-8").split("\n"):
            fields = row.split("\t")
            if len(fields) >= 4:
                lines[fields[0]][int(fields[1])].append(fields[3])
    return {
        name: "\n".join(" ".join(words) for _, words in sorted(rows.items()))
        for name, rows in lines.items()
    }


def b_cubed(gold, found):
    wanted, had, both = (Counter(keys) for keys in (gold, found, zip(gold, found, strict=True)))
    pairs = list(zip(gold, found, strict=True))
    p = sum(both[pair] / had[pair[1]] for pair in pairs) / len(pairs)
    r = sum(both[pair] / wanted[pair[0]] for pair in pairs) / len(pairs)
    return 100 * p, 100 * r, 200 * p * r / (p + r)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    texts = documents(parser.parse_args().shared)
    resources = load_resources()
    sketches = [
        sketch(
            Annotation(
                article=Article(id=ArticleId(name), locator=name, text=text, text_sha256="")
            ),
            resources,
        )
        for name, text in sorted(texts.items())
    ]
    story = {row.article_id: row.story_id for row in place(sketches, resources)}
    names = sorted(texts)
    found = [story[ArticleId(name)] for name in names]
    topics = [name.split("_")[0] for name in names]
    events = [
        topic + ("+" if "plus" in name else "") for topic, name in zip(topics, names, strict=True)
    ]
    for label, gold in (("events", events), ("topics", topics)):
        p, r, f1 = b_cubed(gold, found)
        print(f"{label} {len(set(gold)):3d}  b-cubed P {p:5.1f} R {r:5.1f} F1 {f1:5.1f}")


if __name__ == "__main__":
    main()
