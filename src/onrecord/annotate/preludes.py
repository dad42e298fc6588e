"""What tells the occasion of a statement before it: "Asked whether the pier is safe, Moll said: …".

Such words are the outlet's. They stand where content may stand too ("The pier is safe, Moll said"),
and are told from it by how they begin.
"""

from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_adverb, is_verb
from onrecord.annotate.units import Unit

__all__ = ["is_prelude"]

_MEANWHILE = frozenset(("as", "while"))
_MEDIUM = "in"
"""Opens "in a statement": a clause with a verb of its own may open in that way too."""


def is_prelude(unit: Unit, lexicon: Lexicon, last: int, answer: int | None) -> bool:
    """Return whether the items before *last* tell the occasion of what is said behind the cue.

    *answer* is the quotation behind the cue; without one, a comma inside shows a clause
    ("Asked on Monday, the port shut the pier, Moll said").
    """
    if answer is not None and _is_apart(unit, lexicon, last, answer):
        return True
    first = 0
    while first < last and (
        lexicon.has(unit.lowers[first], "conjunction", "subordinator")
        or is_adverb(lexicon, unit.lowers[first])
    ):
        first += 1
    if not _opens(unit, lexicon, first, last):
        return False
    if unit.lowers[first] == _MEDIUM and any(
        is_verb(unit, lexicon, item) for item in range(first + 1, last)
    ):
        return False
    return answer is not None or "," not in unit.lowers[first:last]


def _is_apart(unit: Unit, lexicon: Lexicon, last: int, answer: int) -> bool:
    """Return whether an adjunct or a name stands before a quotation that is a sentence of its own.

    "On Friday, Moll said, “We left.”", but "The pier, Moll said, “is safe.”".
    """
    if last < 1 or any(number >= 0 for number in unit.quotations[:last]):
        return False
    # "I" and names have their capital anywhere: "Without the pier, Moll said, “I would leave.”"
    for token in range(unit.firsts[answer], unit.lasts[answer]):
        word, lower = unit.parse.words[token], unit.parse.lowers[token]
        if word[0].isalnum():
            listed = lower in lexicon.classes or lower in lexicon.verbs
            if not word[0].isupper() or not listed or lower.partition("'")[0] == "i":
                return False
            break
    if lexicon.has(unit.lowers[0], "preposition", "day") or unit.lowers[0] in _MEANWHILE:
        return True
    return all(unit.is_capital(item) or unit.lowers[item] == "." for item in range(last))


def _opens(unit: Unit, lexicon: Lexicon, first: int, last: int) -> bool:
    """Return whether one of the listed openings stands at *first*, and no verb behind it."""
    rests = lexicon.preludes.get(unit.lowers[first], ()) if first < last else ()
    for rest in rests:
        after = first + 1 + len(rest)
        if after < last and tuple(unit.lowers[first + 1 : after]) == rest:
            return not lexicon.has(unit.lowers[after], "be", "have", "do", "modal")
    return False
