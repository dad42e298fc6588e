"""Drafts to attributions: distinct contents, text order, nesting, mode and confidence."""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from operator import mul

from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Attribution, Parse, mode_of
from onrecord.annotate.sourcing import without_dangling
from onrecord.records import Mode
from onrecord.resources import Resources
from onrecord.spans import Span, all_covered

__all__ = ["finish"]

_DEFAULT_CONFIDENCE = 0.5
_SUBJECTLESS = ("-gerund", "-reduced", "-infinitive")


def finish(context: Context, drafts: list[Draft], resources: Resources) -> tuple[Attribution, ...]:
    """Return the attributions in text order, each content once, nested ones linked."""
    confidence = _confidence(resources)
    chosen = _plausible(_distinct(drafts, confidence))
    around = _nesting(chosen)
    shares = _quoted_words(context)
    return tuple(
        Attribution(
            source=_whole_words(context.parse, draft.source),
            cue=draft.cue,
            content=draft.content,
            mode=draft.mode or _mode(context, draft.content, shares),
            cue_class=draft.cue_class,
            within=around[number],
            confidence=confidence.get((draft.cue_class, draft.method), _DEFAULT_CONFIDENCE),
            method=draft.method,
            told=draft.told,
        )
        for number, draft in enumerate(chosen)
    )


def _whole_words(parse: Parse, source: Span | None) -> Span | None:
    """Return a source without a last word that waits for another."""
    if source is None:
        return None
    first, last = bisect_left(parse.starts, source.start), bisect_left(parse.starts, source.end)
    end = without_dangling(parse.lowers, first, last)
    return source if end == last else Span(source.start, parse.ends[end - 1])


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
    around = _nesting(drafts)
    return [
        draft
        for number, draft in enumerate(drafts)
        if around[number] is None or (draft.cue_class == "speech" and draft.told)
    ]


def _nesting(drafts: list[Draft]) -> list[int | None]:
    """Return, for each draft, the number of the smallest other content that covers it and its cue.

    Contents are swept by where they start; only those that reach on are compared.
    """
    hulls = [(draft.content[0].start, draft.content[-1].end) for draft in drafts]
    order = sorted(
        range(len(drafts)), key=lambda n: (hulls[n][0], -hulls[n][1], len(drafts[n].content), n)
    )
    around: list[int | None] = [None] * len(drafts)
    reaching: list[int] = []
    for number in order:
        start, end = hulls[number]
        reaching = [other for other in reaching if hulls[other][1] > start]
        covers = [
            other for other in reaching if hulls[other][1] >= end and _covers(drafts, other, number)
        ]
        around[number] = min(
            covers, key=lambda other: (_length(drafts[other]), other), default=None
        )
        reaching.append(number)
    return around


def _covers(drafts: list[Draft], outer: int, inner: int) -> bool:
    """Return whether the content of one draft holds content and cue of the other."""
    draft = drafts[inner]
    parts = draft.content if draft.cue is None else (*draft.content, draft.cue)
    return all_covered(parts, drafts[outer].content)


def _length(draft: Draft) -> int:
    return sum(span.end - span.start for span in draft.content)


def _quoted_words(context: Context) -> tuple[list[int], list[int]]:
    """Return how many words, and how many words in marks, stand before each token."""
    parse = context.parse
    quoted = bytearray(len(parse.words))
    for quotation in context.quotations:
        if quotation.depth == 0:
            first = bisect_left(parse.starts, quotation.outer.start)
            last = bisect_left(parse.starts, quotation.outer.end)
            quoted[first:last] = b"\x01" * (last - first)
    is_word = [word[0].isalnum() for word in parse.words]
    words = [0, *accumulate(is_word)]
    return words, [0, *accumulate(map(mul, is_word, quoted))]


def _mode(context: Context, content: tuple[Span, ...], shares: tuple[list[int], list[int]]) -> Mode:
    """Return how much of the content stands in quotation marks, by words."""
    starts = context.parse.starts
    words, quoted = shares
    total = inside = 0
    for span in content:
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        total += words[last] - words[first]
        inside += quoted[last] - quoted[first]
    return mode_of(inside, total)
