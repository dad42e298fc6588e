"""Answers to words that are named ("Quill's claim") and to what was said just before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.ids import SpeakerId
from onrecord.link.aims import Aim, shared_weight
from onrecord.link.pointers import reply_words
from onrecord.link.replies import Link, holds, link, overlap
from onrecord.link.words import terms
from onrecord.records import Act, Reply
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["links_nearby"]

_TAKES_UP: frozenset[Act] = frozenset(("accuses", "declines", "denies", "disputes", "supports"))
_OPENING = 4
"""Words in which a content says that it agrees."""
_LINES = 2
"""Line ends between two paragraphs."""
_NEAR = 600
"""Characters, some two paragraphs, within which words spoken back follow what they answer."""
_FAR = 2000
"""Characters over which named words are looked for less and less."""
_CLOSE = 150
"""Characters, a sentence, within which "his" is who spoke last."""
_BESIDE = 3
"""Statements before and after what is said despite which something is done, among which that is."""
_BEFORE, _AFTER = 30, 10
"""Statements of a speaker before and after a reply among which the words named are looked for."""
_LEAST_WORDS = 4
_LEAST = 0.5
"""Weight from which on a statement is taken for the words that a reply names."""
_HELD = 3.0
_SHARED = 0.9
"""Weight of shared words from which two statements want the same: one rare word."""
_SHORT = 15
"""Words of a reply that says of what was just said that it is untrue, and little else."""


def links_nearby(
    here: Sequence[Aim], carried: Mapping[str, int], resources: Resources
) -> Iterator[Link]:
    """Yield what takes up words named as somebody's, and what is spoken back.

    *here* are the statements of an article in order.
    """
    by_voice: dict[SpeakerId, list[int]] = defaultdict(list)
    for place, aim in enumerate(here):
        if not aim.voices:
            continue
        if aim.despite is not None:
            beside = here[max(0, place - _BESIDE) : place + 1 + _BESIDE]
            yield from _set_against(aim, aim.despite, beside)
        named = _named_words(aim, place, here, by_voice, carried)
        for voice in aim.voices:
            by_voice[voice].append(place)
        if named is not None:
            yield link(aim, named, "named-words", 0.7, reply=_stance(aim, resources))
            continue
        found = _to_before(aim, here, place, resources)
        if found is not None:
            yield found


def _set_against(aim: Aim, sentence: Span, beside: Sequence[Aim]) -> Iterator[Link]:
    """Yield the link between what is said and what is done despite it, in one sentence.

    "The union called for a strike, despite claims that ..." is disputed by the claims; "Roe refused
    to go despite calls to resign" answers the calls.
    """
    for other in beside:
        if not other.voices or other.voices & aim.voices or overlap(aim, other):
            continue
        if not sentence.overlaps(other.sentence):
            continue
        if aim.statement.act in ("denies", "disputes"):
            yield link(aim, other, "despite", 0.7)
        elif other.statement.act in ("declines", "denies", "disputes"):
            yield link(other, aim, "despite", 0.7)


def _to_before(aim: Aim, here: Sequence[Aim], place: int, resources: Resources) -> Link | None:
    """Return the link to what was just said, of what takes it up."""
    earlier = here[max(0, place - _BEFORE) : place]
    before = _before(aim, earlier)
    if before is None:
        return None
    owned = _owned(aim, before, earlier)
    if owned is not None:
        return link(aim, owned, "named-words", 0.5, reply=_stance(aim, resources))
    if aim.also and _joins(aim, before):
        return link(aim, before, "also-said", 0.6, reply="supports")
    if aim.spoken_back:
        joins = aim.spoken_back == "same"
        return link(aim, before, "spoken-back", 0.8, reply="supports" if joins else None)
    if _calls_untrue(aim, before, here[place + 1 : place + 4], resources):
        return link(aim, before, "called-untrue", 0.5)
    return None


def _stance(aim: Aim, resources: Resources) -> Reply | None:
    """Return what is done to words that are named: "Roe agreed with Quill's view" joins them."""
    kinds = reply_words(resources)
    if any(kinds.get(word) == "joins" for word in terms(aim.statement.text)[:_OPENING]):
        return "supports"
    return "disputes" if aim.statement.act == "accuses" else None


def _named_words(
    aim: Aim,
    place: int,
    here: Sequence[Aim],
    by_voice: Mapping[SpeakerId, Sequence[int]],
    carried: Mapping[str, int],
) -> Aim | None:
    """Return the statement that a reply names, the likeliest of those whose words it names."""
    if aim.statement.act not in _TAKES_UP and not aim.spoken_back:
        return None
    best: tuple[float, int, Aim] | None = None
    for who, kind in aim.on_words:
        if aim.statement.act == "accuses" and not aim.charged <= {who}:
            continue  # who would not take Roe's word is criticised, and not Roe
        after = range(place + 1, min(place + 1 + _AFTER, len(here)))
        for number in (*by_voice.get(who, ())[-_BEFORE:], *after):
            other = here[number]
            if who not in other.voices or not _may_be_named(aim, other, kind):
                continue
            weight = _likeness(aim, other, carried)
            if best is None or (weight, -number) > best[:2]:
                best = (weight, -number, other)
    return best[2] if best is not None and best[0] >= _LEAST else None


def _may_be_named(aim: Aim, other: Aim, kind: str) -> bool:
    if other.voices & aim.voices or other.key == aim.key:
        return False
    if len(other.statement.text.split()) < _LEAST_WORDS:
        return False
    if aim.statement.act == "declines" and not other.is_question:
        return False
    return holds(aim, other) or (
        not overlap(aim, other)
        and other.statement.act != "declines"
        and (kind == "said" or other.statement.act == "asks")
    )


def _likeness(aim: Aim, other: Aim, carried: Mapping[str, int]) -> float:
    """Return how likely *other* is what is named: its own words before a report of them."""
    gap = aim.start - other.start
    weight = max(0.0, 1.0 - gap / _FAR) if gap > 0 else -1.0
    weight += shared_weight(aim, other) + other.headline / 4 + (carried[other.key] - 1) / 2
    weight += 0.3 * (other.statement.mode in ("direct", "mixed"))
    return weight + _HELD * holds(aim, other)


def _owned(aim: Aim, before: Aim, earlier: Sequence[Aim]) -> Aim | None:
    """Return the nearest words of who spoke last, where a reply is about his or her words."""
    if not aim.owned_words or aim.on_words or aim.statement.act not in _TAKES_UP:
        return None
    if not before.by_name or len(before.voices) > 1 or aim.start - before.sentence.end > _CLOSE:
        return None
    act = {"announced": "announces", "asked": "asks"}.get(aim.owned_words)
    for other in reversed(earlier):
        if aim.lines[0] - other.lines[1] > _LINES:
            return None
        fits = act is None or other.statement.act == act
        if fits and other.voices == before.voices and other.key != aim.key:
            return None if overlap(aim, other) else other
    return None


def _joins(aim: Aim, before: Aim) -> bool:
    """Return whether the same is wanted or announced as just before ("also called for")."""
    act = aim.statement.act
    if act == "supports":
        return shared_weight(aim, before) >= _LEAST
    if act != before.statement.act or act not in ("announces", "asks"):
        return False
    return bool(aim.deeds & before.deeds) or shared_weight(aim, before) >= _SHARED


def _before(aim: Aim, earlier: Sequence[Aim]) -> Aim | None:
    """Return the last statement of somebody else, in the paragraph or the one before."""
    for other in reversed(earlier):
        if other.sentence.end > aim.start + 2 or overlap(aim, other) or other.key == aim.key:
            continue
        if aim.lines[0] - other.lines[1] > _LINES or aim.start - other.sentence.end > _NEAR:
            return None
        if not other.voices & aim.voices:
            # What holds it is what was said: "Quill said Roe had called it a lie".
            return next(
                (one for one in earlier if holds(one, other) and not one.voices & aim.voices), other
            )
    return None


def _calls_untrue(aim: Aim, before: Aim, following: Sequence[Aim], resources: Resources) -> bool:
    """Return whether a short reply says that what was just said is not so.

    Where it holds the claim that it is about, it answers that claim and no other.
    """
    if aim.statement.act not in ("denies", "disputes"):
        return False
    if before.statement.act in ("denies", "declines", "supports"):
        return False
    words = terms(aim.statement.text)
    kinds = reply_words(resources)
    untrue = len(words) < _SHORT and any(kinds.get(word) == "untrue" for word in words)
    return untrue and not any(holds(aim, other) for other in following)
