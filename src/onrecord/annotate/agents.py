"""Where the agent of a passive ends: "described by Holt as reckless | after the vote"."""

from onrecord.annotate.adjuncts import opens_adjunct
from onrecord.annotate.certainties import Claim, Range
from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Adjuncts

__all__ = ["with_whole_agent"]


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
