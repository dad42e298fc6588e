"""What people quote others as saying: statements of the rules inside statements of the model."""

from collections.abc import Sequence

from onrecord.annotate.found import Attribution

__all__ = ["inner_statements"]

_SURE = 0.9
"""Confidence of a rule from which on it is believed inside quotation marks (`docs/models.md`)."""

_NAMED = "-named"
"""Rules for what a quoted speaker says that a document or somebody by name alleged or denied."""


def inner_statements(
    rules: Sequence[Attribution], found: Sequence[Attribution]
) -> list[Attribution]:
    """Return the statements of *rules* that stand, cue and all, inside a content of *found*.

    The model reads one layer; in "A said that B denied it" the inner one is left to the rules.
    Inside quotation marks people speak in other ways than outlets write, and the rules are made
    for writing: there only the surest count.
    """
    return [
        one
        for one in rules
        if one.cue_class == "speech"
        and one.cue is not None
        and any(other.holds(one) and _is_sure(one, other) for other in found)
    ]


def _is_sure(one: Attribution, outer: Attribution) -> bool:
    sure = one.confidence >= _SURE or one.method.endswith(_NAMED)
    return one.told and (outer.mode != "direct" or sure)
