"""Whether a name is a person's: what an article prints beside it for and against."""

from collections.abc import Collection, Sequence

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.referents import Cast, Place, Referent
from onrecord.annotate.vocabulary import Vocabulary

__all__ = ["is_shown", "is_vouched", "may_be_person", "name_bodies"]

_SPEAKS = frozenset(("added", "asked", "said", "says", "told"))
_LONGEST = 8
"""Tokens of an apposition that are read for its noun."""


def is_vouched(parse: Parse, referent: Referent, vocabulary: Vocabulary) -> bool:
    """Return whether anything printed says that a name is a person's.

    A lone capitalised word may be a town, a month or a newspaper.
    """
    return is_shown(parse, referent, vocabulary) or any(
        _speaks(parse, place) for place in referent.places
    )


def is_shown(parse: Parse, referent: Referent, vocabulary: Vocabulary) -> bool:
    """Return whether more than speaking, which bodies do too, says that a name is a person's.

    A title, a role, an age, a known given name, or a fuller name that is shortened to its last
    word ("Ilva Dorn", "Dorn").
    """
    if referent.titles or referent.roles or referent.handles or not referent.names:
        return True
    if any(_is_given(name.words[0], vocabulary) for name in referent.names):
        return True
    families = {name.family for name in referent.names if len(name.words) > 1}
    if any(form.casefold() in families for form in referent.printed):
        return True
    return any(
        _is_introduced(parse, place.last) or _follows_role(parse, place.first, vocabulary)
        for place in referent.places
    )


def _is_given(word: str, vocabulary: Vocabulary) -> bool:
    return word in vocabulary.given and word not in vocabulary.classes["month_or_name"]


def _speaks(parse: Parse, place: Place) -> bool:
    """Return whether a verb of speech stands right beside a name: "Dorn told", "said Dorn"."""
    after = parse.lowers[place.last : place.last + 1]
    before = parse.lowers[max(0, place.first - 1) : place.first]
    return bool({*after} & _SPEAKS) or before == ("said",)


def may_be_person(parse: Parse, referent: Referent, vocabulary: Vocabulary) -> bool:
    """Return whether a name can be a person's: it has more words, is vouched for, or acts.

    A lone word that is the subject of no verb is a town's, a month's or a newspaper's.
    """
    if not referent.is_lone or is_vouched(parse, referent, vocabulary):
        return True
    return any(_acts(parse, place.last, vocabulary) for place in referent.places)


def _acts(parse: Parse, token: int, vocabulary: Vocabulary) -> bool:
    """Return whether a finite verb follows, an adverb passed over, or a description.

    "Dorn has", "Dorn then took", "Dorn, the bus driver".
    """
    classes = vocabulary.classes
    if parse.lowers[token : token + 2] in ((",", "a"), (",", "an"), (",", "the")):
        return True
    for word in parse.lowers[token : token + 2]:
        if word in vocabulary.verbs or word in classes["finite"] or word.endswith("ed"):
            return True
        if word not in classes["before_verb"] and not word.endswith("ly"):
            return False
    return False


def _follows_role(parse: Parse, token: int, vocabulary: Vocabulary) -> bool:
    """Return whether a noun for a person stands right before: "her husband Ger", "brother, Ger"."""
    before = parse.lowers[max(0, token - 2) : token]
    if before[-1:] == (",",):
        before = before[:-1]
    return bool(before) and before[-1] in vocabulary.role_nouns


def _is_introduced(parse: Parse, token: int) -> bool:
    """Return whether an age or a clause about a person follows: "Dorn, 34,", "Dorn, a rower who"."""
    lowers = parse.lowers
    if lowers[token : token + 1] != (",",):
        return False
    after = lowers[token + 1 : token + 2]
    if after and (after[0].isdigit() or after[0] in ("who", "whose")):
        return True
    for word in lowers[token + 1 : token + _LONGEST]:
        if word == "who":
            return True
        if not word[0].isalpha():
            return False
    return False


def name_bodies(
    parse: Parse, names: Sequence[PrintedName], cast: Cast, vocabulary: Vocabulary
) -> None:
    """Make the names bodies' that the text calls so: "the firm Orva Lane", "Orva, a charity"."""
    called: dict[int, int] = {}
    for name in names:
        referent = cast.of_name.get(name.first)
        if referent is not None and referent.kind == "person" and not referent.titles:
            proof = _is_called_body(parse, name, vocabulary)
            called[referent.number] = called.get(referent.number, 0) + proof
    for referent in cast.referents:
        if called.get(referent.number):
            referent.kind = "organisation"
            for one in referent.names:
                cast.bodies.setdefault(frozenset(one.words), referent)


def _is_called_body(parse: Parse, name: PrintedName, vocabulary: Vocabulary) -> bool:
    """Return whether a noun beside a name, or what it owns, says that it is a body's or a place's.

    "the firm Orva Lane", "Orva Lane, a charity", "the president of Orva", "Orva Lane's shares".
    """
    if name.title:
        return False
    lowers, classes = parse.lowers, vocabulary.classes
    after = lowers[name.last : name.last + 2]
    if name.possessive:
        return bool(after) and after[0] in classes["owned_by_body"]
    before = lowers[max(0, name.first - 2) : name.first]
    if before[-1:] and before[-1] in vocabulary.bodies:
        return before[-2:-1] == () or before[-2] not in classes["preposition"]
    if before[-1:] == ("of",) and before[-2:-1] and before[-2] in classes["heads_body"]:
        return True
    if len(after) < 2 or after[0] != "," or after[1] not in classes["article"]:  # noqa: PLR2004
        return False
    return _head_after(parse, name.last + 2, classes["role_end"]) in vocabulary.bodies


def _head_after(parse: Parse, first: int, ends: Collection[str]) -> str:
    """Return the last word of the noun phrase that goes on at *first*."""
    head = ""
    for word in parse.lowers[first : first + _LONGEST]:
        if not word[0].isalpha() or word in ends:
            break
        head = word
    return head
