"""Words that one person tells of another: "Moll claimed that Brandt rang him and said: “Sign”".

Two verbs joined by "and" share the subject of the first; here that is Brandt, not the claimant,
because whoever turns to somebody also speaks to them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.annotate.found import Attribution
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_verb, noun_phrase_before, skip_back
from onrecord.annotate.units import Unit
from onrecord.spans import Span

__all__ = ["RELAYED", "relayed_subject", "with_relayed"]

RELAYED: Final = "relayed"
"""How such a subject is named in the method of a rule."""
_REACH = 10
"""Items between the first verb and "and"."""
_TOWARDS = frozenset(("at", "into", "on", "to", "up"))
_OPENERS = frozenset(("how", "that", "when"))


def relayed_subject(
    unit: Unit, lexicon: Lexicon, joint: int, cues: Sequence[int]
) -> tuple[int, int] | None:
    """Return the subject of "rang him" before "and" at *joint*, where another's cue tells of it.

    *cues* are the items behind the cues before it.
    """
    for verb in range(joint - 1, max(-1, joint - _REACH), -1):
        if not unit.is_word(verb):
            return None
        if unit.lowers[verb] in lexicon.contact_verbs:
            return _subject(unit, lexicon, verb, joint, cues)
        if is_verb(unit, lexicon, verb):
            return None
    return None


def _subject(
    unit: Unit, lexicon: Lexicon, verb: int, joint: int, cues: Sequence[int]
) -> tuple[int, int] | None:
    whom = verb + 1
    while whom < joint and unit.lowers[whom] in _TOWARDS:
        whom += 1
    if whom == joint or not (lexicon.has(unit.lowers[whom], "object") or unit.is_capital(whom)):
        return None
    after = whom + 1
    if after < joint and lexicon.has(unit.lowers[after], "determiner"):
        return None  # "called him a liar and said"
    last = skip_back(unit, lexicon, verb)
    first = noun_phrase_before(unit, lexicon, last) if last >= 0 else None
    if first is None or first == 0:
        return None
    opened = first - 1 if unit.lowers[first - 1] in _OPENERS else first
    return (first, last + 1) if opened in cues else None


def with_relayed(found: Sequence[Attribution], rules: Sequence[Attribution]) -> list[Attribution]:
    """Return *found* with relayed words given to who spoke them, inside the words that relay them.

    The model gives both to the claimant, as two statements side by side.
    """
    done = list(found)
    for rule in rules:
        if rule.cue is None or not rule.method.endswith(f"-{RELAYED}"):
            continue
        around = None if rule.within is None else rules[rule.within]
        for place, one in enumerate(done):
            if one.cue is None:
                continue
            if one.cue.overlaps(rule.cue):
                done[place] = replace(one, source=rule.source)
            elif around is not None and around.cue is not None and one.cue.overlaps(around.cue):
                whole = _whole(one.content, around.content)
                done[place] = replace(one, content=whole, mode=around.mode)
    return done


def _whole(content: tuple[Span, ...], around: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return a content as far as the one of the rules goes on."""
    last = content[-1]
    goes_on = next((span for span in around if span.overlaps(last)), last)
    return (*content[:-1], Span(last.start, max(last.end, goes_on.end)))
