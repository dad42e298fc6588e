"""Drafts to attributions: distinct contents, text order, nesting, mode and confidence."""

from bisect import bisect_left

from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Attribution
from onrecord.records import Mode
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["finish"]

_DIRECT_SHARE = 0.9
_DEFAULT_CONFIDENCE = 0.5


def finish(context: Context, drafts: list[Draft], resources: Resources) -> tuple[Attribution, ...]:
    """Return the attributions in text order, each content once, nested ones linked."""
    confidence = {
        method: float(value) for method, value in resources.tables.get("rule-confidence", ())
    }
    chosen = _distinct(drafts, confidence)
    contents = [draft.content for draft in chosen]
    return tuple(
        Attribution(
            source=draft.source,
            cue=draft.cue,
            content=draft.content,
            mode=draft.mode or _mode(context, draft.content),
            cue_class=draft.cue_class,
            within=_around(draft, number, contents),
            confidence=confidence.get(draft.method, _DEFAULT_CONFIDENCE),
            method=draft.method,
        )
        for number, draft in enumerate(chosen)
    )


def _distinct(drafts: list[Draft], confidence: dict[str, float]) -> list[Draft]:
    """Keep the surest draft of each content, in text order."""
    best: dict[tuple[Span, ...], Draft] = {}
    for draft in drafts:
        kept = best.get(draft.content)
        if kept is None or confidence.get(draft.method, 0.5) > confidence.get(kept.method, 0.5):
            best[draft.content] = draft
    return [best[content] for content in sorted(best)]


def _around(draft: Draft, number: int, contents: list[tuple[Span, ...]]) -> int | None:
    """Return the number of the smallest other content that covers this one and its cue."""
    inner = draft.content if draft.cue is None else (*draft.content, draft.cue)
    best: int | None = None
    size = 0
    for other, outer in enumerate(contents):
        if other == number or not all(any(o.covers(i) for o in outer) for i in inner):
            continue
        length = sum(span.end - span.start for span in outer)
        if best is None or length < size:
            best, size = other, length
    return best


def _mode(context: Context, content: tuple[Span, ...]) -> Mode:
    """Return how much of the content stands in quotation marks, by words."""
    parse = context.parse
    inside = total = 0
    for span in content:
        for token in range(bisect_left(parse.starts, span.start), len(parse.starts)):
            if parse.starts[token] >= span.end:
                break
            if not parse.words[token][0].isalnum():
                continue
            total += 1
            inside += _in_quotation(context, parse.starts[token])
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT_SHARE * total else "mixed"


def _in_quotation(context: Context, place: int) -> bool:
    return any(
        quotation.outer.start <= place < quotation.outer.end for quotation in context.quotations
    )
