"""Documents as sources ("the letter says"): the person behind one where the text says who."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from onrecord.annotate.found import Parse
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.pronouns import Choice
from onrecord.annotate.referents import Cast, Place, Referent
from onrecord.annotate.roles import singular
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.records import SpeakerKind, Statement

__all__ = ["Documents"]

_BEFORE_DOCUMENT = 5
"""Tokens before a document in which its author's possessive, or its making, is looked for."""
_AFTER_CUE = 5
"""Tokens after a cue in which "in a letter" is looked for."""
_BEFORE_CUE = 10
"""Tokens between a source and its cue in which "issued a statement" is looked for."""
_TAKEN_UP = 2
"""Sentences before "the original" in which its document is looked for."""
_BEFORE_JURY = 3
"""Tokens before "grand jury" and "indictment" in which their article is looked for."""
_RELEASED = 3
"""Tokens from "indictment" over "released" to "by"."""
_RIGHT_BEFORE = 3
"""Tokens between a document and the cue that says what is in it ("a resolution of its own")."""


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
        self._passed_on = vocabulary.classes["passed_on"]
        self._own = vocabulary.classes["own_document"]
        self._documents: dict[str, tuple[int, Referent]] = {}
        self._last_document: Referent | None = None

    def heard(self, statement: Statement, speakers: tuple[Referent, ...]) -> None:
        """Remember whose a document is: "said in a letter", "according to a letter from ..."."""
        if statement.cue is None or len(speakers) != 1:
            return
        self._issued(statement, speakers[0])
        starts = self._parse.starts
        first, last = (
            bisect_left(starts, statement.cue.start),
            bisect_left(starts, statement.cue.end),
        )
        documents = self._vocabulary.documents
        opens = self._vocabulary.classes["document_in"]
        inside = False
        for token, word in enumerate(self._parse.lowers[first : last + _AFTER_CUE], first):
            inside = inside or word in opens
            if inside and word in documents:
                self._note(word, token, speakers[0])
            elif not word[:1].isalpha() or (token >= last and not inside):
                return

    def _issued(self, statement: Statement, speaker: Referent) -> None:
        """Remember "the union issued a statement demanding": whose words, his document."""
        source, cue = statement.source, statement.cue
        if source is None or cue is None or cue.start < source.end:
            return
        first = bisect_left(self._parse.starts, source.end)
        last = bisect_left(self._parse.starts, cue.end)
        if bisect_left(self._parse.starts, cue.start) - first > _BEFORE_CUE:
            return
        lowers = self._parse.lowers
        made = self._vocabulary.classes["document_made"]
        for token in range(max(first + 1, last - _RIGHT_BEFORE), last):
            if lowers[token] in self._vocabulary.documents and made & {*lowers[first:token]}:
                self._note(lowers[token], token, speaker)

    def _note(self, noun: str, token: int, author: Referent) -> None:
        """Remember whose a document is from *token* on."""
        self._documents[noun] = (token, author)
        author.wrote.add(self._kind(noun))

    def _kind(self, noun: str) -> str:
        """Return the noun that a document is compared by: a suit and a complaint are one."""
        head = singular(noun, self._vocabulary)
        return "lawsuit" if head.rstrip("s") in self._vocabulary.classes["lawsuit"] else head

    def _is_court(self, noun: str) -> bool:
        return noun.rstrip("s") in self._vocabulary.classes["court_document"]

    def jury(self, part: Part) -> Choice:
        """Return the grand jury whose indictment an article reports: body and document are one."""
        referent = self._new("indictment", "organisation", part)
        referent.noun = "indictment"
        referent.document = True
        return Choice(referent, (), "document:jury")

    def jury_of(self, statement: Statement) -> Referent | None:
        """Return the grand jury, or its indictment, that an article first names beside its accused.

        Another person's indictment is another grand jury's.
        """
        wanted = self._indicted(statement)
        first, last = next(self._jury_mentions(), (0, 0))
        sentence = self._parse.sentences[self._parse.sentence_of[first]]
        if not last or wanted.isdisjoint(self._named(sentence.first, sentence.last)):
            return None
        jury = self.jury(Part(first, last, "nominal", head=self._parse.lowers[last - 1]))
        if jury.referent is not None:
            jury.referent.mention(Place(first, last, "nominal", "document:jury"), resolved=True)
        return jury.referent

    def _indicted(self, statement: Statement) -> set[str]:
        """Return the names of who is indicted: in the content, else before the cue."""
        starts = self._parse.starts
        places = [
            (bisect_left(starts, span.start), bisect_left(starts, span.end))
            for span in statement.content
        ]
        found = {word for place in places for word in self._named(*place)}
        if found or statement.cue is None:
            return found
        cue = bisect_left(starts, statement.cue.start)
        return self._named(self._parse.sentences[self._parse.sentence_of[cue]].first, cue)

    def _named(self, first: int, last: int) -> set[str]:
        """Return the words of the names of people at some tokens; "the Ruizes" are Ruiz."""
        names = {
            name
            for token in range(first, last)
            for name in [self._reader.name_at(token)]
            if name is not None and name.kind not in ("place", "title", "organisation")
        }
        return {word.removesuffix("s") for name in names for word in name.name.words}

    def _jury_mentions(self) -> Iterator[tuple[int, int]]:
        """Yield the tokens of each "a grand jury" and "the indictment"."""
        lowers = self._parse.lowers
        articles = self._vocabulary.classes["article"]
        nouns = self._vocabulary.classes["accusing_document"]
        for token, word in enumerate(lowers):
            grand = word == "grand" and lowers[token + 1 : token + 2] == ("jury",)
            if grand or word in nouns:
                back = range(token - 1, max(-1, token - _BEFORE_JURY), -1)
                first = next((at for at in back if lowers[at] in articles), token)
                yield first, token + 1 + grand

    def released(self, token: int) -> Part | None:
        """Return the indictment that a name at *token* only released, posted or published."""
        lowers = self._parse.lowers
        end = token - (lowers[token - 1 : token] == ("the",))
        noun = end - _RELEASED
        passed = lowers[end - 2 : end - 1] and lowers[end - 2] in self._passed_on
        if noun < 0 or lowers[end - 1] != "by" or not passed:
            return None
        accusing = lowers[noun] in self._vocabulary.classes["accusing_document"]
        return self._phrase(noun) if accusing else None

    def obtained(self, last: int, statement: Statement) -> Part | None:
        """Return the document that a source only got to see: "the Mail saw a letter asking him"."""
        lowers, cue = self._parse.lowers, statement.cue
        if cue is None or lowers[last : last + 1] == () or cue.start < self._parse.starts[last]:
            return None
        verb = bisect_left(self._parse.starts, cue.start)
        got = lowers[last] in self._vocabulary.classes["obtained"]
        if not got or not lowers[verb].endswith("ing"):
            return None
        sentence = self._parse.sentences[self._parse.sentence_of[verb]]
        return next(
            (
                self._phrase(token)
                for token in range(last + 1, min(verb, last + _BEFORE_CUE, sentence.last))
                if lowers[token] in self._vocabulary.documents
            ),
            None,
        )

    def announced(self, statement: Statement) -> Part | None:
        """Return the document that is announced with its words: "a letter was posted accusing"."""
        lowers, cue = self._parse.lowers, statement.cue
        first = bisect_left(self._parse.starts, cue.start) if cue is not None else 0
        last = bisect_left(self._parse.starts, cue.end) if cue is not None else 0
        if not first or not lowers[last - 1].endswith("ing"):
            return None
        made = self._vocabulary.classes["document_made"] | {"announced"}
        passive = lowers[first] in self._vocabulary.classes["being"]
        document = lowers[first - 1] in self._vocabulary.documents
        return (
            self._phrase(first - 1)
            if document and passive and made & {*lowers[first:last]}
            else None
        )

    def author_or_document(self, part: Part) -> Choice:
        """Return who is named as author behind a document ("a letter from Ruiz"), else it."""
        author = self._introduced(part.last - 1)
        if author is not None:
            self._note(part.head, part.first, author)
            return Choice(author, (), "document:author")
        return self.resolve(part, None)

    def _phrase(self, noun: int) -> Part:
        """Return the document at *noun* with its article and what stands between them."""
        lowers = self._parse.lowers
        articles = self._vocabulary.classes["article"]
        back = range(noun - 1, max(-1, noun - _BEFORE_JURY - 1), -1)
        first = next((at for at in back if lowers[at] in articles), noun)
        word = lowers[noun]
        indefinite = lowers[first] in self._vocabulary.classes["indefinite"]
        return Part(
            first,
            noun + 1,
            "nominal",
            head=word,
            determiner="indefinite" if indefinite else "definite" if first < noun else "bare",
        )

    def _whose(self, part: Part, owner: Referent | None, *, court: bool) -> Referent | None:
        """Return whose a document is by the words of the source: owner, or a body before it."""
        if owner is not None and not self._can_write(part, owner):
            return None
        if owner is not None and court:
            inside = {*self._parse.lowers[part.first : part.last]}
            return None if inside & self._passed_on else owner
        if owner is None and part.modifier is not None and part.head in self._own:
            found = self._cast.of_name.get(part.modifier.first)
            return found if found is not None and found.kind == "organisation" else None
        return owner

    def _can_write(self, part: Part, owner: Referent) -> bool:
        """Return whether a document can be its owner's: not of whom it is to, or about."""
        before = self._before(part.owner) if part.owner is not None else ""
        if before in self._vocabulary.classes["not_author"]:
            return False
        own = part.owner is not None and part.owner.head == "own"  # "of its own"
        if before == "of" and not own and not (part.head in self._own and owner.names):
            return False
        accusing = part.head in self._vocabulary.classes["accusing_document"]
        return not accusing or owner.kind != "person"

    def _before(self, owner: Part) -> str:
        """Return the word before an owner, over its article."""
        lowers = self._parse.lowers
        article = lowers[owner.first - 1] in self._vocabulary.classes["article"]
        return lowers[owner.first - 2] if article else lowers[owner.first - 1]

    def resolve(self, part: Part, owner: Referent | None) -> Choice:
        """Return the person behind a document where the text says who, else the document."""
        if part.head in self._vocabulary.classes["same_document"] and owner is None:
            if self._last_document:
                return Choice(self._last_document, (), "document:same")
            part = self._taken_up(part)
        head = self._kind(part.head)
        court = self._is_court(head)
        owner = self._whose(part, owner, court=court)
        if owner is not None:
            self._note(part.head, part.first, owner)
            return Choice(owner, (), "document:owner")
        known = self._author(part)
        if known is not None and part.determiner == "definite":
            self._keep(head, known)
            known.wrote.add(head)
            return Choice(known, (), "document:author")
        found = part.determiner == "indefinite" and not court
        author = self._author_of(part) if found else None
        if author is not None:
            self._note(part.head, part.first, author)
            self._keep(head, author)
            return Choice(author, (), "document:subject")
        return Choice(
            self._nobodys(part, head, "organisation" if court else "unnamed"), (), "document"
        )

    def _nobodys(self, part: Part, head: str, kind: SpeakerKind) -> Referent:
        """Return a document that is nobody's by the text."""
        referent = self._new(head.rstrip("s"), kind, part)
        referent.noun = head
        referent.document = True
        self._keep(head, referent)
        return referent

    def _keep(self, noun: str, referent: Referent) -> None:
        """Remember whose the last document is that has a text of its own and versions."""
        if noun not in self._vocabulary.classes["said_document"]:
            self._last_document = referent

    def _taken_up(self, part: Part) -> Part:
        """Return "the original" as the document that the sentences before speak of."""
        lowers, sentence = self._parse.lowers, self._parse.sentence_of[part.first]
        first = self._parse.sentences[max(0, sentence - _TAKEN_UP)].first
        for token in range(part.first - 1, first - 1, -1):
            word = lowers[token]
            if word in self._vocabulary.classes["one_in_story"]:
                return part._replace(head=word)
        return part

    def _author(self, part: Part) -> Referent | None:
        """Return whose a document is by the last time that the text says so before."""
        lowers = self._parse.lowers
        if self._vocabulary.classes["several_authors"] & {*lowers[part.first : part.last]}:
            return None
        if part.head in self._vocabulary.classes["message_again"]:
            return self._message_before(part)
        at, known = self._documents.get(part.head, (-1, None))
        for token in range(part.first - 1, max(at, -1), -1):
            if lowers[token] == part.head:
                author = self._introduced(token)
                if author is not None:
                    return author
        return known

    def _message_before(self, part: Part) -> Referent | None:
        """Return whose the letter or statement before is that "the missive" takes up."""
        messages = self._vocabulary.classes["message_document"]
        for token in range(part.first - 1, -1, -1):
            if self._parse.lowers[token] in messages:
                return self._author(part._replace(head=self._parse.lowers[token]))
        return None

    def _introduced(self, token: int) -> Referent | None:
        """Return whose the document at *token* is: "a letter from Ruiz", "Ruiz filed a suit"."""
        lowers = self._parse.lowers
        made = self._vocabulary.classes["document_made"]
        if lowers[token + 1] in ("from", "by"):
            return self._signed(token + 2)
        if lowers[token + 1] in made and lowers[token + 2] in ("by", "from"):
            passed = self._is_court(lowers[token]) and lowers[token + 1] in self._passed_on
            return None if passed else self._signed(token + 3)
        for back in range(token - 1, max(0, token - _BEFORE_DOCUMENT), -1):
            name = self._reader.name_at(back)
            if name is not None and name.possessive and name.first in self._cast.of_name:
                owner = self._cast.of_name[name.first]
                accusing = lowers[token] in self._vocabulary.classes["accusing_document"]
                return None if accusing and owner.kind == "person" else owner
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
        """Return the only person or body named in the sentence before *token*, or who opens it."""
        first = self._parse.sentences[self._parse.sentence_of[token]].first
        opening = first + (self._parse.lowers[first] == "the")
        found: dict[int, Referent] = {}
        for at in range(first, token):
            name = self._reader.name_at(at)
            referent = self._cast.of_name.get(name.first) if name is not None else None
            if referent is not None and referent.kind != "group":
                found[referent.number] = referent
        name = self._reader.name_at(opening)
        if len(found) > 1 and name is not None and not name.possessive:
            return self._cast.of_name.get(name.first)
        return next(iter(found.values())) if len(found) == 1 else None

    def _author_of(self, part: Part) -> Referent | None:
        """Return the subject of "... said in a letter", "... released a statement"."""
        before = self._parse.lowers[part.first - 1] if part.first else ""
        if before not in self._vocabulary.classes["document_by"]:
            return None
        return self._subject_before(part.first)
