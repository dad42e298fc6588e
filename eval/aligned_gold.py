"""Measure alignment alone: link hand-annotated statements, as if attribution made no mistake.

python eval/aligned_gold.py ../shared/data/record-gold/stories EXPORT_DIR
python ../shared/eval/score_record.py ../shared/data/record-gold/stories EXPORT_DIR

The statements, their speakers and modes are the annotators'; utterances and carriages are ours.
"""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from onrecord.ids import ArticleId, SpeakerId, StatementId, StoryId
from onrecord.link.utterances import align
from onrecord.records import Article, Row, Speaker, Statement
from onrecord.resources import load_resources
from onrecord.spans import Span, join_spans


def articles_of(gold: dict[str, Any]) -> dict[ArticleId, Article]:
    return {
        ArticleId(row["id"]): Article(
            id=ArticleId(row["id"]),
            given_id=row["id"],
            locator=row["id"],
            outlet=row["outlet"],
            title=row["title"],
            published=row["published"],
            text=row["text"],
            text_sha256="",
        )
        for row in gold["articles"]
    }


def statements_of(gold: dict[str, Any], texts: dict[ArticleId, Article]) -> list[Statement]:
    unnamed = {row["id"] for row in gold["speakers"] if row["kind"] == "unnamed"}
    rows = []
    for row in gold["statements"]:
        article = texts[ArticleId(row["article"])]
        content = tuple(Span(*span) for span in row["content"])
        # An unnamed speaker belongs to one article, as in any record.
        speakers = [f"{who} {row['article']}" if who in unnamed else who for who in row["speaker"]]
        rows.append(
            Statement(
                id=StatementId(f"{row['article']} {row['id']}"),
                article_id=article.id,
                content=content,
                text=join_spans(article.text, content),
                mode=row["mode"],
                act=row["act"],
                source=Span(*row["source"]) if row["source"] else None,
                cue=Span(*row["cue"]) if row["cue"] else None,
                medium=row["medium"],
                speakers=tuple(SpeakerId(who) for who in speakers),
                via=tuple(SpeakerId(who) for who in row["via"]),
                on_behalf=tuple(SpeakerId(who) for who in row["on_behalf"]),
                confidence=1.0,
                method="by hand",
            )
        )
    return rows


def speakers_of(gold: dict[str, Any], story: StoryId, statements: list[Statement]) -> list[Speaker]:
    known = {row["id"]: row for row in gold["speakers"]}
    return [
        Speaker(
            id=who,
            story_id=story,
            name=known[who.partition(" ")[0]]["name"],
            names=tuple(known[who.partition(" ")[0]]["names"]),
            kind=known[who.partition(" ")[0]]["kind"],
        )
        for who in sorted({who for row in statements for who in row.speakers})
    ]


def main(stories: Path, export: Path) -> None:
    tables: dict[str, list[Row]] = {name: [] for name in ("articles", "statements", "speakers")}
    tables |= {"utterances": [], "carriages": [], "responses": []}
    for path in sorted(stories.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        story = StoryId(path.stem)
        texts = articles_of(gold)
        statements = statements_of(gold, texts)
        speakers = speakers_of(gold, story, statements)
        aligned = align(story, texts, statements, speakers, (), load_resources())
        tables["articles"] += texts.values()
        tables["statements"] += aligned.statements
        tables["speakers"] += speakers
        tables["utterances"] += aligned.utterances
        tables["carriages"] += aligned.carriages
    export.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        lines = (msgspec.json.encode(row) + b"\n" for row in rows)
        (export / f"{name}.jsonl").write_bytes(b"".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
