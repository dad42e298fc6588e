"""Documents as sources ("the letter says"): the person behind one where the text says who."""

from bisect import bisect_left
from collections.abc import Callable

from onrecord.annotate.found import Parse
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.pronouns import Choice
from onrecord.annotate.referents import Cast, Referent
from onrecord.annotate.roles import singular
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.records import SpeakerKind, Statement

__all__ = ["Documents"]

_BEFORE_DOCUMENT = 5
"""Tokens before a document in which its author's possessive, or its making, is looked for."""
_AFTER_CUE = 5
"""Tokens after a cue in which "in a letter" is looked for."""


class Documents:
    """Remembers whose each document of an article is; *new* makes one that is nobody's."""

    def __init__(
        self,
        parse: Parse,
        cast: Cast,
        reader: SourceReader,
        vocabulary: Vocabulary,
        new: Callable[[str, SpeakerKind, Part], Referent],
    ) -> None:
        self._parse = parse
        self._cast = cast
        self._reader = reader
        self._vocabulary = vocabulary
        self._new = new
        self._documents: dict[str, tuple[int, Referent]] = {}
        self._last_document: Referent | None = None

    def heard(self, statement: Statement, speakers: tuple[Referent, ...]) -> None:
        """Remember whose a document is: "said in a letter", "according to a letter from ..."."""
        if statement.cue is None or len(speakers) != 1:
            return
        starts = self._parse.starts
        first, last = (
            bisect_left(starts, statement.cue.start),
            bisect_left(starts, statement.cue.end),
        )
        end = min(last + _AFTER_CUE, len(self._parse.words))
        inside = False
        for token in range(first, end):
            word = self._parse.lowers[token]
            inside = inside or word in self._vocabulary.classes["document_in"]
            if word in self._vocabulary.documents and inside:
                self._documents[word] = (token, speakers[0])
            elif not word[0].isalpha() or (token >= last and not inside):
                return

    def resolve(self, part: Part, owner: Referent | None) -> Choice:
        """Return the person behind a document where the text says who, else the document."""
        head = singular(part.head, self._vocabulary)
        if head.rstrip("s") in self._vocabulary.classes["lawsuit"]:
            head = "lawsuit"
        if owner is not None:
            self._documents[part.head] = (part.first, owner)
            return Choice(owner, (), "document:owner")
        if part.head in self._vocabulary.classes["same_document"] and self._last_document:
            return Choice(self._last_document, (), "document:same")
        known = self._author(part)
        if known is not None and part.determiner == "definite":
            self._last_document = known
            return Choice(known, (), "document:author")
        court = head.rstrip("s") in self._vocabulary.classes["court_document"]
        found = part.determiner == "indefinite" and not court
        author = self._author_of(part) if found else None
        if author is not None:
            self._documents[part.head] = (part.first, author)
            self._last_document = author
            return Choice(author, (), "document:subject")
        kind: SpeakerKind = "organisation" if court else "unnamed"
        referent = self._new(head.rstrip("s"), kind, part)
        referent.noun = head
        referent.document = True
        self._last_document = referent
        return Choice(referent, (), "document")

    def _author(self, part: Part) -> Referent | None:
        """Return whose a document is by the last time that the text says so before."""
        lowers = self._parse.lowers
        at, known = self._documents.get(part.head, (-1, None))
        for token in range(part.first - 1, max(at, -1), -1):
            if lowers[token] == part.head:
                author = self._introduced(token)
                if author is not None:
                    return author
        return known

    def _introduced(self, token: int) -> Referent | None:
        """Return whose the document at *token* is: "a letter from Ruiz", "Ruiz filed a suit"."""
        lowers = self._parse.lowers
        made = self._vocabulary.classes["document_made"]
        if lowers[token + 1] in ("from", "by"):
            return self._signed(token + 2)
        if lowers[token + 1] in made and lowers[token + 2] in ("by", "from"):
            return self._signed(token + 3)
        for back in range(token - 1, max(0, token - _BEFORE_DOCUMENT), -1):
            name = self._reader.name_at(back)
            if name is not None and name.possessive and name.first in self._cast.of_name:
                return self._cast.of_name[name.first]
            if lowers[back] in made:
                return self._subject_before(back)
        return None

    def _signed(self, first: int) -> Referent | None:
        """Return who is named after "a letter from": over "Ruiz's lawyer," to the lawyer's name."""
        for token in range(first, min(first + _AFTER_CUE + 1, len(self._parse.words))):
            name = self._reader.name_at(token)
            if name is not None and not name.possessive and name.kind != "place":
                return self._cast.of_name.get(name.first)
        return None

    def _subject_before(self, token: int) -> Referent | None:
        """Return the only person or body named in the sentence before *token*."""
        first = self._parse.sentences[self._parse.sentence_of[token]].first
        found: dict[int, Referent] = {}
        for at in range(first, token):
            name = self._reader.name_at(at)
            referent = self._cast.of_name.get(name.first) if name is not None else None
            if referent is not None and referent.kind != "group":
                found[referent.number] = referent
        return next(iter(found.values())) if len(found) == 1 else None

    def _author_of(self, part: Part) -> Referent | None:
        """Return the subject of "... said in a letter", "... released a statement"."""
        before = self._parse.lowers[part.first - 1] if part.first else ""
        if before not in self._vocabulary.classes["document_by"]:
            return None
        return self._subject_before(part.first)
