"""What people quote others as saying: statements of the rules inside statements of the model."""

from collections.abc import Sequence

from onrecord.annotate.found import Attribution

__all__ = ["inner_statements"]

_SURE = 0.9
"""Confidence of a rule from which on its inner statement is kept (`docs/models.md`)."""


def inner_statements(
    rules: Sequence[Attribution], found: Sequence[Attribution]
) -> list[Attribution]:
    """Return the statements of *rules* that stand, cue and all, inside a content of *found*.

    The model reads one layer; in "A said that B denied it" the inner one is left to the rules.
    """
    return [
        one
        for one in rules
        if one.cue_class == "speech" and one.told and _is_nested(one, found)
    ]


def _is_sure(one: Attribution) -> bool:
    return one.confidence >= _SURE


def _is_nested(one: Attribution, found: Sequence[Attribution]) -> bool:
    if one.cue is None:
        return False
    inner = (*one.content, one.cue)
    return any(
        all(any(outer.covers(span) for outer in other.content) for span in inner) for other in found
    )
