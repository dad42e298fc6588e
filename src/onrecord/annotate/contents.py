"""Where the content of a statement starts and ends in its sentence."""

from typing import NamedTuple

from onrecord.annotate.drafts import Context
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.phrases import is_adverb, is_verb, noun_phrase_after, skip_adverbials
from onrecord.annotate.units import QUOTE, Unit

__all__ = ["Right", "after_adjuncts", "right_content", "stripped", "whole_quotation"]

_TRAILING = frozenset((",", ";", ":", "-", "—", "–", ".", "and", "but", "while", "(", "or"))
_LEADING = frozenset((",", ":", "-", "—", "–", "that"))
_DASHES = frozenset(("-", "—", "–"))
_MEANWHILE = frozenset(("as", "before", "when", "while"))
"""Behind a quotation, what went on when it was said: "shouted “Stop” while running"."""
_SHORTEST_FRAGMENT = 3
_VERB_REACH = 16
_SETTING_REACH = 10
_SUBJECT_REACH = 6
_SHORTEST_ING = 5
"""Letters: "thing" and "king" are no verbs."""


class Right(NamedTuple):
    """Items of the content to the right of a cue, and the frame that it fills."""

    first: int
    last: int
    frame: str
    marked: bool
    """A comma or colon stands before a quotation: nothing but the quotation is content."""


def stripped(unit: Unit, first: int, last: int) -> tuple[int, int] | None:
    """Return the items without marks and joining words at their ends, or None."""
    while first < last and unit.lowers[first] in _LEADING and unit.quotations[first] < 0:
        first += 1
    while last > first and unit.lowers[last - 1] in _TRAILING and unit.quotations[last - 1] < 0:
        if unit.lowers[last - 1] == "." and _is_abbreviated(unit, last - 1, last):
            break
        last -= 1
    return (first, last) if first < last else None


def _is_abbreviated(unit: Unit, item: int, last: int) -> bool:
    """Return whether the full stop at *item* is inside the unit: "Sen." cannot end it."""
    return last < len(unit) and item + 1 < len(unit) and unit.is_word(item + 1) and item > 0


def whole_quotation(unit: Unit, item: int) -> bool:
    """Return whether a quotation ends like speech: with a mark before or right after it."""
    if unit.last_mark(item) in ",.?!…-—–;":
        return True
    return item + 1 < len(unit) and unit.lowers[item + 1] == ","


def after_adjuncts(unit: Unit, lexicon: Lexicon, item: int) -> int:
    """Return the item after adverbs and prepositional phrases that follow a cue."""
    place = item
    while place < len(unit):
        after = skip_adverbials(unit, lexicon, place)
        if after < len(unit) and _opens_phrase(unit, lexicon, after):
            end = noun_phrase_after(unit, lexicon, after + 1, stops="setting")
            after = max(end, after + 1)
        if after == place:
            return place
        place = after
    return place


def _opens_phrase(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether a prepositional phrase starts here; "to" may open an infinitive instead."""
    word = unit.lowers[item]
    if word != "to":
        return lexicon.has(word, "setting")
    after = item + 1
    return after < len(unit) and (
        unit.is_capital(after)
        or lexicon.has(unit.lowers[after], "determiner", "possessive", "object")
        or unit.lowers[after].endswith("s")
    )


def right_content(
    context: Context, unit: Unit, item: int, frames: frozenset[str], cuts: list[int]
) -> Right | None:
    """Return the content that starts after a cue that ends at *item*, or None.

    *cuts* are items at which another attribution of the sentence starts.
    """
    lexicon = context.lexicon
    end = min((cut for cut in cuts if cut > item), default=len(unit))
    start = skip_adverbials(unit, lexicon, item)
    start = _after_aside(unit, lexicon, start, end)
    if "a" in frames:
        start = _after_addressee(unit, lexicon, start, end)
    start = _after_setting(unit, lexicon, start, end, frames)
    if start >= end:
        return None
    marked = unit.lowers[start] in (",", ":")
    if marked:
        after = _quotation_or(unit, start, end)
        if after is None:
            return None
        start = after
    return _framed(unit, lexicon, start, end, frames, marked=marked)


def _after_aside(unit: Unit, lexicon: Lexicon, start: int, end: int) -> int:
    """Pass over ", however," between a cue and its content."""
    closer = start + 2
    if closer < end and unit.lowers[start] == "," and unit.lowers[closer] == ",":
        return closer + 1 if is_adverb(lexicon, unit.lowers[start + 1]) else start
    return start


def _quotation_or(unit: Unit, start: int, end: int) -> int | None:
    """Return where content goes on after a comma or colon."""
    after = start + 1
    if after >= end:
        return None
    if unit.lowers[start] == ":" or unit.quotations[after] >= 0 or unit.lowers[after] == "that":
        return after
    return None


def _after_addressee(unit: Unit, lexicon: Lexicon, start: int, end: int) -> int:
    """Return the item after "reporters" in "told reporters (on Monday) that"."""
    if start < end and unit.is_word(start) and unit.lowers[start] != "that":
        word = unit.lowers[start]
        if lexicon.has(word, "object", "reflexive"):
            return skip_adverbials(unit, lexicon, start + 1)
        if not lexicon.has(word, "preposition", "wh", "subordinator", "pronoun"):
            last = noun_phrase_after(unit, lexicon, start, stops="ends-addressee")
            if last < end and not is_verb(unit, lexicon, last):
                return skip_adverbials(unit, lexicon, last)
    return start


def _after_setting(
    unit: Unit, lexicon: Lexicon, start: int, end: int, frames: frozenset[str]
) -> int:
    """Pass over "in a statement on Monday" where content still follows it."""
    if (
        start >= end
        or (unit.lowers[start] == "to" and "i" in frames)
        or not lexicon.has(unit.lowers[start], "setting")
        or unit.lowers[start] in frames
    ):
        return start
    after = after_adjuncts(unit, lexicon, start)
    if after < end and unit.lowers[after] == "that":
        return after
    if after < end and unit.quotations[after] >= 0:
        return after
    if after + 1 < end and unit.lowers[after] in (",", ":"):
        if unit.quotations[after + 1] >= 0 or unit.lowers[after] == ":":
            return after
        if unit.lowers[after + 1] == "that":
            return after + 1
    return _after_clause(unit, lexicon, start, end)


def _after_clause(unit: Unit, lexicon: Lexicon, start: int, end: int) -> int:
    """Pass over "after the vote was lost" where "that" and a subject follow it."""
    if not lexicon.has(unit.lowers[start], "subordinator"):
        return start
    for place in range(start + 1, min(start + _SETTING_REACH, end - 1)):
        if not unit.is_word(place):
            return start
        after = unit.lowers[place + 1]
        if unit.lowers[place] == "that" and lexicon.has(after, "pronoun", "determiner"):
            return place
    return start


def _framed(
    unit: Unit, lexicon: Lexicon, start: int, end: int, frames: frozenset[str], *, marked: bool
) -> Right | None:
    frame = _frame_at(unit, lexicon, start, end, frames)
    if frame == "n" and "f" in frames:
        frame = _fragment(unit, lexicon, start, end)
    if frame == "q" and marked and frames & {"q", "c", "m"}:
        return Right(start, start + 1, "q", marked=True)
    if marked and frame not in ("t", "q") and "q" in frames:
        frame = "c"
    if frame == "w" and "w" not in frames and unit.lowers[start] == "what":
        frame = "n"
    accepted = _accepted(frame, frames)
    if accepted is None or (frame in ("n", "c") and _is_finite(unit, lexicon, start)):
        return None
    if frame == "t":
        start += 1
    bounds = stripped(unit, start, _limit(unit, lexicon, start, end, accepted))
    if bounds is None or (frame == "w" and bounds[1] - bounds[0] == 1):
        return None
    return Right(bounds[0], bounds[1], accepted, marked=False)


def _limit(unit: Unit, lexicon: Lexicon, start: int, end: int, frame: str) -> int:
    """Return where the content ends at the latest: a noun phrase stops before a new clause."""
    for place in range(start + 1, end - 1):
        if unit.quotations[place] >= 0:
            continue
        word, after = unit.lowers[place], unit.lowers[place + 1]
        if word in _MEANWHILE and _is_meanwhile(unit, lexicon, start, place, end, frame):
            return place
        if word in _DASHES and (after in _DASHES or not unit.is_joined(place)):
            return place
        if frame not in ("c", "t", "w", "q") and (
            (word == "," and _leaves_phrase(lexicon, after)) or lexicon.has(word, "ends-object")
        ):
            return place
    return end


def _is_meanwhile(
    unit: Unit, lexicon: Lexicon, start: int, place: int, end: int, frame: str
) -> bool:
    """Return whether what follows tells of the saying: "yelled insults as the mayor departed"."""
    if place == start + 1 and unit.quotations[start] >= 0:
        return QUOTE not in unit.lowers[place:end]
    first = place + 1
    if frame != "n" or unit.lowers[place] != "as" or unit.lowers[place - 1] == "even":
        return False
    word = unit.lowers[first]
    if not (unit.is_capital(first) or word == "the" or lexicon.has(word, "pronoun")):
        return False
    for item in range(first + 1, min(end, first + _SUBJECT_REACH)):
        if not unit.is_word(item) or lexicon.has(unit.lowers[item], "conjunction", "relative"):
            return False
        if is_verb(unit, lexicon, item):
            return True
    return False


def _leaves_phrase(lexicon: Lexicon, word: str) -> bool:
    """Return whether a word after a comma takes the sentence away from a noun phrase."""
    return (
        lexicon.has(word, "relative", "subordinator", "conjunction")
        or word in ("with", "despite", "amid")
        or (word.endswith("ing") and len(word) > _SHORTEST_ING)
    )


def _is_finite(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether a verb of the main clause follows: "nobody I asked could show it"."""
    return lexicon.has(unit.lowers[item], "modal", "be", "have", "do") and not unit.is_capital(item)


def _fragment(unit: Unit, lexicon: Lexicon, start: int, end: int) -> str:
    """Return "c" where words of which no verb is known may still be a clause: "said 34,570 …"."""
    enough = end - start > _SHORTEST_FRAGMENT
    return "c" if enough and not is_verb(unit, lexicon, start) else "n"


_ALTERNATIVES: dict[str, tuple[str, ...]] = {
    "t": ("c", "t"),
    "c": ("c", "n"),
    "q": ("c", "q", "n", "i"),
    "w": ("w",),
    "g": ("g", "n", "c"),
    "n": ("n",),
    "i": ("i",),
}


def _accepted(frame: str, frames: frozenset[str]) -> str | None:
    """Return the frame of the cue that takes what follows, or None."""
    for alternative in _ALTERNATIVES.get(frame, (frame,)):
        if alternative in frames:
            return alternative if frame in ("q", "c") else frame
    return None


def _frame_at(unit: Unit, lexicon: Lexicon, start: int, end: int, frames: frozenset[str]) -> str:
    """Return the letter of the frame that starts at *start*, or a preposition."""
    word = unit.lowers[start]
    if word == QUOTE:
        return "q"
    if word == "that" and start + 1 < end and not is_verb(unit, lexicon, start + 1):
        return "t"
    if lexicon.has(word, "wh") or word == "if":
        return "w"
    return _phrase_frame(unit, lexicon, start, end, frames)


def _phrase_frame(
    unit: Unit, lexicon: Lexicon, start: int, end: int, frames: frozenset[str]
) -> str:
    word = unit.lowers[start]
    if word == "to" or (word == "not" and start + 1 < end and unit.lowers[start + 1] == "to"):
        return "i"
    if word in frames:
        return word
    is_clause = _starts_clause(unit, lexicon, start, end)
    if lexicon.has(word, "preposition") and not is_clause:
        return word
    if word.endswith("ing") and len(word) > _SHORTEST_ING and not unit.is_capital(start):
        return "g"
    return "c" if is_clause else "n"


def _starts_clause(unit: Unit, lexicon: Lexicon, start: int, end: int) -> bool:
    """Return whether a verb comes soon enough for a subject to stand at *start*."""
    word = unit.lowers[start]
    if lexicon.has(word, "preposition"):
        comma = next((i for i in range(start, min(end, start + 10)) if unit.lowers[i] == ","), None)
        if comma is None:
            return False
        start = comma + 1
    if start >= end or (
        lexicon.has(unit.lowers[start], "object")
        and unit.lowers[start]
        not in (
            "it",
            "her",
            "you",
        )
    ):
        return False
    stop = min(end, start + _VERB_REACH)
    for place in range(start + 1, stop):
        if unit.quotations[place] >= 0:
            return True
        if unit.lowers[place] in (";", ":", "who", "which", "that", "to", "by", "as"):
            return False
        if is_verb(unit, lexicon, place):
            return True
    return False
