"""Passive cues: "he was accused of theft by Ms Roe", "they were told that the pier is shut"."""

from onrecord.annotate.adjuncts import opens_adjunct
from onrecord.annotate.contents import right_content, stripped
from onrecord.annotate.cued import printed
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import noun_phrase_after
from onrecord.annotate.sources import Source, Spot, source_before
from onrecord.annotate.units import Unit

__all__ = ["passive_draft"]

_AGENT_REACH = 14
_SPEAKING_FOR = frozenset(
    ("agent", "attorney", "counsel", "lawyer", "lawyers", "representative", "spokesman")
) | {"spokesperson", "spokeswoman"}
_CHARGES_REACH = 5
_CHARGES = frozenset(("charge", "charges", "count", "counts", "suspicion"))


def passive_draft(context: Context, number: int, spot: Spot, cuts: list[int]) -> Draft | None:
    """Return the attribution of a passive cue: its agent is the source, if it is named."""
    unit, lexicon = context.units[number], context.lexicon
    frames = spot.reading.cue.frames
    subject = source_before(unit, lexicon, spot, [])
    if subject is None or unit.lowers[subject.last - 1] == "to":
        return None
    if _is_denied(unit, lexicon, subject, spot):
        return None
    end = min((cut for cut in cuts if cut > spot.last), default=len(unit))
    agent = _agent(unit, lexicon, spot.last, end)
    if "a" in frames or "w" in frames:
        right = right_content(context, unit, spot.last, frames - {"a", "n"}, cuts)
        if right is not None and right.frame in ("t", "w"):
            return _draft(context, number, spot, [(right.first, right.last)], agent, "told")
    # "Defended by", "attacked by" are deeds as often as words: what takes a quotation is words.
    if (
        not ("n" in frames and frames & {"q", "accused"})
        or subject.how not in (("subject", "aside") if "accused" in frames else ("subject",))
        or spot.reading.cue.cue_class != "speech"
    ):
        return None
    rest = _rest(unit, _after_charges(unit, spot.last), end, agent)
    if agent is not None and rest and "accused" not in frames:
        # "announced by Ms Roe on Friday": when and where it was said is no part of it.
        rest = [piece for piece in rest if not _is_beside(unit, lexicon, piece[0])]
        rest = [_before_time(unit, lexicon, piece) for piece in rest]
    # Without an agent only an accusation is sure to be somebody's words.
    if agent is None and not (rest and "accused" in frames):
        return None
    return _draft(context, number, spot, [(subject.first, subject.last), *rest], agent, "object")


def _is_denied(unit: Unit, lexicon: Lexicon, subject: Source, spot: Spot) -> bool:
    """Return whether nobody was accused: "has not been charged with", "neither was"."""
    if unit.lowers[subject.first] in ("neither", "nobody", "none"):
        return True
    words = (unit.lowers[subject.first], *unit.lowers[subject.last : spot.first])
    return any(lexicon.has(word, "negation") or word.endswith("n't") for word in words)


def _agent(unit: Unit, lexicon: Lexicon, first: int, end: int) -> tuple[int, int] | None:
    """Return the items of "by Ms Roe" behind a passive cue, or None."""
    for place in range(first, min(end, first + _AGENT_REACH)):
        if unit.lowers[place] in (",", ";", ":", "that", "who", "which"):
            return None
        if unit.lowers[place] != "by" or place + 1 >= end:
            continue
        after = unit.lowers[place + 1]
        if after.endswith("ing") or lexicon.has(after, "day", "period"):
            return None
        last = noun_phrase_after(unit, lexicon, place + 1, stops="ends-name")
        last = _before_reason(unit, lexicon, place + 1, min(last, end))
        return (place, last) if last > place + 1 else None
    return None


def _before_reason(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int:
    """Return where an agent ends: "criticised by the union | for its cost"."""
    for place in range(first + 1, last - 1):
        owned = lexicon.has(unit.lowers[place + 1], "possessive")
        if unit.lowers[place] == "for" and owned and unit.lowers[place - 1] not in _SPEAKING_FOR:
            return place
    return last


def _before_time(unit: Unit, lexicon: Lexicon, piece: tuple[int, int]) -> tuple[int, int]:
    """Return a content up to when it was said: "as reckless | after the vote"."""
    first, last = piece
    for place in range(first + 1, last):
        if opens_adjunct(unit.lowers[:last], place, lexicon.adjuncts):
            return stripped(unit, first, place) or piece
    return piece


def _is_beside(unit: Unit, lexicon: Lexicon, first: int) -> bool:
    """Return whether words behind an agent tell of the saying: a time, a place, a new clause."""
    word = unit.lowers[first]
    opens = word in lexicon.adjuncts.always or word in lexicon.adjuncts.before_times
    return opens or lexicon.has(word, "day", "conjunction")


def _after_charges(unit: Unit, first: int) -> int:
    """Return the item behind "on charges of": what follows is the charge."""
    if first >= len(unit) or unit.lowers[first] not in ("on", "with", "for"):
        return first
    for place in range(first + 1, min(len(unit) - 1, first + _CHARGES_REACH)):
        if unit.lowers[place] in _CHARGES and unit.lowers[place + 1] in ("of", "that"):
            return place + 2
    return first


def _rest(unit: Unit, first: int, end: int, agent: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Return the items behind a cue, without its agent."""
    bounds = [(first, end)] if agent is None else [(first, agent[0]), (agent[1], end)]
    pieces = (stripped(unit, start, stop) for start, stop in bounds if start < stop)
    return [piece for piece in pieces if piece is not None]


def _draft(
    context: Context,
    number: int,
    spot: Spot,
    pieces: list[tuple[int, int]],
    agent: tuple[int, int] | None,
    rule: str,
) -> Draft:
    unit = context.units[number]
    source = None
    if agent is not None:
        first, last = agent[0] + 1, agent[1]
        source = printed(unit, context.lexicon, Source(first, last, "subject", first))
    named = "agent" if agent else "unnamed"
    frames = spot.reading.cue.frames
    return Draft(
        source=source,
        cue=unit.span(spot.first, spot.last),
        content=tuple(unit.span(*piece) for piece in pieces),
        cue_class=spot.reading.cue.cue_class,
        method=f"rules:passive-{rule}-{named}",
        unit=number,
        told="accused" in frames or ("told" in frames and agent is not None),
    )
