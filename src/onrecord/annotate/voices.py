"""Who speaks in each statement of one article, decided in text order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import attrgetter, itemgetter

from onrecord.annotate.descriptions import Descriptions
from onrecord.annotate.found import Parse
from onrecord.annotate.leads import Leads
from onrecord.annotate.names import PrintedName
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.plurals import Plurals
from onrecord.annotate.pronouns import AGREEMENT, SUBJECTS, Choice, Pronouns, Query
from onrecord.annotate.referents import Cast, Place, Referent
from onrecord.annotate.subjects import Subjects
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.ids import StatementId
from onrecord.naming import plain
from onrecord.records import Article, Embed, Mention, MentionKind, Statement
from onrecord.spans import Span

__all__ = ["Decision", "Voices"]

_QUOTED = re.compile(r"[“\"„«][^“”\"„«»\n]*[”\"»]?")
_START = attrgetter("start")
_MOSTLY = 0.8
"""Share of a paragraph that a quotation covers when the paragraph is that quotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who speaks in a statement; `candidates` are given where nobody could be chosen."""

    statement_id: StatementId
    speakers: tuple[Referent, ...] = ()
    via: tuple[Referent, ...] = ()
    on_behalf: tuple[Referent, ...] = ()
    candidates: tuple[Referent, ...] = ()
    method: str


@dataclass(slots=True)
class _Heard:
    """What the parts of one source resolve to."""

    speakers: list[Referent] = field(default_factory=list)
    on_behalf: list[Referent] = field(default_factory=list)
    candidates: list[Referent] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


class Voices:
    """Resolves the sources of one article; the cast grows by people without a name."""

    def __init__(
        self,
        article: Article,
        parse: Parse,
        names: Sequence[PrintedName],
        cast: Cast,
        vocabulary: Vocabulary,
        statements: tuple[Statement, ...],
    ) -> None:
        self._article = article
        self._parse = parse
        self._cast = cast
        self._vocabulary = vocabulary
        self._statements = sorted(statements, key=_position)
        self._by_id = {one.id: one for one in statements}
        # Quoted contents by where they start, and how far those up to each of them reach.
        self._quoted = sorted(
            (span.start, span.end, number)
            for number, one in enumerate(self._statements)
            if one.mode == "direct"
            for span in one.content
        )
        self._reach = list(accumulate((end for _, end, _ in self._quoted), max))
        self._reader = SourceReader(parse, names, vocabulary)
        quoted = self._quoted_tokens()
        self._pronouns = Pronouns(parse, cast, quoted, vocabulary)
        self._descriptions = Descriptions(
            parse, cast, self._reader, vocabulary, Leads(parse, cast, quoted, vocabulary)
        )
        self._plurals = Plurals(
            parse,
            names,
            cast,
            vocabulary,
            quoted=quoted,
            noun=self._descriptions.plural_noun,
            document=self._descriptions.antecedents.document_before,
        )
        self._subjects = Subjects(parse, self._reader, quoted, vocabulary)
        self._decided: dict[StatementId, Decision] = {}
        self._open: list[tuple[Part, tuple[Referent, ...]]] = []
        self._last: Statement | None = None

    def _quoted_tokens(self) -> frozenset[int]:
        starts = self._parse.starts
        quoted: set[int] = set()
        for match in _QUOTED.finditer(self._parse.text):
            first = bisect_left(starts, match.start())
            quoted.update(range(first, bisect_left(starts, match.end(), first)))
        return frozenset(quoted)

    def decide(self) -> list[Decision]:
        """Return a decision for each statement that has, or continues, a source."""
        found: list[Decision] = []
        for statement in sorted(self._statements, key=self._is_first_person):
            decision = self._decide(statement)
            if decision is not None:
                self._decided[statement.id] = decision
                found.append(decision)
                self._remember(statement, decision)
            self._last = statement
        return found

    def _is_first_person(self, statement: Statement) -> bool:
        """Return whether "I" is the source: it waits for the statement around it."""
        source = statement.source
        if source is None or source.end - source.start > len("myself"):
            return False
        return plain(source.of(self._parse.text)) in self._vocabulary.classes["first_person"]

    def open_mentions(self, numbers: dict[int, int]) -> tuple[Mention, ...]:
        """Return the source mentions that nobody could be chosen for, once per candidate."""
        return tuple(
            Mention(
                span=self._parse.span(part.first, part.last),
                kind="pronoun" if part.kind == "pronoun" else "nominal",
                chain=numbers[referent.number],
                judgement="unsure",
                method="open",
            )
            for part, candidates in self._open
            for referent in candidates
            if referent.number in numbers
        )

    def _remember(self, statement: Statement, decision: Decision) -> None:
        start = (statement.source or statement.cue or statement.content[0]).start
        token = bisect_left(self._parse.starts, start)
        self._plurals.spoke(token, decision.speakers)
        if statement.source is not None and len(decision.speakers) == 1:
            self._pronouns.spoke(token, decision.speakers[0])
        self._descriptions.documents.heard(statement, decision.speakers)

    def _decide(self, statement: Statement) -> Decision | None:
        embed = self._embed(statement)
        if embed is not None:
            return self._post(statement, embed)
        if statement.source is None or self._subjects.is_misplaced(statement):
            return self._without_source(statement)
        first = bisect_right(self._parse.starts, statement.source.start) - 1
        last = bisect_left(self._parse.starts, statement.source.end)
        if first < 0 or last <= first:
            return None
        name = self._reader.name_at(last - 1)
        after = last if name is None else max(last, name.last)
        document = self._descriptions.documents.obtained(after, statement)
        if document is not None:
            return self._document(document, statement)
        return self._heard(self._named_after(self._reader.read(first, last), last), statement)

    def _document(self, part: Part, statement: Statement) -> Decision | None:
        """Return the author of a document that the words stand in, else the document."""
        choice = self._descriptions.documents.author_or_document(part)
        if choice.referent is None:
            return None
        heard = _Heard()
        self._take(part, choice.referent, choice.method, heard)
        return Decision(
            statement_id=statement.id, speakers=tuple(heard.speakers), method=choice.method
        )

    def _without_source(self, statement: Statement) -> Decision | None:
        """Return who speaks where the words of the statement name nobody."""
        if self._subjects.is_indicted(statement):
            jury = self._descriptions.documents.jury_of(statement)
            if jury is not None:
                return Decision(
                    statement_id=statement.id, speakers=(jury,), method="document:indicted"
                )
        document = self._descriptions.documents.announced(statement)
        if document is not None:
            return self._document(document, statement)
        shared = self._subjects.shared(statement)
        return self._heard(shared, statement) if shared else self._continued(statement)

    def _heard(self, parts: list[Part], statement: Statement) -> Decision | None:
        """Return whom the parts of a source resolve to."""
        heard = _Heard()
        for part in parts:
            self._hear(part, statement, heard)
        if not heard.methods:
            return None
        return Decision(
            statement_id=statement.id,
            speakers=() if heard.candidates else tuple(heard.speakers),
            via=self._via(statement),
            on_behalf=tuple(heard.on_behalf),
            candidates=tuple(heard.candidates),
            method="+".join(dict.fromkeys(heard.methods)),
        )

    def _named_after(self, parts: list[Part], last: int) -> list[Part]:
        """Put names right after a description in its place ("a neighbour, Ana Ruiz, ...")."""
        described = len(parts) == 1 and parts[0].kind == "nominal"
        described = described and parts[0].head not in self._vocabulary.documents
        if not described or self._parse.lowers[last : last + 1] != (",",):
            return parts
        several = parts[0].head in self._vocabulary.groups or parts[0].head.endswith("s")
        names = self._row_of_names(last + 1) if several else self._row_of_names(last + 1)[:1]
        if not names:
            return parts
        after = self._parse.lowers[names[-1].last : names[-1].last + 1]
        if after and after[0].isalpha() and after[0] not in self._vocabulary.classes["role_end"]:
            return parts
        first = parts[0]
        return [
            Part(first.first, names[0].last, "name", name=names[0], apposed=(first,)),
            *(Part(name.first, name.last, "name", name=name) for name in names[1:]),
        ]

    def _row_of_names(self, token: int) -> list[PrintedName]:
        """Return the persons' names in a row from *token* on: "Ana Ruiz, Ivo Lund and ..."."""
        found: list[PrintedName] = []
        name = self._reader.name_at(token) if token < len(self._parse.words) else None
        while name is not None and name.first == token and name.kind == "person":
            if name.possessive:
                return []
            found.append(name)
            token = name.last
            while self._parse.lowers[token : token + 1] in ((",",), ("and",)):
                token += 1
            name = self._reader.name_at(token) if token < len(self._parse.words) else None
        return found

    def _embed(self, statement: Statement) -> Embed | None:
        start = statement.content[0].start
        for embed in self._article.embeds:
            if embed.span.start <= start < embed.span.end:
                return embed
        return None

    def _post(self, statement: Statement, embed: Embed) -> Decision | None:
        """Return the owner of an embedded post: by the printed author, else by the handle."""
        referent = self._descriptions.author(embed)
        if referent is None:
            return None
        if not referent.places:
            span = statement.source or embed.span
            first = bisect_left(self._parse.starts, span.start)
            last = max(first + 1, bisect_left(self._parse.starts, span.end))
            if first < len(self._parse.starts):
                referent.mention(Place(first, last, "name", "post"))
        return Decision(statement_id=statement.id, speakers=(referent,), method="post")

    def _continued(self, statement: Statement) -> Decision | None:
        """Return the speaker before a quotation without source that carries on."""
        before = self._last
        if before is None or statement.cue is not None or statement.mode == "indirect":
            return None
        decision = self._decided.get(before.id)
        if decision is None or before.mode == "indirect" or len(decision.speakers) != 1:
            return None
        if not self._carries_on(before, statement):
            return None
        return Decision(
            statement_id=statement.id,
            speakers=decision.speakers,
            via=decision.via,
            on_behalf=decision.on_behalf,
            method="continued",
        )

    def _carries_on(self, before: Statement, statement: Statement) -> bool:
        """Return whether a quotation follows another's words with nobody else between."""
        end = max(span.end for span in (*before.content, *_roles(before)))
        start = statement.content[0].start
        if start < end:
            return False
        first, last = bisect_left(self._parse.starts, end), bisect_left(self._parse.starts, start)
        if any(self._reader.name_at(token) for token in range(first, last)):
            return False
        number = bisect_right(self._parse.blocks, start, key=_START)
        here = self._parse.blocks[number - 1] if number else None
        if here is None or start >= here.end:
            return False
        if here.start <= before.content[-1].start < here.end:
            return True
        whole = sum(span.end - span.start for span in statement.content)
        following = last - first <= 2  # noqa: PLR2004 -- quotation marks
        return following and whole >= _MOSTLY * (here.end - here.start)

    def _hear(self, part: Part, statement: Statement, heard: _Heard) -> None:
        """Add what one part of a source resolves to."""
        described = self._descriptions.antecedents.described(part)
        if described is not None and part.kind == "pronoun":
            self._hear_nominal(described, statement, heard)
        elif part.kind == "pronoun":
            self._hear_pronoun(part, statement, heard)
        elif part.kind == "name":
            self._hear_name(part, statement, heard)
        else:
            self._hear_nominal(part, statement, heard)

    def _hear_pronoun(self, part: Part, statement: Statement, heard: _Heard) -> None:
        choice = self._pronoun(part, statement)
        if choice.method == "pronoun:none":
            choice = self._descriptions.pronoun_of_lead(part.first, AGREEMENT[part.head])
        if choice.referent is not None:
            for referent in (choice.referent, *choice.more):
                self._take(part, referent, choice.method, heard)
                heard.on_behalf += self._descriptions.principals(referent)
        elif choice.candidates:
            heard.candidates += choice.candidates
            heard.methods.append(choice.method)
            self._open.append((part, choice.candidates))

    def _pronoun(self, part: Part, statement: Statement) -> Choice:
        if part.head in self._vocabulary.classes["first_person"]:
            return self._first_person(statement)
        if part.head in self._vocabulary.classes["relative"]:
            return self._descriptions.antecedents.before(part.first, part.head)
        if part.head in self._vocabulary.classes["plural_person"]:
            return self._plurals.they(part.first, self._own(statement))
        if part.head in ("it", "its"):
            return self._plurals.it(part.first)
        if part.head not in AGREEMENT:
            return Choice(None)
        return self._pronouns.resolve(self._query(part, statement))

    def _query(self, part: Part, statement: Statement) -> Query:
        own = self._own(statement)
        barred = {
            referent.number
            for outer in self._around(statement)
            for referent in self._decided[outer.id].speakers
        }
        if statement.mode == "direct":
            barred |= self._named_in(own)
        elif part.head in SUBJECTS:
            end = self._parse.sentences[self._parse.sentence_of[part.first]].last
            after = tuple((a, min(b, end)) for a, b in own if part.last <= a < end)
            barred |= self._named_in(after)
        return Query(part.first, AGREEMENT[part.head], own, frozenset(barred))

    def _own(self, statement: Statement) -> tuple[tuple[int, int], ...]:
        """Return the tokens of the statement's words."""
        starts = self._parse.starts
        return tuple(
            (bisect_left(starts, span.start), bisect_left(starts, span.end))
            for span in statement.content
        )

    def _named_in(self, spans: tuple[tuple[int, int], ...]) -> set[int]:
        """Return who is named there: nobody who is "he" already is named after it (Chomsky 1981)."""
        of_name = self._cast.of_name
        return {
            of_name[token].number for a, b in spans for token in range(a, b) if token in of_name
        }

    def _around(self, statement: Statement) -> list[Statement]:
        """Return decided direct statements whose content holds the source of *statement*."""
        source = statement.source
        if source is None:
            return []
        place = bisect_right(self._quoted, source.start, key=itemgetter(0))
        numbers: set[int] = set()
        while place and self._reach[place - 1] >= source.end:
            place -= 1
            if self._quoted[place][1] >= source.end:
                numbers.add(self._quoted[place][2])
        around = (self._statements[number] for number in sorted(numbers))
        return [one for one in around if one.id in self._decided and one is not statement]

    def _first_person(self, statement: Statement) -> Choice:
        outers = self._around(statement)
        if not outers and statement.within is not None:
            outers = [self._by_id[statement.within]]
        for outer in reversed(outers):
            decision = self._decided.get(outer.id)
            if decision is not None and len(decision.speakers) == 1:
                return Choice(decision.speakers[0], (), "first-person")
        return Choice(None)

    def _hear_name(self, part: Part, statement: Statement, heard: _Heard) -> None:
        name = part.name
        if name is None or (name.kind == "place" and self._is_where(part.first)):
            return
        document = self._descriptions.documents.released(name.first)
        if document is not None:
            self._hear_nominal(document, statement, heard)
            return
        candidates = self._cast.open_names.get(name.first)
        if candidates is not None:
            heard.candidates += candidates
            heard.methods.append("name:open")
            self._open.append((part, candidates))
            return
        family = self._cast.families.get(name.first)
        if family is not None:
            for one in family:
                self._take(part, one, "family", heard)
            return
        referent = self._cast.of_name.get(name.first) or self._descriptions.named(name)
        heard.speakers.append(referent)
        heard.methods.append("name")
        for description in part.apposed:
            self._descriptions.describe(referent, description)
            heard.on_behalf += self._principal(description, statement)
        heard.on_behalf += self._descriptions.principals(referent)

    def _is_where(self, token: int) -> bool:
        """Return whether a preposition stands right before: a place is no speaker there."""
        return token > 0 and self._parse.lowers[token - 1] in self._vocabulary.classes["where"]

    def _principal(self, part: Part, statement: Statement) -> list[Referent]:
        """Return for whom a lawyer or spokesman speaks."""
        if not self._descriptions.relays(part.head):
            return []
        owner = part.owner
        if owner is None:
            if part.modifier is None or part.modifier.kind == "title":
                return []
            owner = Part(part.modifier.first, part.modifier.last, "name", name=part.modifier)
        referent = self._owner(owner, statement)
        return [referent] if referent is not None else []

    def _owner(self, owner: Part, statement: Statement) -> Referent | None:
        if owner.kind == "name" and owner.name is not None:
            return self._cast.of_name.get(owner.name.first) or self._descriptions.named(owner.name)
        if owner.kind == "pronoun":
            if owner.head in AGREEMENT:
                return self._pronouns.resolve(self._query(owner, statement)).referent
            return self._pronoun(owner, statement).referent
        whose = self._owner(owner.owner, statement) if owner.owner is not None else None
        return self._descriptions.resolve(owner, whose, self._pronouns).referent

    def _hear_nominal(self, part: Part, statement: Statement, heard: _Heard) -> None:
        if part.head in self._vocabulary.classes["thing"]:
            return  # "details of the plan" are nobody
        owner = self._owner(part.owner, statement) if part.owner is not None else None
        choice = self._descriptions.resolve(part, owner, self._pronouns)
        if choice.referent is None:
            if choice.candidates:
                heard.candidates += choice.candidates
                heard.methods.append(choice.method)
                self._open.append((part, choice.candidates))
            return
        self._take(part, choice.referent, choice.method, heard)
        if self._descriptions.relays(part.head):
            heard.on_behalf += self._principal(part, statement)
        heard.on_behalf += self._descriptions.principals(choice.referent)

    def _take(self, part: Part, referent: Referent, method: str, heard: _Heard) -> None:
        kind: MentionKind = "pronoun" if part.kind == "pronoun" else "nominal"
        place = Place(part.first, part.last, kind, method)
        counts = referent.kind == "person" or referent.noun in self._vocabulary.role_nouns
        if referent.mention(place, resolved=True) and counts:
            self._pronouns.note(place, referent)
        heard.speakers.append(referent)
        heard.methods.append(method)

    def _via(self, statement: Statement) -> tuple[Referent, ...]:
        """Return who passed the words on: "said through a spokesman", "via her lawyer"."""
        anchors = [span.end for span in _roles(statement)]
        if not anchors:
            return ()
        first = bisect_left(self._parse.starts, max(anchors))
        relay = self._vocabulary.classes["relay"]
        if first >= len(self._parse.words) or self._parse.lowers[first] not in relay:
            return ()
        last = min(first + 6, len(self._parse.words))
        for token in range(first + 1, last):
            noun = plain(self._parse.words[token])
            if self._descriptions.relays(noun):
                part = self._reader.read(first + 1, token + 1)
                heard = _Heard()
                for one in part:
                    self._hear(one, statement, heard)
                return tuple(heard.speakers)
        return ()


def _position(statement: Statement) -> tuple[int, int]:
    source = statement.source
    start = source.start if source is not None else statement.content[0].start
    return start, statement.content[0].start


def _roles(statement: Statement) -> list[Span]:
    return [span for span in (statement.source, statement.cue) if span is not None]
