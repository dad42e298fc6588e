"""Compile the record of a set of articles.

This is the only module that knows the order of the stages. A stage is a pure function
of its rows and of the resources it is given; where it runs is the engine's business, so
the tables are the same, row for row, on a laptop and on a cluster. Reading this file
from top to bottom is reading the method page of the documentation.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.annotate.article import annotate
from onrecord.errors import described
from onrecord.ids import ArticleId, StoryId
from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import read_document
from onrecord.link.exemplars import exemplars_of, reprints_of
from onrecord.link.facts import find_differences
from onrecord.link.responses import find_responses
from onrecord.link.sketch import sketch
from onrecord.link.speakers import resolve_speakers
from onrecord.link.stories import place
from onrecord.link.syndication import find_copies
from onrecord.link.utterances import align
from onrecord.records import (
    Annotation,
    Article,
    Copy,
    Exemplar,
    Reject,
    Reprint,
    Row,
    Sketch,
    Story,
    StoryRecord,
)
from onrecord.resources import Resources
from onrecord.stage import Engine, Group, Map, Meet, Table, Whole

__all__ = [
    "AGAIN",
    "READ",
    "Compiled",
    "Read",
    "compile_record",
    "distinct",
    "link_record",
    "read_key",
]


class ReadHead(Row, frozen=True, kw_only=True):
    """What copies and stories need of an input: its fingerprint, or why there is none."""

    locator: str
    sketch: Sketch | None = None
    reject: Reject | None = None


class Read(ReadHead, frozen=True, kw_only=True):
    """An input as the first stage leaves it: annotation and fingerprint, or why there is none."""

    annotation: Annotation | None = None


class Exemplars(Row, frozen=True, kw_only=True):
    """What the index of quotations wants of a story's record."""

    exemplars: tuple[Exemplar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A record, story by story, what ties stories together, and the inputs not part of it."""

    stories: Table[StoryRecord]
    reprints: Iterable[Reprint]
    rejects: tuple[Reject, ...]


def compile_record(engine: Engine, documents: Iterable[Document]) -> Compiled:
    """Return who said what in *documents*, and how each outlet carried it, story by story.

    Nothing here looks at whether a statement is true, and nothing drops one: an article
    without statements, a statement without a speaker and a story with one outlet all
    stay in the tables, so that what is missing can be counted.
    """
    # Within an article. The parse lives and dies inside this stage: only rows come out.
    return link_record(engine, engine.map(documents, READ))


def link_record(engine: Engine, read: Table[Read]) -> Compiled:
    """Return the record of inputs that the first stage has read, now or long ago."""
    sketches, keys, rejects = distinct(read)

    # Across articles. Thirty outlets with one wire text are one source, so copies come first.
    copies = engine.whole(sketches, COPIES)
    original_of = {row.article_id: row.original_id for row in copies}
    originals = [row for row in sketches if row.article_id not in original_of]
    placements = engine.whole(originals, STORIES)

    # Within a story. Names and wordings are only compared where the events are the same.
    members: dict[str, list[str]] = defaultdict(list)
    copies_of: dict[str, list[Copy]] = defaultdict(list)
    story_of = {row.article_id: row.story_id for row in placements}
    story_of |= {copy: story_of[original] for copy, original in original_of.items()}
    for article_id in sorted(story_of):
        members[story_of[article_id]].append(keys[article_id])
    for copy in sorted(copies, key=lambda row: row.article_id):
        copies_of[story_of[copy.article_id]].append(copy)
    stories = engine.group(read, members, copies_of, RECORD)

    # Across stories: only words that a named speaker is quoted with, found by an index.
    return Compiled(stories=stories, reprints=engine.meet(stories, REPRINTS), rejects=rejects)


def read_article(document: Document, resources: Resources) -> Read:
    """Return what one input says, with the fingerprint that finds its copies and its story."""
    article = read_document(document, resources)
    if isinstance(article, Reject):
        return Read(locator=article.locator, reject=article)
    return _annotated(article, resources)


def read_again(read: Read, resources: Resources) -> Read:
    """Return what an article says by the rules and weights of today; a reject stays one."""
    if read.annotation is None:
        return read
    return _annotated(read.annotation.article, resources)


def _annotated(article: Article, resources: Resources) -> Read:
    try:
        annotation = annotate(article, resources)
        fingerprint = sketch(annotation, resources)
    except Exception as error:  # noqa: BLE001 - one article must not end the run; it is listed
        detail = described(error)
        reject = Reject(locator=article.locator, reason="failed", detail=detail)
        return Read(locator=article.locator, reject=reject)
    return Read(locator=article.locator, annotation=annotation, sketch=fingerprint)


def record_story(
    group: str, read: Sequence[Read], copies: Sequence[Copy], resources: Resources
) -> StoryRecord:
    """Return the record of one story; *read* and *copies* are sorted by article id."""
    story_id = StoryId(group)
    annotations = [row.annotation for row in read if row.annotation is not None]
    articles = {row.article.id: row.article for row in annotations}

    # One person, one name, in every article of the story.
    people = resolve_speakers(story_id, annotations, resources)
    # The same words said once: who carried them, and how.
    aligned = align(story_id, articles, people.statements, people.speakers, copies, resources)
    # Who answered whom, and which accusation has no answer in the articles held.
    answered = find_responses(
        story_id, articles, aligned.statements, people.speakers, people.identities, resources
    )
    # Where accounts give different numbers, days or places for the same thing.
    differences = find_differences(story_id, annotations, answered.statements, copies, resources)

    return StoryRecord(
        story=_story(story_id, list(articles.values())),
        articles=tuple(_placed(article, story_id) for article in articles.values()),
        copies=tuple(copies),
        statements=answered.statements,
        speakers=people.speakers,
        identities=people.identities,
        utterances=aligned.utterances,
        carriages=aligned.carriages,
        responses=answered.responses,
        differences=differences,
        exemplars=exemplars_of(
            story_id,
            articles,
            answered.statements,
            aligned.wordings,
            people.speakers,
            resources,
        ),
    )


def distinct(
    read: Table[Read],
) -> tuple[list[Sketch], dict[ArticleId, str], tuple[Reject, ...]]:
    """Return the fingerprints of distinct articles, their keys, and the inputs left out.

    Of equal articles the one with the first locator stays, whatever the order of the inputs.
    """
    sketches: list[Sketch] = []
    first: dict[ArticleId, str] = {}
    keys: dict[ArticleId, str] = {}
    rejects: list[Reject] = []
    for row in read.narrow(ReadHead):
        if row.sketch is None:
            if row.reject is not None:
                rejects.append(row.reject)
            continue
        article_id = row.sketch.article_id
        if article_id in keys:
            detail = f"the same article as {first[article_id]}"
            rejects.append(Reject(locator=row.locator, reason="duplicate", detail=detail))
            continue
        keys[article_id], first[article_id] = read_key(row), row.locator
        sketches.append(row.sketch)
    return sketches, keys, tuple(rejects)


def read_key(read: ReadHead) -> str:
    """Return a key that sorts by article, then by locator: the same for any order of inputs."""
    return f"{read.sketch.article_id if read.sketch else '~'} {read.locator}"


def _placed(article: Article, story_id: StoryId) -> Article:
    return replace(article, story_id=story_id)


def _story(story_id: StoryId, articles: Sequence[Article]) -> Story:
    """Return the story's row; its title is the earliest dated headline held."""
    dated = sorted((row.published, row.id) for row in articles if row.published)
    titled = sorted(
        (row.published is None, row.published or "", row.id, row.title)
        for row in articles
        if row.title
    )
    return Story(
        id=story_id,
        title=titled[0][3] if titled else None,
        title_article_id=titled[0][2] if titled else None,
        article_ids=tuple(sorted(row.id for row in articles)),
        first=dated[0][0] if dated else None,
        last=dated[-1][0] if dated else None,
        method="earliest headline",
    )


READ = Map(name="read", row=Document, out=Read, run=read_article, key=read_key)
AGAIN = Map(name="again", row=Read, out=Read, run=read_again, key=read_key)
COPIES = Whole(name="copies", run=find_copies)
STORIES = Whole(name="stories", run=place)
RECORD = Group(name="record", row=Read, side=Copy, out=StoryRecord, run=record_story)
REPRINTS = Meet(
    name="reprints",
    row=Exemplars,
    parts=lambda row: row.exemplars,
    keys=lambda part: part.seeds,
    out=Reprint,
    run=reprints_of,
    most=64,
)
