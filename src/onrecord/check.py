"""The invariants of a record, checked on a run: what a reader may rely on without looking."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.records import (
    Article,
    Carriage,
    Copy,
    Difference,
    Identity,
    Reject,
    Reprint,
    Response,
    Row,
    Speaker,
    Statement,
    Story,
    Utterance,
)
from onrecord.runs import TABLES, Manifest, changed_tables, read_manifest, read_table, sort_key
from onrecord.spans import Span
from onrecord.spool import Spool

__all__ = ["Problem", "check_run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One broken promise: the table, the row, and what is wrong with it."""

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.table} {self.row}: {self.what}"


@dataclass(slots=True)
class _Known:
    """What has been read so far, small enough to keep: ids, text lengths, memberships."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    utterance_of: dict[str, str | None] = field(default_factory=dict)
    fullest_of: dict[str, str] = field(default_factory=dict)
    article_of: dict[str, str] = field(default_factory=dict)
    carried: set[tuple[str, str]] = field(default_factory=set)
    unnamed_in: dict[str, set[str]] = field(default_factory=dict)
    printed: dict[str, tuple[str | None, str | None, str | None]] = field(default_factory=dict)
    """Of each article the story, the outlet and the date."""


def check_run(run: Path) -> list[Problem]:
    """Return every broken invariant of the run in *run*; an intact run gives none.

    Checked: files and manifest agree, rows are sorted and unique, every span lies inside its
    text and gives back the stored wording, every id refers to a row, every input is an
    article or a reject, every statement of an utterance has a carriage, unnamed speakers stay
    in one article, every accusation says where an answer is held.

    Raises:
        StoreError: there is no run, or a line of it cannot be read.
    """
    manifest = read_manifest(run)
    texts = Spool()
    known = _Known()
    try:
        problems = list(_files(run, manifest))
        problems += _ordered(run, known)
        articles = read_table(run, "articles", Article)
        problems += _articles(articles, texts)
        for part, row_type, check in _CHECKS:
            for row in read_table(run, part, row_type):
                for what in check(row, known, texts):
                    problems.append(Problem(table=part, row=_name(row), what=what))
        problems += _memberships(run, known)
    finally:
        texts.close()
    return problems


def _name(row: Row) -> str:
    return sort_key(row)[:48]


def _files(run: Path, manifest: Manifest) -> Iterator[Problem]:
    for part in changed_tables(run, manifest):
        yield Problem(table=part, row="-", what="the file is not the one the manifest names")
    read = sum(item.read for item in manifest.inputs)
    rejected = sum(item.rejected for item in manifest.inputs)
    for part, wanted in (("articles", read), ("rejects", rejected)):
        held = manifest.tables[part].rows if part in manifest.tables else 0
        if held != wanted:
            yield Problem(table=part, row="-", what=f"{wanted} inputs but {held} rows")


def _ordered(run: Path, known: _Known) -> Iterator[Problem]:
    for part, row_type in TABLES.items():
        known.ids[part] = set()
        last = ""
        for row in read_table(run, part, row_type):
            key = sort_key(row)
            if key <= last:
                what = "appears twice" if key == last else "is out of order"
                yield Problem(table=part, row=_name(row), what=what)
            last = key
            known.ids[part].add(key)
            _note(row, known)


def _note(row: Row, known: _Known) -> None:
    match row:
        case Article():
            known.printed[row.id] = (row.story_id, row.outlet, row.published)
        case Speaker():
            known.kinds[row.id] = row.kind
        case Statement():
            known.utterance_of[row.id] = row.utterance_id
            known.article_of[row.id] = row.article_id
        case Utterance():
            known.fullest_of[row.id] = row.fullest
        case Carriage():
            known.carried.add((row.utterance_id, row.statement_id))
        case _:
            pass


def _articles(articles: Iterable[Article], texts: Spool) -> Iterator[Problem]:
    for article in articles:
        data = article.text.encode()
        texts.add("text", [(article.id, data)])
        spans = [("block", block.span) for block in article.blocks]
        spans += [("embed", embed.span) for embed in article.embeds]
        spans += [("hidden", span) for span in article.hidden]
        for what, span in spans:
            if not _inside(span, len(article.text)):
                yield Problem(
                    table="articles", row=article.id, what=f"{what} {_at(span)} is outside"
                )
        if hashlib.sha256(data).hexdigest() != article.text_sha256:
            yield Problem(table="articles", row=article.id, what="the text is not the one hashed")


def _inside(span: Span, length: int) -> bool:
    return 0 <= span.start < span.end <= length


def _at(span: Span) -> str:
    return f"span {span.start}-{span.end}"


def _text(article_id: str, texts: Spool) -> str | None:
    found = texts.pick("text", [article_id])
    return found[0].decode() if found else None


def _spans(
    names: str, article_id: str, spans: Iterable[Span | None], texts: Spool
) -> Iterator[str]:
    text = _text(article_id, texts)
    if text is None:
        yield f"article {article_id} is not held"
        return
    for span in spans:
        if span is not None and not _inside(span, len(text)):
            yield f"{names} {_at(span)} is outside a text of {len(text)}"


def _missing(known: _Known, part: str, ids: Iterable[str | None]) -> Iterator[str]:
    for row_id in ids:
        if row_id is not None and row_id not in known.ids[part]:
            yield f"names {part} {row_id}, which is not held"


def _statement(row: Statement, known: _Known, texts: Spool) -> Iterator[str]:
    spans = (row.source, row.cue, row.addressee, *row.content, *row.hedges)
    broken = list(_spans("statement", row.article_id, spans, texts))
    yield from broken
    text = _text(row.article_id, texts)
    if text is not None and not broken:
        wording = " … ".join(span.of(text) for span in row.content)
        if wording != row.text:
            yield "text is not the wording of its content spans"
    yield from _missing(known, "speakers", (*row.speakers, *row.via, *row.on_behalf))
    yield from _missing(known, "statements", (row.within, *row.answers))
    yield from _missing(known, "stories", (row.story_id,))
    yield from _missing(known, "utterances", (row.utterance_id,))
    if (row.act == "accuses" and row.cue_class == "speech") != (row.answer_status is not None):
        yield f"act {row.act} with answer status {row.answer_status}"


def _identity(row: Identity, known: _Known, texts: Spool) -> Iterator[str]:
    yield from _spans("mention", row.article_id, (row.span,), texts)
    yield from _missing(known, "speakers", (row.speaker_id,))
    if known.kinds.get(row.speaker_id) == "unnamed":
        places = known.unnamed_in.setdefault(row.speaker_id, set())
        places.add(row.article_id)
        if len(places) == 2:  # noqa: PLR2004 - reported once, when the second article appears
            yield f"unnamed speaker {row.speaker_id} appears in several articles"


def _utterance(row: Utterance, known: _Known, texts: Spool) -> Iterator[str]:
    del texts
    yield from _missing(known, "statements", (row.fullest, *row.statements))
    yield from _missing(known, "speakers", row.speakers)
    if row.fullest not in row.statements:
        yield "the fullest statement is not one of its statements"
    for statement_id in row.statements:
        if (row.id, statement_id) not in known.carried:
            yield f"statement {statement_id} has no carriage"
        if known.utterance_of.get(statement_id) != row.id:
            yield f"statement {statement_id} names another utterance"


def _carriage(row: Carriage, known: _Known, texts: Spool) -> Iterator[str]:
    yield from _missing(known, "utterances", (row.utterance_id,))
    yield from _missing(known, "statements", (row.statement_id,))
    article_id = known.article_of.get(row.statement_id)
    if article_id is not None:
        yield from _spans("edit", article_id, (edit.ours for edit in row.edits), texts)
    fullest = known.article_of.get(known.fullest_of.get(row.utterance_id, ""))
    if fullest is not None:
        yield from _spans("fullest edit", fullest, (edit.fullest for edit in row.edits), texts)


def _response(row: Response, known: _Known, texts: Spool) -> Iterator[str]:
    yield from _missing(known, "statements", (row.answering, row.answered))
    article_id = known.article_of.get(row.answering)
    if article_id is not None:
        yield from _spans("evidence", article_id, row.evidence, texts)
    if not row.evidence:
        yield "no words prove it"


def _copy(row: Copy, known: _Known, texts: Spool) -> Iterator[str]:
    del texts
    yield from _missing(known, "articles", (row.article_id, row.original_id))


def _story(row: Story, known: _Known, texts: Spool) -> Iterator[str]:
    del texts
    yield from _missing(known, "articles", (*row.article_ids, row.title_article_id))


def _difference(row: Difference, known: _Known, texts: Spool) -> Iterator[str]:
    for value in row.values:
        yield from _spans("value", value.article_id, (value.span,), texts)
        yield from _missing(known, "statements", (value.statement_id,))


def _reprint(row: Reprint, known: _Known, texts: Spool) -> Iterator[str]:
    del texts
    yield from _missing(known, "statements", (row.statement_id, row.first))
    ours = known.printed.get(known.article_of.get(row.statement_id, ""))
    theirs = known.printed.get(known.article_of.get(row.first, ""))
    if ours is None or theirs is None:
        return
    if (row.story_id, row.first_story_id) != (ours[0], theirs[0]) or ours[0] == theirs[0]:
        yield "the stories are not those of its two statements, or are one"
    day = (theirs[2] or "")[: len(row.published)]
    if (row.outlet, row.published) != (theirs[1], day) or day >= (ours[2] or ""):
        yield "what it says of the first print is not so, or that is no earlier"


def _reject(row: Reject, known: _Known, texts: Spool) -> Iterator[str]:
    del known, texts
    if not row.reason or not row.detail:
        yield "a reject without reason or detail"


def _memberships(run: Path, known: _Known) -> Iterator[Problem]:
    """Every article is in exactly one story; no statement is in an utterance that lacks it."""
    placed: dict[str, int] = dict.fromkeys(sorted(known.ids["articles"]), 0)
    for story in read_table(run, "stories", Story):
        for article_id in story.article_ids:
            placed[article_id] = placed.get(article_id, 0) + 1
    for name, count in placed.items():
        if count != 1:
            yield Problem(table="articles", row=name, what=f"is in {count} stories")


_CHECKS: tuple[tuple[str, type[Row], Callable[..., Iterator[str]]], ...] = (
    ("statements", Statement, _statement),
    ("identities", Identity, _identity),
    ("utterances", Utterance, _utterance),
    ("carriages", Carriage, _carriage),
    ("responses", Response, _response),
    ("copies", Copy, _copy),
    ("stories", Story, _story),
    ("differences", Difference, _difference),
    ("reprints", Reprint, _reprint),
    ("rejects", Reject, _reject),
)
