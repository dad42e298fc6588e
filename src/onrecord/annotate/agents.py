"""Who speaks in a passive: "described by Holt as reckless | after the vote", never the accused."""

from itertools import pairwise

from onrecord.annotate.adjuncts import opens_adjunct
from onrecord.annotate.certainties import Claim, Range
from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Adjuncts

__all__ = ["with_whole_agent", "without_accused"]

_CHARGED = frozenset(
    (
        ("accused", "of"),
        ("blamed", "for"),
        ("charged", "with"),
        ("criticised", "for"),
        ("criticized", "for"),
        ("suspected", "of"),
    )
)
_FRONTED = frozenset(("that", "which", "who", "whom"))


def without_accused(parse: Parse, claim: Claim) -> Claim:
    """Return the claim without a source that is the accused: "a builder accused of fraud".

    In the active whom one accuses stands between the two words, unless it opens the clause
    ("whom she accused of fraud").
    """
    if claim.source is None or claim.cue is None or claim.source[1] > claim.cue[0]:
        return claim
    before = parse.lowers[claim.source[0] - 1 : claim.source[0]]
    if "by" in (*before, parse.lowers[claim.source[0]]) or not _FRONTED.isdisjoint(before):
        return claim
    first, last = claim.cue
    after = parse.lowers[first : last + 1]
    charged = any(pair in _CHARGED for pair in pairwise(after))
    return claim._replace(source=None) if charged else claim


def with_whole_agent(parse: Parse, claim: Claim, adjuncts: Adjuncts) -> Claim:
    """Return the claim of a passive with its agent short, and nothing of when it was said."""
    if claim.source is None or claim.cue is None or claim.source[0] < claim.cue[1]:
        return claim
    first, last = claim.source
    if parse.lowers[first] == "by" and last > first + 1:
        first += 1
    if parse.lowers[first - 1] != "by":
        return claim
    contents = tuple(
        _short(parse, piece, adjuncts) if piece[0] >= last else piece for piece in claim.contents
    )
    return claim._replace(source=_short(parse, (first, last), adjuncts), contents=contents)


def _short(parse: Parse, span: Range, adjuncts: Adjuncts) -> Range:
    first, last = span
    words = parse.lowers
    end = next((at for at in range(first + 1, last) if opens_adjunct(words, at, adjuncts)), last)
    while end > first + 1 and words[end - 1] == ",":
        end -= 1
    return first, end
