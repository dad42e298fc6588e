"""What the words of a run of capitals say by themselves: titles, the name, and its kind.

Nothing of the article is looked at, so the same run is read once for a whole story.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from onrecord.annotate.vocabulary import Vocabulary
from onrecord.folding import fold
from onrecord.naming import Name, name_of, plain

__all__ = ["QUOTES", "NameKind", "NameRun", "read_run"]

NameKind = Literal["person", "organisation", "place", "people", "title", "unknown"]

QUOTES = frozenset("\"“”‘’'()")
"""Marks around a nickname."""
_LONGEST_ACRONYM = 6
_DOERS = ("er", "ist", "or")
"""How words for those who do something end."""
_REMEMBERED = 16_384
"""Runs kept at hand: the same come back all through a story."""


class NameRun(NamedTuple):
    """What the words of a run say by themselves; its titles end at `core`."""

    core: int
    name: Name
    kind: NameKind


@lru_cache(maxsize=_REMEMBERED)
def read_run(words: tuple[str, ...], vocabulary: Vocabulary) -> NameRun:
    """Return the name in the words of a run, and its kind."""
    if _is_member(words, vocabulary):
        return NameRun(0, name_of(words, frozenset()), "title")
    core = _after_titles(words, vocabulary)
    named = _name_words(words[core:] or words)
    kind: NameKind = "title"
    if core < len(words):
        kind = _kind(named, vocabulary)
        if core and kind in ("unknown", "place", "people"):
            kind = "person"
    return NameRun(core, name_of(named, vocabulary.suffixes, vocabulary.particles), kind)


def _is_member(words: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Return whether letters of an office say what somebody is: "Labour MP", "TDs", "KC".

    Behind a whole name ("Ana Ruiz MP") they are a part of it.
    """
    *before, letters = [plain(word) for word in words]
    silk = letters in vocabulary.classes["silk_letters"]
    if not silk and letters not in vocabulary.classes["member_letters"]:
        return False
    if not before or (letters.endswith("s") and words[-1].endswith("s")):
        return True
    first = before[0]
    if first in vocabulary.peoples or first in vocabulary.places:
        return not silk
    title = vocabulary.title(first)
    person = first in vocabulary.given or (title is not None and title.kind == "honorific")
    return not silk and len(before) == 1 and not person


def _name_words(run: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a run; a nickname in marks is left out."""
    if len(run) == 1:
        return run if _is_spelt(run[0]) else ()
    words: list[str] = []
    skip = -1
    for place, word in enumerate(run):
        if word in QUOTES and skip < place:
            skip = place + 2
        if place > skip and _is_spelt(word):
            words.append(word)
    return tuple(words)


def _is_spelt(word: str) -> bool:
    return word[0].isalnum() or word == "&"


def _after_titles(words: tuple[str, ...], vocabulary: Vocabulary) -> int:
    """Return the place after the last title of a run, or 0 where it has none.

    A title word after a given name is a family name ("Stephen King"), and one that ends the
    name of an office takes its "of ..." along ("Secretary of State Ana Ruiz").
    """
    run = [fold(word) for word in words]
    if _opens_with_role(words, run, vocabulary) or _opens_with_noun(run, vocabulary):
        return 1
    if vocabulary.titled.isdisjoint(run) and not any("-" in word for word in run):
        return 0
    core = place = 0
    while place < len(run):
        lower = run[place]
        behind = 0 < place == len(run) - 1 and lower in vocabulary.suffixes  # "Ana Ruiz MP"
        title = vocabulary.title(lower) is not None and not behind
        if title and not _is_family_name(run, place, vocabulary):
            place = core = _skip_office(run, place + 1, vocabulary)
            continue
        party = lower in vocabulary.peoples and len(run) - place > 2  # noqa: PLR2004 -- given and family
        member = lower in vocabulary.role_nouns  # "Democrat", not "Democratic"
        if party and (member or run[place + 1] in vocabulary.given):
            core = place + 1
        place += 1
    if 0 < core < len(run) and _is_organisation(words[core:], run[core], vocabulary):
        return 0
    return core


def _opens_with_role(words: Sequence[str], run: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Return whether what somebody does stands before a given name, as a page opens with it.

    "LOCK-KEEPER Des Moll" in capitals, longer than an acronym, or "Lock-keeper Des Moll".
    """
    if len(words) < 3 or run[0] in vocabulary.given:  # noqa: PLR2004 -- a role and two names
        return False
    letters = words[0].replace("-", "")
    shouted = letters.isalpha() and letters.isupper() and not words[1].isupper()
    doer = words[0].rpartition("-")[2]
    if doer != words[0] and doer.lower().endswith(_DOERS):
        return shouted or doer.islower()
    return shouted and len(letters) > _LONGEST_ACRONYM and run[1] in vocabulary.given


def _opens_with_noun(run: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Return whether a noun for a role opens a sentence and a name: "Builder Des Moll".

    "Baker Hughes" has no third word, and nobody is called "Mother-of-two".
    """
    if len(run) < 3 or run[0] in vocabulary.given or vocabulary.title(run[0]) is not None:  # noqa: PLR2004
        return False
    noun, joint, _ = run[0].partition("-of-")
    person = run[1] in vocabulary.given or bool(joint)
    return noun in vocabulary.role_nouns and person


def _is_family_name(run: Sequence[str], place: int, vocabulary: Vocabulary) -> bool:
    """Return whether a title word is a family name, a nickname or ("Dean Ross") a given name."""
    before = run[place - 1] if place else ""
    if before in QUOTES:  # a nickname ("Duke") is no title
        return True
    if before == "." and place > 1:
        if len(run[place - 2]) == 1:
            return True
        before = run[place - 2]
    title = vocabulary.title(run[place])
    if before and place == len(run) - 1:
        called = vocabulary.title(before)
        honoured = called is not None and called.kind == "honorific"
        if honoured and title is not None and title.kind not in ("honorific", "office"):
            return True  # "Mr. Cardinal"
    if run[place] in vocabulary.given and len(run) - place == 2:  # noqa: PLR2004 -- two words
        return True
    known = before in vocabulary.given and before not in vocabulary.peoples
    return known and vocabulary.title(before) is None


def _skip_office(run: Sequence[str], place: int, vocabulary: Vocabulary) -> int:
    end = len(run)
    if place < end and run[place] == ".":
        place += 1
    if place + 1 < end and run[place] in ("of", "for"):
        after = place + 2 if run[place + 1] == "the" else place + 1
        while after < end and run[after] in vocabulary.offices:
            place = after = after + 1
    return place


def _is_organisation(words: Sequence[str], first: str, vocabulary: Vocabulary) -> bool:
    if _is_company([plain(word) for word in words], vocabulary):
        return True
    return first not in vocabulary.given and any(
        plain(word) in vocabulary.organisation_words for word in words
    )


def _kind(words: tuple[str, ...], vocabulary: Vocabulary) -> NameKind:
    """Return what the words name, by word lists and shape; "unknown" where both are silent."""
    keys = [plain(word) for word in words]
    phrase = " ".join(keys)
    known = phrase in vocabulary.organisation_names or phrase.endswith(" white house")
    if known or _is_company(keys, vocabulary):
        return "organisation"
    if _is_given_first(keys, vocabulary):
        return "person"
    if any(key in vocabulary.organisation_words for key in keys) or "&" in words:
        return "organisation"
    if phrase in vocabulary.places or keys[-1] in vocabulary.place_words:
        return "place"
    if _is_people(keys[-1], vocabulary):
        return "people"
    return _kind_by_shape(words, keys, vocabulary)


def _is_company(keys: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Return whether a name ends like a company's ("Kelder Ferries", "Kelder Bakery")."""
    if len(keys) == 1 or keys[-1] in vocabulary.company_words:
        return len(keys) > 1
    return keys[-1] in vocabulary.classes["company_or_family"] and keys[0] not in vocabulary.given


def _is_given_first(keys: list[str], vocabulary: Vocabulary) -> bool:
    """Return whether a given name opens a person's name, not a body's ("Virginia Bar")."""
    if len(keys) == 1 or keys[0] not in vocabulary.given:
        return False
    if len(keys) == 2:  # noqa: PLR2004 -- "Bill Press" is a name
        member = keys[1] in vocabulary.peoples and keys[1] in vocabulary.role_nouns
        state = member and keys[0] in vocabulary.places  # "Georgia Democrat"
        return keys[1] not in vocabulary.classes["common_body"] and not state
    return not any(key in vocabulary.organisation_words for key in keys)


def _is_people(key: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word names members of a party, people or faith, or a place's people."""
    if key in vocabulary.peoples or key.partition("-")[0] in vocabulary.peoples:
        return True
    if key in vocabulary.given:
        return False
    for ending in ("eans", "ians", "ans", "ean", "ian", "an"):
        if key.endswith(ending):
            return key.removesuffix(ending).rstrip("aeiouy") in vocabulary.place_stems
    return False


def _kind_by_shape(words: tuple[str, ...], keys: list[str], vocabulary: Vocabulary) -> NameKind:
    if len(words) == 1:
        word = words[0].removesuffix("'s").removesuffix("’s")
        letters = word.replace(".", "")
        if letters.isupper() and 1 < len(letters) <= _LONGEST_ACRONYM:
            return "organisation"
        if "." in word.strip(".") and not letters.isupper():
            return "organisation"
        return "person" if keys[0] in vocabulary.given else "unknown"
    if keys[0] not in vocabulary.given and _starts_with_place(keys, vocabulary):
        return "organisation"
    initial = any(len(key) == 1 for key in keys)
    particle = any(key in vocabulary.particles for key in keys[1:-1])
    if initial or particle or keys[0] in vocabulary.given or keys[-1] in vocabulary.suffixes:
        return "person"
    return "unknown"


def _starts_with_place(keys: list[str], vocabulary: Vocabulary) -> bool:
    """Return whether a place opens the name: a team or a paper ("Kingsport Rovers")."""
    return keys[0] in vocabulary.places or " ".join(keys[:2]) in vocabulary.places
