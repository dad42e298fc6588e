"""Speakers named before a colon or behind a dash: transcripts, "Brandt: “No one knew”"."""

from collections import Counter

from onrecord.annotate.cued import DASHES, use
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.units import Unit

__all__ = ["labelled_drafts", "signed_drafts"]

_LABEL_REACH = 8
_DASHED = 2
"""Units of a signed quotation: its words, and the dash with the name."""
_SHORTEST_TURN = 4
"""Items: "Votes cast: 121." is a table, not a turn."""
_ANONYMOUS = frozenset(("q", "a", "question", "answer"))


def labelled_drafts(context: Context, not_names: frozenset[str]) -> list[Draft]:
    """Return the statements of paragraphs that open with a name and a colon.

    A quotation right behind the colon is enough. Running words count only in a transcript: where
    the article opens several paragraphs so, and with one of the names more than once.
    """
    labelled: list[tuple[int, int]] = []
    for number, unit in enumerate(context.units):
        if number and context.units[number - 1].block == unit.block:
            continue
        colon = _label(unit, not_names)
        if colon is not None:
            labelled.append((number, colon))
    names = Counter(
        context.units[number].span(0, colon).of(context.parse.text) for number, colon in labelled
    )
    is_transcript = len(labelled) > 1 and max(names.values(), default=0) > 1
    found = (_draft(context, number, colon, is_transcript) for number, colon in labelled)
    dashed = (_dashed(context, number) for number in range(len(context.units)))
    return [draft for draft in (*found, *dashed) if draft is not None]


def _dashed(context: Context, number: int) -> Draft | None:
    """Return what a name between a dash and a colon says: "Pier shut - Ada Brandt: “No one knew.”"."""
    unit = context.units[number]
    for colon in range(len(unit) - 1):
        if unit.lowers[colon] != ":" or unit.quotations[colon + 1] < 0:
            continue
        first = colon
        while first > 0 and (unit.is_capital(first - 1) or unit.lowers[first - 1] == "."):
            first -= 1
        before = unit.lowers[first - 1] if first else ""
        if before in DASHES and first - 1 > 0 and not unit.is_joined(first - 1) and first < colon:
            use(context, unit, colon + 1, colon + 2)
            return Draft(
                source=unit.span(first, colon),
                cue=unit.span(colon, colon + 1),
                content=(unit.span(colon + 1, colon + 2),),
                cue_class="speech",
                method="rules:label-quotation",
                unit=number,
            )
    return None


def _label(unit: Unit, not_names: frozenset[str]) -> int | None:
    """Return the item of the colon behind the name that opens a unit, or None."""
    for item in range(min(len(unit) - 1, _LABEL_REACH)):
        if unit.lowers[item] == ":" and item > 0:
            return item
        is_name = unit.is_capital(item) and unit.lowers[item] not in not_names
        if not is_name and unit.lowers[item] not in (".", "(", ")", "of", "-"):
            return None
    return None


def _draft(context: Context, number: int, colon: int, is_transcript: bool) -> Draft | None:  # noqa: FBT001
    unit = context.units[number]
    first = colon + 1
    quoted = unit.quotations[first] >= 0
    last = number
    if quoted and first + 1 >= len(unit) - 1:
        content = unit.span(first, first + 1)
        use(context, unit, first, first + 1)
    elif is_transcript:
        while last + 1 < len(context.units) and context.units[last + 1].block == unit.block:
            last += 1
        end = context.units[last]
        content = unit.span(first, len(unit))
        content = content._replace(end=end.span(0, len(end)).end)
        if len(unit) - first < _SHORTEST_TURN:
            return None
    else:
        return None
    return Draft(
        source=None if unit.lowers[0] in _ANONYMOUS else unit.span(0, colon),
        cue=unit.span(colon, colon + 1),
        content=(content,),
        cue_class="speech",
        method="rules:label-quotation" if quoted else "rules:label-turn",
        unit=number,
        mode=None if quoted else "direct",
    )


def signed_drafts(context: Context) -> list[Draft]:
    """Return the quotations that stand in a paragraph with nothing but who said them.

    "“No one knew.” — Ada Brandt": a dash and a name from the closing mark to the end, or all of
    the next paragraph.
    """
    drafts: list[Draft] = []
    units = context.units
    for number in range(1, len(units)):
        quoted, unit = units[number - 1], units[number]
        if unit.lowers[0] not in DASHES or not _is_whole(units, number):
            continue
        first = next((item for item in range(len(unit)) if unit.lowers[item] not in DASHES), 0)
        if first and _is_signature(unit, first):
            use(context, quoted, 0, len(quoted))
            drafts.append(
                Draft(
                    source=unit.span(first, _signature_end(unit)),
                    cue=unit.span(0, first),
                    content=(quoted.span(0, len(quoted)),),
                    cue_class="speech",
                    method="rules:signed-quotation",
                    unit=number,
                )
            )
    return drafts


def _is_whole(units: list[Unit], number: int) -> bool:
    """Return whether a unit and the quotation before it are all of one paragraph, or of two."""
    around = units[max(0, number - 2) : number + 2]
    quoted, block = units[number - 1], units[number].block
    alone = sum(unit.block in (quoted.block, block) for unit in around) == _DASHED
    return alone and block - quoted.block <= 1 and min(quoted.quotations) >= 0


def _is_signature(unit: Unit, first: int) -> bool:
    """Return whether a name, and no more, stands from an item to the end of a unit."""
    last = _signature_end(unit)
    names = [item for item in range(first, last) if unit.is_capital(item)]
    others = (unit.lowers[item] for item in range(first, last) if item not in names)
    return bool(names) and last - first <= _LABEL_REACH and all(one in ".,’'-" for one in others)


def _signature_end(unit: Unit) -> int:
    return len(unit) - (unit.lowers[-1] in (".", ",", ";"))
