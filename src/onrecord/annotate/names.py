"""Names as printed in one article: where they stand, their title, and what kind of name it is."""

from typing import NamedTuple

from onrecord.annotate.found import Parse
from onrecord.annotate.name_runs import QUOTES, NameKind, read_run
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.naming import Name, plain

__all__ = ["Names", "PrintedName", "find_names", "strip_epithets"]

_ATTACHED_DOT = frozenset(("st", "mt", "ft"))
_HEADLINE_SHARE = 0.4
_LONG = 5
"""A sentence of so many capitals and no long lower-case word is a headline: a capital says
nothing there."""
_HEADLINE_TOKENS = 5
_PARTY_TAGS = frozenset(("r-", "d-", "i-"))
"""Start of a legislator's party and state ("D-Ohio"): no part of a name."""
_STOPS = frozenset(".!")
"""Headlines do not end in a full stop."""
_JOINTS = QUOTES | frozenset((".", "&", ",", "of", "for", "on", "and"))
"""Tokens over which a name may go on, beside its particles."""
_NAME_ENDINGS = ("'s", "’s", "as", "is", "os", "ss", "us")
"""Ends of names rather than of plurals: "Lucas", "Davis", "Amos", "Burgess", "Marcus"."""
_SHORTEST_SHOUTED = 4
"""Letters of the shortest word in capitals that is read as a common noun; "PM" is none."""
_GAP = 3
"""At most so many lower-case words inside a name ("de la", "of the")."""


class PrintedName(NamedTuple):
    """A name where it stands: tokens `first` to `last` (not included), the name from `core`."""

    first: int
    core: int
    last: int
    name: Name
    title: str
    """As printed before the name ("House Speaker"), else empty."""
    kind: NameKind
    possessive: bool
    opening: bool
    """Stands first in its sentence: the capital alone does not make it a name."""


class Names(NamedTuple):
    """The names of an article in text order, and the capitalised tokens of its headlines."""

    printed: list[PrintedName]
    headlines: list[int]


def find_names(parse: Parse, vocabulary: Vocabulary) -> Names:
    """Return the names of an article; what headlines capitalise is returned by itself.

    Capitalised words are joined over initials, particles, nicknames and, in names of
    organisations, over "of", "for" and "and"; openers of sentences and days are cut off.
    """
    return _Finder(parse, vocabulary).run()


def _is_long(word: str) -> bool:
    return len(word) >= _LONG and word.islower()


def strip_epithets(names: list[PrintedName], vocabulary: Vocabulary) -> list[PrintedName]:
    """Take an adjective that opens a sentence off a name known without it ("Brave Ana Ruiz")."""
    known = {name.name for name in names if not name.opening}
    given = {name.words[0] for name in known if len(name.words) > 1}
    return [_stripped(name, known, given, vocabulary) for name in names]


def _stripped(
    name: PrintedName, known: set[Name], given: set[str], vocabulary: Vocabulary
) -> PrintedName:
    if not name.opening or len(name.name.words) < 2 or name.title:  # noqa: PLR2004 -- two words
        return name
    first, *rest = name.name.words
    ordinary = len(first) > 1 and first not in vocabulary.given and vocabulary.title(first) is None
    if not ordinary or name.name in known:
        return name
    shorter = Name(tuple(rest), name.name.suffix)
    alone = len(rest) == 1 and rest[0] in given and rest[0] in vocabulary.given
    if alone or (len(rest) > 1 and shorter in known):
        start = name.core + 1
        return name._replace(first=start, core=start, name=shorter, opening=False)
    return name


class _Finder:
    """Walks the capitalised tokens of one parse; holds what each step looks up."""

    __slots__ = (
        *("_caps", "_capset", "_headlines", "_joints", "_midway", "_openings", "_parse", "_seen"),
        "_vocabulary",
    )

    def __init__(self, parse: Parse, vocabulary: Vocabulary) -> None:
        self._parse = parse
        self._vocabulary = vocabulary
        self._seen = frozenset(parse.words)
        capitals = {word for word in self._seen if not word.islower() and word[0].isalpha()}
        self._caps = [number for number, word in enumerate(parse.words) if word in capitals]
        self._capset = frozenset(self._caps)
        self._joints = _JOINTS | vocabulary.particles
        self._openings = self._find_openings()
        self._headlines = self._find_headlines()
        self._midway = frozenset(
            parse.words[number] for number in self._caps if number not in self._openings
        )

    def _find_openings(self) -> frozenset[int]:
        """Return the first token of each sentence, and the second behind a mark."""
        firsts = [sentence.first for sentence in self._parse.sentences]
        return frozenset(firsts + [first + 1 for first in firsts if not self._is_word(first)])

    def _find_headlines(self) -> frozenset[int]:
        counts: dict[int, int] = {}
        for number in self._caps:
            sentence = self._parse.sentence_of[number]
            counts[sentence] = counts.get(sentence, 0) + 1
        found = set()
        for sentence, count in counts.items():
            first, last, _ = self._parse.sentences[sentence]
            size = last - first
            if size < _HEADLINE_TOKENS or count <= _HEADLINE_SHARE * size:
                continue
            stopped = _STOPS & {*self._parse.words[last - 2 : last]}
            if not stopped and not any(map(_is_long, self._parse.words[first:last])):
                found.add(sentence)
        return frozenset(found)

    def run(self) -> Names:
        found: list[PrintedName] = []
        sentence_of = self._parse.sentence_of
        caps = self._caps
        position = 0
        while position < len(caps):
            start = caps[position]
            end = self._extend(start)
            while position < len(caps) and caps[position] < end:
                position += 1
            if sentence_of[start] not in self._headlines:
                self._cut(start, end, found)
        held = [token for token in caps if sentence_of[token] in self._headlines]
        return Names(found, held)

    def _extend(self, start: int) -> int:
        """Return the end of the capitalised run that begins with token *start*."""
        end = start + 1
        if self._is_plain(end):
            return end
        while not self._is_possessive(end - 1) or self._owns_body(end):
            if self._is_mark(end):  # "Workers' Union"
                end += 1
            step = self._step(start, end)
            if step == 0:
                break
            end += step
        return end

    def _is_plain(self, token: int) -> bool:
        """Return whether a token is no capital, and none that a name goes on over."""
        return (
            token < len(self._parse.words)
            and token not in self._capset
            and self._parse.lowers[token] not in self._joints
        )

    def _is_mark(self, token: int) -> bool:
        """Return whether a possessive apostrophe stands alone at *token*."""
        return token < len(self._parse.words) and self._parse.words[token] in ("'", "’")

    def _owns_body(self, end: int) -> bool:
        """Return whether a possessive belongs to a body's name ("Attorney's Office")."""
        end += self._is_mark(end)
        if end not in self._capset:
            return False
        holder = plain(self._parse.words[end - 1].strip("'’") or self._parse.words[end - 2])
        body = self._parse.lowers[end] in self._vocabulary.organisation_words
        known = self._vocabulary
        return body and (
            holder in known.titles or holder in known.groups or holder + "s" in known.groups
        )

    def _step(self, start: int, end: int) -> int:
        """Return how many more tokens belong to the run *start*..*end*: 0 ends it."""
        parse = self._parse
        if end >= len(parse.words):
            return 0
        gap = parse.starts[end] - parse.ends[end - 1]
        if gap > 1 or (gap and parse.text[parse.ends[end - 1]] not in " \u00a0"):
            return 0
        word = parse.words[end]
        if end in self._capset:
            return 1
        following = end + 1 in self._capset
        if word == ".":
            return 2 if following and self._takes_dot(end - 1) else 0
        if word == "&":
            return 2 if following else 0
        return self._suffix(end) if word == "," else self._inner(start, end)

    def _inner(self, start: int, end: int) -> int:
        """Return the length of a nickname, or of a lower-case bridge, inside a name."""
        if self._parse.words[end] in QUOTES:
            return self._nickname(end)
        return self._bridge(start, end)

    def _takes_dot(self, token: int) -> bool:
        """Return whether the dot after *token* belongs to it: an initial or a title."""
        parse = self._parse
        if parse.starts[token + 1] != parse.ends[token]:
            return False
        lower = parse.lowers[token]
        return len(lower) == 1 or lower in self._vocabulary.titles or lower in _ATTACHED_DOT

    def _suffix(self, comma: int) -> int:
        words = self._parse.lowers
        after = words[comma + 1] if comma + 1 < len(words) else ""
        letters = after in self._vocabulary.classes["comma_letters"] and comma + 1 in self._capset
        return 2 if letters or after in ("jr", "sr", "ii", "iii", "iv") else 0

    def _nickname(self, mark: int) -> int:
        """Return 4 where `"Bob"` or `(Bob)` stands inside a name, else 0."""
        words = self._parse.words
        size = 4
        if mark + size > len(words) or mark + 1 not in self._capset:
            return 0
        closed = words[mark + 2] in QUOTES and mark + 3 in self._capset
        given = self._parse.lowers[mark - 1] in self._vocabulary.given
        return size if closed and given else 0

    def _bridge(self, start: int, end: int) -> int:
        """Return the length of a lower-case bridge and the capitalised word after it."""
        lowers = self._parse.lowers
        for size in range(1, _GAP + 1):
            if end + size in self._capset:
                between = lowers[end : end + size]
                break
            if end + size >= len(lowers):
                return 0
        else:
            return 0
        if all(word in self._vocabulary.particles for word in between):
            return len(between) + 1
        joins = between in (("of",), ("of", "the"), ("for",), ("for", "the"), ("on",))
        if joins and self._opens_office(start, end):
            return len(between) + 1
        inside = any(word in ("of", "for", "on") for word in lowers[start:end])
        if between == ("and",) and (inside or self._is_shared_body(start, end + 1)):
            return 2
        return 0

    def _is_shared_body(self, start: int, right: int) -> bool:
        """Return whether "and" stands inside a body's name: "the Arts and Sports Committee"."""
        if start == 0 or self._parse.lowers[start - 1] != "the":
            return False
        last = right
        while last + 1 in self._capset and not self._is_possessive(last):
            last += 1
        return last > right and self._parse.lowers[last] in self._vocabulary.organisation_words

    def _opens_office(self, start: int, end: int) -> bool:
        """Return whether "of" after the run continues it: "Bank of", "Secretary of"."""
        vocabulary = self._vocabulary
        last = self._parse.lowers[end - 1]
        if any(word in vocabulary.organisation_words for word in self._parse.lowers[start:end]):
            return True
        title = vocabulary.title(last)
        after = self._parse.lowers[end : end + 3]
        office = after[2:] if after[1:2] == ("the",) else after[1:2]
        known = bool(office) and office[0] in vocabulary.offices
        return title is not None and title.kind == "office" and known

    def _is_possessive(self, token: int) -> bool:
        word = self._parse.words[token]
        return word.endswith(("'s", "’s")) or (
            word.endswith("s")
            and token + 1 < len(self._parse.words)
            and self._parse.words[token + 1] in ("'", "’")
            and self._parse.starts[token + 1] == self._parse.ends[token]
        )

    def _cut(self, start: int, end: int, found: list[PrintedName]) -> None:
        """Trim a run, split it at days, and add what remains to *found*."""
        lowers = self._parse.lowers
        breaks = self._vocabulary.breaks
        run = [word.removesuffix("'s").removesuffix("’s") for word in lowers[start:end]]
        if breaks.isdisjoint(run) and _PARTY_TAGS.isdisjoint([word[:2] for word in run]):
            self._add(start, end, found)  # nearly always
            return
        begin = start
        for token in range(start, end + 1):
            word = "" if token == end else run[token - start]
            if token == end or word in breaks or word[:2] in _PARTY_TAGS:
                self._add(begin, token, found)
                begin = token + 1

    def _add(self, start: int, end: int, found: list[PrintedName]) -> None:
        start = self._trim(start, end)
        while end > start and end - 1 not in self._capset:
            end -= 1
        if start < end:
            opening = start in self._openings
            name = _classify(self._parse, start, end, self._vocabulary, opening=opening)
            is_body = name.kind == "unknown" and self._ends_with_things(name)
            found.append(name._replace(kind="organisation") if is_body else name)

    def _ends_with_things(self, name: PrintedName) -> bool:
        """Return whether a name ends with a plural that the article uses as a common noun.

        "Kelder Ponies … of its ponies" is a firm's, "Tavi Woods … in the woods, Woods said" not.
        """
        word = self._parse.words[name.last - 1]
        if len(name.name.words) == 1 or not word.endswith("s") or word.lower() not in self._seen:
            return False
        return not any(
            self._parse.words[token] == word and token - 1 not in self._capset
            for token in self._caps
        )

    def _is_word(self, token: int) -> bool:
        return self._parse.words[token][0].isalnum()

    def _trim(self, start: int, end: int) -> int:
        """Drop words at the start of a run that are no part of a name."""
        vocabulary = self._vocabulary
        lowers = self._parse.lowers
        while start < end and (
            lowers[start] in vocabulary.openers
            or not self._is_word(start)
            or self._is_plain_opening(start)
            or (end - start == 1 and self._is_common(start))
            or (end - start > 1 and lowers[start] in vocabulary.particles)
        ):
            start += 1
        return start

    def _is_plain_opening(self, start: int) -> bool:
        """Return whether a sentence's first word is an ordinary word of this article."""
        lower = self._parse.lowers[start]
        vocabulary = self._vocabulary
        if start not in self._openings or lower in vocabulary.titles:
            return False
        if lower in vocabulary.classes["thing"]:  # "Details of the plan"
            return True
        if lower in self._seen or lower in vocabulary.groups or lower in vocabulary.documents:
            return True
        # "Cross-examining, Nadia Roe said": a name that ends so stands elsewhere, too.
        aside = self._parse.lowers[start + 1 : start + 2] == (",",)
        return aside and lower.endswith("ing") and self._parse.words[start] not in self._midway

    def _is_common(self, token: int) -> bool:
        """Return whether a lone capital is a common noun's: "Backers said", "A MOTHER of two".

        A plural or participle that the article capitalises nowhere but at the start of sentences,
        before what such words stand before; or a noun for people all in capitals.
        """
        word, lower, known = self._parse.words[token], self._parse.lowers[token], self._vocabulary
        if word.isupper() and len(word) >= _SHORTEST_SHOUTED:
            return lower in known.role_nouns or lower in known.groups
        after = self._parse.lowers[token + 1] if token + 1 < len(self._parse.lowers) else ""
        if token not in self._openings or word in self._midway or not word[1:].islower():
            return False
        if lower in known.given or lower in known.places or lower in known.organisation_names:
            return False
        joined = after in known.classes["preposition"] or after in known.classes["article"]
        if lower.endswith(_NAME_ENDINGS):
            return False
        if lower.endswith("s"):
            return joined or after in known.verbs
        return joined and lower.endswith(("ing", "ed")) and after != "of"


def _classify(
    parse: Parse, start: int, end: int, vocabulary: Vocabulary, *, opening: bool
) -> PrintedName:
    """Return the name or names in a run: a title is split off, and a group before a person."""
    run = read_run(parse.words[start:end], vocabulary)
    core = start + run.core
    title = parse.text[parse.starts[start] : parse.ends[core - 1]] if core > start else ""
    shown = core if core < end else start
    last = parse.words[end - 1]
    possessive = last.endswith(("'s", "’s")) or (
        end < len(parse.words) and last.endswith("s") and _apostrophe(parse, end)
    )
    return PrintedName(
        start, shown, end, run.name, title, run.kind, possessive, opening and start == shown
    )


def _apostrophe(parse: Parse, token: int) -> bool:
    return parse.words[token] in ("'", "’") and parse.starts[token] == parse.ends[token - 1]
