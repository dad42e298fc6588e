"""The cast of one article: printed names grouped by the person or body they name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.referents import Cast, Place, Referent
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.naming import Name, agree, family_key, is_mixed_script, plain

__all__ = ["assemble", "printed_form"]

_SHORTEST_INITIALS = 3
"""Two letters abbreviate too much."""
_ORDINARY = ("ing", "ly", "ed", "tion", "ness", "ment", "ity", "ers")
"""Endings of ordinary words that open a sentence."""
_REMEMBERED = 16_384
"""Names whose short forms are kept at hand."""
_CALLED = 2
"""So often must a bare family name have been one bearer's alone to go on as theirs."""
_OFTEN, _FAR_MORE = 3, 3
"""So often, and so many times more often than another bearer, must somebody be named in full."""
_TWO_FAMILY_NAMES = 3
"""Words of the shortest name that can hold two family names."""


def assemble(parse: Parse, names: Sequence[PrintedName], vocabulary: Vocabulary) -> Cast:
    """Return the cast that *names* name: full names first, then lone family names."""
    return _Assembly(parse, vocabulary).run(names)


def printed_form(parse: Parse, name: PrintedName, *, with_title: bool) -> str:
    """Return a name as printed, without possessive ending and the letters of an office."""
    first = name.first if with_title else name.core
    last = name.last - 1
    while last > first and _is_letters(parse.words[last], name.name):
        last -= 1 + (parse.words[last - 1] == ",")
    words = parse.text[parse.starts[first] : parse.ends[last]]
    for ending in ("'s", "’s"):
        words = words.removesuffix(ending)
    return " ".join(words.split())


def _is_letters(word: str, name: Name) -> bool:
    """Return whether a word behind a name is letters that its reading left out: "KC"."""
    return word.isupper() and not name.suffix and plain(word) not in name.family.split()


class _Assembly:
    """Groups the names of one article."""

    __slots__ = (
        "_called",
        "_cast",
        "_families",
        "_honorifics",
        "_parse",
        "_plainly",
        "_small",
        "_vocabulary",
    )

    def __init__(self, parse: Parse, vocabulary: Vocabulary) -> None:
        self._parse = parse
        self._vocabulary = vocabulary
        self._small = vocabulary.classes["small"]
        self._cast = Cast()
        self._families: set[str] = set()
        self._plainly: set[str] = set()
        self._honorifics: dict[str, str] = {}
        self._called: Counter[tuple[int, str]] = Counter()

    def run(self, names: Sequence[PrintedName]) -> Cast:
        self._read_honorifics(names)
        persons, bodies, lone = self._sort(names)
        for name in sorted(persons, key=lambda item: (-len(item.name.words), item.first)):
            self._place(self._person(name), name)
        known = {word for name in persons for word in name.name.words}
        known.update(item.name.words[0] for item in lone if not item.opening)
        for name in bodies:
            self._body(name)
        self._kin(persons)
        for name in lone:
            certain = name.title or not name.opening or name.kind in ("person", "organisation")
            if certain or name.name.words[0] in known or self._acts(name):
                self._lone(name)
        return self._cast

    def _read_honorifics(self, names: Iterable[PrintedName]) -> None:
        """Note which honorifics each family name has: "m" of Mr. Ruiz, "mf" of Mrs. Ruiz too."""
        for name in names:
            for word in map(plain, name.title.split()):
                title = self._vocabulary.title(word)
                known = self._honorifics.get(name.name.family, "")
                if title is not None and title.kind == "honorific" and title.agreement not in known:
                    self._honorifics[name.name.family] = known + title.agreement

    def _sort(
        self, names: Sequence[PrintedName]
    ) -> tuple[list[PrintedName], list[PrintedName], list[PrintedName]]:
        """Return names of persons in full, of bodies, and lone words."""
        persons: list[PrintedName] = []
        bodies: list[PrintedName] = []
        lone: list[PrintedName] = []
        self._families = {one.name.family for one in names if len(one.name.words) > 1}
        self._plainly = {
            one.name.family for one in names if len(one.name.words) == 1 and not one.title
        }
        the = self._after_articles(names)
        for name in names:
            single = len(name.name.words) == 1
            if not name.name.words or name.kind in ("title", "people"):
                continue
            if name.kind == "organisation":
                (lone if single and not self._after_the(name) else bodies).append(name)
            elif single and not (name.kind == "unknown" and self._is_town(name)):
                is_body = name.name in the and not name.title and name.kind == "unknown"
                (bodies if is_body and not self._is_family(name) else lone).append(name)
            elif name.kind != "place" and not single:
                is_body = name.kind == "unknown" and name.name in the
                (bodies if is_body else persons).append(name)
        return persons, bodies, lone

    def _after_articles(self, names: Sequence[PrintedName]) -> set[Name]:
        """Return names of unknown kind that mostly follow "the": of a body, not of a person.

        "The Ruiz campaign" is no proof: there the article belongs to the noun.
        """
        counts: dict[Name, int] = {}
        known = self._vocabulary
        for one in names:
            if one.kind == "unknown" and not one.possessive:
                after = self._parse.lowers[one.last] if one.last < len(self._parse.lowers) else ""
                after = plain(after)  # "the Ruiz campaign's"
                noun = after in known.bodies or after in known.groups or after in known.role_nouns
                proof = self._after_the(one) and not noun
                against = 0 if one.name.family.endswith("s") else -1  # a team: "Rovers"
                counts[one.name] = counts.get(one.name, 0) + (1 if proof else against)
        return {name for name, count in counts.items() if count > 0}

    def _acts(self, name: PrintedName) -> bool:
        """Return whether the first word of a sentence does what names do: own, or act."""
        word = name.name.words[0]
        ordinary = word.endswith(_ORDINARY) or word in self._vocabulary.role_nouns
        ordinary = ordinary or word in self._vocabulary.classes["day_word"]
        verb = self._parse.lowers[name.last] if name.last < len(self._parse.lowers) else ""
        after = self._parse.lowers[name.last + 1 : name.last + 2]
        aged = verb == "," and bool(after) and after[0].isdigit()
        described = verb == "," and after in (("who",), ("a",), ("an",), ("the",), ("whose",))
        return not ordinary and (
            name.possessive or described or aged or verb in self._vocabulary.verbs
        )

    def _is_town(self, name: PrintedName) -> bool:
        """Return whether a place follows after a comma ("Kingsport, Ohio")."""
        after = self._parse.lowers[name.last : name.last + 2]
        return after[:1] == (",",) and after[-1] in self._vocabulary.places

    def _is_family(self, name: PrintedName) -> bool:
        """Return whether a name after "the" is a family's ("the Ruizes")."""
        word = name.name.words[0]
        return word.endswith("s") and bool({word, word[:-1], word[:-2]} & self._families)

    def _after_the(self, name: PrintedName) -> bool:
        return name.first > 0 and self._parse.lowers[name.first - 1] in ("the", "a", "an")

    def _person(self, name: PrintedName) -> Referent:
        """Return the referent of a full name, new where no known one agrees."""
        persons = self._cast.persons
        bucket = persons.get(family_key(name.name.family), [])
        fitting = [one for one in bucket if self._fits(one, name.name)]
        if not fitting:
            swapped = persons.get(family_key(name.name.words[0]), [])
            words = sorted(name.name.words)
            fitting = [
                one
                for one in swapped
                if sorted(one.names[0].words) == words and one.names[0].suffix == name.name.suffix
            ]
        if len(fitting) > 1:
            fitting = [one for one in fitting if name.name in one.names]
        if len(fitting) == 1:
            if name.name not in fitting[0].names:
                fitting[0].names.append(name.name)
            return fitting[0]
        referent = self._cast.add("person")
        referent.names.append(name.name)
        for key in dict.fromkeys(map(family_key, _short_forms(name.name))):
            persons.setdefault(key, []).append(referent)
        return referent

    def _fits(self, referent: Referent, name: Name) -> bool:
        if referent.names == [name]:
            return True
        if any(map(is_mixed_script, name.words)) and name not in referent.names:
            return False
        return all(agree(known, name, self._vocabulary.nicknames) for known in referent.names)

    def _place(self, referent: Referent, name: PrintedName) -> None:
        """Note a printed name of *referent*, with the evidence that its title gives."""
        self._cast.of_name[name.first] = referent
        method = "name" if name.name in referent.names else "name:short"
        self._called[referent.number, name.name.family] += method == "name:short"
        referent.mention(Place(name.first, name.last, "name", method))
        referent.print(printed_form(self._parse, name, with_title=False))
        handle = self._handle(name.last)
        if handle and handle not in referent.handles:
            referent.handles.append(handle)
        if not name.title:
            return
        for word in map(plain, name.title.split()):
            title = self._vocabulary.title(word)
            if title is None:
                continue
            referent.mark(title.agreement, 2)
            referent.titles.add(word)
            if title.kind == "honorific":
                form = printed_form(self._parse, name, with_title=True)
                referent.honorific.add(form)
                referent.print(form)

    def _handle(self, token: int) -> str:
        """Return the handle in brackets at *token*: "(@anaruiz)"."""
        words = self._parse.words
        if token + 2 >= len(words) or words[token] != "(" or words[token + 1] != "@":
            return ""
        return "@" + words[token + 2]

    def _body(self, name: PrintedName) -> None:
        bodies = self._cast.bodies
        words = [word for word in name.name.words if word not in self._small] or [*name.name.words]
        key = frozenset(words)
        referent = bodies.get(key) or self._longer_body(key, words)
        if referent is None:
            referent = self._cast.add("organisation")
            referent.names.append(name.name)
            bodies[key] = referent
            for some in (words, name.name.words):
                initials = "".join(word[0] for word in some)
                if len(initials) >= _SHORTEST_INITIALS:
                    bodies.setdefault(frozenset((initials,)), referent)
        elif name.name not in referent.names:
            referent.names.append(name.name)
        self._place(referent, name)

    def _longer_body(self, key: frozenset[str], words: Sequence[str]) -> Referent | None:
        """Return the one body whose name *words* shorten, or that shortens *words*."""
        found = {
            referent.number: referent
            for other, referent in self._cast.bodies.items()
            if key < other or other < key
            if self._shortens(key, other, words) or self._shortens(other, key, words)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _shortens(self, short: frozenset[str], long: frozenset[str], words: Sequence[str]) -> bool:
        if not short < long:
            return False
        rest = long - short
        known = self._vocabulary
        legal = rest <= known.classes["legal_form"] or rest <= known.places
        return (
            legal
            or rest <= known.company_words
            or (len(short) > 1 and words[-1] in short and len(rest) == 1)
        )

    def _kin(self, persons: Iterable[PrintedName]) -> None:
        """Note who is introduced as a relative ("his wife, Ana Ruiz"): a lone name is not theirs."""
        lowers = self._parse.lowers
        for name in persons:
            last = name.first - 1 if lowers[name.first - 1 : name.first] == (",",) else name.first
            near = [*lowers[max(0, last - 1) : last]]
            after = lowers[name.last : name.last + 4]
            if after[:1] == (",",):
                near += after[1:]
            for word in near:
                noun = self._vocabulary.role_nouns.get(word)
                if noun is not None and "kin" in noun.classes:
                    referent = self._cast.of_name[name.first]
                    referent.mark(noun.agreement, 2)
                    referent.titles.add("kin")

    def _lone(self, name: PrintedName) -> None:
        """Give a lone word to the one person it can stand for, else to a new referent."""
        word = name.name.words[0]
        if self._family(name):
            return
        known = self._cast.persons.get(family_key(word), ())
        bucket = [one for one in known if _is_short(one, word)]
        if name.kind == "place" and (not bucket or self._is_where(name)):
            return
        if name.kind == "organisation" and (not bucket or self._is_capitals(name)):
            self._body(name)
            return
        candidates = self._narrow(bucket, name) or self._team(name)
        if len(candidates) == 1:
            self._place(candidates[0], name)
        elif candidates:
            self._cast.open_names[name.first] = tuple(candidates)
        elif not self._is_kind(name):
            referent = self._cast.add("person")
            referent.names.append(name.name)
            self._cast.persons.setdefault(family_key(word), []).append(referent)
            self._place(referent, name)

    def _is_kind(self, name: PrintedName) -> bool:
        """Return whether a lone word says what somebody is ("a former Marine in the north")."""
        lowers = self._parse.lowers
        first = name.first - 1
        if first > 0 and self._parse.words[first].islower() and lowers[first] not in ("a", "an"):
            first -= 1
        printed = self._parse.words[name.core]
        if printed[:-1].isupper() and printed.endswith("s") and len(printed) > 2:  # noqa: PLR2004
            return True  # "MPs"
        if first < 0 or lowers[first] not in ("a", "an") or name.title or name.possessive:
            return False
        after = lowers[name.last] if name.last < len(lowers) else "."
        return not after[0].isalpha() or after in self._vocabulary.classes["role_end"]

    def _team(self, name: PrintedName) -> list[Referent]:
        """Return the one body that a word shortens: "Rovers" of "Kingsport Rovers"."""
        word = name.name.words[0]
        if name.title:
            return []
        found = self._longer_body(frozenset((word,)), [word])
        if found is None or not (word.endswith("s") or self._is_company(found)):
            return []
        return [found]

    def _is_company(self, body: Referent) -> bool:
        """Return whether one word may stand for a body: "Kelder" for "Kelder Ferries"."""
        return any(name.family in self._vocabulary.company_words for name in body.names)

    def _family(self, name: PrintedName) -> bool:
        """Note whom "the Ruizes" are, where more than one Ruiz is named; return whether so."""
        word = name.name.words[0]
        if not word.endswith("s") or not self._after_the(name):
            return False
        for base in (word[:-1], word[:-2]):
            known = self._cast.persons.get(family_key(base), ()) if base else ()
            found = [one for one in known if any(base == name.family for name in one.names)]
            if len(found) > 1:
                self._cast.families[name.first] = tuple(found)
                return True
        return False

    def _is_capitals(self, name: PrintedName) -> bool:
        return self._parse.words[name.core].removesuffix("'s").removesuffix("’s").isupper()

    def _is_where(self, name: PrintedName) -> bool:
        where = self._vocabulary.classes["where"]
        return name.first > 0 and self._parse.lowers[name.first - 1] in where

    def _narrow(self, bucket: Sequence[Referent], name: PrintedName) -> list[Referent]:
        """Return who a lone name can be.

        By family before given name, by title; no relative, and nobody who only comes in later.
        """
        if len(bucket) <= 1 and not name.title:
            return [*bucket]
        word = name.name.words[0]
        titles = {plain(one) for one in name.title.split()}
        known = [
            self._vocabulary.titles[one] for one in sorted(titles & {*self._vocabulary.titles})
        ]
        wanted = {title.agreement for title in known} - {"-"}
        found = [one for one in bucket if any(word == name.family for name in one.names)]
        found = found or list(bucket)
        found = [one for one in found if not wanted or one.agreement in (*wanted, "")]
        tells = bool(wanted) and word in self._plainly  # "Mrs. Ruiz" beside "Ruiz"
        for keep in (
            [one for one in found if wanted and one.agreement in wanted],
            [one for one in found if one.titles & titles],
            [one for one in found if "kin" not in one.titles],
            [one for one in found if not tells and self._is_before(one, name)],
        ):
            if len(found) > 1 and keep:
                found = keep
        return self._by_use(found, name) if len(found) > 1 else found

    def _by_use(self, found: list[Referent], name: PrintedName) -> list[Referent]:
        """Return whom the article calls by the bare family name that several bear.

        Whoever has been called so goes on to be; a relative is named in full. Else whoever is named
        in full far more often. "Mr. Ruiz" may be either where the article has a Mrs. Ruiz too.
        """
        if name.title and not self._is_only_honorific(name):
            return found
        called = [one for one in found if self._called[one.number, name.name.family]]
        if len(called) == 1 and self._called[called[0].number, name.name.family] >= _CALLED:
            return called
        first, second = sorted(found, key=_times_in_full)[:-3:-1]
        often, seldom = _times_in_full(first), _times_in_full(second)
        return [first] if often >= _OFTEN and often >= _FAR_MORE * seldom else found

    def _is_only_honorific(self, name: PrintedName) -> bool:
        """Return whether a title is an honorific, and the only one of that family name.

        "Mrs. Ruiz" beside a bare "Ruiz" may be the other one.
        """
        family = name.name.family
        titles = map(self._vocabulary.title, map(plain, name.title.split()))
        kinds = {title.kind if title else "" for title in titles}
        alone = kinds == {"honorific"} and len(self._honorifics.get(family, "")) == 1
        return alone and family not in self._plainly

    def _is_before(self, referent: Referent, name: PrintedName) -> bool:
        """Return whether more than one word of a referent's name is printed before a name."""
        return any(
            place.first < name.first and place.last - place.first > 1 for place in referent.places
        )


@lru_cache(maxsize=_REMEMBERED)
def _short_forms(name: Name) -> tuple[str, ...]:
    """Return the words that alone may stand for a name: family name, parts of it, given name."""
    words = [name.family, name.family.rpartition(" ")[2], *name.family.split("-")]
    if len(name.words) >= _TWO_FAMILY_NAMES and len(name.words[-2]) > 1:
        words.append(name.words[-2])
    words.append(name.words[0])
    return tuple(words)


def _times_in_full(referent: Referent) -> int:
    """Return how often a referent is named by more than one word."""
    return sum(times for form, times in referent.printed.items() if " " in form)


def _is_short(referent: Referent, word: str) -> bool:
    return any(word in _short_forms(name) for name in referent.names)
