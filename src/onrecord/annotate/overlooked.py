"""Quotations whose cue the model passed over: marks, and the verb behind them, show the speaker.

"Ines Moll blamed “gross neglect.” The port “must close,” the mayor wrote.": the model may give
both sentences to Moll. "“The port called it ‘safe,’” the letter said": it may read the inner
statement alone. "Ines Moll called it “a gift.” “We never asked,” the mayor said": it may give both
sentences to the mayor.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.certainties import read_mode
from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span, any_overlap

__all__ = ["with_overlooked"]

_BEFORE = ("rules:quotation-before-", "rules:quotation-around-")
"""A sentence that ends in a quotation, with its cue right behind it."""
_AFTER = "-after-"
"""Rules for what stands behind its cue: they may only take the first sentences of a statement."""
_SURE = 0.6
"""Confidence of such a rule from which on it is believed."""
_PASSED = (
    "rules:c-after-participle",
    "rules:c-after-relative",
    "rules:c-after-shared",
    "rules:t-after-participle",
    "rules:t-after-shared",
)
"""Those that are believed where the model read nothing at all."""
_STRETCH = 512
"""Characters of a text in which statements are looked up together."""


def with_overlooked(
    found: Sequence[Attribution], rules: Sequence[Attribution], parse: Parse, quoted: bytearray
) -> list[Attribution]:
    """Return *found* with the statements of *rules* whose cue none of them has.

    *quoted* says of each token whether it stands in quotation marks.
    """
    done = list(found)
    cues, contents = _Places(), _Places()
    for number, one in enumerate(done):
        cues.note(number, (one.cue,) if one.cue else ())
        contents.note(number, one.content)
    for rule in rules:
        if rule.cue is None or rule.source is None or not _tells(rule):
            continue
        if any(_has_cue(done[number], rule.cue) for number in cues.near((rule.cue,))):
            continue
        near = contents.near(rule.content)
        touched = [number for number in near if any_overlap(done[number].content, rule.content)]
        if not touched and not _is_passed(rule, [done[at] for at in contents.near((rule.cue,))]):
            continue
        behind = _AFTER in rule.method
        if touched and (behind or not all(_is_within(done[at], rule) for at in touched)):
            whole = done[touched[0]]
            cut = _rest(whole, rule, parse, quoted) if behind else _cut(whole, rule, parse)
            if len(touched) > 1 or cut is None:
                continue
            done[touched[0]] = cut
        cues.note(len(done), (rule.cue,))
        contents.note(len(done), rule.content)
        done.append(rule)
    return done


def _is_passed(rule: Attribution, near: Sequence[Attribution]) -> bool:
    """Return whether the model read nothing of a clause that a rule is sure of, nor of its cue."""
    spoken = rule.cue_class == "speech" and rule.method in _PASSED
    return spoken and not any(rule.cue and any_overlap(one.content, (rule.cue,)) for one in near)


def _tells(rule: Attribution) -> bool:
    """Return whether the place of the cue of a rule shows which sentence is told."""
    behind = _AFTER in rule.method and rule.within is None
    sure = rule.confidence >= _SURE or rule.method in _PASSED
    return (behind and sure) or rule.method.startswith(_BEFORE)


class _Places:
    """Which statements stand in which stretch of a text: a few to compare with, never all."""

    def __init__(self) -> None:
        self._at: dict[int, list[int]] = defaultdict(list)

    def note(self, number: int, spans: Sequence[Span]) -> None:
        """Note where a statement stands."""
        for stretch in _stretches(spans):
            self._at[stretch].append(number)

    def near(self, spans: Sequence[Span]) -> list[int]:
        """Return the statements of the same stretches in their order; some may not be met."""
        return sorted({number for at in _stretches(spans) for number in self._at.get(at, ())})


def _stretches(spans: Sequence[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start // _STRETCH, span.end // _STRETCH + 1)}


def _has_cue(one: Attribution, cue: Span) -> bool:
    return one.cue is not None and one.cue.overlaps(cue)


def _is_within(one: Attribution, rule: Attribution) -> bool:
    """Return whether a statement with its cue stands inside the words that *rule* tells."""
    return one.cue is not None and rule.holds(one)


def _rest(
    one: Attribution, rule: Attribution, parse: Parse, quoted: bytearray
) -> Attribution | None:
    """Return the later sentences of a statement whose first one has the cue of *rule*, if so."""
    if one.cue is None or rule.cue is None or rule.cue_class != "speech":
        return None
    first, end = one.content[0], rule.content[-1].end
    token = bisect_left(parse.starts, end)
    opens = token < len(parse.starts) and parse.sentences[parse.sentence_of[token]].first == token
    begins = opens and rule.cue.end <= first.start and rule.content[0].start <= first.start < end
    if not begins or one.cue.start < end:
        return None
    left = tuple(
        Span(max(piece.start, parse.starts[token]), piece.end)
        for piece in one.content
        if piece.end > parse.starts[token]
    )
    if not left or left[0].start > one.cue.start:
        return None
    starts = parse.starts
    tokens = [(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in left]
    return replace(one, content=left, mode=read_mode(parse, tokens, quoted))


def _cut(one: Attribution, rule: Attribution, parse: Parse) -> Attribution | None:
    """Return a statement up to the sentence that *rule* tells, where it runs on over that."""
    start = rule.content[0].start
    last = one.content[-1]
    token = bisect_left(parse.starts, start)
    opens = parse.sentences[parse.sentence_of[token]].first == token
    if one.cue is None or one.cue.start > start or not opens or not last.start < start < last.end:
        return None
    return replace(one, content=(*one.content[:-1], Span(last.start, parse.ends[token - 1])))
