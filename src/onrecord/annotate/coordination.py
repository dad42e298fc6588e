"""Two statements of one source in one sentence: "said the quay was safe and dismissed the report".

The model may read the second verb as part of what was said; the rules see that it has no subject
but the source of the first. Infinitives are left alone: who "refused to leave" in "police say he
was armed and refused to leave" is not the police. Right behind a quotation they are the source's.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span, any_overlap

__all__ = ["parted", "with_shared"]

_JOINTS = frozenset(("and", "but", "or"))
_ADVERBS = frozenset(("also", "then", "later"))
_CLOSING = '”"»'
_SHARED = "-shared"
_PARTICIPLE = "rules:quotation-after-participle"
"""The same of participles before words in marks: "advising them to wait and telling him, “Go.”"."""
_INFINITIVE = "rules:i-"
_THAT = "rules:t-"
"""Rules for a clause with "that"."""
_SURE = 0.75
"""Confidence of such a rule from which on it is believed where the model read nothing."""


def parted(
    found: Sequence[Attribution], rules: Sequence[Attribution], parse: Parse
) -> list[Attribution]:
    """Return *found* with contents cut before a joint cue, and the statements of those cues."""
    done = list(found)
    for rule in rules:
        if rule.cue is None or rule.source is None or not _is_joint(rule):
            continue
        for place, one in enumerate(done):
            cut = _cut(one, rule, parse)
            if cut is not None:
                done[place] = cut
                done.append(rule)
                break
    return done


def _is_joint(rule: Attribution) -> bool:
    if rule.cue_class != "speech":
        return False
    return rule.method.endswith(_SHARED) or rule.method == _PARTICIPLE


def _cut(one: Attribution, rule: Attribution, parse: Parse) -> Attribution | None:
    """Return a statement up to the joint before the cue of *rule*, where that stands inside it."""
    if one.mode == "direct" or one.source is None or rule.source is None or rule.cue is None:
        return None
    if not one.source.overlaps(rule.source):
        return None
    for number, piece in enumerate(one.content):
        if piece.covers(rule.cue) and piece.start < rule.cue.start:
            end = _end_before(parse, piece, rule.cue)
            if end is None or not _is_sources(parse.text[end - 1], rule):
                return None
            after = (
                span
                for span in one.content[number + 1 :]
                if not any(span.overlaps(other) for other in rule.content)
            )
            content = (*one.content[:number], Span(piece.start, end), *after)
            return replace(one, content=content)
    return None


def _is_sources(mark: str, rule: Attribution) -> bool:
    """Return whether a joint verb is the source's: an infinitive only right behind its quotation."""
    return mark in _CLOSING or not rule.method.startswith(_INFINITIVE)


def _end_before(parse: Parse, piece: Span, cue: Span) -> int | None:
    """Return where the words before "and", "but" end, adverbs of the cue passed over."""
    first = bisect_left(parse.starts, piece.start)
    token = bisect_left(parse.starts, cue.start) - 1
    if token > first and (parse.lowers[token] in _ADVERBS or parse.lowers[token].endswith("ly")):
        token -= 1
    if token <= first or parse.lowers[token] not in _JOINTS:
        return None
    token -= 1
    if token > first and parse.words[token] == ",":
        token -= 1
    return parse.ends[token]


def with_shared(found: Sequence[Attribution], rules: Sequence[Attribution]) -> list[Attribution]:
    """Return *found* with what a source told by a second verb, where none of them has it.

    "Moll confirmed the date and said that the pier was safe": the model may read the first only.
    """
    done = list(found)
    for rule in rules:
        if not rule.method.startswith(_THAT) or not _is_joint(rule) or rule.confidence < _SURE:
            continue
        known = any(one.source and one.source.covers(rule.source) for one in found if rule.source)
        if known and all(
            one.cue is not None and rule.holds(one)
            for one in found
            if any_overlap(_told(one), _told(rule))
        ):
            done.append(rule)
    return done


def _told(one: Attribution) -> tuple[Span, ...]:
    return one.content if one.cue is None else (*one.content, one.cue)
