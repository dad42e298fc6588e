"""Quotations whose cue the model passed over: marks, and the verb behind them, show the speaker.

"Ines Moll blamed “gross neglect.” The port “must close,” the mayor wrote.": the model may give
both sentences to Moll. "“The port called it ‘safe,’” the letter said": it may read the inner
statement alone.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span

__all__ = ["with_overlooked"]

_BEFORE = ("rules:quotation-before-", "rules:quotation-around-")
"""A sentence that ends in a quotation, with its cue right behind it."""


def with_overlooked(
    found: Sequence[Attribution], rules: Sequence[Attribution], parse: Parse
) -> list[Attribution]:
    """Return *found* with the quotations of *rules* whose cue none of them has."""
    done = list(found)
    for rule in rules:
        if rule.cue is None or rule.source is None or not rule.method.startswith(_BEFORE):
            continue
        if any(one.cue is not None and one.cue.overlaps(rule.cue) for one in done):
            continue
        touched = [n for n, one in enumerate(done) if _touches(one.content, rule.content)]
        if not touched:
            continue
        if all(_is_within(done[number], rule) for number in touched):
            done.append(rule)
            continue
        cut = _cut(done[touched[0]], rule, parse)
        if len(touched) == 1 and cut is not None:
            done[touched[0]] = cut
            done.append(rule)
    return done


def _is_within(one: Attribution, rule: Attribution) -> bool:
    """Return whether a statement with its cue stands inside the words that *rule* tells."""
    return one.cue is not None and all(
        any(span.covers(part) for span in rule.content) for part in (*one.content, one.cue)
    )


def _cut(one: Attribution, rule: Attribution, parse: Parse) -> Attribution | None:
    """Return a statement up to the sentence that *rule* tells, where it runs on over that."""
    start = rule.content[0].start
    last = one.content[-1]
    token = bisect_left(parse.starts, start)
    opens = parse.sentences[parse.sentence_of[token]].first == token
    if one.cue is None or one.cue.start > start or not opens or not last.start < start < last.end:
        return None
    return replace(one, content=(*one.content[:-1], Span(last.start, parse.ends[token - 1])))


def _touches(ours: Sequence[Span], theirs: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for span in ours for other in theirs)
