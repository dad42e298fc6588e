"""The model tier: what the attribution model reads in an article, and what marks decide."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from onrecord.annotate.addressed import without_addressee
from onrecord.annotate.attribution import attribute
from onrecord.annotate.bare_relatives import without_bare_relatives
from onrecord.annotate.beginnings import with_beginnings
from onrecord.annotate.certainties import Claim, Range, Settled, read_mode, settle
from onrecord.annotate.clipped import whole_sources
from onrecord.annotate.confidence import confidence, evidence
from onrecord.annotate.continued import with_continued
from onrecord.annotate.coordination import parted, with_shared
from onrecord.annotate.decode import Found, best_tags, spans_of
from onrecord.annotate.found import Attribution, Parse, Quotation
from onrecord.annotate.gate import worth_reading
from onrecord.annotate.halves import said_once
from onrecord.annotate.inner import inner_statements
from onrecord.annotate.joining import Joined, join
from onrecord.annotate.labels import Labelled, labelled_blocks
from onrecord.annotate.lexicon import lexicon_of
from onrecord.annotate.overlooked import with_overlooked
from onrecord.annotate.own_cues import with_own_cues
from onrecord.annotate.refusals import with_refusals
from onrecord.annotate.relayed import with_relayed
from onrecord.annotate.sourcing import with_whole_source
from onrecord.annotate.tagger import Ints, Scores, block_tokens, score_windows
from onrecord.annotate.unsure import blocks_of, expected_mistakes
from onrecord.models import TaggerModel
from onrecord.records import Article
from onrecord.resources import Resources
from onrecord.spans import Span, all_covered, any_overlap

__all__ = ["attribute_with_model", "read_claims"]

_LABEL_CONFIDENCE = 0.83
"""Five of the six labelled paragraphs of the training articles are one statement of the label."""
_LEAST = 0.3
"""Less sure statements are left out: of those of the model three in four are wrong."""
_SIGNED = "rules:signed-quotation"
"""A quotation with a dash and a name behind it; the model takes part of the name for a cue."""
_TITLING = frozenset(("titled", "entitled", "subtitled", "headlined"))
_MOSTLY = 0.5
"""A statement of the model with this share of its words in a certain one is that one."""


class _Verbs(NamedTuple):
    """Which cues are of saying."""

    saying: frozenset[str]
    clausal: frozenset[str]
    """Words that say something only before "that"."""
    phrases: tuple[str, ...]
    """Phrases of saying, with a blank on either side, as the next two."""
    mention: tuple[str, ...]
    """What only names a topic."""
    unowned: tuple[str, ...]
    """The same, of cues that tell no words where they have no source."""


def attribute_with_model(
    article: Article,
    parse: Parse,
    quotations: tuple[Quotation, ...],
    resources: Resources,
    model: TaggerModel,
) -> tuple[Attribution, ...]:
    """Return the attributions of an article in text order of their first content.

    The model reads the words. Embedded posts, labelled paragraphs of a transcript and signed
    quotations are certain without it, and so is a direct quotation that it passed over. Where
    the model reads only what the rules are unsure of, their other statements stand as well.
    """
    rules = attribute(article, parse, quotations, resources)
    verbs, lexicon = _verbs(resources), lexicon_of(resources)
    keep = _blocks_to_read(parse, rules, verbs.saying, resources, model)
    claims = [
        with_whole_source(parse, claim, verbs.saying, resources.words("calendar"), lexicon.adjuncts)
        for claim in read_claims(parse, keep, model)
    ]
    settled = settle(parse, quotations, claims)
    labels = labelled_blocks(parse, resources.words("heading_labels"))
    certain = [one for one in rules if one.mode == "embedded" or one.method == _SIGNED]
    certain += [_labelled(one) for one in labels]
    if model.unsure:
        certain += _left_to_rules(parse, rules, keep, certain)
    read = (
        _attribution(parse, claim, settled, model, verbs)
        for claim in settled.claims
        if not _names_a_work(parse, claim.cue)
    )
    found = [one for one in read if one.confidence >= _LEAST and not _covered(one, certain)]
    # A headline sums up what the text says in full; it is no statement of its own.
    headings = [block.span for block in article.blocks if block.kind == "heading"]
    found = [one for one in found if not _is_labelled(one, labels) and not _touches(one, headings)]
    found += certain
    found = with_own_cues(with_beginnings(found, parse), rules)
    direct = [one for one in rules if one.mode == "direct"]
    completed = [_completed(one, direct, found) for one in found]
    found = _without_rests(said_once(found, completed, parse.text))
    found = with_continued(found, quotations)
    found = whole_sources(found, rules, parse, lexicon)
    taken = sorted(span for one in found for span in one.content)
    found += [one for one in direct if one.confidence >= _LEAST and not _touches(one, taken)]
    found = with_shared(parted(found, rules, parse), rules)
    found = with_overlooked(found, rules, parse, settled.quoted)
    found = with_relayed(with_refusals(found, rules), rules)
    found = without_bare_relatives(found, parse, lexicon)
    found = without_addressee(found, rules, parse, lexicon)
    found += inner_statements(rules, found)
    return _ordered(found)


def _completed(
    one: Attribution, direct: Sequence[Attribution], found: Sequence[Attribution]
) -> Attribution:
    """Return a direct statement with the rest of its quotation, where nobody else has that.

    "A," said X at some length. "B": the model may lose B, which marks and cue show to be X's.
    Without it an outlet would seem to have cut what it printed.
    """
    if one.mode != "direct":
        return one
    for rule in direct:
        if len(rule.content) <= len(one.content) or one.cue != rule.cue:
            continue
        rest = [span for span in rule.content if not _touches(one, (span,))]
        held = all_covered(one.content, rule.content)
        others = [
            other
            for other in found
            if other is not one
            and (other.mode == "direct" or _leads_into(other, rest))
            and not _is_nameless(other)
        ]
        if held and rest and not any(_shares(other, rest) for other in others):
            return replace(one, content=tuple(sorted((*one.content, *rest))))
    return one


def _leads_into(one: Attribution, rest: Sequence[Span]) -> bool:
    """Return whether one piece of a statement goes on into *rest*: "asked point-blank, “Why?”"."""
    return any(span.covers(piece) and span != piece for span in one.content for piece in rest)


def _is_nameless(one: Attribution) -> bool:
    """Return whether a statement has neither source nor cue: it may be the rest of another."""
    return one.source is None and one.cue is None


def _without_rests(found: Sequence[Attribution]) -> list[Attribution]:
    """Leave out nameless quotations that are a piece of a statement with a cue."""
    pieces = {span for one in found if one.cue is not None for span in one.content}
    return [one for one in found if not (_is_nameless(one) and pieces.issuperset(one.content))]


def _shares(one: Attribution, rest: Sequence[Span]) -> bool:
    """Return whether a statement has words of *rest*, and not as speech inside that speech."""
    inner = one.content if one.cue is None else (*one.content, one.cue)
    nested = one.cue and all(any(span.covers(piece) for span in rest) for piece in inner)
    return not nested and _touches(one, rest)


def _blocks_to_read(
    parse: Parse,
    rules: Sequence[Attribution],
    verbs: frozenset[str],
    resources: Resources,
    model: TaggerModel,
) -> list[bool]:
    """Return which blocks the model reads: those that can hold a statement, or fewer of them."""
    ranges = block_tokens(parse)
    keep = worth_reading(parse, lexicon_of(resources), resources.words("gate_words"), ranges)
    if not model.unsure:
        return keep
    mistakes = expected_mistakes(parse, rules, verbs, ranges)
    return [one and lack > model.unsure for one, lack in zip(keep, mistakes, strict=True)]


def _left_to_rules(
    parse: Parse, rules: Sequence[Attribution], keep: Sequence[bool], certain: Sequence[Attribution]
) -> list[Attribution]:
    """Return the statements of the rules in blocks that the model does not read."""
    return [
        one
        for one, block in zip(rules, blocks_of(parse, rules), strict=True)
        if not keep[block] and one.confidence >= _LEAST and not _covered(one, certain)
    ]


def read_claims(parse: Parse, keep: Sequence[bool], model: TaggerModel) -> list[Claim]:
    """Return what the model alone makes of the blocks to *keep*, window by window."""
    windows = list(score_windows(parse, keep, model))
    claims: list[Claim] = []
    for scores, tags in zip(windows, best_tags([one.tags for one in windows], model), strict=True):
        joined = join(spans_of(tags, scores.tokens), scores)
        claims += [_claim(one, tags, scores) for one in joined]
    return claims


def _claim(joined: Joined, tags: Ints, scores: Scores) -> Claim:
    cue = joined.cue
    speech = 0.0 if cue is None else float(scores.speech[cue.first : cue.last].max())
    return Claim(
        source=None if joined.source is None else _range(joined.source, scores),
        cue=None if cue is None else _range(cue, scores),
        contents=tuple(_range(piece, scores) for piece in joined.contents),
        speech=speech,
        evidence=evidence(joined, tags, scores),
    )


def _range(found: Found, scores: Scores) -> Range:
    return int(scores.tokens[found.first]), int(scores.tokens[found.last - 1]) + 1


def _attribution(
    parse: Parse, claim: Claim, settled: Settled, model: TaggerModel, verbs: _Verbs
) -> Attribution:
    mode = read_mode(parse, claim.contents, settled.quoted)
    # Words in quotation marks were said or written by somebody, whatever the cue.
    said = claim.speech > 0 or _says(parse, claim, verbs)
    mentions = verbs.mention if claim.source else verbs.mention + verbs.unowned
    phrased = _has_phrase(parse, claim.cue, verbs.phrases)
    told = phrased or (said and not _has_phrase(parse, claim.cue, mentions))
    speech = mode != "indirect" or told
    given = (*claim.evidence, float(speech), float(mode == "direct"))
    return Attribution(
        source=None if claim.source is None else parse.span(*claim.source),
        cue=None if claim.cue is None else parse.span(*claim.cue),
        content=tuple(parse.span(*piece) for piece in claim.contents),
        mode=mode,
        cue_class="speech" if speech or mode == "direct" else "attitude",
        confidence=confidence(given, model.confidence),
        method="model",
    )


def _says(parse: Parse, claim: Claim, verbs: _Verbs) -> bool:
    """Return whether a word of the cue is one of saying; without a cue, marks or a label said so."""
    if claim.cue is None:
        return True
    cue = parse.lowers[claim.cue[0] : claim.cue[1]]
    told = "that" in (cue[-1], parse.lowers[claim.contents[0][0]])
    return not verbs.saying.isdisjoint(cue) or (told and not verbs.clausal.isdisjoint(cue))


def _names_a_work(parse: Parse, cue: Range | None) -> bool:
    """Return whether what follows is a title ("a song titled “Low Tide”"), said by nobody."""
    return cue is not None and _TITLING.issuperset(parse.lowers[cue[0] : cue[1]])


def _has_phrase(parse: Parse, cue: Range | None, phrases: tuple[str, ...]) -> bool:
    """Return whether the cue has one of *phrases*."""
    if cue is None:
        return False
    wording = f" {' '.join(parse.lowers[cue[0] : cue[1]])} "
    return any(phrase in wording for phrase in phrases)


@cache
def _verbs(resources: Resources) -> _Verbs:
    """Return the words that name an act of saying; the model knows fewer of them."""
    lexicon = lexicon_of(resources)
    listed = {
        word
        for word, readings in lexicon.cues.items()
        if any(one.cue.cue_class == "speech" for one in readings)
    }
    return _Verbs(
        saying=frozenset(listed) | lexicon.nouns.keys() | resources.words("speech_verbs"),
        clausal=resources.words("clause_verbs"),
        phrases=_phrases(resources, "saying_phrases"),
        mention=_phrases(resources, "mention_words"),
        unowned=_phrases(resources, "unowned_words"),
    )


def _phrases(resources: Resources, name: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in sorted(resources.words(name)))


def _labelled(label: Labelled) -> Attribution:
    return Attribution(
        source=label.name,
        cue=label.colon,
        content=label.words,
        mode="direct",
        cue_class="speech",
        confidence=_LABEL_CONFIDENCE,
        method="rules:label",
    )


def _is_labelled(one: Attribution, labels: Sequence[Labelled]) -> bool:
    """Return whether a statement is a part of a turn that a label already gives to its speaker."""
    return any(
        one.cue == label.colon or (one.cue is None and all_covered(one.content, label.words))
        for label in labels
    )


def _covered(found: Attribution, certain: Sequence[Attribution]) -> bool:
    """Return whether most of a statement's words are those of one that is certain."""
    size = sum(span.end - span.start for span in found.content)
    for other in certain:
        shared = sum(_overlap(a, b) for a in found.content for b in other.content)
        length = sum(span.end - span.start for span in other.content)
        if shared >= _MOSTLY * size and shared >= _MOSTLY * length:
            return True
    return False


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _touches(found: Attribution, taken: Sequence[Span]) -> bool:
    return any_overlap(found.content, taken)


def _ordered(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return each content once, in text order, with the statement that each is nested in."""
    best: dict[tuple[Span, ...], Attribution] = {}
    for one in found:
        kept = best.get(one.content)
        if kept is None or one.confidence > kept.confidence:
            best[one.content] = one
    ordered = [best[content] for content in sorted(best)]
    return tuple(
        replace(one, within=_around(number, ordered)) for number, one in enumerate(ordered)
    )


def _around(number: int, ordered: Sequence[Attribution]) -> int | None:
    """Return the number of the smallest statement whose content holds this one and its cue."""
    one = ordered[number]
    around: tuple[int, int] | None = None
    for place, other in enumerate(ordered):
        if place == number or not other.holds(one):
            continue
        size = sum(span.end - span.start for span in other.content)
        if around is None or size < around[0]:
            around = (size, place)
    return None if around is None else around[1]
