"""Who answered whom: each allegation with its answers, and the other exchanges of a story."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.ids import ArticleId, StatementId
from onrecord.records import AnswerStatus, Reply, Response, Row, Statement
from onrecord.views.index import Index, Item
from onrecord.views.words import sureness

__all__ = ["Answer", "Presence", "Thread", "Threads", "threads"]


class Answer(Row, frozen=True, kw_only=True):
    """An item that answers another."""

    item: Item
    reply: Reply | None
    """None where the record links an answer without saying of which kind."""
    confidence: float
    method: str

    @property
    def unsure(self) -> bool:
        """Whether the record links the two, but does not trust the link."""
        return self.reply is not None and sureness(self.confidence) == "unsure"


class Presence(Row, frozen=True, kw_only=True):
    """Whether one article that prints the allegation prints an answer to it too."""

    outlet: str
    statement: Statement
    status: AnswerStatus | None
    answered_here: bool


class Thread(Row, frozen=True, kw_only=True):
    """An item and what answers it."""

    item: Item
    answers: tuple[Answer, ...]
    """Denials, disputes, apologies, refusals and the like, in reading order."""
    support: tuple[Answer, ...]
    """Statements that support it: they stand with it, they do not answer it."""
    presence: tuple[Presence, ...]
    """Per article that prints it; a copy only where it lacks the answer."""
    status: AnswerStatus | None
    """For an allegation: the best that is known over the articles that print it."""

    @property
    def answered(self) -> bool:
        """Whether an answer is held, linked here or only noted on the allegation."""
        noted = self.status in ("same_article", "elsewhere") and not self.support
        return bool(self.answers) or noted

    @property
    def only_possibly(self) -> bool:
        """Whether all answers that are linked are unsure."""
        return bool(self.answers) and all(row.unsure for row in self.answers)


class Threads(Row, frozen=True, kw_only=True):
    """All exchanges of a story."""

    allegations: tuple[Thread, ...]
    others: tuple[Thread, ...]
    """Answered items that are not allegations."""
    loose_denials: tuple[Item, ...]
    """Denials that the record links to nothing they answer."""

    @property
    def unanswered(self) -> tuple[Thread, ...]:
        """Return the allegations without an answer in the articles held."""
        return tuple(row for row in self.allegations if not row.answered)

    @property
    def possibly(self) -> tuple[Thread, ...]:
        """Return the allegations of which every answer found is unsure."""
        return tuple(row for row in self.allegations if row.only_possibly)

    @property
    def answered(self) -> tuple[Thread, ...]:
        """Return the allegations with an answer in the articles held."""
        return tuple(row for row in self.allegations if row.answered)


_BEST_FIRST: tuple[AnswerStatus, ...] = (
    "same_article",
    "elsewhere",
    "declined",
    "no_reply_reported",
    "none_found",
)


def threads(index: Index) -> Threads:
    """Return every allegation and every answered statement with what answers it.

    Allegations come in reading order, whether answered or not: no order by weight.
    """
    answers = _answers(index)
    allegations = tuple(
        _thread(index, item, answers) for item in index.items if item.act == "accuses"
    )
    accusing = {row.item.number for row in allegations}
    others = tuple(
        _thread(index, item, answers)
        for item in index.items
        if item.number in answers and item.number not in accusing
    )
    linked = {answer.item.number for rows in answers.values() for answer in rows}
    loose = tuple(
        item for item in index.items if item.number not in linked and item.act == "denies"
    )
    return Threads(allegations=allegations, others=others, loose_denials=loose)


def _answers(index: Index) -> Mapping[int, tuple[Answer, ...]]:
    """Return, per item number, the items that answer it, in reading order."""
    best: dict[tuple[int, int], Answer] = {}
    for link in index.record.responses:
        _keep(index, best, link.answered, link.answering, link)
    for statement in index.statements.values():
        for answering in statement.answers:
            _keep(index, best, statement.id, answering, None)
    found: dict[int, list[Answer]] = defaultdict(list)
    for (answered, _), answer in sorted(best.items(), key=lambda row: row[0]):
        found[answered].append(answer)
    return {number: tuple(rows) for number, rows in found.items()}


def _keep(
    index: Index,
    best: dict[tuple[int, int], Answer],
    answered: StatementId,
    answering: StatementId,
    link: Response | None,
) -> None:
    left, right = index.item_of.get(answered), index.item_of.get(answering)
    if left is None or right is None or left.number == right.number:
        return
    answer = Answer(
        item=right,
        reply=link.reply if link else None,
        confidence=link.confidence if link else 0.0,
        method=link.method if link else "",
    )
    known = best.get((left.number, right.number))
    if known is None or known.confidence < answer.confidence:
        best[left.number, right.number] = answer


def _thread(index: Index, item: Item, answers: Mapping[int, tuple[Answer, ...]]) -> Thread:
    linked = answers.get(item.number, ())
    rows = tuple(row for row in linked if row.reply != "supports")
    replies = [row for answer in rows for row in answer.item.statements]
    everywhere = _by_article(_presence(index, row, replies) for row in item.statements)
    presence = tuple(row for row in everywhere if not _repeats(index, row))
    statuses = {row.status for row in everywhere}
    status = next((row for row in _BEST_FIRST if row in statuses), None)
    return Thread(
        item=item,
        answers=rows,
        support=tuple(row for row in linked if row.reply == "supports"),
        presence=presence,
        status=status,
    )


def _by_article(rows: Iterable[Presence]) -> list[Presence]:
    """Return *rows* with one for each article, the first of it."""
    first: dict[ArticleId, Presence] = {}
    for row in rows:
        first.setdefault(row.statement.article_id, row)
    return list(first.values())


def _repeats(index: Index, presence: Presence) -> bool:
    """Return whether a copy only repeats that its source prints the answer too."""
    carriage = index.carriages.get(presence.statement.id)
    return presence.answered_here and carriage is not None and not carriage.independent


def _presence(index: Index, statement: Statement, replies: Sequence[Statement]) -> Presence:
    return Presence(
        outlet=index.outlet_of(statement),
        statement=statement,
        status=statement.answer_status,
        answered_here=statement.answer_status == "same_article"
        or any(row.article_id == statement.article_id for row in replies),
    )
