"""Statements whose cue is a verb: the content before it, after it or around it."""

from bisect import bisect_left

from onrecord.annotate.contents import after_adjuncts, right_content, stripped, whole_quotation
from onrecord.annotate.cued import BREAKS, DASHES, Cued, draft_of, use
from onrecord.annotate.cues import find_cues
from onrecord.annotate.direct import across, follow_on, quotation_before
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.fronted import as_clause, clause_before
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.passive import passive_draft
from onrecord.annotate.phrases import is_adverb, is_verb, noun_phrase_after, skip_adverbials
from onrecord.annotate.preludes import is_prelude
from onrecord.annotate.refusals import as_refusal, refusal
from onrecord.annotate.sources import Source, Spot, source_after, source_before, starts_clause
from onrecord.annotate.units import Unit

__all__ = ["drafts_of_unit", "inner_drafts"]

_FULL_NAME = 2
_WITH_SUBJECT = ("subject", "aside", "inverted", "relative")


def drafts_of_unit(context: Context, number: int, cuts: list[int]) -> list[Draft]:
    """Return the attributions whose cue is a verb of unit *number*, in order of their cues.

    *cuts* are items where other rules found an attribution to start; new ones are added.
    """
    unit = context.units[number]
    drafts: list[Draft] = []
    # From right to left: where a later attribution starts, the content before it ends.
    spots = find_cues(unit, context.lexicon)
    for cued in reversed(_sourced(unit, context.lexicon, spots)):
        draft = _draft(context, number, cued, cuts)
        if draft is not None:
            drafts.append(draft)
            cut = _cut(unit, context.lexicon, cued)
            if cut is not None:
                cuts.append(cut)
            if cued.source.how == "aside":
                # Nothing said inside the aside runs on over its end.
                cuts.append(_before(unit, context.lexicon, cued.spot.first))
    for spot in reversed(spots):
        if spot.passive:
            passive = passive_draft(context, number, spot, cuts)
            if passive is not None:
                drafts.append(passive)
    drafts.reverse()
    return drafts


def inner_drafts(context: Context, number: int) -> list[Draft]:
    """Return what a quoted speaker says that another person said: “He told me it was safe”.

    Only plain cues of saying with a third person before them count: "I said" and "we say" are
    the speaker's own words, and other verbs are mostly not about words inside a quotation.
    Somebody called by nothing but a name ("“Moll said it was safe”") is surely quoted there.
    A document or somebody by name may also allege, deny or disclose there ("“The notice alleges
    that the crane was rotten,” she said"): of these verbs the object is words.
    """
    unit, lexicon = context.units[number], context.lexicon
    spots = [spot for spot in find_cues(unit, lexicon) if spot.reading.form in ("past", "s")]
    drafts: list[Draft] = []
    for cued in reversed(_sourced(unit, lexicon, spots)):
        frames, first = cued.spot.reading.cue.frames, unit.lowers[cued.source.first]
        if cued.source.how != "subject" or first in ("i", "we", "you"):
            continue
        plain = "inner" in frames and cued.spot.reading.form == "past"
        by_name = not lexicon.has(first, "pronoun")
        named = by_name and bool(frames & {"told", "refusal"})
        draft = _right(context, number, cued, []) if plain or named else None
        if draft is None or _points(context, draft):
            continue
        letter = draft.method.split(":")[1][0]
        if plain and letter in "ctqw":
            by_name &= letter in "ct" and all(map(unit.is_capital, range(*cued.source[:2])))
            kind = "named" if by_name else "inner"
            drafts.append(draft._replace(method=f"{draft.method}-{kind}"))
        elif named and draft.told and letter in ("ctni" if "refusal" in frames else "ctn"):
            drafts.append(draft._replace(method=f"{draft.method}-named"))
    drafts.reverse()
    return drafts


def _points(context: Context, draft: Draft) -> bool:
    """Return whether the speaker only points at words: “he said this, she said that”."""
    parse = context.parse
    token = bisect_left(parse.starts, draft.content[0].start)
    alone = token + 1 == len(parse.words) or not parse.words[token + 1][0].isalnum()
    return alone and context.lexicon.has(parse.lowers[token], "determiner", "pronoun")


def _sourced(unit: Unit, lexicon: Lexicon, spots: list[Spot]) -> list[Cued]:
    """Return the cues of a unit that have a source in it."""
    known: list[tuple[Spot, Source]] = []
    for spot in spots:
        if spot.passive:
            continue
        source = _source(unit, lexicon, spot, known)
        if source is not None:
            known.append((spot, source))
    return [Cued(spot, source) for spot, source in known]


def _source(
    unit: Unit, lexicon: Lexicon, spot: Spot, known: list[tuple[Spot, Source]]
) -> Source | None:
    """Return the subject before a cue or, where content stands before it, the name after it."""
    inverts = "v" in spot.reading.cue.frames and spot.reading.form in ("past", "s")
    before = _before(unit, lexicon, spot.first)
    if inverts and before >= 0:
        if unit.quotations[before] >= 0 and whole_quotation(unit, before):
            return source_after(unit, lexicon, spot)
        if unit.lowers[before] in DASHES or unit.lowers[before] == ",":
            return _after_clause(unit, lexicon, spot, known)
    return source_before(unit, lexicon, spot, known)


def _before(unit: Unit, lexicon: Lexicon, item: int) -> int:
    """Return the item before *item*, adverbs passed over; -1 where there is none."""
    before = item - 1
    while before > 0 and is_adverb(lexicon, unit.lowers[before]):
        before -= 1
    return before


def _after_clause(
    unit: Unit, lexicon: Lexicon, spot: Spot, known: list[tuple[Spot, Source]]
) -> Source | None:
    """Tell "The pier is shut, said Ms Roe." from "Ms Roe, a baker, said nothing."."""
    subject = source_before(unit, lexicon, spot, known)
    if (
        subject is not None
        and subject.how == "aside"
        and starts_clause(unit, lexicon, subject.first)
    ):
        return subject
    inverted = source_after(unit, lexicon, spot)
    if inverted is not None and _closes(unit, lexicon, inverted.last):
        return inverted
    return subject


def _closes(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether nothing but adjuncts follows before the next mark or the end."""
    after = after_adjuncts(unit, lexicon, item)
    return after >= len(unit) or (not unit.is_word(after) and unit.quotations[after] < 0)


def _cut(unit: Unit, lexicon: Lexicon, cued: Cued) -> int | None:
    """Return the item at which content to the left must end because this cue takes over."""
    clause = cued.source.clause
    if cued.source.how == "recorded":
        return cued.source.first
    if cued.source.how in ("shared", "participle"):
        joint = unit.lowers[clause]
        return clause if joint in BREAKS or joint in ("and", "but", "or", "then") else None
    if clause == 0:
        return None
    before = unit.lowers[clause - 1]
    joined = before in BREAKS or lexicon.has(before, "conjunction", "clause-joint")
    return clause - 1 if joined or before == "as" else None


def _draft(context: Context, number: int, cued: Cued, cuts: list[int]) -> Draft | None:
    unit, lexicon = context.units[number], context.lexicon
    if cued.source.how in _WITH_SUBJECT:
        preluded = _is_preluded(unit, lexicon, cued)
        draft = None if preluded else _left(context, number, cued, cuts)
        if draft is not None:
            return draft
        if preluded:
            cued = cued._replace(source=_named_before(unit, lexicon, cued.source))
    if cued.source.how == "inverted":
        return None
    return _right(context, number, cued, cuts)


def _left(context: Context, number: int, cued: Cued, cuts: list[int]) -> Draft | None:
    """Return the attribution whose content stands before the cue, or around it."""
    unit = context.units[number]
    before = _before(unit, context.lexicon, cued.anchor)
    frames = cued.spot.reading.cue.frames
    if before < 0 or not frames & {"q", "c", "m"}:
        return None
    joined = unit.lowers[before] in DASHES or unit.lowers[before] == ","
    if unit.quotations[before] >= 0 and whole_quotation(unit, before):
        return quotation_before(context, number, cued, before)
    if joined and before > 0 and unit.quotations[before - 1] >= 0:
        return quotation_before(context, number, cued, before - 1)
    if "m" in frames:
        return None
    if unit.lowers[before] == "as":
        return as_clause(context, number, cued, before, cuts)
    return clause_before(context, number, cued, before, cuts) if joined else None


def _is_preluded(unit: Unit, lexicon: Lexicon, cued: Cued) -> bool:
    """Return whether what stands before the clause of a cue tells its occasion only."""
    before = _before(unit, lexicon, cued.anchor)
    answers = range(cued.group, min(cued.group + 2, len(unit)))
    answer = next((item for item in answers if unit.quotations[item] >= 0), None)
    last = before + (before >= 0 and unit.quotations[before] >= 0)
    return is_prelude(unit, lexicon, last, answer)


def _named_before(unit: Unit, lexicon: Lexicon, source: Source) -> Source:
    """Return the name of "Ada Brandt, head of the port said", whose second comma is missing."""
    last = source.first - 1
    words = [item for item in range(max(last, 0)) if unit.is_word(item)]
    described = unit.word(source.first).islower() and not lexicon.has(
        unit.lowers[source.first], "pronoun"
    )
    if (
        source.how != "subject"
        or len(words) < _FULL_NAME
        or unit.lowers[last] != ","
        or not described
        or not all(unit.is_capital(item) for item in words)
        or lexicon.has(unit.lowers[0], "preposition", "day", "adverb", "conjunction")
    ):
        return source
    return Source(0, last, "aside", 0)


def _right(context: Context, number: int, cued: Cued, cuts: list[int]) -> Draft | None:
    """Return the attribution whose content stands after the cue."""
    unit = context.units[number]
    frames = cued.spot.reading.cue.frames
    limits = [*cuts, *_clause_ends(unit, context.lexicon, cued)]
    limits += _epithet_ends(unit, context.lexicon, cued)
    relative = _relative_content(context, number, cued, limits)
    relative = relative or _epithet(context, number, cued, limits)
    if relative is not None:
        return relative
    right = right_content(context, unit, cued.spot.last, frames, limits)
    if right is None:
        return refusal(context, number, cued) or across(context, number, cued)
    pieces = [unit.span(right.first, right.last)]
    use(context, unit, right.first, right.last)
    if not right.marked:
        draft = draft_of(context, number, cued, pieces, f"{right.frame}-after")
        return as_refusal(draft, cued) if "negated" in frames else draft
    pieces += follow_on(context, number)
    return draft_of(context, number, cued, pieces, "quotation-after")


def _clause_ends(unit: Unit, lexicon: Lexicon, cued: Cued) -> list[int]:
    """Return the comma that ends the clause of a cue in "After he denied it, ..."."""
    opener = cued.source.clause - 1
    if _in_aside(unit, lexicon, cued):
        # "Ms Roe, who said it was safe, resigned": the verb of the sentence goes on.
        return [
            place
            for place in range(cued.spot.last, len(unit) - 1)
            if unit.lowers[place] == "," and _is_finite(unit, lexicon, place + 1)
        ]
    if cued.source.how != "subject" or opener not in (0, 1):
        return []
    if not lexicon.has(unit.lowers[opener], "subordinator"):
        return []
    commas = (place for place in range(cued.spot.last + 1, len(unit)) if unit.lowers[place] == ",")
    return [place for place in [next(commas, None)] if place is not None]


def _epithet_ends(unit: Unit, lexicon: Lexicon, cued: Cued) -> list[int]:
    """Return where the sentence goes on in "what she called her “plan” would fail"."""
    if "naming" not in cued.spot.reading.cue.frames or _word_before(unit, cued) != "what":
        return []
    for place in range(cued.spot.last + 1, len(unit)):
        word = unit.lowers[place]
        if lexicon.has(word, "relative", "subordinator") or word in BREAKS:
            return []
        if unit.quotations[place] >= 0 and unit.last_mark(place) == ",":
            return [place + 1]
        if lexicon.has(word, "modal", "be", "have", "do") and unit.lowers[place - 1] != "to":
            return [place]
    return []


def _word_before(unit: Unit, cued: Cued) -> str:
    return unit.lowers[cued.source.first - 1] if cued.source.first else ""


def _epithet(context: Context, number: int, cued: Cued, limits: list[int]) -> Draft | None:
    """Return the attribution of "a prank" in "what she described as a prank"."""
    unit, lexicon = context.units[number], context.lexicon
    start = cued.spot.last + 1
    if "naming" not in cued.spot.reading.cue.frames or _word_before(unit, cued) != "what":
        return None
    if start >= len(unit) or unit.lowers[start - 1] != "as":
        return None
    end = min((limit for limit in limits if limit > start), default=len(unit))
    last = noun_phrase_after(unit, lexicon, start, stops="ends-object")
    if last < len(unit) and unit.quotations[last] >= 0:
        last += 1
    bounds = stripped(unit, start, min(last, end))
    if bounds is None:
        return None
    return draft_of(context, number, cued, [unit.span(*bounds)], "n-after")


def _is_finite(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether a verb is marked for tense or person: "resigned", "has", not "carry"."""
    word = unit.lowers[item]
    known = word in lexicon.verbs and not lexicon.is_base(word)
    return is_verb(unit, lexicon, item) and (
        known or word.endswith("ed") or lexicon.has(word, "be", "have", "do", "modal")
    )


def _in_aside(unit: Unit, lexicon: Lexicon, cued: Cued) -> bool:
    """Return whether the cue stands in a relative clause behind a comma."""
    first = cued.source.first
    relative = first if cued.source.how == "relative" else first - 1
    return (
        relative > 0
        and lexicon.has(unit.lowers[relative], "relative")
        and unit.lowers[relative - 1] == ","
    )


def _relative_content(context: Context, number: int, cued: Cued, limits: list[int]) -> Draft | None:
    """Return the attribution of "which ... was unsafe" in "which he said was unsafe"."""
    unit, lexicon = context.units[number], context.lexicon
    relative = cued.source.first - 1
    if cued.source.how != "subject" or relative < 1 or "c" not in cued.spot.reading.cue.frames:
        return None
    start = skip_adverbials(unit, lexicon, cued.spot.last)
    if unit.lowers[relative] not in ("which", "that", "who", "what") or start >= len(unit):
        return None
    if not is_verb(unit, lexicon, start):
        return None
    is_what = unit.lowers[relative] == "what"
    if is_what:
        if not _tells_what(unit, lexicon, relative, start):
            return None
        start += 1
        limits = [*limits, *(at for at in range(start, len(unit)) if unit.lowers[at] in BREAKS)]
    end = min((limit for limit in limits if limit > start), default=len(unit))
    bounds = stripped(unit, start, end)
    if bounds is None:
        return None
    pieces = [] if is_what else [unit.span(relative, relative + 1)]
    pieces.append(unit.span(*bounds))
    return draft_of(context, number, cued, pieces, "relative-clause")


def _tells_what(unit: Unit, lexicon: Lexicon, relative: int, verb: int) -> bool:
    """Return whether "what" stands for what follows: "after what police said was a brawl".

    Not in "What he said was wrong", where it stands for words said elsewhere.
    """
    after = verb + 1
    return (
        relative > 0
        and after < len(unit)
        and lexicon.has(unit.lowers[verb], "be")
        and (
            unit.quotations[after] >= 0
            or lexicon.has(unit.lowers[after], "determiner", "possessive")
        )
    )
