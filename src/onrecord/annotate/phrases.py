"""Noun phrases without a parser: where one starts, ends, and which verb it belongs to.

English closes its phrases with function words. A noun phrase to the left of a verb is read back to
the first word that cannot be part of one; to the right it is read up to such a word.
"""

import re

from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.units import QUOTE, Unit

__all__ = [
    "is_adverb",
    "is_joint",
    "is_verb",
    "noun_phrase_after",
    "noun_phrase_before",
    "skip_adverbials",
    "skip_back",
]

_STOPPERS = ("subordinator", "relative", "wh", "modal", "be", "have", "do", "negation")
_DASHES = "-—–"
_MAX_PHRASE = 25
_MINUTES = re.compile(r"\d\d(?:[ap]m)?")
_HOUR = re.compile(r"\d{1,2}(?:\.\d\d)?[ap]m")
_HALVES = frozenset(("am", "a.m", "a.m.", "pm", "p.m", "p.m."))
_ZONES = frozenset(("BST", "CEST", "CET", "EDT", "ET", "EST", "GMT", "PDT", "PST", "PT", "UTC"))
_SHORTEST = 4
"""Letters: "fly" and "red" are no adverb and no participle."""
_SIMPLE_PHRASE = 6
_RELATIVE_REACH = 10
_SHORT_QUOTATION = 5
"""Tokens with the marks: a nickname or a scare quote inside a noun phrase."""


def is_adverb(lexicon: Lexicon, word: str) -> bool:
    """Return whether *word* may stand between a subject and its verb."""
    return lexicon.has(word, "adverb") or (
        word.endswith("ly") and len(word) > _SHORTEST and not lexicon.has(word, "not-adverb")
    )


def is_verb(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    """Return whether an item is a verb form rather than part of a noun phrase."""
    word = unit.lowers[item]
    if unit.is_capital(item) and item > 0:
        return False
    if word in lexicon.verbs or lexicon.has(word, "modal", "be", "have", "do"):
        return True
    if word.endswith("ed") and len(word) > _SHORTEST and item > 0:
        return not lexicon.has(unit.lowers[item - 1], "determiner", "possessive")
    return False


def skip_back(unit: Unit, lexicon: Lexicon, item: int) -> int:
    """Return the last item of the subject of a verb at *item*: adverbs, auxiliaries passed over."""
    place = item - 1
    while place >= 0:
        word = unit.lowers[place]
        if (
            is_adverb(lexicon, word)
            or lexicon.has(word, "be", "have", "do", "modal", "negation")
            or lexicon.has(word, "reflexive")
        ):
            place -= 1
        elif lexicon.has(word, "day", "period") and not unit.quotations[place] >= 0:
            before = _time_start(unit, lexicon, place)
            if before <= 0:
                return place
            place = before - 1
        elif word == "," and _adverb_aside(unit, lexicon, place) is not None:
            place = _adverb_aside(unit, lexicon, place) or 0
        else:
            return place
    return place


def _time_start(unit: Unit, lexicon: Lexicon, place: int) -> int:
    """Return the first item of the time expression that ends at *place*."""
    start = place
    while start > 0 and lexicon.has(unit.lowers[start - 1], "temporal", "day", "period", "month"):
        start -= 1
    if start > 0 and unit.lowers[start - 1] in ("on", "in", "at", "the"):
        start -= 1
    return start


def _adverb_aside(unit: Unit, lexicon: Lexicon, comma: int) -> int | None:
    """Return the item before ", however," where such an aside ends at *comma*."""
    adverb, opener = comma - 1, comma - 2
    if opener > 0 and unit.lowers[opener] == "," and is_adverb(lexicon, unit.lowers[adverb]):
        return opener - 1
    return None


def noun_phrase_before(unit: Unit, lexicon: Lexicon, last: int) -> int | None:
    """Return the first item of the noun phrase that ends with item *last*, or None."""
    if last > 0 and unit.lowers[last] == "." and unit.quotations[last] < 0:
        last -= 1
    if last < 0 or not unit.is_word(last):
        return None
    if lexicon.has(unit.lowers[last], "object"):
        whole = _before_relative(unit, lexicon, last)
        if whole is not None or not lexicon.has(unit.lowers[last], "pronoun"):
            return whole
    if lexicon.has(unit.lowers[last], "pronoun") and not _has_determiner_reading(
        unit, lexicon, last
    ):
        return last
    first = _scan_back(unit, lexicon, last)
    if first > last:
        return None
    whole = _before_relative(unit, lexicon, first)
    return _trim_front(unit, lexicon, first, last) if whole is None else whole


def _before_relative(unit: Unit, lexicon: Lexicon, first: int) -> int | None:
    """Return the first item of "people who saw" where only its end was read ("the crane")."""
    if first <= 1 or not (
        is_verb(unit, lexicon, first - 1) or unit.lowers[first - 1] in lexicon.cues
    ):
        return None
    for place in range(first - 1, max(0, first - _RELATIVE_REACH), -1):
        if not unit.is_word(place):
            return None
        if _is_relative(unit, lexicon, place) or _is_reduced_ing(unit, lexicon, place):
            start = _scan_back(unit, lexicon, place - 1)
            return _trim_front(unit, lexicon, start, place - 1) if start < place else None
    return None


def _is_relative(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether a relative clause starts at *place*, right after its noun."""
    if unit.lowers[place] not in ("who", "which", "that", "where"):
        return False
    before = unit.lowers[place - 1]
    return (
        unit.is_word(place - 1)
        and before not in lexicon.cues
        and before not in lexicon.classes
        and not is_verb(unit, lexicon, place - 1)
    )


def _is_reduced_ing(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether "-ing" follows its noun ("people waiting to board the ferry said")."""
    word, before = unit.lowers[place], unit.lowers[place - 1]
    return (
        word.endswith("ing")
        and unit.lowers[place + 1] in lexicon.classes
        and len(word) > _SHORTEST + 1
        and unit.is_word(place - 1)
        and not is_adverb(lexicon, before)
        and before not in lexicon.classes
        and not is_verb(unit, lexicon, place - 1)
    )


def _has_determiner_reading(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    before = unit.lowers[item - 1] if item else ""
    return unit.lowers[item] in ("one", "others") and lexicon.has(
        before, "determiner", "possessive"
    )


def _scan_back(unit: Unit, lexicon: Lexicon, last: int) -> int:
    """Return the leftmost item that may belong to the noun phrase ending at *last*."""
    place = last
    floor = max(0, last - _MAX_PHRASE)
    while place >= floor:
        if _ends_phrase(unit, lexicon, place, last):
            break
        if _starts_phrase(unit, lexicon, place):
            return place
        place -= 1
    return place + 1


def _starts_phrase(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether a determiner at *place* has no noun phrase before it to belong to."""
    if place == 0 or unit.is_capital(place):
        return False
    if not lexicon.has(unit.lowers[place], "determiner", "possessive"):
        return False
    before = unit.lowers[place - 1]
    return not lexicon.has(before, "preposition", "conjunction", "determiner", "adverb")


def _ends_phrase(unit: Unit, lexicon: Lexicon, place: int, last: int) -> bool:
    """Return whether an item left of *last* cannot belong to the same noun phrase."""
    word = unit.lowers[place]
    if unit.quotations[place] >= 0:
        is_long = unit.lasts[place] - unit.firsts[place] > _SHORT_QUOTATION
        return is_long or place == last or unit.last_mark(place) in ",.?!…"
    if not unit.word(place)[0].isalnum():
        return not _joins(unit, place)
    if word in ("and", "or"):
        return not is_joint(unit, lexicon, place)
    if _is_clause_word(lexicon, word) or _has_pronoun_subject(unit, lexicon, place):
        return True
    if not is_verb(unit, lexicon, place) or _is_reduced(unit, lexicon, place):
        return False
    # A participle that is no known verb is an adjective here: "registered voters said".
    known = word in lexicon.verbs or word in lexicon.cues or place == last
    return (
        known or lexicon.has(word, "modal", "be", "have", "do") or _has_object(unit, lexicon, place)
    )


def _has_object(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether a determiner or pronoun follows: "injured a", "installed them"."""
    after = unit.lowers[place + 1] if place + 1 < len(unit) else ""
    return lexicon.has(after, "determiner", "possessive", "object")


def _has_pronoun_subject(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether a form that may be a noun is a verb: "she claims"."""
    before = unit.lowers[place - 1] if place else ""
    return (
        unit.lowers[place] in lexicon.cues
        and lexicon.has(before, "pronoun")
        and not lexicon.has(before, "determiner")
    )


def _is_clause_word(lexicon: Lexicon, word: str) -> bool:
    """Return whether a word opens or is a clause's own part: "because", "which", "he"."""
    if lexicon.has(word, "relative", "wh") or word == "but":
        return True
    if lexicon.has(word, "subordinator"):
        return not lexicon.has(word, "preposition")
    return lexicon.has(word, "pronoun") and not lexicon.has(word, "determiner")


def _joins(unit: Unit, place: int) -> bool:
    """Return whether a mark at *place* stands inside a noun phrase ("Sen.", "A, B and C")."""
    word = unit.lowers[place]
    if word in (".", "&", "/", "$", "£", "€", "%", "#", "@", "'", "*"):
        return True
    if word == "-":
        return 0 < place < len(unit) - 1 and unit.is_joined(place)
    return False


def is_joint(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether "and" at *place* joins two nouns rather than two clauses."""
    if place == 0 or place + 1 >= len(unit) or unit.lowers[place] not in ("and", "or"):
        return False
    before, after = place - 1, place + 1
    if lexicon.has(unit.lowers[after], "pronoun") or not unit.is_word(before):
        return False
    if unit.is_capital(before) and unit.is_capital(after):
        return True
    left = _simple_start(unit, lexicon, before)
    return left is not None and (left == 0 or not unit.is_word(left - 1))


def _simple_start(unit: Unit, lexicon: Lexicon, last: int) -> int | None:
    """Return the first item of a short noun phrase without verbs that ends at *last*."""
    place = last
    while place >= 0 and last - place < _SIMPLE_PHRASE and unit.is_word(place):
        word = unit.lowers[place]
        if is_verb(unit, lexicon, place) or lexicon.has(word, "preposition", "pronoun"):
            return place + 1 if place < last else None
        if lexicon.has(word, "determiner", "possessive"):
            return place
        place -= 1
    return place + 1 if place < last else None


def _is_reduced(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether a participle starts a reduced relative clause ("a man named Roe")."""
    word = unit.lowers[place]
    if not word.endswith(("ed", "wn", "nt", "en")) or place == 0 or place + 1 >= len(unit):
        return False
    after = unit.lowers[place + 1]
    before = unit.lowers[place - 1]
    return (
        lexicon.has(after, "preposition")
        and unit.is_word(place - 1)
        and not lexicon.has(before, "pronoun", "be", "have")
    )


def _trim_front(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int | None:
    """Drop a clock, conjunctions, adverbs and adjuncts in front of the noun phrase proper."""
    first = _after_clock(unit, lexicon, first, last)
    if first > last:
        return None
    while first < last and (
        (
            lexicon.has(unit.lowers[first], "conjunction", "adverb")
            and not lexicon.has(unit.lowers[first], "determiner")
        )
        or not (unit.is_word(first) or unit.lowers[first] in ("@", "#", "$", "£", "€"))
        or (unit.lowers[first].endswith("ly") and is_adverb(lexicon, unit.lowers[first]))
    ):
        first += 1
    if lexicon.has(unit.lowers[first], "approximate") and _is_number(
        lexicon, unit.lowers[first + 1 : last + 1]
    ):
        return first
    if lexicon.has(unit.lowers[first], "preposition", "subordinator"):
        start = _after_adjunct(unit, lexicon, first, last)
        if start is None and lexicon.has(unit.lowers[first], "subordinator") and first < last:
            return first + 1
        return start
    if lexicon.has(unit.lowers[first], "day", "temporal"):
        return _after_time(unit, lexicon, first, last)
    return _after_interval(unit, lexicon, first, last)


def _after_clock(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int:
    """Return the item after the time of day that opens an entry: "10:42am | Ada Brandt says"."""
    if not _ends_clock(unit, first):
        return first
    place = first + 1
    while place <= last and (
        not unit.is_word(place) or unit.lowers[place] in _HALVES or unit.word(place) in _ZONES
    ):
        place += 1
    return (
        place if place > last or unit.is_capital(place) or _is_new(unit, lexicon, place) else first
    )


def _ends_clock(unit: Unit, item: int) -> bool:
    """Return whether an item is "42" or "42am" of "10:42am", or the whole of "10.42am"."""
    word = unit.lowers[item]
    if not word[0].isdigit():
        return False
    behind = (
        item > 1
        and unit.lowers[item - 1] == ":"
        and unit.is_joined(item)
        and unit.lowers[item - 2].isdigit()
    )
    return (behind and _MINUTES.fullmatch(word) is not None) or _HOUR.fullmatch(word) is not None


def _is_new(unit: Unit, lexicon: Lexicon, item: int) -> bool:
    return lexicon.has(unit.lowers[item], "determiner", "possessive", "pronoun")


def _after_interval(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int:
    """Return where the subject starts in "two hours after the mayor (said)"."""
    for place in range(first + 1, min(first + 4, last)):
        timed = lexicon.has(unit.lowers[place - 1], "period")
        if timed and lexicon.has(unit.lowers[place], "subordinator"):
            return place + 1
    return first


def _is_number(lexicon: Lexicon, words: list[str]) -> bool:
    """Return whether a number or a number word comes next."""
    return bool(words) and (
        words[0][0].isdigit() or lexicon.has(words[0], "determiner") or "-" in words[0]
    )


def _after_time(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int:
    """Return where the noun phrase starts after "last week" or "Monday"."""
    place = first
    while place < last and lexicon.has(unit.lowers[place], "day", "period", "temporal"):
        place += 1
    is_time = place > first and lexicon.has(unit.lowers[place - 1], "day", "period")
    return place if is_time else first


def _after_adjunct(unit: Unit, lexicon: Lexicon, first: int, last: int) -> int | None:
    """Return where the subject starts after a prepositional phrase without a comma."""
    for place in range(first + 2, last + 1):
        before, word = unit.lowers[place - 1], unit.lowers[place]
        if lexicon.has(before, "preposition", "determiner", "possessive", "conjunction"):
            continue
        if lexicon.has(word, "determiner", "possessive", "pronoun"):
            return place
        if lexicon.has(word, "temporal", "period"):
            continue
        timed = lexicon.has(before, "day", "month", "period") or before.isdigit()
        if timed and not lexicon.has(word, "day", "month", "period", "preposition"):
            return place
        if unit.is_capital(place) != unit.is_capital(place - 1) and not lexicon.has(
            word, "preposition", "conjunction"
        ):
            return place
    return None


def noun_phrase_after(unit: Unit, lexicon: Lexicon, first: int, *, stops: str | None) -> int:
    """Return the item after the noun phrase that starts at *first*; *first* where none does.

    *stops* is the class of words that end it, besides verbs and clause words.
    """
    total = len(unit)
    if first >= total:
        return first
    if lexicon.has(unit.lowers[first], "pronoun") and not lexicon.has(
        unit.lowers[first], "determiner"
    ):
        return first + 1
    place = first
    while place < total and place - first < _MAX_PHRASE:
        if _ends_phrase_after(unit, lexicon, place, first, stops):
            break
        place += 1
    while place > first and not unit.is_word(place - 1):
        place -= 1
    return place


def _ends_phrase_after(
    unit: Unit, lexicon: Lexicon, place: int, first: int, stops: str | None
) -> bool:
    """Return whether an item right of *first* cannot belong to the same noun phrase."""
    word = unit.lowers[place]
    if unit.quotations[place] >= 0:
        return True
    if not unit.is_word(place):
        return not (_joins(unit, place) and place + 1 < len(unit))
    if (stops and lexicon.has(word, stops)) or lexicon.has(word, *_STOPPERS) or word == "but":
        return True
    if word in ("and", "or"):
        return not _joins_after(unit, lexicon, place)
    return place > first and _starts_anew(unit, lexicon, place)


def _joins_after(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether "and" at *place* is followed by another noun."""
    after = place + 1
    return (
        after < len(unit)
        and not is_verb(unit, lexicon, after)
        and not lexicon.has(unit.lowers[after], "pronoun", "adverb")
    )


def _starts_anew(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    """Return whether a verb, an adverb, a time or another noun phrase starts at *place*."""
    word = unit.lowers[place]
    if _starts_phrase(unit, lexicon, place) or lexicon.has(word, "day"):
        return True
    before = unit.lowers[place - 1]
    if lexicon.has(before, "determiner", "possessive") or before.endswith("'s"):
        return False
    if lexicon.has(word, "pronoun") and not lexicon.has(word, "determiner"):
        return True
    return is_verb(unit, lexicon, place) or is_adverb(lexicon, word)


def skip_adverbials(unit: Unit, lexicon: Lexicon, item: int) -> int:
    """Return the item after adverbs and time expressions that stand right after a verb."""
    total = len(unit)
    place = item
    while place < total:
        word = unit.lowers[place]
        adverb = is_adverb(lexicon, word) and not lexicon.has(word, "conjunction")
        timed = lexicon.has(word, "day") or (place > item and lexicon.has(word, "period"))
        if adverb or timed:
            place += 1
        elif lexicon.has(word, "opens-setting") and _is_time(unit, lexicon, place):
            place += 2
        else:
            return place
    return place


def _is_time(unit: Unit, lexicon: Lexicon, place: int) -> bool:
    return (
        place + 1 < len(unit)
        and lexicon.has(unit.lowers[place + 1], "day", "period", "month")
        and unit.lowers[place + 1] != QUOTE
    )
