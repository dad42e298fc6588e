"""Drafts to attributions: distinct contents, text order, nesting, mode and confidence."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Attribution
from onrecord.records import Mode
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["finish"]

_DIRECT_SHARE = 0.9
_DEFAULT_CONFIDENCE = 0.5
_SUBJECTLESS = ("-gerund", "-reduced", "-infinitive")


def finish(context: Context, drafts: list[Draft], resources: Resources) -> tuple[Attribution, ...]:
    """Return the attributions in text order, each content once, nested ones linked."""
    confidence = _confidence(resources)
    chosen = _plausible(_distinct(drafts, confidence))
    contents = [draft.content for draft in chosen]
    return tuple(
        Attribution(
            source=draft.source,
            cue=draft.cue,
            content=draft.content,
            mode=draft.mode or _mode(context, draft.content),
            cue_class=draft.cue_class,
            within=_around(draft, number, contents),
            confidence=confidence.get((draft.cue_class, draft.method), _DEFAULT_CONFIDENCE),
            method=draft.method,
        )
        for number, draft in enumerate(chosen)
    )


@cache
def _confidence(resources: Resources) -> Mapping[tuple[str, str], float]:
    """Return the measured share of right statements by class and rule."""
    rows = resources.tables["rule-confidence"]
    return {(cue_class, rule): float(share) for cue_class, rule, share, _ in rows}


def _distinct(drafts: list[Draft], confidence: Mapping[tuple[str, str], float]) -> list[Draft]:
    """Keep the surest draft of each content, in text order; the first of equals."""

    def sureness(draft: Draft) -> float:
        return confidence.get((draft.cue_class, draft.method), _DEFAULT_CONFIDENCE)

    best: dict[tuple[Span, ...], Draft] = {}
    for draft in drafts:
        kept = best.get(draft.content)
        if kept is None or sureness(draft) > sureness(kept):
            best[draft.content] = draft
    return [best[content] for content in sorted(best)]


def _plausible(drafts: list[Draft]) -> list[Draft]:
    """Leave out what is nested in a statement without a subject of its own, and its attitudes.

    "He said he hoped to win" is one statement; "he said she denied it" is two.
    """
    contents = [draft.content for draft in drafts]
    return [
        draft
        for number, draft in enumerate(drafts)
        if (draft.cue_class == "speech" and not draft.method.endswith(_SUBJECTLESS))
        or _around(draft, number, contents) is None
    ]


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
