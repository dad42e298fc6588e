"""A source span to the parts it names: names, pronouns, descriptions, and whose they are."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.roles import singular
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.naming import plain

__all__ = ["Part", "SourceReader"]

Determiner = Literal["definite", "indefinite", "possessive", "bare"]

_OPENING = frozenset(("as", "that"))
"""Prepositions that may open a description ("that committee")."""
_ADJECTIVES = 3
"""Tokens before "and" in which only adjectives may stand."""
_BREAKS = frozenset((",", "-", "–", "—", ";", ":", "(", ")"))


class Part(NamedTuple):
    """One who a source names: a name, a pronoun, or a description with its head noun."""

    first: int
    last: int
    kind: Literal["name", "pronoun", "nominal"]
    name: PrintedName | None = None
    head: str = ""
    """Head noun, folded as printed; of a pronoun the pronoun."""
    determiner: Determiner = "bare"
    owner: "Part | None" = None
    """Whose or for whom: a name or a pronoun ("his lawyer", "a spokesman for the bank")."""
    apposed: tuple["Part", ...] = ()
    """Descriptions beside a name."""
    modifier: PrintedName | None = None
    """A name before the head ("NAACP leaders")."""


class _Segment(NamedTuple):
    """Tokens between commas and conjunctions."""

    first: int
    last: int
    joined: bool
    """Whether "and" stands before it."""
    apart: bool
    """Whether a comma or another mark stands before it."""


class SourceReader:
    """Reads spans of one parse; looks names up by token."""

    def __init__(self, parse: Parse, names: Sequence[PrintedName], vocabulary: Vocabulary) -> None:
        self._parse = parse
        self._vocabulary = vocabulary
        self._words = vocabulary.classes
        following = [*(name.first for name in names[1:]), len(parse.words)]
        covering = {
            token: name
            for name, end in zip(names, following, strict=False)
            for token in range(name.first, min(name.last, end))
        }
        self.name_at: Callable[[int], PrintedName | None] = covering.get
        """Return the printed name that covers a token."""

    def read(self, first: int, last: int) -> list[Part]:
        """Return the parts of the source that spans tokens *first* to *last*."""
        while last > first + 1 and not self._parse.words[last - 1][0].isalnum():
            last -= 1  # the dot of "Jr.", a comma
        if last > first + 1 and self._parse.lowers[last - 1] in self._words["reflexive"]:
            last -= 1  # "Ruiz herself"
        first = self._after_garbled(first, last)
        pronoun = self._parse.lowers[first].partition("'")[0]  # "we" of "we're"
        if last - first == 1 and pronoun in self._words["personal"]:
            return [Part(first, last, "pronoun", head=pronoun)]
        parts: list[Part] = []
        described = False
        for segment in self._segments(first, last):
            part = self._part(segment)
            if part is None or (described and self._goes_on(part, segment)):
                continue
            self._join(parts, part, segment)
            party = part.name is not None and part.name.kind in ("people", "place")
            named = bool(parts) and parts[-1].name is not None and parts[-1] is not part
            described = named and (part.kind == "nominal" or party)
        return self._together(parts, first, last)

    def _after_garbled(self, first: int, last: int) -> int:
        """Return the token after a mark that was read in another encoding ("â", two controls)."""
        words = self._parse.words
        token = first
        while token < last - 1 and (
            not words[token].isprintable()
            or (len(words[token]) == 1 and not words[token + 1].isprintable())
        ):
            token += 1
        return token

    def _segments(self, first: int, last: int) -> list[_Segment]:
        """Split at commas, dashes, brackets and "and" outside names; brackets are dropped."""
        found: list[_Segment] = []
        begin, joined, apart, depth = first, False, False, 0
        token = first
        while token <= last:
            word = self._parse.lowers[token] if token < last else ","
            name = self.name_at(token) if token < last else None
            if name is not None and name.first >= first:
                token = min(name.last, last)
                continue
            joins = word in ("and", "or", "nor", "&")
            breaks = word in _BREAKS and not (word == "," and self._is_in_number(token, last))
            if breaks or (joins and not self._is_adjective(begin, token)):
                if begin < token and depth == 0:
                    found.append(_Segment(begin, token, joined, apart))
                    joined = apart = False
                depth = max(0, depth + (word == "(") - (word == ")"))
                joined = joined or joins
                apart = apart or not joins
                begin = token + 1
            token += 1
        return found

    def _is_in_number(self, token: int, last: int) -> bool:
        """Return whether a comma at *token* is part of a number: "more than 3,000 people"."""
        if not 0 < token < last - 1:
            return False
        words, starts, ends = self._parse.words, self._parse.starts, self._parse.ends
        digits = words[token - 1][-1].isdigit() and words[token + 1][0].isdigit()
        return digits and ends[token - 1] + 1 == starts[token + 1]

    def _goes_on(self, part: Part, segment: _Segment) -> bool:
        """Return whether a description goes on: "Lund, mayor of Kingsport and the port's head"."""
        his = part.owner is not None and part.owner.kind == "pronoun"
        body = part.name is not None and part.name.kind == "organisation"
        beside = segment.joined and not segment.apart
        return beside and (body or (part.kind == "nominal" and not his))

    def _is_adjective(self, begin: int, token: int) -> bool:
        """Return whether "and" joins adjectives ("the tall and angry mayor"), not people."""
        beside = self._parse.lowers[token - 1 : token + 2 : 2]
        if all(word.endswith("est") for word in beside):  # "the largest and oldest union"
            return True
        determined = self._determiner(begin) != "bare" and begin + 1 < token
        noun = self._is_known(self._parse.lowers[token - 1])
        return (
            determined
            and token - begin <= _ADJECTIVES
            and not noun
            and self.name_at(token - 1) is None
        )

    def _is_known(self, word: str) -> bool:
        """Return whether a noun stands for people, a body or a document."""
        known = self._vocabulary
        person = singular(word, known) in known.role_nouns or word in known.groups
        return person or word in known.documents or word in known.bodies

    def _part(self, segment: _Segment) -> Part | None:
        """Return what a segment names, or None where it only adds to the one before."""
        first, last = segment.first, segment.last
        lowers = self._parse.lowers
        while (
            first < last and lowers[first] in self._words["dropped"] and self.name_at(first) is None
        ):
            first += 1
        if first == last or (last - first == 1 and self._says_nothing(lowers[first])):
            return None
        if lowers[first] in self._words["preposition"] and lowers[first] not in _OPENING:
            return None
        if last - first == 1 and lowers[first] in self._words["personal"]:
            return Part(first, last, "pronoun", head=lowers[first])
        head = self._head_end(first, last)
        name = self.name_at(head - 1)
        if name is not None and (not name.possessive or name.last >= last or head == last):
            return self._named(first, last, name)
        return self._nominal(first, last, head)

    def _says_nothing(self, word: str) -> bool:
        """Return whether a word alone is nobody: an age, an article."""
        return word.isdigit() or (
            word in self._words["article"] and word not in self._words["personal"]
        )

    def _named(self, first: int, last: int, name: PrintedName) -> Part | None:
        if name.kind == "title" or self._is_member(first, name):
            owner = self._owner(first, last, name.first, name.last)
            return Part(
                first,
                last,
                "nominal",
                head=plain(self._parse.words[name.last - 1]),
                determiner=self._determiner(first),
                owner=owner,
                modifier=name,
            )
        apposed = self._before(first, name)
        return Part(
            max(first, name.first) if not apposed else first,
            name.last,
            "name",
            name=name,
            apposed=(apposed,) if apposed else (),
        )

    def _is_member(self, first: int, name: PrintedName) -> bool:
        """Return whether a name of people is one of them ("the Ohio Democrat")."""
        singular_noun = name.kind == "people" and not name.name.family.endswith("s")
        return singular_noun and self._determiner(first) != "bare"

    def _before(self, first: int, name: PrintedName) -> Part | None:
        """Return the description in front of a name ("bank spokesman Ian Ross")."""
        if name.first <= first:
            return None
        head = self._parse.lowers[name.first - 1]
        if head not in self._vocabulary.role_nouns:
            return None
        return self._nominal(first, name.first, name.first)

    def _head_end(self, first: int, last: int) -> int:
        """Return the token after the head: the first preposition or relative ends it."""
        token = first
        while token < last:
            name = self.name_at(token)
            if name is not None:
                token = name.last
                continue
            if token > first and self._parse.lowers[token] in self._words["preposition"]:
                return token
            token += 1
        return min(token, last)

    def _is_word(self, token: int) -> bool:
        """Return whether a token can head a description; so can an age: "the 61-year-old"."""
        return self._parse.words[token][0].isalpha() or self._parse.words[token].endswith("-old")

    def _nominal(self, first: int, last: int, head_end: int) -> Part | None:
        head = head_end - 1
        while head > first and not self._is_word(head):
            head -= 1
        if self._is_participle(first, head):
            head -= 1
        word = plain(self._parse.words[head])
        if word in self._words["partitive"] and self._parse.lowers[head_end : head_end + 1] == (
            "of",
        ):
            inner = self._nominal(head_end + 1, last, self._head_end(head_end + 1, last))
            if inner is not None and self._is_known(inner.head):
                word = inner.head
        return Part(
            first,
            last,
            "nominal",
            head=word,
            determiner=self._determiner(first),
            owner=self._owner(first, last, head, head_end),
            modifier=self._modifier(first, head),
        )

    def _is_participle(self, first: int, head: int) -> bool:
        """Return whether a document stands before "released by": it is the head."""
        documents = self._vocabulary.documents
        word, before = self._parse.lowers[head], self._parse.lowers[head - 1]
        made = head > first and word in self._words["document_made"] and word not in documents
        return made and before in documents

    def _determiner(self, first: int) -> Determiner:
        lower = self._parse.lowers[first]
        name = self.name_at(first)
        if lower in self._words["possessive"] or (name is not None and name.possessive):
            return "possessive"
        if lower in self._words["definite"]:
            return "definite"
        if lower in self._words["indefinite"] or lower.isdigit():
            return "indefinite"
        return "bare"

    def _modifier(self, first: int, head: int) -> PrintedName | None:
        for token in range(head - 1, first - 1, -1):
            name = self.name_at(token)
            if name is not None and not name.possessive:
                return name
        return None

    def _owner(self, first: int, last: int, head: int, head_end: int) -> Part | None:
        """Return whose: a possessive before the head, else a name after "for" or "of"."""
        for token in range(first, head):
            name = self.name_at(token)
            if name is not None and name.possessive and name.last <= head:
                return Part(name.first, name.last, "name", name=name)
            if self._parse.lowers[token] in self._words["possessive"] and name is None:
                return Part(token, token + 1, "pronoun", head=self._parse.lowers[token])
            if name is None and self._parse.lowers[token].endswith("'s"):
                return self._nominal(first, token + 1, token + 1)
        if head_end < last and self._parse.lowers[head_end] in self._words["owning"]:
            return self._owner_after(head_end + 1, last)
        return None

    def _owner_after(self, first: int, last: int) -> Part | None:
        """Return the first who is named after "for", "of", "from"."""
        parts = self.read(first, last) if first < last else []
        return parts[0] if parts else None

    def _join(self, parts: list[Part], part: Part, segment: _Segment) -> None:
        """Add *part*: as somebody else, or as a description of the one before."""
        before = parts[-1] if parts else None
        if before is None:
            parts.append(part)
        elif (
            before.kind == "nominal"
            and part.kind == "name"
            and self._introduces(before, part, segment)
        ):
            if part.name is not None and part.name.kind == "place":
                return
            parts[-1] = Part(
                before.first,
                part.last,
                "name",
                name=part.name,
                apposed=(before, *part.apposed),
            )
        elif part.kind == "nominal" and before.kind == "name" and self._describes(part, segment):
            parts[-1] = Part(
                before.first, part.last, "name", name=before.name, apposed=(*before.apposed, part)
            )
        elif segment.joined or (part.kind == "name" and self._is_person(part)):
            parts.append(part)

    def _introduces(self, before: Part, part: Part, segment: _Segment) -> bool:
        """Return whether a description stands before its name ("baker and boxer Lou Ferris")."""
        if not segment.joined:
            return True
        singular_noun = before.head not in self._vocabulary.groups
        return before.determiner == "bare" and singular_noun and bool(part.apposed)

    def _describes(self, part: Part, segment: _Segment) -> bool:
        if not segment.joined:
            return True
        plural = part.head in self._vocabulary.groups
        return part.determiner == "bare" and not plural

    def _is_person(self, part: Part) -> bool:
        return part.name is not None and part.name.kind in ("person", "unknown")

    def _together(self, parts: list[Part], first: int, last: int) -> list[Part]:
        """Make one part of descriptions that name one group ("brothers and sisters").

        One name of one word behind several people is none of them ("two nurses at the Wharf, Hull").
        """
        if len(parts) == 1 and self._is_town_of(parts[0]):
            return [parts[0].apposed[0]]
        if len(parts) > 1 and all(part.kind == "nominal" for part in parts):
            own = [part for part in parts if part.determiner != "bare"]
            if len(own) < len(parts):
                head = parts[0]
                return [Part(first, last, "nominal", head=head.head, determiner=head.determiner)]
        return parts

    def _is_town_of(self, part: Part) -> bool:
        """Return whether a name of one word stands apart behind a description of several people."""
        if part.name is None or not part.apposed or len(part.name.name.words) > 1:
            return False
        before = part.apposed[0]
        several = before.head in self._vocabulary.groups or (
            singular(before.head, self._vocabulary) != before.head
        )
        behind = before.last <= part.name.first and self._parse.words[before.last] == ","
        return several and behind
