"""Who "who" is, and what "that" is: the noun or name that a relative pronoun follows."""

from collections.abc import Callable

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.pronouns import Choice
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.naming import plain

__all__ = ["Antecedents"]

_DETERMINED = 5
"""Tokens before a noun in which its article is looked for."""
_NEW = frozenset(("a", "an", "another", "one"))
"""Bring somebody in who was not spoken of before."""
_NEW_WORDS = 3
"""Words behind such an article: "a young deckhand"."""


class Antecedents:
    """Reads what stands before a relative pronoun."""

    def __init__(
        self,
        parse: Parse,
        cast: Cast,
        reader: SourceReader,
        vocabulary: Vocabulary,
        named: Callable[[PrintedName], Referent],
        document: Callable[[Part, Referent | None], Choice],
    ) -> None:
        self._parse = parse
        self._cast = cast
        self._reader = reader
        self._vocabulary = vocabulary
        self._named = named
        self._document = document

    def before(self, token: int, pronoun: str) -> Choice:
        """Return who a relative pronoun follows: a person over an apposition, or a document."""
        first = self._parse.sentences[self._parse.sentence_of[token]].first
        if pronoun != "who":
            return self._described_before(first, token)
        for back in range(token - 1, first - 1, -1):
            name = self._reader.name_at(back)
            if name is not None and name.kind == "people":
                return Choice(
                    self._cast.of_name.get(name.first) or self._named(name), (), "relative"
                )
            referent = self._cast.of_name.get(name.first) if name is not None else None
            if referent is not None and referent.kind == "person":
                return Choice(referent, (), "relative")
        return Choice(None)

    def before_who(self, token: int) -> Part | None:
        """Return the description that "who" follows directly ("the mayor, who said")."""
        first = self._parse.sentences[self._parse.sentence_of[token]].first
        head = token - 2 if self._parse.lowers[token - 1 : token] == (",",) else token - 1
        if head < first:
            return None
        if self._parse.lowers[head] in self._vocabulary.role_nouns:
            start = self._article_before(first, head)
            return self._only(start, head + 1) if self._opens(start) else None
        return self._new_before(first, head)

    def _new_before(self, first: int, head: int) -> Part | None:
        """Return who is brought in right before: "a deckhand, who", "a friend of Ms Roe, who"."""
        last, name = head, self._reader.name_at(head)
        if name is not None:
            owned = name.first - 1
            if (
                owned <= first
                or self._parse.lowers[owned] not in self._vocabulary.classes["owning"]
            ):
                return None
            last = owned - 1
            if self._parse.lowers[last] not in self._vocabulary.role_nouns:
                return None
        for start in range(last, max(first - 1, last - _NEW_WORDS - 1), -1):
            if self._parse.lowers[start] in _NEW:
                return self._only(start, head + 1) if start < last else None
            if not self._parse.words[start].islower():
                return None
        return None

    def _only(self, first: int, last: int) -> Part | None:
        """Return the one description that these tokens are, if they are one."""
        parts = self._reader.read(first, last)
        return parts[0] if len(parts) == 1 and parts[0].kind == "nominal" else None

    def _described_before(self, first: int, token: int) -> Choice:
        """Return the document or body right before "that" or "which"."""
        head = token - 1 if self._parse.lowers[token - 1] != "," else token - 2
        word = plain(self._parse.words[head]) if head >= first else ""
        if word not in self._vocabulary.documents:
            return Choice(None)
        parts = self._reader.read(self._article_before(first, head), head + 1)
        return self._document(parts[0], None) if len(parts) == 1 else Choice(None)

    def _article_before(self, first: int, head: int) -> int:
        """Return the article of a noun, or the first token that it is looked for at."""
        start = head
        while start > max(first, head - _DETERMINED) and not self._opens(start):
            start -= 1
        return start

    def _opens(self, token: int) -> bool:
        return self._parse.lowers[token] in self._vocabulary.classes["article"]
