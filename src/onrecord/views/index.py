"""One story's rows, looked up and put in reading order once, for every other view."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.config import Wire
from onrecord.ids import ArticleId, SpeakerId, StatementId
from onrecord.records import (
    Act,
    Again,
    Article,
    Carriage,
    Copy,
    Identity,
    Reprint,
    Row,
    Speaker,
    Statement,
    StoryRecord,
    Utterance,
)
from onrecord.spans import any_overlap

__all__ = ["Index", "Item", "Left", "index_story", "outlet_name"]

_OUTWEIGH: tuple[Act, ...] = ("accuses", "denies")


class Item(Row, frozen=True, kw_only=True):
    """One thing that was said: an utterance, or a statement that nothing else carries."""

    number: int
    """From 1, in the order in which the articles held printed it."""
    fullest: Statement
    statements: tuple[Statement, ...]
    """In reading order: by date of publication, then place in the text."""
    utterance: Utterance | None = None

    @property
    def act(self) -> Act:
        """What the item does: one act, however differently its statements were read.

        An accusation or a denial in any outlet makes it one; else the fullest statement decides.
        """
        acts = {row.act for row in self.statements}
        if self.fullest.act in _OUTWEIGH:
            return self.fullest.act
        return next((act for act in _OUTWEIGH if act in acts), self.fullest.act)


class Left(Row, frozen=True, kw_only=True):
    """How many statements the views leave out, and why; the tables keep them."""

    attitude: int = 0
    """Wanting, believing, hoping: not words said."""
    hidden: int = 0
    """In text that a reader of the page does not see."""
    copied: int = 0
    """In copies of another outlet's text, or in all else, as the reader of the report asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Rows of one story by id, and what the views show of them, in reading order."""

    record: StoryRecord
    articles: Mapping[ArticleId, Article]
    statements: Mapping[StatementId, Statement]
    speakers: Mapping[SpeakerId, Speaker]
    carriages: Mapping[StatementId, Carriage]
    reprints: Mapping[StatementId, Reprint]
    again: Mapping[StatementId, tuple[Again, ...]]
    copies: Mapping[ArticleId, Copy]
    identities: Mapping[ArticleId, tuple[Identity, ...]]
    items: tuple[Item, ...]
    item_of: Mapping[StatementId, Item]
    left: Left
    by_article: Mapping[ArticleId, tuple[Statement, ...]]

    def statements_in(self, article_id: ArticleId) -> tuple[Statement, ...]:
        """Return the statements shown of an article, in the order of its text."""
        return self.by_article.get(article_id, ())

    def article_of(self, statement: Statement) -> Article:
        """Return the article that prints *statement*."""
        return self.articles[statement.article_id]

    def outlet_of_article(self, article_id: ArticleId) -> str:
        """Return the name of the outlet of an article."""
        return outlet_name(self.articles[article_id])

    def outlet_of(self, statement: Statement) -> str:
        """Return the name of the outlet that prints *statement*."""
        return outlet_name(self.articles[statement.article_id])


def outlet_name(article: Article) -> str:
    """Return what to call the publisher of *article*: its name, else its address, else its file."""
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:  # an address as a row gave it, which is none
        host = None
    return article.outlet or host or article.locator.replace("\\", "/").rsplit("/", 1)[-1]


def index_story(record: StoryRecord, *, wire: Wire = "keep") -> Index:
    """Return the lookups for *record*; statements of attitude and in hidden text are left out.

    *wire* says what becomes of statements in copies of another outlet's text: kept, left out
    ("collapse"), or nothing else kept ("only"). The fullest wording of an utterance stays in
    either case: every comparison needs its base.
    """
    articles = {row.id: row for row in sorted(record.articles, key=_article_order)}
    place = {article_id: number for number, article_id in enumerate(articles)}
    shown: list[Statement] = []
    left = {"attitude": 0, "hidden": 0, "copied": 0}
    elsewhere = _elsewhere(record, wire)
    for statement in record.statements:
        reason = _reason_to_leave(statement, articles[statement.article_id])
        if reason is None and statement.id in elsewhere:
            reason = "copied"
        if reason is None:
            shown.append(statement)
        else:
            left[reason] += 1
    shown.sort(key=lambda row: (place[row.article_id], row.content[0].start, row.id))
    items = _items(shown, {row.id: row for row in record.utterances})
    by_article: dict[ArticleId, list[Statement]] = defaultdict(list)
    for statement in shown:
        by_article[statement.article_id].append(statement)
    identities: dict[ArticleId, list[Identity]] = defaultdict(list)
    for identity in record.identities:
        identities[identity.article_id].append(identity)
    again: dict[StatementId, list[Again]] = defaultdict(list)
    for later in record.again:
        again[later.statement_id].append(later)
    return Index(
        record=record,
        articles=articles,
        statements={row.id: row for row in shown},
        speakers={row.id: row for row in record.speakers},
        carriages={row.statement_id: row for row in record.carriages},
        reprints={row.statement_id: row for row in record.reprints},
        again={key: tuple(rows) for key, rows in again.items()},
        copies={row.article_id: row for row in record.copies},
        identities={key: tuple(rows) for key, rows in identities.items()},
        items=items,
        item_of={row.id: item for item in items for row in item.statements},
        left=Left(**left),
        by_article={key: tuple(rows) for key, rows in by_article.items()},
    )


def _article_order(article: Article) -> tuple[bool, str, str, str, str]:
    published, modified = article.published or "", article.modified or ""
    return (not published, published, outlet_name(article), modified, article.id)


def _reason_to_leave(statement: Statement, article: Article) -> str | None:
    if statement.cue_class == "attitude":
        return "attitude"
    return "hidden" if any_overlap(statement.content, article.hidden) else None


def _elsewhere(record: StoryRecord, wire: Wire) -> frozenset[StatementId]:
    """Return the statements that *wire* leaves out."""
    if wire == "keep":
        return frozenset()
    copies = {row.article_id for row in record.copies if row.kind != "revision"}
    left = {
        row.id for row in record.statements if (row.article_id in copies) == (wire == "collapse")
    }
    bases = {row.fullest for row in record.utterances if not left.issuperset(row.statements)}
    return frozenset(left - bases)


def _items(shown: Sequence[Statement], utterances: Mapping[str, Utterance]) -> tuple[Item, ...]:
    """Return what was said, each thing once, numbered in the order of *shown*."""
    members: dict[str, list[Statement]] = {}
    for statement in shown:
        linked = statement.utterance_id
        key = str(linked if linked in utterances else statement.id)
        members.setdefault(key, []).append(statement)
    items = []
    for number, (key, rows) in enumerate(members.items(), start=1):
        utterance = utterances.get(key)
        fullest = next((row for row in rows if utterance and row.id == utterance.fullest), None)
        items.append(
            Item(
                number=number,
                fullest=fullest or max(rows, key=lambda row: len(row.text)),
                statements=tuple(rows),
                utterance=utterance,
            )
        )
    return tuple(items)
