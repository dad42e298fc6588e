"""Statements without a verb of their own: "according to", "in the words of"."""

from bisect import bisect_left

from onrecord.annotate.contents import stripped
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_verb, noun_phrase_after, noun_phrase_before
from onrecord.annotate.units import Unit

__all__ = ["inner_nominal_drafts", "nominal_drafts"]

_ENDS = frozenset(".!?;…”\"’'")
_OWN = frozenset(("my", "our", "your", "me", "us", "you"))


def nominal_drafts(context: Context, number: int, cuts: list[int]) -> list[Draft]:
    """Return the attributions by "according to" in unit *number*; adds to *cuts*."""
    unit = context.units[number]
    drafts: list[Draft] = []
    nouns = context.lexicon.nouns
    places = [at for at, word in enumerate(unit.lowers) if word == "according" or word in nouns]
    for item in reversed(places):
        if item > len(unit) - 2:
            continue
        if unit.lowers[item] == "according" and unit.lowers[item + 1] == "to":
            draft = _according(context, unit, number, item, cuts)
            if draft is not None:
                drafts.append(draft)
                cuts.append(item)
        elif unit.lowers[item] in nouns:
            owned = _owned(context, unit, number, item, cuts)
            if owned is not None:
                drafts.append(owned)
    drafts.reverse()
    return drafts


def inner_nominal_drafts(context: Context, number: int) -> list[Draft]:
    """Return what a quoted speaker has from others: “According to the log, it sank,” she said.

    Only where it is said whose words they are, and not those of who speaks or is spoken to.
    """
    unit = context.units[number]
    drafts: list[Draft] = []
    for draft in nominal_drafts(context, number, []):
        rule = draft.method.partition(":")[2]
        if draft.source is None or not rule.startswith(("according", "noun-t")):
            continue
        if rule == "according-last" and not _ends_clause(unit.parse, draft.source.end):
            continue
        owner = draft.source.of(unit.parse.text).casefold()
        if owner not in _OWN:
            drafts.append(draft._replace(method=f"{draft.method}-named", told=True))
    return drafts


def _ends_clause(parse: Parse, end: int) -> bool:
    """Return whether the sentence ends: in "and now, according to Moll, it ..." the words follow."""
    token = bisect_left(parse.starts, end)
    behind = parse.words[token : token + 2]
    # The comma before a closing mark stands for a full stop: “..., according to the log,” she said.
    return not behind or behind[0] in _ENDS or (behind[0] == "," and behind[-1] in _ENDS)


def _according(
    context: Context, unit: Unit, number: int, item: int, cuts: list[int]
) -> Draft | None:
    last = noun_phrase_after(unit, context.lexicon, item + 2, stops="clause-joint")
    if last == item + 2:
        return None
    if unit.lowers[last : last + 2] == [".", ","]:  # "according to Ada Roe Jr., the crane"
        last += 1
    if item <= 1:
        bounds = stripped(unit, last, min((c for c in cuts if c > last), default=len(unit)))
        method = "rules:according-first"
    else:
        start = max((i + 1 for i in range(item) if unit.lowers[i] == ";"), default=0)
        bounds = stripped(unit, start, item)
        method = "rules:according-last"
    if bounds is None:
        return None
    for place in range(*bounds):
        if unit.quotations[place] >= 0:
            context.used.add(unit.quotations[place])
    return Draft(
        source=unit.span(item + 2, last),
        cue=unit.span(item, item + 2),
        content=(unit.span(*bounds),),
        cue_class="speech",
        method=method,
        unit=number,
    )


def _owned(context: Context, unit: Unit, number: int, item: int, cuts: list[int]) -> Draft | None:
    """Return the attribution of "the mayor's claim that ..." whose noun stands at *item*."""
    lexicon = context.lexicon
    frames = lexicon.nouns.get(unit.lowers[item])
    owner = item - 1
    while owner > 0 and _is_adjective(unit, lexicon, owner):
        owner -= 1
    if frames is None or owner < 0 or item + 2 >= len(unit):
        return None
    first = _owner(unit, lexicon, owner)
    named = (first, owner + 1) if first is not None else _after_from(unit, lexicon, item + 1)
    place = item + 1 if named is None or first is not None else named[1]
    place = _after_place(unit, lexicon, place)
    after = unit.lowers[place] if place < len(unit) else ""
    frame = {"that": "t", "to": "i" if _is_infinitive(unit, lexicon, place) else ""}.get(
        after, after
    )
    if frame not in frames or (named is None and not _is_open(unit, item, frame, frames)):
        return None
    if unit.lowers[item].startswith("claim") and frame == "i" and not _has_been(unit, place):
        return None
    start = place + 1 if frame == "t" else place
    end = min((cut for cut in cuts if cut > item), default=len(unit))
    bounds = stripped(unit, start, _clause_end(unit, lexicon, start, end, frame))
    fronted = frame == "t" and lexicon.has(unit.lowers[start], "setting", "subordinator")
    if bounds is None or fronted:
        return None
    return Draft(
        source=None if named is None else unit.span(*named),
        cue=unit.span(item, item + 1),
        content=(unit.span(*bounds),),
        cue_class="speech",
        method=f"rules:noun-{frame}" if named else f"rules:noun-{frame}-open",
        unit=number,
        told=frame in ("t", "i", "about"),
    )


def _after_from(unit: Unit, lexicon: Lexicon, item: int) -> tuple[int, int] | None:
    """Return the items of "other crews" in "accusations from other crews that"."""
    if unit.lowers[item] not in ("from", "by"):
        return None
    last = noun_phrase_after(unit, lexicon, item + 1, stops="clause-joint")
    last = next((at for at in range(item + 1, last) if unit.lowers[at] == "about"), last)
    return (item + 1, last) if last > item + 1 else None


def _after_place(unit: Unit, lexicon: Lexicon, item: int) -> int:
    """Pass over "in the press" where "that" follows it."""
    if item + 1 >= len(unit) or unit.lowers[item] not in ("in", "on", "at"):
        return item
    last = noun_phrase_after(unit, lexicon, item + 1, stops="setting")
    return last if last < len(unit) and unit.lowers[last] == "that" else item


def _is_open(unit: Unit, item: int, frame: str, frames: frozenset[str]) -> bool:
    """Return whether "claims that ..." are somebody's words although nobody is named."""
    return "open" in frames and frame == "t" and unit.lowers[item].endswith("s")


def _is_infinitive(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether "to" opens a verb, not whom it goes to: "a threat to the boats"."""
    after = item + 1
    return after < len(unit) and not (
        unit.is_capital(after)
        or lexicon.has(unit.lowers[after], "determiner", "possessive", "object", "pronoun")
    )


def _has_been(unit: Unit, item: int) -> bool:
    """Return whether "to have" or "to be" follows: a claim to a thing is no claim of words."""
    return unit.lowers[item + 1 : item + 2] in (["have"], ["be"])


def _is_adjective(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether an item may stand between an owner and the noun ("his earlier claim")."""
    word = unit.lowers[item]
    return unit.is_word(item) and not (
        word.endswith("'s")
        or (word in lexicon.classes and not lexicon.has(word, "adverb"))
        or is_verb(unit, lexicon, item)
    )


def _owner(unit: Unit, lexicon: Lexicon, item: int) -> int | None:
    """Return the first item of the owner that ends with *item*: "his", "the mayor's"."""
    word = unit.lowers[item]
    if lexicon.has(word, "possessive") and not lexicon.has(word, "relative"):
        return item
    if not word.endswith("'s"):
        return None
    first = noun_phrase_before(unit, lexicon, item)
    return None if first is None else _after_verb(unit, lexicon, first, item)


def _after_verb(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int:
    """Return where the owner starts in "contradicting the mayor's claim", "seized on its"."""
    for place in range(last - 1, first - 1, -1):
        word = unit.lowers[place]
        verbal = word.endswith(("ing", "ed")) and not unit.is_capital(place)
        if (verbal and place == first) or (
            place > first and lexicon.has(word, "preposition") and word not in ("of", "for")
        ):
            return place + 1
    return first


def _clause_end(unit: Unit, lexicon: Lexicon, start: int, end: int, frame: str) -> int:
    """Return where the content ends: before the main verb for what is not a clause."""
    for place in range(start + 1, end):
        if unit.lowers[place] == ",":
            return place
        if frame != "t" and place > start + 1 and is_verb(unit, lexicon, place) and frame != "i":
            return place
    return end
