"""Who "who" is, and what "that" is: the noun or name that a relative pronoun follows."""

from collections.abc import Callable

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.pronouns import Choice
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.roles import singular
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.naming import plain

__all__ = ["Antecedents"]

_DETERMINED = 5
"""Tokens before a noun in which its article is looked for."""
_ARTICLES = frozenset(("a", "an", "the"))
_JOINTS = frozenset(("and", "but", "or"))
_PERSONAL = frozenset(("who", "whose", "whom"))
_BETWEEN = frozenset(("at", "from", "in", "near", "of", "the", "on"))
"""Words between a name and a place that says more of it: "Roe of the Kingsport union"."""
_COUNTING = frozenset(("all", "both", "few", "many", "most", "other", "several", "some", "two"))
_COUNTING |= {"four", "five", "these", "those", "three"}
"""What opens a phrase for several people."""
_LONGEST = 8
"""Tokens of the longest phrase that is looked through for its article."""
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
        if self._parse.lowers[token - 1] in _JOINTS:
            return self._joined(first, token)
        referent = self._name_before(first, token - 1)
        return Choice(None) if referent is None else Choice(referent, (), "relative")

    def _joined(self, first: int, token: int) -> Choice:
        """Return whom the clause before follows: "Roe, who saw it and who said"."""
        for back in range(token - 2, first, -1):
            if self._parse.lowers[back] in _PERSONAL:
                return self.before(back, "who")
        return Choice(None)

    def _name_before(self, first: int, token: int) -> Referent | None:
        """Return who is named before "who", over a place, a bracket or an apposition."""
        bracketed = False
        while token >= first:
            name = self._reader.name_at(token)
            word, printed = self._parse.lowers[token], self._parse.words[token]
            if printed in "()":
                bracketed = printed == ")"
            elif name is not None and not bracketed:
                known = self._cast.of_name.get(name.first)
                if name.kind == "people" and not self._is_apposed(first, name.first):
                    return known or self._named(name)
                if known is not None and known.kind == "person":
                    return known
                token = name.first
            elif printed.isalpha() and printed.islower() and not bracketed and word not in _BETWEEN:
                start = self._noun_start(first, token)
                if word.endswith("s") or not self._is_apposed(first, start):
                    return None  # "critics of Ms Roe, who": not she
                token = start
            token -= 1
        return None

    def _is_apposed(self, first: int, token: int) -> bool:
        """Return whether a name and a comma stand before a token: "Roe, | a baker"."""
        before = self._reader.name_at(token - 2) if token - 2 >= first else None
        closed = self._parse.words[token - 2] == ")" if token - 2 >= first else False
        return self._parse.words[token - 1] == "," and (before is not None or closed)

    def _noun_start(self, first: int, head: int) -> int:
        """Return where the phrase starts that ends with the noun at *head*."""
        start = head
        while start > first and start > head - _LONGEST and not self._opens(start):
            word = self._parse.lowers[start - 1]
            links = word in _JOINTS or (word in _BETWEEN and not self._opens(start - 1))
            if links or not word[0].isalnum():
                break
            start -= 1
        return start

    def described(self, part: Part) -> Part | None:
        """Return the description that a relative pronoun follows directly, if one does."""
        if part.head == "who":
            return self.before_who(part.first)
        return self.before_which(part.first) if part.head == "which" else None

    def before_who(self, token: int) -> Part | None:
        """Return the description that "who" follows directly ("the mayor, who said")."""
        first = self._parse.sentences[self._parse.sentence_of[token]].first
        head = token - 2 if self._parse.lowers[token - 1 : token] == (",",) else token - 1
        if head < first:
            return None
        if self._parse.lowers[head] in self._vocabulary.role_nouns:
            start = self._article_before(first, head)
            return self._only(start, head + 1) if self._opens(start) else None
        return self._new_before(first, head) or self._several_before(first, head)

    def before_which(self, token: int) -> Part | None:
        """Return the body that "which" follows as a description ("the company, which said")."""
        first = self._parse.sentences[self._parse.sentence_of[token]].first
        head = token - 2
        if head < first or self._parse.lowers[token - 1] != ",":
            return None
        if self._parse.lowers[head] not in self._vocabulary.bodies or self._reader.name_at(head):
            return None
        start = self._article_before(first, head)
        return self._only(start, head + 1) if self._opens(start) else None

    def document_before(self, token: int) -> Choice:
        """Return the document that the sentence before a token speaks of, for "it"."""
        sentence = self._parse.sentence_of[token] - 1
        if sentence < 0 or self._parse.sentences[sentence].block != self._block_of(token):
            return Choice(None)
        first, last, _ = self._parse.sentences[sentence]
        oblique = self._vocabulary.classes["oblique"]
        for head in range(last - 1, first, -1):
            if self._parse.lowers[head] in self._vocabulary.documents:
                start = self._article_before(first, head)
                if start > first and self._parse.lowers[start - 1] in oblique:
                    continue  # "the prospects of a resolution"
                part = self._only(start, head + 1) if self._opens(start) else None
                return Choice(None) if part is None else self._document(part, None)
        return Choice(None)

    def _block_of(self, token: int) -> int:
        return self._parse.sentences[self._parse.sentence_of[token]].block

    def _several_before(self, first: int, head: int) -> Part | None:
        """Return the people right before: "some owners who", "members of the guild, who"."""
        name, last = self._reader.name_at(head), head
        if name is not None:
            last = name.first - 1
            while last > first and self._parse.lowers[last] in _BETWEEN:
                last -= 1
            if last == name.first - 1:
                return None
        noun = self._parse.lowers[last]
        if noun not in self._vocabulary.groups and singular(noun, self._vocabulary) == noun:
            return None
        start = last
        for back in range(last - 1, max(first, last - _LONGEST) - 1, -1):
            word = self._parse.lowers[back]
            if word in _COUNTING or word.isdigit() or (self._opens(back) and word not in _NEW):
                start = back
                break
            if not word.isalpha() or word in _NEW | self._vocabulary.classes["preposition"]:
                break
        return self._only(start, head + 1)

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
        body = self._body_before(first, token) if head == token - 2 else None
        if body is not None:
            return Choice(body, (), "relative")
        word = plain(self._parse.words[head]) if head >= first else ""
        if word not in self._vocabulary.documents:
            return Choice(None)
        parts = self._reader.read(self._article_before(first, head), head + 1)
        return self._document(parts[0], None) if len(parts) == 1 else Choice(None)

    def _body_before(self, first: int, token: int) -> Referent | None:
        """Return the body or place before ", which": "the Harbour Guild, which said".

        What is signed or reported by a body, or stands in a place, may be meant itself.
        """
        name = self._reader.name_at(token - 2) if token - 2 >= first else None
        if name is None or self._reader.name_at(token + 1) is not None:
            return None
        before = name.first - 1 - (self._parse.lowers[name.first - 1] in _ARTICLES)
        word = self._parse.lowers[before]
        if name.kind == "people" or word in ("by", ",", "all") or word.isdigit():
            return None
        body = self._cast.of_name.get(name.first)
        if body is None and name.kind in ("place", "organisation"):
            body = self._named(name)
        if body is not None and body.kind == "person" and not body.titles and not body.roles:
            body.kind = "organisation"  # "Orva Lane, which said"
        return body if body is not None and body.kind == "organisation" else None

    def _article_before(self, first: int, head: int) -> int:
        """Return the article of a noun, or the first token that it is looked for at."""
        start = head
        while start > max(first, head - _DETERMINED) and not self._opens(start):
            start -= 1
        return start

    def _opens(self, token: int) -> bool:
        return self._parse.lowers[token] in self._vocabulary.classes["article"]
