"""The tables that say what statements do, compiled once per process into look-up tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, cast, get_args

from onrecord.annotate.lexicon import Lexicon, lexicon_of
from onrecord.records import Act
from onrecord.resources import Resources

__all__ = ["ActWords", "CueAct", "Person", "act_words_of", "acts_in", "blames", "phrase_at"]

Firmness = Literal["firm", "lean", "event", "object", "content", "negated"]
Person = Literal["first", "third", "any"]
"""Who the speaker is in a content: "I" in direct speech, "he" in indirect speech, or either."""
_Kind = Literal["words", "gap", "other", "deed", "first", "last"]

_SELF: Mapping[Person, tuple[str, ...]] = {
    "first": ("i", "we", "me", "us"),
    "third": ("he", "she", "they", "it"),
    "any": ("i", "we", "me", "us", "he", "she", "they", "it"),
}
_REFUSING = frozenset(("not", "never", "no", "nothing", "refuse", "refused", "refuses"))
_HEARTY = frozenset(("enough", "only", "sufficiently"))
_CALLING = frozenset(("should", "must", "ought"))
_OWNING = frozenset(("i", "we", "my", "our"))
_HAVING = frozenset(("have", "had"))
_OWN = frozenset(("i", "we"))
_SUPPOSING = frozenset(("if", "unless", "whether"))
_WIDEST_GAP = 3
_SENTENCE_ENDS = frozenset(".?!…")


class CueAct(NamedTuple):
    """What a cue makes of its statement; `rest` are the words that must follow the first."""

    rest: tuple[str, ...]
    act: Act
    firmness: Firmness


class _Part(NamedTuple):
    """One place of a pattern."""

    kind: _Kind
    words: frozenset[str]
    optional: bool


class _Pattern(NamedTuple):
    """Words that show an act; `before` is the number of places left of the indexed one."""

    act: Act
    parts: tuple[_Part, ...]
    before: int
    telling: frozenset[str]
    """Of the words that must occur, the smallest choice: without one of them there is no match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """Look-up tables by folded word."""

    cues: Mapping[str, tuple[CueAct, ...]]
    """By first word of an inflected form, longest first."""
    patterns: Mapping[Person, Mapping[str, tuple[_Pattern, ...]]]
    """By a word that must occur."""
    classes: Mapping[str, frozenset[str]]
    blame: frozenset[str]
    harmless: Mapping[str, tuple[tuple[str, ...], ...]]
    """Rest of each phrase with a word of blame that charges nobody, by its first word."""
    accusing: frozenset[str]
    """Sources whose part is to accuse: "the lawsuit", "prosecutors"."""
    hedges: Mapping[str, tuple[tuple[str, ...], ...]]
    """Rest of each hedge by its first word, longest first."""
    media: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    """Rest of the words, medium and place ("", ":cue", ":source") by first word."""
    addressing: frozenset[str]
    """Inflected first words of verbs that may be followed by the person spoken to."""


@cache
def act_words_of(resources: Resources) -> ActWords:
    """Return the compiled tables of *resources*."""
    lexicon = lexicon_of(resources)
    classes = {name: frozenset(words.split()) for name, words in resources.tables["act_classes"]}
    rows = resources.tables["act_patterns"]
    hedges = (tuple(line.split()) for line in resources.lists["hedges"])
    harmless = (tuple(line.split()) for line in resources.lists["blame_exceptions"])
    addressing = (
        form for verb in resources.lists["addressing"] for form, _ in _forms(lexicon, verb)
    )
    return ActWords(
        cues=_cue_acts(lexicon, resources.tables["cue_acts"]),
        patterns={person: _indexed(rows, classes, person) for person in get_args(Person)},
        classes=classes,
        blame=resources.words("blame_words"),
        harmless=_by_first((words[0], words[1:]) for words in harmless),
        accusing=resources.words("accusing_sources"),
        hedges=_by_first((words[0], words[1:]) for words in hedges),
        media=_media(resources.tables["media"]),
        addressing=frozenset(addressing),
    )


def _by_first(
    rows: Iterable[tuple[str, tuple[str, ...]]],
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for first, rest in rows:
        found.setdefault(first, []).append(rest)
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in found.items()}


def _media(
    rows: Sequence[Sequence[str]],
) -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for medium, phrase, *place in rows:
        first, *rest = phrase.split()
        found.setdefault(first, []).append((tuple(rest), medium, place[0] if place else ""))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in found.items()
    }


def _cue_acts(lexicon: Lexicon, rows: Sequence[Sequence[str]]) -> Mapping[str, tuple[CueAct, ...]]:
    found: dict[str, list[CueAct]] = {}
    for phrase, act, firmness in rows:
        for first, rest in _forms(lexicon, phrase):
            entry = CueAct(rest, cast("Act", act), cast("Firmness", firmness))
            found.setdefault(first, []).append(entry)
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry.rest)))
        for first, entries in found.items()
    }


def _forms(lexicon: Lexicon, phrase: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the inflected first words of a cue, with the words that follow."""
    first, *rest = phrase.split()
    known = sorted(
        {
            form
            for form, readings in lexicon.cues.items()
            for reading in readings
            if reading.cue.verb.split()[0] == first
        }
    )
    return [(form, tuple(rest)) for form in known or _regular(first)]


def _regular(word: str) -> list[str]:
    """Return the forms of a regular verb or noun that is not a cue by itself."""
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    stem = word.removesuffix("e")
    plural = word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")
    return [word, plural, stem + "ed", stem + "ing"]


def _indexed(
    rows: Sequence[Sequence[str]], classes: Mapping[str, frozenset[str]], person: Person
) -> Mapping[str, tuple[_Pattern, ...]]:
    """Return the patterns by the words of their first place that names words."""
    found: dict[str, list[_Pattern]] = {}
    for act, written in rows:
        parts = tuple(_part(word, classes, person) for word in written.split())
        before = next(
            number
            for number, part in enumerate(parts)
            if part.kind == "words" and not part.optional
        )
        needed = [part.words for part in parts if part.kind == "words" and not part.optional]
        pattern = _Pattern(cast("Act", act), parts, before, min(needed, key=len))
        for word in sorted(parts[before].words):
            found.setdefault(word, []).append(pattern)
    return {word: tuple(patterns) for word, patterns in found.items()}


_SPEAKING: Mapping[str, tuple[frozenset[str], Person]] = {
    "@i": (frozenset(("i", "we")), "third"),
    "@they": (frozenset(("he", "she", "they", "it")), "first"),
}
"""Words for the speaker in one kind of speech, and where they are not his: "I would" supposes."""
_SPECIAL: Mapping[str, _Kind] = {
    "^": "first",
    "$": "last",
    "..": "gap",
    "@you": "other",
}


def _part(written: str, classes: Mapping[str, frozenset[str]], person: Person) -> _Part:
    word = written.removesuffix("?")
    optional = word != written
    own = frozenset(_SELF[person])
    kind = _SPECIAL.get(word, "words")
    if kind == "other":
        barred = own | classes["aux"] | classes["not"] | classes["adverb"]
        return _Part(kind, barred, optional)
    choices = word.split("|")
    if "@deed" in choices or "@step" in choices:
        barred = classes["knowing"] | classes["aux"] | classes["not"] | classes["filler"]
        if "@step" in choices:
            barred |= classes["staying"] | classes["effect"]
        return _Part("deed", barred - frozenset(choices), optional)
    words: set[str] = set()
    for choice in choices:
        if choice == "@self":
            words |= own
        elif choice in _SPEAKING:
            words |= _SPEAKING[choice][0] if _SPEAKING[choice][1] != person else frozenset()
        else:
            words |= classes[choice[1:]] if choice.startswith("@") else {choice}
    return _Part(kind, frozenset(words), optional)


def phrase_at(words: Sequence[str], place: int, rest: tuple[str, ...]) -> bool:
    """Return whether *rest* follows the word at *place*."""
    return not rest or tuple(words[place + 1 : place + 1 + len(rest)]) == rest


def blames(words: Sequence[str], tables: ActWords) -> bool:
    """Return whether a word charges somebody with a fault.

    Who "felt betrayed" tells of a feeling, unless it is said by whom; "illegal immigrants" and
    "engine failure" are names of things.
    """
    if tables.blame.isdisjoint(words):
        return False
    named = {
        number
        for place, word in enumerate(words)
        for rest in tables.harmless.get(word, ())
        if phrase_at(words, place, rest)
        for number in range(place, place + 1 + len(rest))
    }
    return any(
        word in tables.blame
        and place not in named
        and not _is_felt(words, place, tables)
        and not _is_owned(words, place, tables)
        for place, word in enumerate(words)
    )


def _is_felt(words: Sequence[str], place: int, tables: ActWords) -> bool:
    """Return whether a form of "feel" stands before a word, and no agent behind it."""
    passed = tables.classes["adverb"] | tables.blame | {"and", "or"}
    before = place - 1
    while before >= 0 and (words[before] in passed or words[before].endswith("ly")):
        before -= 1
    felt = before >= 0 and words[before] in tables.classes["feel"]
    return felt and not phrase_at(words, place, ("by",))


def _is_owned(words: Sequence[str], place: int, tables: ActWords) -> bool:
    """Return whether who speaks takes a fault on himself: "we failed them", "it was our failure"."""
    before = place - 1
    while before >= 0 and (words[before] in tables.classes["adverb"] or words[before] in _HAVING):
        before -= 1
    return before >= 0 and words[before] in _OWNING


def acts_in(words: Sequence[str], tables: ActWords, person: Person) -> list[Act]:
    """Return the acts that the patterns find in the words of a content, in order of place."""
    found: list[Act] = []
    index = tables.patterns[person]
    known = frozenset(words)
    for place in [place for place, word in enumerate(words) if word in index]:
        for pattern in index[words[place]]:
            if pattern.act in found or pattern.telling.isdisjoint(known):
                continue
            if pattern.act == "apologises" and _is_withheld(words, place):
                continue
            if pattern.act == "announces" and _is_supposed(words, place):
                continue
            if _matches(pattern, words, place):
                found.append(pattern.act)
    return found


def _is_withheld(words: Sequence[str], place: int) -> bool:
    """Return whether an apology is refused, or called for: "I will not apologise for that"."""
    before = words[max(0, place - _WIDEST_GAP) : place]
    if not _REFUSING.isdisjoint(before):
        # "I cannot apologise enough", "not only do we apologise".
        return _HEARTY.isdisjoint((*words[place + 1 : place + 1 + _WIDEST_GAP], *before))
    return not _CALLING.isdisjoint(before) and _OWN.isdisjoint(before)


def _is_supposed(words: Sequence[str], place: int) -> bool:
    """Return whether a step is asked about or made a condition: "if they would pay more"."""
    return place > 0 and words[place - 1] in _SUPPOSING


def _matches(pattern: _Pattern, words: Sequence[str], place: int) -> bool:
    """Return whether a pattern matches with its indexed place at *place*."""
    start = place
    for number in range(pattern.before - 1, -1, -1):
        part = pattern.parts[number]
        if part.kind == "first":
            if start:
                return False
            break
        start -= 1
        if start < 0 or not _fits(part, words[start]):
            return False
    return _rest_matches(pattern.parts, pattern.before, words, place)


def _rest_matches(parts: Sequence[_Part], number: int, words: Sequence[str], place: int) -> bool:
    """Return whether the places of a pattern from *number* on match from *place* on."""
    total = len(parts)
    while number < total and parts[number].kind == "words" and not parts[number].optional:
        if place >= len(words) or words[place] not in parts[number].words:
            return False
        number, place = number + 1, place + 1
    if number == total:
        return True
    part = parts[number]
    if part.kind == "last":
        return place >= len(words) or words[place] in _SENTENCE_ENDS
    if part.kind == "gap":
        return any(
            _rest_matches(parts, number + 1, words, start) for start in _gap_ends(words, place)
        )
    if place < len(words) and _fits(part, words[place]):
        return _rest_matches(parts, number + 1, words, place + 1)
    return part.optional and _rest_matches(parts, number + 1, words, place)


def _gap_ends(words: Sequence[str], place: int) -> list[int]:
    """Return the places at which a gap that starts at *place* may end."""
    ends = [place]
    for start in range(place, min(place + _WIDEST_GAP, len(words))):
        if words[start] in _SENTENCE_ENDS:
            break
        ends.append(start + 1)
    return ends


def _fits(part: _Part, word: str) -> bool:
    if part.kind == "words":
        return word in part.words
    return word not in part.words and word[0].isalpha()
