"""Which statement answers which."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.ids import ArticleId, StatementId, StoryId, UtteranceId
from onrecord.link.aims import Aim, aims_of
from onrecord.link.answering import links_of
from onrecord.link.replies import Link, is_about
from onrecord.records import Act, AnswerStatus, Article, Identity, Response, Speaker, Statement
from onrecord.resources import Resources

__all__ = ["Answered", "find_responses"]

_PLAIN: frozenset[Act] = frozenset(("states",))
"""What a statement does for want of a sign of something else."""
_ANSWERING = frozenset(("denies", "disputes", "answers", "apologises", "escalates"))
"""Replies that give the other side's word; a supporter's does not."""
_BY_ANYBODY = frozenset(("called-untrue", "case-named", "named-words", "spoken-back"))
"""Methods by which also somebody is linked whom the accusation does not meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Responses of a story, and its statements with answers and answer status filled in."""

    responses: tuple[Response, ...]
    statements: tuple[Statement, ...]


def find_responses(
    story_id: StoryId,
    articles: Mapping[ArticleId, Article],
    statements: Sequence[Statement],
    speakers: Sequence[Speaker],
    identities: Sequence[Identity],
    resources: Resources,
) -> Answered:
    """Return the responses between the statements of a story.

    A link is made where the text says whom an answer answers; what could answer several
    accusations is not linked. Rows come sorted by the ids of their two statements.
    """
    statements = _agreed(statements)
    aims = aims_of(articles, statements, speakers, identities, resources)
    best: dict[tuple[StatementId, StatementId], Link] = {}
    for link in links_of(aims, resources):
        key = (link.answering.statement.id, link.answered.statement.id)
        if key not in best or best[key].confidence < link.confidence:
            best[key] = link
    links = [best[key] for key in sorted(best)]
    return Answered(
        responses=tuple(_response(story_id, link) for link in links),
        statements=_with_answers(statements, aims, links),
    )


def _agreed(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements, those of one utterance with one act where most show it.

    A cut or reworded carriage may have lost the words that showed what was done: what seems a
    plain statement takes the act that most statements of its utterance have.
    """
    acts: dict[UtteranceId, Counter[Act]] = defaultdict(Counter)
    for row in statements:
        if row.utterance_id is not None and row.cue_class == "speech":
            acts[row.utterance_id][row.act] += 1
    rows: list[Statement] = []
    for row in statements:
        counts = acts.get(row.utterance_id) if row.utterance_id is not None else None
        act = (
            _leading(counts) if counts and row.act in _PLAIN and row.cue_class == "speech" else None
        )
        rows.append(replace(row, act=act) if act else row)
    return rows


def _leading(counts: Counter[Act]) -> Act | None:
    """Return the act that most of an utterance's statements show, if it is not a plain one."""
    shown = sorted((-count, act) for act, count in counts.items() if act not in _PLAIN)
    return shown[0][1] if shown and -2 * shown[0][0] > counts.total() else None


def _response(story_id: StoryId, link: Link) -> Response:
    return Response(
        answering=link.answering.statement.id,
        answered=link.answered.statement.id,
        story_id=story_id,
        reply=link.reply,
        evidence=link.evidence,
        confidence=link.confidence,
        method=link.method,
    )


def _with_answers(
    statements: Sequence[Statement], aims: Sequence[Aim], links: Sequence[Link]
) -> tuple[Statement, ...]:
    """Return the statements with what answers them, and accusations with their status."""
    to_key: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        to_key[link.answered.key].append(link)
    by_id = {aim.statement.id: aim for aim in aims}
    declining = [aim for aim in aims if aim.statement.act == "declines"]
    rows: list[Statement] = []
    for statement in statements:
        aim = by_id.get(statement.id)
        found = to_key.get(aim.key, []) if aim else []
        answers = tuple(sorted({link.answering.statement.id for link in found}))
        status = _status(aim, found, declining) if aim and statement.act == "accuses" else None
        rows.append(replace(statement, answers=answers, answer_status=status))
    return tuple(rows)


def _is_of_the_accused(link: Link) -> bool:
    """Return whether an answer is given by whom the accusation speaks of."""
    return link.method not in _BY_ANYBODY or is_about(link.answered, link.answering)


def _status(aim: Aim, links: Sequence[Link], declining: Sequence[Aim]) -> AnswerStatus:
    """Return where the articles held have an answer to an accusation.

    "elsewhere" is an answer in another article only; "declined" and "no_reply_reported" are
    what an article says of whom the accusation is about.
    """
    given = [link for link in links if link.reply in _ANSWERING and _is_of_the_accused(link)]
    if any(link.answering.statement.article_id == aim.statement.article_id for link in given):
        return "same_article"
    if given:
        return "elsewhere"
    silent = [other for other in declining if other.voices & aim.about]
    silent += [link.answering for link in links if link.reply == "declines"]
    if any(not other.statement.negated for other in silent):
        return "declined"
    return "no_reply_reported" if silent else "none_found"
