"""Mentions across the articles of a story to speakers."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ids import StoryId
from onrecord.records import Annotation, Identity, Speaker, Statement
from onrecord.resources import Resources

__all__ = ["Resolution", "resolve_speakers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Speakers of a story, and its statements with their speakers filled in."""

    speakers: tuple[Speaker, ...]
    identities: tuple[Identity, ...]
    statements: tuple[Statement, ...]


def resolve_speakers(
    story_id: StoryId, annotations: Sequence[Annotation], resources: Resources
) -> Resolution:
    """Return who the speakers of a story are; *annotations* come sorted by article id."""
    del story_id, resources
    statements = tuple(row for annotation in annotations for row in annotation.statements)
    return Resolution(speakers=(), identities=(), statements=statements)
