"""Resolve the speakers of annotated statements: what the speaker stages do when found right.

    python eval/speakers_given.py ../shared/data/record-gold OUT [--errors]
    python ../shared/eval/score_record.py ../shared/data/record-gold/stories OUT

The source, cue and content of every gold statement are given, nobody's name is. OUT receives
`articles`, `speakers` and `statements` as an export would; of the scores printed for it, who_given
and identity are meant. `--errors` lists the statements whose speaker is wrong.
"""

import argparse
import json
import sys
from pathlib import Path

import msgspec

from onrecord.annotate.coreference import resolve
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId, StatementId, StoryId
from onrecord.link.speakers import Resolution, resolve_speakers
from onrecord.records import Annotation, Article, Statement
from onrecord.resources import Resources, load_resources
from onrecord.spans import Span, join_spans


def _span(value: object) -> Span | None:
    return Span(*value) if isinstance(value, list) and value and isinstance(value[0], int) else None


def read_story(path: Path) -> tuple[dict[str, object], list[Article], dict[str, list[Statement]]]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    articles = [
        Article(
            id=ArticleId(row["id"]),
            given_id=row["id"],
            locator=row["id"],
            title=row["title"],
            outlet=row["outlet"],
            text=row["text"],
            text_sha256="",
        )
        for row in gold["articles"]
    ]
    texts = {article.id: article.text for article in articles}
    statements: dict[str, list[Statement]] = {article.id: [] for article in articles}
    for row in gold["statements"]:
        content = tuple(Span(*piece) for piece in row["content"])
        statements[row["article"]].append(
            Statement(
                id=StatementId(f"{path.stem}:{row['id']}"),
                article_id=row["article"],
                source=_span(row["source"]),
                cue=_span(row["cue"]),
                content=content,
                text=join_spans(texts[row["article"]], content),
                mode=row["mode"],
                act=row["act"],
                confidence=1.0,
                method="gold",
            )
        )
    return gold, articles, statements


def annotate(article: Article, statements: list[Statement], resources: Resources) -> Annotation:
    found = resolve(article, parse(article, resources), tuple(statements), resources)
    return Annotation(
        article=article,
        statements=tuple(statements),
        mentions=found.mentions,
        chains=found.chains,
        voices=found.voices,
    )


def print_errors(
    story: str, gold: dict[str, object], resolution: Resolution, texts: dict[str, str], scorer: Path
) -> None:
    sys.path.insert(0, str(scorer))
    from score_record import agree  # noqa: PLC0415 -- lives outside the project

    people = {row["id"]: row for row in gold["speakers"]}  # type: ignore[union-attr]
    speakers = {row.id: row for row in resolution.speakers}
    by_id = {row.id: row for row in resolution.statements}
    for row in gold["statements"]:  # type: ignore[union-attr]
        found = by_id[f"{story}:{row['id']}"]
        wanted = [[people[one]["name"], *people[one]["names"]] for one in row["speaker"]]
        got = [[speakers[one].name, *speakers[one].names] for one in found.speakers]
        if not agree(wanted, got):
            source = found.source.of(texts[found.article_id]) if found.source else "-"
            cue = found.cue.of(texts[found.article_id]) if found.cue else "-"
            print(
                row["article"][-6:], repr(source), cue, [w[0] for w in wanted], [g[0] for g in got]
            )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    resources = load_resources()
    rows: dict[str, list[object]] = {"articles": [], "speakers": [], "statements": []}
    for path in sorted((options.gold / "stories").glob("*.json")):
        gold, articles, statements = read_story(path)
        annotations = [annotate(one, statements[one.id], resources) for one in articles]
        annotations.sort(key=lambda row: row.article.id)
        resolution = resolve_speakers(StoryId(path.stem), annotations, resources)
        rows["articles"] += articles
        rows["speakers"] += resolution.speakers
        rows["statements"] += resolution.statements
        if options.errors:
            texts = {article.id: article.text for article in articles}
            print_errors(path.stem, gold, resolution, texts, options.gold.parent.parent / "eval")
    for name, table in rows.items():
        lines = b"\n".join(msgspec.json.encode(row) for row in table)
        (options.out / f"{name}.jsonl").write_bytes(lines + b"\n")


if __name__ == "__main__":
    main()
