"""Contents of nothing but function words: "the charge, which Moll denied" says nothing as "which".

Where the phrase that "which" stands for is plain, it is the content; else there is no statement.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_adverb
from onrecord.spans import Span

__all__ = ["without_bare_relatives"]

_EMPTY = frozenset(("as", "by", "for", "from", "in", "of", "on", "that", "to", "what", "which"))
_EMPTY |= {"who", "whom", "whose", "with"}
_STANDS_FOR = frozenset(("that", "which"))
_BREAKS = frozenset((",", "(", "-", "–", "—", "―"))
_LONGEST = 5
"""Tokens of a phrase with its determiner."""
_WITHIN = frozenset(("in", "of"))
"""Before a phrase that is mostly part of another: "the start of the war, which"."""


def without_bare_relatives(
    found: Sequence[Attribution], parse: Parse, lexicon: Lexicon
) -> list[Attribution]:
    """Return *found* with what a relative word stands for in its place, or without the statement."""
    done: list[Attribution] = []
    taken = {one.content for one in found}
    for one in found:
        tokens = [token for span in one.content for token in _tokens(parse, span)]
        words = {parse.lowers[token] for token in tokens if parse.words[token][0].isalnum()}
        if one.mode != "indirect" or not words <= _EMPTY:
            done.append(one)
        elif words <= _STANDS_FOR and len(tokens) == 1:
            phrase = _phrase_before(parse, lexicon, tokens[0])
            if phrase is not None and (phrase,) not in taken and not _is_own(one, phrase):
                taken.add((phrase,))
                done.append(replace(one, content=(phrase,)))
    return done


def _tokens(parse: Parse, span: Span) -> range:
    first = bisect_left(parse.starts, span.start)
    return range(first, bisect_left(parse.starts, span.end, first))


def _phrase_before(parse: Parse, lexicon: Lexicon, relative: int) -> Span | None:
    """Return a determiner and its noun right before a relative word of the same sentence."""
    last = relative
    while last > 0 and parse.words[last - 1] in _BREAKS:
        last -= 1
    begin = parse.sentences[parse.sentence_of[relative]].first
    for first in range(last - 1, max(begin - 1, last - 1 - _LONGEST), -1):
        word = parse.lowers[first]
        if lexicon.has(word, "determiner", "possessive"):
            inside = first > begin and parse.lowers[first - 1] in _WITHIN
            return None if first + 1 == last or inside else parse.span(first, last)
        if not _is_plain(parse, lexicon, first):
            return None
    return None


def _is_plain(parse: Parse, lexicon: Lexicon, token: int) -> bool:
    """Return whether a token is a noun or an adjective, by all that is known of its form."""
    word = parse.lowers[token]
    listed = word in lexicon.classes or word in lexicon.verbs or is_adverb(lexicon, word)
    return word[0].isalpha() and not listed


def _is_own(one: Attribution, phrase: Span) -> bool:
    """Return whether the phrase holds the source or the cue of the statement."""
    return any(part is not None and part.overlaps(phrase) for part in (one.source, one.cue))
