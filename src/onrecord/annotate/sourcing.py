"""Sources of the model as a reader would print them: a whole name or phrase, and no more.

The model marks words one by one. It may stop inside a name, run on into what the sentence says of
the speaker, leave the subject in the cue, or take "said" for the speaker of "said Moll".
"""

from collections.abc import Container, Sequence

from onrecord.annotate.agents import with_whole_agent, without_accused
from onrecord.annotate.certainties import Claim, Range
from onrecord.annotate.found import Parse
from onrecord.annotate.lexicon import Adjuncts

__all__ = ["with_whole_source", "without_dangling"]

_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))
_TRAILING = frozenset(",;–—-")
_STOPS = frozenset(".?!…")
_SUBJECTS = frozenset(("he", "she", "they", "we", "i", "you", "who"))
_SUBJECTS |= {"all", "both", "some", "many", "most", "others"}
_PREPOSITIONS = frozenset(
    ("about", "after", "at", "before", "by", "during", "for", "from", "in", "of", "on", "to")
)
_OPENERS = _PREPOSITIONS | {"under", "when", "where", "while", "with", "including"}
"""What opens an adjunct behind a comma."""
_DANGLING = _PREPOSITIONS - {"after", "before"} | frozenset(
    ("a", "an", "and", "as", "but", "his", "its", "my", "nor", "or", "our", "the", "their", "with")
)
_CLAUSE_SUBJECTS = frozenset(("he", "i", "she", "they", "we", "who", "you"))
_DETERMINERS = frozenset(("a", "an", "her", "his", "its", "my", "our", "the", "their"))
_HELPING = frozenset(("also", "can", "did", "do", "had", "has", "have", "still", "would"))
_LEAST_PARTICIPLE = 5
"""Letters: "king" and "ring" are none."""
_TITLE_SHARE = 0.6
"""From this share of capitals on a sentence is a headline, where they mark no names."""


def with_whole_source(
    parse: Parse,
    claim: Claim,
    verbs: Container[str],
    dates: Container[str],
    adjuncts: Adjuncts,
) -> Claim:
    """Return the claim with its source whole and short, told from its cue.

    *verbs* are words of saying, *dates* capitalised words that belong to no name, *adjuncts*
    open what tells when a passive was said.
    """
    claim = _according(parse, _apart(parse, _exchanged(parse, claim, verbs)))
    claim = _behind_whom(parse, claim)
    claim = without_accused(parse, with_whole_agent(parse, claim, adjuncts))
    if claim.source is None:
        return claim
    return claim._replace(
        source=_short(parse, _whole(parse, claim, claim.source, dates), claim.cue)
    )


def _exchanged(parse: Parse, claim: Claim, verbs: Container[str]) -> Claim:
    """Return the claim with "said" as its cue and "Moll" as its source, where it is the reverse."""
    if claim.source is None or claim.cue is None or claim.source[1] - claim.source[0] > 1:
        return claim
    verb, name = claim.source[0], parse.words[slice(*claim.cue)]
    is_verb = parse.words[verb].islower() and parse.lowers[verb] in verbs
    is_name = name[0][0].isupper() and not any(word.lower() in verbs for word in name)
    return claim._replace(source=claim.cue, cue=claim.source) if is_verb and is_name else claim


def _apart(parse: Parse, claim: Claim) -> Claim:
    """Return the claim with its subject, where that opens the cue ("all agreed"), as its source."""
    if claim.source is not None or claim.cue is None or claim.cue[1] - claim.cue[0] < 2:  # noqa: PLR2004 - a subject and a verb
        return claim
    first, last = claim.cue
    if parse.lowers[first] not in _SUBJECTS:
        return claim
    return claim._replace(source=(first, first + 1), cue=(first + 1, last))


def _according(parse: Parse, claim: Claim) -> Claim:
    """Return the claim with "to" of "according to Moll" in its cue."""
    if claim.source is None or claim.cue is None or claim.source[1] - claim.source[0] < 2:  # noqa: PLR2004 - "to" and a name
        return claim
    (begin, end), (first, last) = claim.cue, claim.source
    if first != end or parse.lowers[end - 1] != "according" or parse.lowers[first] != "to":
        return claim
    return claim._replace(source=(first + 1, last), cue=(begin, end + 1))


def _behind_whom(parse: Parse, claim: Claim) -> Claim:
    """Return the claim with who speaks in "Moll, whom the crew call careful," as its source."""
    if claim.source is None or claim.cue is None:
        return claim
    begin, last = claim.source[0], claim.cue[0]
    before = parse.lowers[begin:last]
    if "whom" not in before or before.index("whom") > claim.source[1] - begin + 1:
        return claim
    first = begin + before.index("whom") + 1
    if "," in parse.lowers[first:last]:
        return claim
    while last > first and parse.lowers[last - 1] in _HELPING:
        last -= 1
    return claim._replace(source=(first, last)) if last > first else claim


def _whole(parse: Parse, claim: Claim, source: Range, dates: Container[str]) -> Range:
    """Return a source with the rest of its name: "Mrs" of "Mrs. Moll", "speaker" of "speaker Moll"."""
    first, last = source
    is_noun = last - first == 1 and parse.words[first].islower() and parse.words[first].isalpha()
    if not (is_noun or parse.words[last - 1][0].isupper()) or _is_headline(parse, first):
        return source
    if is_noun and parse.lowers[first] in _SUBJECTS | _RELATIVES:
        return source
    taken = [span for span in (claim.cue, *claim.contents) if span is not None]
    end = last
    while _goes_on(parse, end, taken, dates):
        end += 1 if parse.words[end] != "." else 2
    while is_noun and end > last and _goes_on(parse, first - 1, taken, dates):
        first -= 1
    return first, end


def _goes_on(parse: Parse, token: int, taken: list[Range], dates: Container[str]) -> bool:
    """Return whether a token is the next part of a name: a capital, or the stop of a title."""
    if not 0 < token < len(parse.words) or any(first <= token < last for first, last in taken):
        return False
    same = parse.sentence_of[token] == parse.sentence_of[token - 1]
    if parse.words[token] == ".":
        joined = parse.starts[token] == parse.ends[token - 1]
        return same and joined and _goes_on(parse, token + 1, taken, dates)
    return same and parse.words[token][0].isupper() and parse.lowers[token] not in dates


def _is_headline(parse: Parse, token: int) -> bool:
    sentence = parse.sentences[parse.sentence_of[token]]
    words = [word for word in parse.words[sentence.first : sentence.last] if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= _TITLE_SHARE * len(words)


def _short(parse: Parse, source: Range, cue: Range | None) -> Range:
    """Cut a source before what says more of the speaker, and to the sentence of its cue."""
    first, last = source
    if cue is not None and last <= cue[0]:
        first = max(first, parse.sentences[parse.sentence_of[last - 1]].first)
    last = min(last, parse.sentences[parse.sentence_of[first]].last)
    if last - first > 1 and parse.lowers[first] == "who":
        return first, first + 1
    end = next((token for token in range(first + 1, last) if _is_aside(parse, token, last)), last)
    while end > first + 1 and parse.words[end - 1] in _TRAILING:
        end -= 1
    if end == last and end < source[1] and parse.words[end - 1] in _STOPS:
        end -= 1
    return first, without_dangling(parse.lowers, first, max(end, first + 1))


def without_dangling(words: Sequence[str], first: int, last: int) -> int:
    """Return where a source ends whose last word waits for another: "both parties | for his".

    Where a clause stands inside ("the crew he spoke to") its preposition may end the source.
    """
    if not _CLAUSE_SUBJECTS.isdisjoint(words[first:last]):
        return last
    end = last
    while end > first + 1 and words[end - 1] in _DANGLING:
        end -= 1
    return end


def _is_aside(parse: Parse, token: int, last: int) -> bool:
    """Return whether a relative clause starts at a token, or an adjunct behind a comma."""
    word, before = parse.lowers[token], parse.lowers[token - 1]
    if word in _RELATIVES:
        # "a port that the mayor" is the mayor, "one of whom" one phrase.
        behind = parse.lowers[token + 1] if token + 1 < last else ""
        return before not in _PREPOSITIONS and not (word == "that" and behind in _DETERMINERS)
    if before != "," or token + 1 >= last:
        return False
    participle = len(word) > _LEAST_PARTICIPLE and word.endswith("ing")
    adjunct = parse.lowers[token + 1] in _OPENERS | _DETERMINERS
    return word in _OPENERS or (participle and adjunct)
