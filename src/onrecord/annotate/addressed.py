"""Whom words were told to is no part of them: "told | the hearing | his client had seen it".

Without "that" the model may begin a content with the people told; the rules see the phrase end.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.annotate.lexicon import Lexicon
from onrecord.spans import Span

__all__ = ["without_addressee"]

_CLAUSE = ("rules:c-after-", "rules:t-after-", "rules:quotation-after-")
_WAITING = frozenset(("a", "an", "his", "its", "my", "our", "the", "their", "very", "your"))
_LONGEST = 6
"""Tokens of an addressee."""


def without_addressee(
    found: Sequence[Attribution],
    rules: Sequence[Attribution],
    parse: Parse,
    lexicon: Lexicon,
) -> list[Attribution]:
    """Return *found* with contents that begin with an addressee cut to where the rules begin."""
    by_cue = {
        rule.cue: rule
        for rule in rules
        if rule.cue
        and rule.method.startswith(_CLAUSE)
        and _takes_addressee(rule.cue, parse, lexicon)
    }
    return [_cut(one, by_cue.get(one.cue), parse) if one.cue else one for one in found]


def _takes_addressee(cue: Span, parse: Parse, lexicon: Lexicon) -> bool:
    readings = lexicon.cues.get(parse.lowers[bisect_left(parse.starts, cue.start)], ())
    return any("a" in one.cue.frames for one in readings)


def _cut(one: Attribution, rule: Attribution | None, parse: Parse) -> Attribution:
    """Return a statement from where the content of *rule* starts, behind whom it was told to."""
    if rule is None or one.cue is None:
        return one
    first, start = one.content[0], rule.content[0].start
    begin, after = bisect_left(parse.starts, first.start), bisect_left(parse.starts, start)
    after -= parse.lowers[after - 1] == "that"
    behind = first.start >= one.cue.end and not parse.text[one.cue.end : first.start].strip()
    if not behind or not first.start < start < first.end or not 0 < after - begin <= _LONGEST:
        return one
    if "that" in parse.lowers[begin:after] or not parse.lowers[begin].isalpha():
        return one
    if parse.lowers[after - 1] in _WAITING:
        return one  # "promised a “great” wall": no whole phrase is skipped
    return replace(one, content=(Span(parse.starts[after], first.end), *one.content[1:]))
