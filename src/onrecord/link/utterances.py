"""One utterance as each outlet carried it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import ArticleId, StoryId
from onrecord.records import Article, Carriage, Copy, Statement, Utterance
from onrecord.resources import Resources

__all__ = ["Alignment", "align"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Utterances of a story, how each statement carries its own, and the linked statements."""

    utterances: tuple[Utterance, ...]
    carriages: tuple[Carriage, ...]
    statements: tuple[Statement, ...]


def align(
    story_id: StoryId,
    articles: Mapping[ArticleId, Article],
    statements: Sequence[Statement],
    copies: Sequence[Copy],
    resources: Resources,
) -> Alignment:
    """Return which statements carry the same utterance, and how.

    A statement that nothing else carries keeps `utterance_id` null and has no row here.
    """
    del story_id, articles, copies, resources
    return Alignment(utterances=(), carriages=(), statements=tuple(statements))
