"""Characterise gold statements and link answers: what these stages do when found right.

    python eval/acts_given.py ../shared/data/record-gold OUT [--errors]
    python ../shared/eval/score_record.py ../shared/data/record-gold/stories OUT

Source, cue, content, mode, speakers and utterances of the gold are given; acts, hedges, media and
responses are ours. Of the scores printed for OUT, act and response are meant. `--errors` lists the
statements whose act is wrong.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import msgspec

from onrecord.annotate.acts import characterise
from onrecord.annotate.coreference import resolve
from onrecord.annotate.dates import said_when
from onrecord.annotate.found import Attribution
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId, SpeakerId, StatementId, StoryId, UtteranceId
from onrecord.link.responses import find_responses
from onrecord.link.speakers import resolve_speakers
from onrecord.records import Annotation, Article, Speaker, Statement
from onrecord.resources import Resources, load_resources
from onrecord.spans import Span, join_spans


def _span(value):
    if not isinstance(value, list) or not value:
        return None
    return Span(*value) if isinstance(value[0], int) else Span(*value[0])


def read_articles(gold) -> list[Article]:
    return [
        Article(
            id=ArticleId(row["id"]),
            given_id=row["id"],
            locator=row["id"],
            title=row["title"],
            outlet=row["outlet"],
            published=row["published"],
            published_precision="day",
            text=row["text"],
            text_sha256="",
        )
        for row in gold["articles"]
    ]


def read_statements(gold, articles: list[Article], resources: Resources) -> list[Statement]:
    parses = {article.id: parse(article, resources) for article in articles}
    known = {article.id: article for article in articles}
    group = {one: row["id"] for row in gold["utterances"] for one in row["statements"]}
    return [
        characterised(row, known[row["article"]], parses[row["article"]], group, resources)
        for row in gold["statements"]
    ]


def characterised(row, article, parsed, group, resources) -> Statement:
    content = tuple(Span(*piece) for piece in row["content"])
    found = Attribution(
        source=_span(row["source"]),
        cue=_span(row["cue"]),
        content=content,
        mode=row["mode"],
        cue_class="speech",
        confidence=1.0,
        method="gold",
    )
    character = characterise(article, parsed, found, resources)
    utterance = group.get(row["id"])
    return Statement(
        id=StatementId(row["id"]),
        article_id=article.id,
        source=found.source,
        cue=found.cue,
        content=content,
        text=join_spans(article.text, content),
        mode=row["mode"],
        act=character.act,
        negated=character.negated,
        hedges=character.hedges,
        addressee=character.addressee,
        medium=character.medium,
        said=said_when(article, parsed, found, resources),
        speakers=tuple(SpeakerId(one) for one in row["speaker"]),
        on_behalf=tuple(SpeakerId(one) for one in row["on_behalf"]),
        utterance_id=UtteranceId(utterance) if utterance else None,
        confidence=1.0,
        method="gold",
    )


def read_speakers(gold, story: StoryId) -> list[Speaker]:
    return [
        Speaker(
            id=SpeakerId(row["id"]),
            story_id=story,
            name=row["name"],
            names=tuple(row["names"]),
            kind=row["kind"],
            role=row["role"],
        )
        for row in gold["speakers"]
    ]


def read_identities(story, articles, statements, resources):
    """Return our mentions with the gold speakers that they most often go with."""
    annotations = []
    for article in articles:
        own = tuple(row for row in statements if row.article_id == article.id)
        found = resolve(article, parse(article, resources), own, resources)
        annotations.append(
            Annotation(
                article=article,
                statements=own,
                mentions=found.mentions,
                chains=found.chains,
                voices=found.voices,
            )
        )
    resolution = resolve_speakers(story, annotations, resources)
    gold = {row.id: row.speakers for row in statements}
    votes = Counter(
        (ours, theirs)
        for row in resolution.statements
        for ours in row.speakers
        for theirs in gold[row.id]
        if len(row.speakers) == len(gold[row.id]) == 1
    )
    known = {}
    for (ours, theirs), _ in sorted(votes.items(), key=lambda vote: (vote[1], vote[0])):
        known[ours] = theirs
    return [
        msgspec.structs.replace(row, speaker_id=known[row.speaker_id])
        for row in resolution.identities
        if row.speaker_id in known
    ]


def print_errors(gold, statements: list[Statement], texts) -> None:
    by_id = {row.id: row for row in statements}
    for row in gold["statements"]:
        found = by_id[row["id"]]
        if found.act != row["act"]:
            cue = found.cue.of(texts[found.article_id]) if found.cue else "-"
            print(f"{row['act']:10} not {found.act:10} {found.mode:8} [{cue}] {found.text[:170]!r}")


def print_links(gold, responses, statements: list[Statement]) -> None:
    by_id = {row.id: row for row in statements}
    group = {one: row["id"] for row in gold["utterances"] for one in row["statements"]}
    wanted = {
        (group.get(r["from"], r["from"]), group.get(r["to"], r["to"])) for r in gold["responses"]
    }
    for row in responses:
        key = group.get(row.answering, row.answering), group.get(row.answered, row.answered)
        print(
            "ok " if key in wanted else "BAD",
            row.reply,
            row.method,
            row.answering,
            row.answered,
            repr(by_id[row.answering].text[:90]),
            "->",
            repr(by_id[row.answered].text[:90]),
        )
    have = {
        (group.get(r.answering, r.answering), group.get(r.answered, r.answered)) for r in responses
    }
    for row in gold["responses"]:
        key = group.get(row["from"], row["from"]), group.get(row["to"], row["to"])
        if key not in have:
            left, right = by_id[row["from"]], by_id[row["to"]]
            print(
                "MISS", row, left.act, repr(left.text[:70]), "->", right.act, repr(right.text[:70])
            )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--errors", action="store_true")
    arguments.add_argument("--links", action="store_true")
    options = arguments.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    resources = load_resources()
    names = ("articles", "speakers", "statements", "utterances", "responses")
    rows = {name: [] for name in names}
    for path in sorted((options.gold / "stories").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        story = StoryId(path.stem)
        articles = read_articles(gold)
        statements = read_statements(gold, articles, resources)
        speakers = read_speakers(gold, story)
        known = {article.id: article for article in articles}
        identities = read_identities(story, articles, statements, resources)
        answered = find_responses(story, known, statements, speakers, identities, resources)
        if options.errors:
            print_errors(gold, statements, {one.id: one.text for one in articles})
        if options.links:
            print(path.stem)
            print_links(gold, answered.responses, statements)
        rows["articles"] += articles
        rows["speakers"] += _apart(speakers, path.stem, ("id",))
        rows["statements"] += _apart(answered.statements, path.stem, ("id", "utterance_id"))
        rows["responses"] += _apart(answered.responses, path.stem, ("answering", "answered"))
    for name, table in rows.items():
        lines = b"\n".join(msgspec.json.encode(row) for row in table)
        (options.out / f"{name}.jsonl").write_bytes(lines + b"\n")


def _apart(rows, story, fields):
    """Return rows with ids that are unique over stories."""
    return [
        msgspec.structs.replace(
            row, **{name: f"{story}-{getattr(row, name)}" for name in fields if getattr(row, name)}
        )
        for row in rows
    ]


if __name__ == "__main__":
    main()
