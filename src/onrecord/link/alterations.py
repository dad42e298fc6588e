"""Which types of alteration the steps of an edit script are (`docs/alignment.md`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.folding import fold
from onrecord.link.edits import Step
from onrecord.link.kinship import kinship
from onrecord.link.wording import Wording, function_class, is_number
from onrecord.records import CarriageType, EditFlag
from onrecord.resources import Resources

__all__ = ["Pair", "alterations", "step_flags"]

Types = set[CarriageType]

_NEAR = 2
"""Function words move over so many steps at most."""

_BESIDE: dict[EditFlag, CarriageType] = {
    "negation": "NEGATION",
    "number": "NUMBER",
    "hedge": "HEDGE",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The fullest wording and ours, with the texts they stand in."""

    full_text: str
    full: Wording
    text: str
    ours: Wording
    resources: Resources


@cache
def _altering(resources: Resources) -> dict[str, EditFlag]:
    flags: dict[str, EditFlag] = {"negation": "negation", "hedge": "hedge"}
    return {row[0]: flags[row[1]] for row in resources.tables["altering_words"]}


def alterations(pair: Pair, steps: Sequence[Step]) -> Types:
    """Return the types of all *steps* together; none where only marks and case are the same."""
    anchors = [number for number, step in enumerate(steps) if step.op in ("equal", "replace")]
    if not anchors:
        return set()
    moved = _moved(pair, steps)
    types: Types = {"REORDER"} if moved else set()
    for number, step in enumerate(steps):
        if number not in moved:
            types |= _step_types(pair, step, number < anchors[0], number > anchors[-1])
    return types


def _step_types(pair: Pair, step: Step, leading: bool, trailing: bool) -> Types:  # noqa: FBT001
    """Return the types of one step; *leading* and *trailing* steps lie outside all that is kept."""
    if step.op == "equal":
        return _surface(pair, step)
    if step.op == "drop" and leading:
        return _cut_head(pair, step)
    if step.op == "drop" and trailing:
        return _cut_tail(pair, step)
    change = {"drop": _interior, "add": _added, "replace": _replaced}[step.op]
    return change(pair, step) | {
        _BESIDE[flag] for flag in step_flags(pair, step) if flag in _BESIDE
    }


def _moved(pair: Pair, steps: Sequence[Step]) -> set[int]:
    """Return the numbers of steps that drop words here and add the same words there."""
    changes = [number for number, step in enumerate(steps) if step.op != "equal"]
    moved: set[int] = set()
    for one in changes:
        if one in moved or not _dropped(pair, steps[one]):
            continue
        partner = next(
            (
                other
                for other in changes
                if other not in moved and _is_move(pair, steps, one, other)
            ),
            None,
        )
        if partner is not None:
            moved |= {one, partner}
    return moved


def _dropped(pair: Pair, step: Step) -> list[str]:
    return sorted(pair.full.keys[step.first : step.last])


def _is_move(pair: Pair, steps: Sequence[Step], one: int, other: int) -> bool:
    """Return whether two steps, or one alone, change the order of the same words only.

    Function words move within a few steps only, and a negation or hedge that goes here and
    comes there changes two places.
    """
    gone = _dropped(pair, steps[one])
    light = all(function_class(key, pair.resources) is not None for key in gone)
    if (light and abs(one - other) > _NEAR) or all(
        key in _altering(pair.resources) for key in gone
    ):
        return False
    come = sorted(pair.ours.keys[steps[one].start : steps[one].stop])
    return gone == sorted(pair.ours.keys[steps[other].start : steps[other].stop]) and (
        come == _dropped(pair, steps[other])
    )


def _surface(pair: Pair, step: Step) -> Types:
    """Return how equal words differ in print: capitals, spelling, or the marks between them."""
    types: Types = set()
    size = step.last - step.first
    for at in range(size):
        full, ours = step.first + at, step.start + at
        types |= _printed(pair, full, ours)
        if at + 1 < size and _marks_differ(pair, full, ours):
            types.add("PUNCT")
    ends = (pair.full.closes[step.last - 1], pair.ours.closes[step.stop - 1])
    if all(ends) and ends[0] != ends[1]:
        types.add("PUNCT")
    return types


def _printed(pair: Pair, full: int, ours: int) -> Types:
    one = pair.full.spans[full].of(pair.full_text)
    other = pair.ours.spans[ours].of(pair.text)
    if one == other:
        return set()
    if fold(one) != fold(other):
        return {"SPELLING"}
    capitals = [[sign.isupper() for sign in word if sign.isalnum()] for word in (one, other)]
    if capitals[0] == capitals[1] or _may_differ(pair.full, full) or _may_differ(pair.ours, ours):
        return set()
    return {"CASE"}


def _may_differ(wording: Wording, at: int) -> bool:
    """Return whether a capital at *at* may only be that of a first word."""
    return (
        at == 0 or bool(wording.closes[at - 1]) or wording.opens[at] in ("piece", "quote", "dots")
    )


def _marks_differ(pair: Pair, full: int, ours: int) -> bool:
    """Return whether other marks follow a word, where neither side breaks off to name its source."""
    if {pair.full.opens[full + 1], pair.ours.opens[ours + 1]} & {"piece", "quote"}:
        return False
    return _marks(pair.full, pair.full_text, full) != _marks(pair.ours, pair.text, ours)


def _marks(wording: Wording, text: str, at: int) -> str:
    """Return the punctuation after word *at*, without quotation marks and brackets."""
    between = fold(text[wording.spans[at].end : wording.spans[at + 1].start])
    kept = "".join(sign for sign in between if not sign.isspace() and sign not in "\"'[]-()")
    dashed = "-" in between and any(sign.isspace() for sign in between)
    return kept + "-" * dashed


def _starts_sentence(wording: Wording, text: str, at: int) -> bool:
    if at == 0 or wording.closes[at - 1]:
        return True
    printed = wording.spans[at].of(text)
    return wording.opens[at] == "piece" and printed[0].isupper() and printed != "I"


def _cut_head(pair: Pair, step: Step) -> Types:
    types: Types = {"CUT_HEAD"}
    if not _starts_sentence(pair.full, pair.full_text, step.last):
        types.add("CUT_MID_SENTENCE")
    first = step.last
    while first > step.first and not _starts_sentence(pair.full, pair.full_text, first):
        first -= 1
    if _qualifies(pair, first, step.last, within=first < step.last):
        types.add("DROPS_QUALIFIER")
    return types


def _cut_tail(pair: Pair, step: Step) -> Types:
    types: Types = {"CUT_TAIL"}
    within = not _starts_sentence(pair.full, pair.full_text, step.first)
    if within:
        types.add("CUT_MID_SENTENCE")
    last = step.first + 1
    while last < step.last and not _starts_sentence(pair.full, pair.full_text, last):
        last += 1
    if _qualifies(pair, step.first, last, within=within):
        types.add("DROPS_QUALIFIER")
    return types


def _qualifies(pair: Pair, first: int, last: int, *, within: bool) -> bool:
    """Return whether words cut state a condition or contrast, or change their sentence's force.

    Force counts only *within* a sentence of which the rest is carried.
    """
    keys = pair.full.keys[first:last]
    if not keys:
        return False
    starts = pair.resources.words("qualifier_starts")
    altering = _altering(pair.resources)
    return keys[0] in starts or (within and any(key in starts or key in altering for key in keys))


def _interior(pair: Pair, step: Step) -> Types:
    """Return the type of words dropped from the middle."""
    after = pair.ours.opens[step.stop] if step.stop < len(pair.ours) else ""
    if after in ("dots", "piece", "quote"):
        return {"ELLIPSIS"}
    full = pair.full
    crosses = any(
        _starts_sentence(full, pair.full_text, at) for at in range(step.first + 1, step.last)
    )
    begins = _starts_sentence(full, pair.full_text, step.first)
    ends = _starts_sentence(full, pair.full_text, min(step.last, len(full) - 1))
    # A whole sentence left out between two whole ones drops; halves of two sentences are spliced.
    return {"SPLICE"} if crosses and not (begins and ends) else {"SILENT_DROP"}


def _added(pair: Pair, step: Step) -> Types:
    if all(pair.ours.bracketed[step.start : step.stop]):
        return {"BRACKET_INSERT"}
    return {"INSERT"}


def _replaced(pair: Pair, step: Step) -> Types:
    ours = pair.ours.keys[step.start : step.stop]
    full = pair.full.keys[step.first : step.last]
    if any("*" in key or "--" in key for key in ours) or (
        pair.resources.words("censoring_words").intersection(ours)
    ):
        return {"CENSOR"}
    if all(pair.ours.bracketed[step.start : step.stop]):
        return {"BRACKET_SUBST"}
    if "".join(full) == "".join(ours):
        return {"SPELLING"}
    kind = kinship(full[0], ours[0], pair.resources) if len(full) == len(ours) == 1 else None
    if kind is None:
        return _substituted(pair, step)
    return {"SUBST", "NUMBER"} if kind == "NUMBER" else {kind}


def _substituted(pair: Pair, step: Step) -> Types:
    """Return the type of other words put for those of the fullest."""
    keys = pair.full.keys[step.first : step.last] + pair.ours.keys[step.start : step.stop]
    classes = {function_class(key, pair.resources) for key in keys}
    if classes == {"pronoun"}:
        return {"PRONOUN"}
    if None not in classes:
        return {"FUNCTION"}
    return {"NAME"} if _has_name(pair, step) else {"SUBST"}


def step_flags(pair: Pair, step: Step) -> tuple[EditFlag, ...]:
    """Return what a step touches: a negation, number or hedge on one side only, or a name."""
    if step.op == "equal":
        return ()
    full = pair.full.keys[step.first : step.last]
    ours = pair.ours.keys[step.start : step.stop]
    found: dict[EditFlag, bool] = {
        "negation": _count(full, "negation", pair) != _count(ours, "negation", pair),
        "number": sorted(filter(is_number, full)) != sorted(filter(is_number, ours)),
        "hedge": _count(full, "hedge", pair) != _count(ours, "hedge", pair),
        "name": _has_name(pair, step),
    }
    return tuple(flag for flag, here in found.items() if here)


def _count(keys: Sequence[str], flag: EditFlag, pair: Pair) -> int:
    altering = _altering(pair.resources)
    return sum(altering.get(key) == flag for key in keys)


def _has_name(pair: Pair, step: Step) -> bool:
    """Return whether a word of the step is printed as a name within its sentence."""
    calendar = pair.resources.words("calendar")
    sides = (
        (pair.full, pair.full_text, range(step.first, step.last)),
        (pair.ours, pair.text, range(step.start, step.stop)),
    )
    return any(
        wording.spans[at].of(text)[0].isupper()
        and not _may_differ(wording, at)
        and function_class(wording.keys[at], pair.resources) is None
        and wording.keys[at] not in calendar
        for wording, text, places in sides
        for at in places
    )
