"""Descriptions without a name: roles, bodies and groups, matched within an article."""

from bisect import bisect_left

from onrecord.annotate.antecedents import Antecedents
from onrecord.annotate.cast import printed_form
from onrecord.annotate.cues import NOBODY
from onrecord.annotate.documents import Documents
from onrecord.annotate.found import Parse
from onrecord.annotate.leads import Leads
from onrecord.annotate.names import PrintedName
from onrecord.annotate.offices import Offices
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.personhood import is_vouched, may_be_person
from onrecord.annotate.portfolios import is_other_office
from onrecord.annotate.pronouns import Choice, Pronouns, Query
from onrecord.annotate.referents import Cast, Place, Referent, Role
from onrecord.annotate.roles import singular
from onrecord.annotate.vocabulary import RoleNoun, Vocabulary
from onrecord.naming import plain
from onrecord.records import Embed, SpeakerKind

__all__ = ["Descriptions"]

_NONE = RoleNoun("-", frozenset())
_PLAIN = 2
"""Tokens of "a neighbour", which tells nothing of them."""
_NEAR = 2
"""Sentences in which only one of several holders of a role may be named."""

_NO_ONE = frozenset((word,) for word in NOBODY) | {("no", "one")}
"""Sources that are nobody to be listed among who speaks: "nobody asked for that"."""


class Descriptions:
    """Looks up who a description can mean; remembers the nameless of the article."""

    def __init__(
        self,
        parse: Parse,
        cast: Cast,
        reader: SourceReader,
        vocabulary: Vocabulary,
        leads: Leads,
    ) -> None:
        self._leads = leads
        self._parse = parse
        self._cast = cast
        self._reader = reader
        self._vocabulary = vocabulary
        self._verbs = vocabulary.verbs
        self._offices = Offices(parse, cast, reader, vocabulary)
        self._persons = [
            one
            for one in cast.referents
            if one.kind == "person" and one.names and may_be_person(parse, one, vocabulary)
        ]
        self._nameless: dict[tuple[str, ...], Referent] = {}
        self.documents = Documents(parse, cast, reader, vocabulary, self._nameless_document)
        self.antecedents = Antecedents(
            parse, cast, reader, vocabulary, self.named, self.documents.resolve
        )
        self._principals: dict[int, list[Referent]] = {}
        self._read_principals()

    def _noun(self, head: str) -> RoleNoun:
        return self._vocabulary.role_nouns.get(singular(head, self._vocabulary), _NONE)

    def relays(self, head: str) -> bool:
        """Return whether *head* names somebody who speaks for others."""
        return "relayer" in self._noun(head).classes

    def principals(self, referent: Referent) -> list[Referent]:
        """Return for whom a named spokesman or lawyer speaks throughout the article."""
        return self._principals.get(referent.number, [])

    def _read_principals(self) -> None:
        for referent in self._cast.referents:
            for role in referent.roles:
                if self.relays(role.noun):
                    self._principal_of(referent, role)

    def _principal_of(self, referent: Referent, role: Role) -> None:
        starts = self._parse.starts
        first, last = bisect_left(starts, role.span.start), bisect_left(starts, role.span.end)
        for part in self._reader.read(first, last)[:1]:
            owner = part.owner.name if part.owner is not None else part.modifier
            if owner is None or owner.kind == "title":
                continue
            principal = self._cast.of_name.get(owner.first)
            if principal is not None and principal is not referent:
                self._principals.setdefault(referent.number, []).append(principal)

    def describe(self, referent: Referent, part: Part) -> None:
        """Note a description beside a name as a role of its referent."""
        noun = singular(part.head, self._vocabulary)
        span = self._parse.span(part.first, part.last)
        known = noun in self._vocabulary.role_nouns or noun in self._vocabulary.peoples
        if not known or any(role.span == span for role in referent.roles):
            return
        referent.mark(self._noun(noun).agreement, 2)
        referent.roles.append(Role(noun, None, span, qualified=True))

    def named(self, name: PrintedName) -> Referent:
        """Return a referent for a name that is nobody's yet: a place or people that speaks."""
        printed = printed_form(self._parse, name, with_title=True)
        kind: SpeakerKind = "person"
        if name.kind in ("place", "people"):
            kind = "organisation" if name.kind == "place" else "group"
        referent = self._same(("name", *name.name.words), kind, printed)
        referent.names = referent.names or [name.name]
        referent.plural = kind == "group"
        referent.noun = name.name.family if kind == "group" else ""
        referent.mention(Place(name.first, name.last, "name", "name"))
        self._cast.of_name[name.first] = referent
        return referent

    def author(self, embed: Embed) -> Referent | None:
        """Return the owner of a post: a known person of that name or handle, else a new one."""
        words = [plain(word) for word in (embed.author or "").split()]
        handle = _bare(embed.handle)
        for referent in self._cast.referents:
            if handle and handle in map(_bare, referent.handles):
                return referent
        for referent in self._cast.referents:
            if words and any(list(name.words) == words for name in referent.names):
                self._own(referent, embed)
                return referent
        printed = embed.author or embed.handle
        if printed is None:
            return None
        referent = self._cast.add("person")
        referent.printed[printed] = 1
        self._own(referent, embed)
        return referent

    def _own(self, referent: Referent, embed: Embed) -> None:
        if embed.handle and _bare(embed.handle) not in map(_bare, referent.handles):
            referent.handles.append(embed.handle)

    def resolve(self, part: Part, owner: Referent | None, pronouns: Pronouns) -> Choice:
        """Return who a description means: a named person of that role, else its own referent."""
        if tuple(self._parse.lowers[part.first : part.last]) in _NO_ONE:
            return Choice(None)
        return self._described(part, owner, pronouns)

    def _described(self, part: Part, owner: Referent | None, pronouns: Pronouns) -> Choice:
        head = singular(part.head, self._vocabulary)
        if head in self._vocabulary.documents or part.head in self._vocabulary.documents:
            return self.documents.resolve(part, owner)
        if part.head == "jury" and "grand" in self._parse.lowers[part.first : part.last]:
            return self.documents.jury(part)
        if part.determiner == "definite" and self._is_body(part.head):
            return self._body(part)
        if part.head in self._vocabulary.groups or head != part.head or self._opens_plural(part):
            return self._group(part, owner)
        if owner is not None:
            return self._owned(part, owner)
        return self._person(part, head, pronouns)

    def _opens_plural(self, part: Part) -> bool:
        """Return whether a bare plural opens the source: "Backers", "Villagers in the valley"."""
        word = self._parse.words[part.first]
        opens = word[0].isupper() and self._parse.lowers[part.first] == part.head
        return opens and part.determiner == "bare" and part.head.endswith("s")

    def _is_body(self, head: str) -> bool:
        """Return whether a noun stands for a body: of the list, or the end of a body's name."""
        if head in self._vocabulary.bodies:
            return True
        return head not in self._vocabulary.role_nouns and any(
            referent.kind == "organisation" and any(name.family == head for name in referent.names)
            for referent in self._cast.referents
        )

    def _person(self, part: Part, head: str, pronouns: Pronouns) -> Choice:
        """Return who a description of one person means; words that describe nobody mean none."""
        known = self._is_person_noun(head, part)
        if known and part.determiner in ("definite", "bare"):
            return self._definite(part, head, pronouns)
        if part.determiner == "bare" and not known:
            return Choice(None)
        later = self._named_later(part, head) if known else None
        return Choice(later or self._new(part), (), "role:lead" if later else "description")

    def pronoun_of_lead(self, token: int, agreement: str) -> Choice:
        """Return whom "she" is in a lead that names nobody: who is named after it."""
        later = self._leads.named_later(token, "", RoleNoun(agreement, frozenset()), self._excludes)
        return Choice(later, (), "pronoun:lead-in")

    def _named_later(self, part: Part, head: str) -> Referent | None:
        """Return whom the article names after a lead that describes them.

        "A neighbour" is no description of who the article is about; "a neighbour who" may be.
        """
        after = self._parse.lowers[part.last : part.last + 1]
        if part.last - part.first <= _PLAIN and after not in (("who",), ("whose",)):
            return None
        return self._leads.named_later(part.first, head, self._noun(head), self._excludes)

    def _is_person_noun(self, head: str, part: Part) -> bool:
        known = head in self._vocabulary.role_nouns or head in self._vocabulary.peoples
        return (
            known or head.endswith("-year-old") or (part.name is None and part.modifier is not None)
        )

    def _printed(self, part: Part) -> str:
        words = " ".join(self._parse.span(part.first, part.last).of(self._parse.text).split())
        if self._reader.name_at(part.last - 1) is not None:
            return words
        return words.removesuffix("'s").removesuffix("’s")  # "the firm's account"

    def _same(self, key: tuple[str, ...], kind: SpeakerKind, printed: str) -> Referent:
        """Return the nameless referent of *key*, new at its first mention."""
        referent = self._nameless.get(key)
        if referent is None:
            referent = self._nameless[key] = self._cast.add(kind)
        referent.printed[printed] = referent.printed.get(printed, 0) + 1
        return referent

    def _nameless_document(self, noun: str, kind: SpeakerKind, part: Part) -> Referent:
        return self._same(("document", noun), kind, self._printed(part))

    def _new(self, part: Part) -> Referent:
        """Return a nameless person; the same words, or "the" and the same noun, come back to it."""
        head = singular(part.head, self._vocabulary)
        known = self._nameless_before(head) if part.determiner == "definite" else None
        printed = self._printed(part)
        if known is not None and (known.kind == "unnamed" or _is_plain(printed)):
            known.printed.setdefault(printed, 1)
            return known
        kind: SpeakerKind = "unnamed"
        if part.head in self._vocabulary.bodies:
            kind = "organisation"
        same = str(part.first) if part.determiner == "indefinite" else printed.casefold()
        key = ("new", same)
        referent = self._same(key, kind, printed)
        referent.noun = head
        referent.mark(self._noun(head).agreement, 2)
        return referent

    def _nameless_before(self, head: str) -> Referent | None:
        """Return the person or body without a name last described by this noun."""
        for known in reversed(self._cast.referents):
            body = known.kind == "organisation" and not known.names and not known.document
            if known.noun == head and (
                known.kind == "unnamed" or (body and all(map(_is_plain, known.printed)))
            ):
                return known
        return None

    def _body(self, part: Part) -> Choice:
        """Return the body last named with the same noun, else the only body named nearby."""
        bodies = [one for one in self._cast.referents if one.kind == "organisation" and one.names]
        same = [one for one in bodies if any(part.head in name.words for name in one.names)]
        if part.modifier is not None:
            words = {*part.modifier.name.words}
            same = [
                one for one in bodies if any(words <= {*name.words} for name in one.names)
            ] or same
        same = [one for one in same if one.last_before(part.first) >= 0]
        if same:
            latest = max(same, key=lambda one: (one.last_before(part.first), -one.number))
            return Choice(latest, (), "body")
        if part.head in self._vocabulary.classes["any_body"]:
            near = self._offices.body(part, bodies)
            if near is not None:
                return Choice(near, (), "body:near")
        only = self._offices.only_of_kind(part, bodies)
        if only is not None:
            return Choice(only, (), "body:kind")
        return Choice(self._new(part), (), "description")

    def _group(self, part: Part, owner: Referent | None) -> Choice:
        """Return a group: the one of the same words, or of the same noun for "the ..."."""
        kind: SpeakerKind = "unnamed"
        if part.head in self._vocabulary.collectives or part.head in self._vocabulary.peoples:
            kind = "group"
        printed = self._printed(part)
        office = self._offices.of_people(part) if owner is None and part.modifier is None else None
        if office is not None:
            return Choice(office, (), "group:office")
        one = self._offices.one_of(part)
        if one is not None:
            return Choice(one, (), "body:one-of")
        if part.determiner == "definite":
            for known in reversed(self._cast.referents):
                if known.plural and known.noun == part.head:
                    known.printed.setdefault(printed, 1)
                    return Choice(known, (), "group")
        whose = str(owner.number) if owner is not None else ""
        key = ("group", part.head, whose, "" if kind == "group" else printed.casefold())
        referent = self._same(key, kind, printed)
        referent.plural = True
        referent.noun = part.head
        return Choice(referent, (), "group")

    def _owned(self, part: Part, owner: Referent) -> Choice:
        """Return "his lawyer": a named person of that role with the same principal, else unnamed."""
        head = singular(part.head, self._vocabulary)
        named = [
            referent
            for referent in self._by_role(head)
            if owner in self._principals.get(referent.number, ()) and referent is not owner
        ]
        if len(named) == 1:
            return Choice(named[0], (), "role:owner")
        if not named and head in self._vocabulary.role_nouns:
            later = self._named_later(part, head)
            if later is not None and later is not owner:
                return Choice(later, (), "role:lead")
        referent = self._same(("owned", head, str(owner.number)), "unnamed", self._printed(part))
        referent.noun = head
        referent.mark(self._noun(head).agreement, 2)
        return Choice(referent, (), "description:owner")

    def _by_role(self, head: str) -> list[Referent]:
        shared = self._noun(head).classes & self._vocabulary.classes["shared_role"]
        return [
            referent
            for referent in self._cast.referents
            if referent.names
            and any(
                role.noun == head or (shared and shared & self._noun(role.noun).classes)
                for role in referent.roles
            )
        ]

    def _definite(self, part: Part, head: str, pronouns: Pronouns) -> Choice:
        """Return who "the president" is: of that role, nearest; none known: its own referent."""
        noun = self._noun(head)
        if head in self._vocabulary.classes["generic_person"]:
            choice = pronouns.resolve(Query(part.first, noun.agreement))
            if choice.referent is not None and choice.referent.agreement == noun.agreement:
                return choice
            return Choice(self._new(part), (), "description")
        found = [
            one
            for one in self._by_role(head)
            if one.last_before(part.first) >= 0 and not self._is_other_office(part, one, head)
            if noun.agreement in ("-", one.agreement) or not one.agreement
        ]
        if len(found) > 1:
            plainly = [
                one
                for one in found
                if any(role.noun == head and not role.qualified for role in one.roles)
            ]
            found = plainly or found
        if len(found) == 1:
            return Choice(found[0], (), "role")
        return self._nearest(found, part.first) if found else self._unmatched(part, head, pronouns)

    def _unmatched(self, part: Part, head: str, pronouns: Pronouns) -> Choice:
        """Return who a description means that no printed role matches."""
        again = self._nameless_before(head) is not None
        generic = "person" in self._noun(head).classes
        role = head in self._vocabulary.role_nouns or head in self._vocabulary.peoples
        role = role or head.endswith("-year-old")
        if part.determiner == "definite" and role and not again and not generic:
            # Who speaks before a judge is named more often than the judge.
            apart = head in self._vocabulary.classes["bench"]
            near = None if apart else self._only_near(part.first)
            if near is not None and not self._is_other(part, near, head):
                return Choice(near, (), "role:only")
            acting = None if apart else self._only_acting(part.first)
            if acting is not None and not self._is_other(part, acting, head):
                return Choice(acting, (), "role:subject")
            later = [
                one
                for one in self._by_role(head)
                if one.last_before(part.first) < 0 and not self._is_other_office(part, one, head)
            ]
            if len(later) == 1:
                return Choice(later[0], (), "role:later")
            spoken = self._in_focus(part, head, pronouns)
            if spoken is not None:
                return Choice(spoken, (), "role:focus")
        named = self._named_later(part, head) if role and not again else None
        return Choice(named or self._new(part), (), "role:lead" if named else "description")

    def _in_focus(self, part: Part, head: str, pronouns: Pronouns) -> Referent | None:
        """Return who a pronoun would be here, for nouns that vary a name: "the retired miner"."""
        noun = self._noun(head)
        aged = head.endswith("-year-old")
        if not aged and not noun.classes & self._vocabulary.classes["varies_name"]:
            return None
        agreement = noun.agreement.strip("-")
        found = pronouns.in_focus(Query(part.first, agreement))
        if found is None or not found.names or self._excludes(found, head):
            return None
        sentence = self._parse.sentence_of[part.first]
        first = self._parse.sentences[sentence].first
        if found.last_before(part.first) >= first or (
            found.is_lone and not self._is_vouched(found)
        ):
            return None  # who is named in the sentence is not described in it as another
        acting = self._acting(sentence - 1)
        if any(one is not found for one in acting):
            return None
        return found

    def _only_near(self, token: int) -> Referent | None:
        """Return the only person named in this and the sentence before."""
        first = self._parse.sentences[max(0, self._parse.sentence_of[token] - 1)].first
        near = [one for one in self._persons if one.last_before(token) >= first]
        here = self._parse.sentences[self._parse.sentence_of[token]].first
        if len(near) != 1 or near[0].last_before(token) >= here:
            return None
        return near[0] if self._is_vouched(near[0]) else None

    def _is_vouched(self, referent: Referent) -> bool:
        return is_vouched(self._parse, referent, self._vocabulary)

    def _only_acting(self, token: int) -> Referent | None:
        """Return the only person who is subject of a verb in the sentence before, for a subject."""
        sentence = self._parse.sentence_of[token]
        if token != self._parse.sentences[sentence].first:
            return None
        acting = self._acting(sentence - 1)
        return acting[0] if len(acting) == 1 and self._is_vouched(acting[0]) else None

    def _acting(self, sentence: int) -> list[Referent]:
        """Return the persons who are subjects of verbs in a sentence."""
        if sentence < 0:
            return []
        first, last, _ = self._parse.sentences[sentence]
        acting = {
            one.number: one
            for one in self._persons
            for place in one.places
            if first <= place.first < last and self._acts(place.last)
            if self._offices.is_subject(place.first)
        }
        return [*acting.values()]

    def _acts(self, token: int) -> bool:
        """Return whether a finite verb stands at *token*."""
        after = self._parse.lowers[token : token + 1]
        return bool(after) and (after[0] in self._verbs or after[0].endswith("ed"))

    def _is_other_office(self, part: Part, referent: Referent, head: str) -> bool:
        return is_other_office(self._parse, part, referent, head, self._vocabulary.classes)

    def _is_other(self, part: Part, referent: Referent, head: str) -> bool:
        return self._excludes(referent, head) or self._is_other_office(part, referent, head)

    def _excludes(self, referent: Referent, head: str) -> bool:
        """Return whether what is printed of a person speaks against calling them *head*."""
        noun = self._noun(head)
        if noun.agreement != "-" and referent.agreement not in ("", noun.agreement):
            return True
        held = self._vocabulary.classes["held_role"]
        others = {name for role in referent.roles for name in self._noun(role.noun).classes}
        return bool(noun.classes & held and others & held)

    def _nearest(self, found: list[Referent], token: int) -> Choice:
        """Return the one mentioned in the last sentences, if no other is."""
        sentence = self._parse.sentence_of[token]
        first = self._parse.sentences[max(0, sentence - _NEAR)].first
        near = [one for one in found if one.last_before(token) >= first]
        if len(near) == 1:
            return Choice(near[0], (), "role:nearest")
        return Choice(None, tuple(near or found), "role:open")

    def plural_noun(self, first: int, last: int) -> Referent:
        """Return the group that a plural noun or name of people at these tokens means."""
        name = self._reader.name_at(first)
        if name is not None:
            return self._cast.of_name.get(name.first) or self.named(name)
        part = Part(first, last, "nominal", head=self._parse.lowers[first])
        choice = self._group(part, None)
        referent = choice.referent or self._new(part)
        referent.mention(Place(first, last, "nominal", "group"), resolved=True)
        return referent


def _bare(handle: str | None) -> str:
    return (handle or "").lstrip("@").casefold()


def _is_plain(printed: str) -> bool:
    """Return whether no name tells a nameless body from others: not "the Ohio company"."""
    return all(word.islower() for word in printed.split()[1:])
