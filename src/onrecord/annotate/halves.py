"""The second half of a quotation belongs to who said the first, and to nobody beside."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution
from onrecord.spans import Span

__all__ = ["said_once"]

_MARKS = '“”"„«»'


def said_once(
    found: Sequence[Attribution], completed: Sequence[Attribution], text: str
) -> list[Attribution]:
    """Take what statements of *found* were completed with from the mixed ones that had it too.

    In "“A,” she went on, calling out the mayor. “B.”" the model may read B as what she called
    out, and B would be counted twice. *completed* are the statements of *found*, in its order.
    """
    given: set[Span] = set()
    for old, new in zip(found, completed, strict=True):
        if new is not old:
            given.update({*new.content} - {*old.content})
    return [_without(one, given, text) for one in completed] if given else [*completed]


def _without(one: Attribution, given: set[Span], text: str) -> Attribution:
    kept = tuple(span for span in one.content if span not in given)
    if one.mode != "mixed" or not kept or len(kept) == len(one.content):
        return one
    marked = any(mark in span.of(text) for span in kept for mark in _MARKS)
    return replace(one, content=kept, mode="mixed" if marked else "indirect")
