"""How a statement carries its utterance: types of alteration and the edits that bring them.

The types are defined in `docs/alignment.md`. They say what differs, never why.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from onrecord.ids import ArticleId
from onrecord.link.alterations import Pair, alterations, step_flags
from onrecord.link.edits import Step, script
from onrecord.link.kinship import kinship
from onrecord.link.wording import Wording, function_class, is_number, stem, weigher
from onrecord.records import Article, CarriageType, Edit, Statement
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["carry", "fullest_first"]

Member = tuple[Statement, Wording]
Types = tuple[CarriageType, ...]

_ORDER: tuple[CarriageType, ...] = get_args(CarriageType)
_KEPT = 0.8
"""A rendering without marks that keeps less of its weight from the fullest is a paraphrase."""
_SCATTERED = 3
"""So is one whose words lie over a stretch of the fullest so many times as long as itself."""
_UNQUOTED_RUN = 5
"""So many of the speaker's words in a row, without marks, are `UNQUOTED`."""
_PARAPHRASE_CUT = 0.4
"""Of the fullest, how much must lie before or after all that a paraphrase keeps, to be cut."""


def fullest_first(members: Sequence[Member], articles: Mapping[ArticleId, Article]) -> list[Member]:
    """Return the members, the fullest wording first.

    Words in quotation marks count three times: what was said, before how it was summed up.
    Of equals the earlier published comes first, then the smaller id.
    """
    return sorted(
        members,
        key=lambda member: (
            -member[1].fullness,
            articles[member[0].article_id].published or "~",
            member[0].id,
        ),
    )


def carry(
    full_text: str, fullest: Member, text: str, ours: Member, resources: Resources
) -> tuple[Types, tuple[Edit, ...]]:
    """Return the types of the carriage of *fullest* by *ours*, and the edits between them.

    Edit spans point into *full_text* and *text*, the texts of the two articles.
    """
    pair = Pair(full_text, fullest[1], text, ours[1], resources)
    if fullest[0].text == ours[0].text and pair.full.quoted == pair.ours.quoted:
        steps = [Step("equal", 0, len(pair.full), 0, len(pair.ours))]
        return ("VERBATIM",), tuple(edit for step in steps for edit in _edits(pair, step))
    steps = script(pair.full, pair.ours, resources)
    types = _script_types(pair, steps) if _is_quoted(ours) else _rendered_types(pair, steps)
    edits = tuple(edit for step in steps for edit in _edits(pair, step))
    return tuple(name for name in _ORDER if name in (types or {"VERBATIM"})), edits


def _is_quoted(member: Member) -> bool:
    row, wording = member
    return row.mode in ("direct", "embedded") or any(wording.quoted)


def _script_types(pair: Pair, steps: Sequence[Step]) -> set[CarriageType]:
    """Return the types of a wording that is quoted, at least in part."""
    types: set[CarriageType] = set()
    quoted = _within_marks(pair, steps)
    if any(pair.full.quoted) and _reports_in_own_words(pair):
        types.add("INDIRECT")
    if _unquoted_run(pair, steps) >= _UNQUOTED_RUN:
        types.add("UNQUOTED")
    return types | alterations(pair, quoted)


def _reports_in_own_words(pair: Pair) -> bool:
    """Return whether words of matter stand outside the marks of a mixed statement."""
    return all(pair.full.quoted) and any(
        function_class(key, pair.resources) is None
        for key, quoted in zip(pair.ours.keys, pair.ours.quoted, strict=True)
        if not quoted
    )


def _unquoted_run(pair: Pair, steps: Sequence[Step]) -> int:
    """Return the most words in a row that the fullest has in marks and ours has without."""
    most = size = 0
    for step in steps:
        if step.op != "equal":
            continue
        size = 0
        for full, own in zip(
            range(step.first, step.last), range(step.start, step.stop), strict=True
        ):
            size = size + 1 if pair.full.quoted[full] and not pair.ours.quoted[own] else 0
            most = max(most, size)
    return most


def _within_marks(pair: Pair, steps: Sequence[Step]) -> list[Step]:
    """Return the script between the quoted words only, where both wordings have such.

    Words outside the marks are the reporter's: leaving them out or changing them alters nothing
    that was said.
    """
    if all(pair.ours.quoted) and all(pair.full.quoted):
        return list(steps)
    base_quoted = any(pair.full.quoted)
    kept: list[Step] = []
    for step in _word_by_word(steps):
        in_base = not base_quoted or all(pair.full.quoted[step.first : step.last])
        in_ours = all(pair.ours.quoted[step.start : step.stop])
        if step.op == "add":
            keep = in_ours
        elif step.op == "drop":
            keep = in_base
        elif in_base and in_ours:
            keep = True
        else:
            keep = False
            if in_base:
                kept.append(Step("drop", step.first, step.last, step.start, step.start))
        if keep:
            kept.append(step)
    return _rejoined(kept)


def _word_by_word(steps: Sequence[Step]) -> Iterator[Step]:
    """Split what is equal, dropped or added into single words; replacements stay whole."""
    for step in steps:
        if step.op == "replace":
            yield step
            continue
        size = max(step.last - step.first, step.stop - step.start)
        for at in range(size):
            first = min(step.first + at, step.last)
            start = min(step.start + at, step.stop)
            yield Step(step.op, first, min(first + 1, step.last), start, min(start + 1, step.stop))


def _rejoined(steps: Sequence[Step]) -> list[Step]:
    """Join neighbours of one kind again where both sides continue."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last and last.op == step.op != "replace" and _continues(last, step):
            joined[-1] = Step(step.op, last.first, step.last, last.start, step.stop)
        else:
            joined.append(step)
    return joined


def _continues(last: Step, step: Step) -> bool:
    if step.op == "drop":
        return last.last == step.first
    return last.stop == step.start and (step.op == "add" or last.last == step.first)


def _rendered_types(pair: Pair, steps: Sequence[Step]) -> set[CarriageType]:
    """Return the types of a wording without quotation marks: the reporter's rendering."""
    types: set[CarriageType] = set()
    if any(pair.full.quoted):
        types.add("INDIRECT")
    if _unquoted_run(pair, steps) >= _UNQUOTED_RUN:
        types.add("UNQUOTED")
    if _kept(pair, steps) >= _KEPT and not _is_scattered(pair, steps):
        return types | alterations(pair, steps)
    types.add("PARAPHRASE")
    if not _numbers(pair.full) <= _numbers(pair.ours) and not types & {"INDIRECT"}:
        types.add("NUMBER")
    return types | _paraphrase_cuts(pair)


def _kept(pair: Pair, steps: Sequence[Step]) -> float:
    """Return how much of the weight of our words stands in the fullest in the same order.

    Another form of a word in its place, or a date turned, counts as kept.
    """
    weights = [*map(weigher(pair.resources), pair.ours.keys)]
    total = sum(weights)
    kept = sum(
        weights[at]
        for step in steps
        if step.op in ("equal", "replace")
        for at in range(step.start, step.stop)
        if step.op == "equal" or _has_form(pair, step, pair.ours.keys[at])
    )
    return kept / total if total else 0.0


def _is_scattered(pair: Pair, steps: Sequence[Step]) -> bool:
    """Return whether what is kept lies far apart in the fullest: gathered, not reported."""
    kept = [step for step in steps if step.op == "equal"]
    return bool(kept) and kept[-1].last - kept[0].first > _SCATTERED * len(pair.ours)


def _has_form(pair: Pair, step: Step, key: str) -> bool:
    """Return whether a replaced word of the fullest is *key* in the same or another form."""
    return any(
        other == key or kinship(other, key, pair.resources) not in (None, "NUMBER")
        for other in pair.full.keys[step.first : step.last]
    )


def _numbers(wording: Wording) -> set[str]:
    return {key for key in wording.keys if is_number(key)}


def _paraphrase_cuts(pair: Pair) -> set[CarriageType]:
    """Return what a paraphrase leaves out at the ends, by the places of the words it keeps."""
    ours = {stem(key) for key in pair.ours.keys if function_class(key, pair.resources) is None}
    kept = [
        at
        for at, key in enumerate(pair.full.keys)
        if stem(key) in ours and function_class(key, pair.resources) is None
    ]
    types: set[CarriageType] = set()
    if not kept:
        return types
    size = len(pair.full)
    if kept[0] >= _PARAPHRASE_CUT * size:
        types.add("CUT_HEAD")
    if size - 1 - kept[-1] >= _PARAPHRASE_CUT * size:
        types.add("CUT_TAIL")
    return types


def _edits(pair: Pair, step: Step) -> Iterator[Edit]:
    """Yield the step as edits, cut where a side goes on in another piece of content."""
    flags = step_flags(pair, step)
    rows = list(_parallel(pair, step) if step.op == "equal" else _in_pieces(pair, step))
    for part in rows:
        yield Edit(
            op=part.op,
            ours=_cover(pair.ours, part.start, part.stop),
            fullest=_cover(pair.full, part.first, part.last),
            flags=flags,
        )


def _parallel(pair: Pair, step: Step) -> Iterator[Step]:
    """Cut equal words where either side goes on in another piece."""
    first, start = step.first, step.start
    for at in range(1, step.last - step.first + 1):
        full, ours = step.first + at, step.start + at
        if at == step.last - step.first or (
            pair.full.pieces[full] != pair.full.pieces[full - 1]
            or pair.ours.pieces[ours] != pair.ours.pieces[ours - 1]
        ):
            yield Step("equal", first, full, start, ours)
            first, start = full, ours


def _in_pieces(pair: Pair, step: Step) -> Iterator[Step]:
    """Cut a change at ends of pieces: what has no partner left is a drop or an addition."""
    full = _ranges(pair.full, step.first, step.last)
    ours = _ranges(pair.ours, step.start, step.stop)
    if step.op == "replace":
        yield Step("replace", *full.pop(0), *ours.pop(0))
    for first, last in full:
        yield Step("drop", first, last, step.stop, step.stop)
    for start, stop in ours:
        yield Step("add", step.last, step.last, start, stop)


def _ranges(wording: Wording, start: int, stop: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at in range(start, stop):
        if found and wording.pieces[at] == wording.pieces[at - 1]:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _cover(wording: Wording, start: int, stop: int) -> Span | None:
    if start == stop:
        return None
    return Span(wording.spans[start].start, wording.spans[stop - 1].end)
