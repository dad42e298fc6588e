"""Sources of the model that begin inside a subject: the rules know where it begins.

Of "The head of a school where a wall hurt a boy says", the model may take "a wall hurt a boy" for
who says it: the clause before the verb. The rules read the subject back from the verb.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.annotate.lexicon import Lexicon
from onrecord.spans import Span

__all__ = ["whole_sources"]


def whole_sources(
    found: Sequence[Attribution], rules: Sequence[Attribution], parse: Parse, lexicon: Lexicon
) -> list[Attribution]:
    """Return *found*, those with a clipped source with the source that *rules* have for the cue."""
    subjects: dict[int, Span] = {}
    for rule in rules:
        if rule.source is not None and rule.cue is not None and rule.source.end <= rule.cue.start:
            subjects.update(dict.fromkeys(_tokens(parse, rule.cue), rule.source))
    return [_whole(one, subjects, parse, lexicon) for one in found]


def _whole(
    one: Attribution, subjects: dict[int, Span], parse: Parse, lexicon: Lexicon
) -> Attribution:
    if one.source is None or one.cue is None:
        return one
    subject = next((subjects[it] for it in _tokens(parse, one.cue) if it in subjects), None)
    if subject is None or subject.start >= one.source.start:
        return one
    tokens = _tokens(parse, one.source)
    if _is_clause(tokens, parse, lexicon):
        return replace(one, source=subject)
    return one


def _tokens(parse: Parse, span: Span) -> range:
    first = bisect_left(parse.starts, span.start)
    return range(first, bisect_left(parse.starts, span.end, first))


def _is_clause(tokens: range, parse: Parse, lexicon: Lexicon) -> bool:
    """Return whether a source is the inside of a clause: "where | a wall hurt a boy"."""
    if not tokens.start or not lexicon.has(
        parse.lowers[tokens.start - 1], "subordinator", "relative", "wh"
    ):
        return False
    inner = parse.lowers[tokens.start + 1 : tokens.stop]
    return any(
        word in lexicon.verbs or lexicon.has(word, "be", "have", "modal") or word.endswith("ed")
        for word in inner
    )
