"""How something was said, as the outlet words it: hedges, the person addressed, the medium."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

from onrecord.annotate.act_words import ActWords, phrase_at
from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span

__all__ = ["addressee_of", "hedges_of", "medium_of"]

_LONGEST_ADDRESSEE: Final = 8
_NO_ADDRESSEE: Final = frozenset(("it", "that", "there"))


def hedges_of(parse: Parse, attribution: Attribution, tables: ActWords) -> tuple[Span, ...]:
    """Return the hedges in content and cue, and next to the cue, in text order."""
    ranges = [_range(parse, piece) for piece in attribution.content]
    if attribution.cue is not None:
        cue = _range(parse, attribution.cue)
        # "reportedly said", "appears to have claimed"
        before = range(
            max(cue.start - 2, parse.sentences[parse.sentence_of[cue.start]].first), cue.start
        )
        ranges += [before, cue]
    spans = {span for tokens in ranges for span in _hedges(parse, tokens, tables)}
    return tuple(sorted(spans))


def _range(parse: Parse, span: Span) -> range:
    first = bisect_left(parse.starts, span.start)
    return range(first, bisect_left(parse.starts, span.end, first))


def _hedges(parse: Parse, tokens: range, tables: ActWords) -> list[Span]:
    found: list[Span] = []
    covered = tokens.start
    for token in _those_in(parse, tokens, tables.hedges):
        if token < covered or _is_month(parse, token):
            continue
        for rest in tables.hedges[parse.lowers[token]]:
            last = token + 1 + len(rest)
            if last <= tokens.stop and phrase_at(parse.lowers, token, rest):
                found.append(parse.span(token, last))
                covered = last
                break
    return found


def _those_in(parse: Parse, tokens: range, table: Mapping[str, object]) -> list[int]:
    """Return those of *tokens* whose word *table* has."""
    words = parse.lowers[tokens.start : tokens.stop]
    return [token for token, word in enumerate(words, tokens.start) if word in table]


def _is_month(parse: Parse, token: int) -> bool:
    """Tell the month of May from the verb, which has no capital within a sentence."""
    first = parse.sentences[parse.sentence_of[token]].first
    return parse.words[token] == "May" and token > first


def addressee_of(
    parse: Parse, attribution: Attribution, cue: range, tables: ActWords
) -> Span | None:
    """Return whom the words are addressed to: "told the council", "asked the mayor to"."""
    if not any(parse.lowers[token] in tables.addressing for token in cue):
        return None
    first = cue.stop
    if first >= len(parse.lowers) or attribution.source is None:
        return None
    inverted = attribution.source.start >= parse.starts[first]
    if inverted or parse.lowers[first] in _NO_ADDRESSEE:
        return None
    last = _addressee_end(parse, attribution, first, tables)
    return parse.span(first, last) if last > first else None


def _addressee_end(parse: Parse, attribution: Attribution, first: int, tables: ActWords) -> int:
    """Return where the noun phrase at *first* ends; *first* where there is none."""
    sentence = parse.sentences[parse.sentence_of[first]]
    contents = [piece.start for piece in attribution.content if piece.start > parse.starts[first]]
    ends = tables.classes["ends-addressee"]
    for token in range(first, min(sentence.last, first + _LONGEST_ADDRESSEE)):
        word = parse.lowers[token]
        if word in ends or parse.starts[token] in contents or not word[0].isalnum():
            return token
    return first


def medium_of(parse: Parse, attribution: Attribution, cue: range, tables: ActWords) -> str | None:
    """Return by which medium the words went out, where their sentence says so."""
    if attribution.mode == "embedded":
        return "post"
    if not cue:
        return None
    number = parse.sentence_of[cue.start]
    sentence = parse.sentences[number]
    whole = range(sentence.first, sentence.last)
    named = _those_in(parse, whole, tables.media)
    if not named:
        return None
    source = _range(parse, attribution.source) if attribution.source else range(0)
    contents = [_range(parse, piece) for piece in attribution.content]
    places = {":cue": cue, ":source": source, "": whole}
    best: tuple[int, int, str] | None = None
    for token in named:
        if any(token in content for content in contents):
            continue
        for rest, medium, place in tables.media[parse.lowers[token]]:
            where = places[place]
            if token in where and phrase_at(parse.lowers, token, rest):
                key = (-len(rest), abs(token - cue.start), medium)
                best = key if best is None else min(best, key)
                break
    return best[2] if best else None
