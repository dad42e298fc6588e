"""Numbers, dates and counts on which accounts of the same thing differ."""

from collections.abc import Sequence

from onrecord.ids import StoryId
from onrecord.records import Annotation, Copy, Difference
from onrecord.resources import Resources

__all__ = ["find_differences"]


def find_differences(
    story_id: StoryId,
    annotations: Sequence[Annotation],
    copies: Sequence[Copy],
    resources: Resources,
) -> tuple[Difference, ...]:
    """Return what accounts differ on; agreement is not listed."""
    del story_id, annotations, copies, resources
    return ()
