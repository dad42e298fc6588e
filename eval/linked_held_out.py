"""Link the statements of a run anew, each story with weights that have not seen it.

    onrecord compile ../shared/data/record-gold/articles.jsonl -o RUN --tier rules
    onrecord export RUN --format jsonl --out EXPORT
    python eval/linked_held_out.py ../shared/data/record-gold/stories EXPORT OUT
    python ../shared/eval/score_record.py ../shared/data/record-gold/stories OUT

The shipped weights are fitted on all stories of `record-gold`; this shows what they are worth on
a story that they were not fitted on.
"""

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from alignment_weights import Story as HandLinked
from alignment_weights import fit

from onrecord.link.evidence import FEATURES
from onrecord.link.utterances import align
from onrecord.records import Article, Copy, Row, Speaker, Statement, Story
from onrecord.resources import load_resources

TABLES = {"articles": Article, "stories": Story, "speakers": Speaker, "copies": Copy}


def table(export, name, kind):
    lines = (export / f"{name}.jsonl").read_bytes().split(b"\n")
    return [msgspec.json.decode(line, type=kind) for line in lines if line]


def held_out(folder):
    """Return, by article, resources whose weights are fitted on the other stories."""
    paths = sorted(folder.glob("*.json"))
    shipped = load_resources()
    data = [HandLinked(json.loads(path.read_text("utf-8")), shipped) for path in paths]
    found = {}
    for number, path in enumerate(paths):
        others = [part for at, part in enumerate(data) if at != number]
        x = np.array([row for story in others for row in story.features])
        y = np.array([float(value) for story in others for value in story.linked])
        weights = fit(x, y)
        names = (*FEATURES, "constant")
        rows = tuple((name, repr(float(w))) for name, w in zip(names, weights, strict=True))
        resources = replace(
            shipped,
            digest=f"held out {number}",
            tables={**shipped.tables, "alignment_weights": rows},
        )
        for article in json.loads(path.read_text("utf-8"))["articles"]:
            found[article["id"]] = resources
    return found


def main(gold, export, out):
    resources_of = held_out(gold)
    rows = {name: table(export, name, kind) for name, kind in TABLES.items()}
    statements = table(export, "statements", Statement)
    articles = {row.id: row for row in rows["articles"]}
    linked: dict[str, list[Row]] = {"statements": [], "utterances": [], "carriages": []}
    for story in rows["stories"]:
        inside = set(story.article_ids)
        aligned = align(
            story.id,
            {key: row for key, row in articles.items() if key in inside},
            [row for row in statements if row.article_id in inside],
            [row for row in rows["speakers"] if row.story_id == story.id],
            [row for row in rows["copies"] if row.article_id in inside],
            resources_of[articles[story.article_ids[0]].given_id],
        )
        for name, kept in linked.items():
            kept.extend(getattr(aligned, name))
    shutil.copytree(export, out, dirs_exist_ok=True)
    for name, table_rows in linked.items():
        lines = (msgspec.json.encode(row) + b"\n" for row in table_rows)
        (out / f"{name}.jsonl").write_bytes(b"".join(lines))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
