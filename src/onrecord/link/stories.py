"""Articles on the same events."""

from collections.abc import Sequence

from onrecord.ids import StoryId, content_hash
from onrecord.records import Placement, Sketch
from onrecord.resources import Resources

__all__ = ["place"]


def place(sketches: Sequence[Sketch], resources: Resources) -> list[Placement]:
    """Return the story of every article."""
    del resources
    if not sketches:
        return []
    story = StoryId(content_hash("story", min(item.article_id for item in sketches)))
    return [Placement(article_id=item.article_id, story_id=story) for item in sketches]
