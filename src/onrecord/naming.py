"""Personal names as words: when two printed forms can name one person.

Nothing here knows a person: names are compared by their printed words, by initials, by short
forms of a given name (a table that the caller passes) and by a key that levels common
transliterations. A name says nothing of a person's gender here or anywhere in the package.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord.folding import fold

__all__ = [
    "Name",
    "agree",
    "family_key",
    "is_mixed_script",
    "middles_agree",
    "name_of",
    "nickname_groups",
    "one_edit",
    "plain",
    "same_given",
    "sound",
]

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
)
_REMEMBERED = 16_384
"""Words kept at hand: the same names come back all through a story."""
_MIN_LETTERS = 5
"""Shorter words differ by one letter too often to be misspellings of each other."""
_SOUNDS = (
    ("sch", "sh"),
    ("tsch", "ch"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("iy", "i"),
    ("yy", "y"),
    ("ei", "i"),
    ("ey", "i"),
    ("ay", "ai"),
    ("y", "i"),
    ("j", "i"),
    ("z", "s"),
    ("e", "i"),
    ("o", "u"),
)
_EAST_ASIAN = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"))
_COMMON = frozenset(("MODIFIER", "FEMININE", "MASCULINE"))
"""Letters of every script: modifiers, and the raised endings of "Mª" and "nº"."""
_ENDINGS = (("ov", "uf"), ("off", "uf"), ("eff", "if"), ("ev", "if"))


class Name(NamedTuple):
    """A personal name: its folded words without title and suffix, and the suffix."""

    words: tuple[str, ...]
    suffix: str = ""

    @property
    def given(self) -> str:
        """Return the first word, or nothing where the name is a single word."""
        return self.words[0] if len(self.words) > 1 else ""

    @property
    def middle(self) -> tuple[str, ...]:
        """Return the words between the first and the family name."""
        return self.words[1:-1]

    @property
    def family(self) -> str:
        """Return the last word, "" of a name without one: where a lone name is looked up first."""
        return self.words[-1] if self.words else ""


@lru_cache(maxsize=_REMEMBERED)
def plain(word: str) -> str:
    """Return *word* folded, without diacritics, dots and possessive ending.

    >>> plain("Núñez’s")
    'nunez'
    """
    folded = fold(word)
    folded = folded.removesuffix("'s")
    folded = folded.strip(".,'").replace(".", "")
    if folded.isascii():
        return folded
    spread = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def name_of(
    words: Sequence[str], suffixes: frozenset[str], particles: frozenset[str] = frozenset()
) -> Name:
    """Return the name printed as *words*; particles are joined to the word they stand before.

    Only a suffix that tells generations apart is kept: honours and offices ("KC") come and go.

    >>> name_of(["Ana", "de", "la", "Vega", "Jr."], frozenset(["jr"]), frozenset(["de", "la"]))
    Name(words=('ana', 'de la vega'), suffix='jr')
    """
    return _name_of(tuple(words), suffixes, particles)


_GENERATIONS = frozenset(("jr", "junior", "sr", "senior", "ii", "iii", "iv", "v"))


@lru_cache(maxsize=_REMEMBERED)
def _name_of(words: tuple[str, ...], suffixes: frozenset[str], particles: frozenset[str]) -> Name:
    folded = [plain(word) for word in words]
    suffix = ""
    while len(folded) > 1 and folded[-1] in suffixes:
        last = folded.pop()
        suffix = last if last in _GENERATIONS else suffix
    joined: list[str] = []
    held: list[str] = []
    for number, word in enumerate(folded):
        if number and word in particles and number < len(folded) - 1:
            held.append(word)
        elif word:
            joined.append(" ".join([*held, word]))
            held = []
    return Name(tuple(joined), suffix)


def nickname_groups(rows: Iterable[Sequence[str]]) -> dict[str, frozenset[int]]:
    """Return, for each given name, the numbers of the rows of forms it belongs to.

    >>> nickname_groups([("william", "bill"), ("wilma", "bill")])["bill"] == {0, 1}
    True
    """
    groups: dict[str, frozenset[int]] = {}
    for number, forms in enumerate(rows):
        for form in forms:
            groups[form] = groups.get(form, frozenset()) | {number}
    return groups


@lru_cache(maxsize=_REMEMBERED)
def family_key(family: str) -> str:
    """Return the bucket of a family name: its last word, without a particle or article.

    >>> family_key("van der berg") == family_key("al-berg")
    True
    """
    last = family.rpartition(" ")[2]
    for article in ("al-", "el-", "ul-", "ad-", "ash-", "as-", "an-"):
        last = last.removeprefix(article)
    return sound(last)


def sound(word: str) -> str:
    """Return a key that is equal for common transliterations of one name.

    >>> sound("kadhafi") == sound("qaddafi")
    True
    """
    for ending, level in _ENDINGS:
        if word.endswith(ending) and len(word) > _MIN_LETTERS:
            word = word[: -len(ending)] + level
    for spelling, level in _SOUNDS:
        if spelling in word:
            word = word.replace(spelling, level)
    kept: list[str] = []
    for letter in word:
        if not kept or kept[-1] != letter:
            kept.append(letter)
    return "".join(kept)


def one_edit(left: str, right: str) -> bool:
    """Return whether one inserted, dropped, changed or swapped letter separates two words.

    The first letter must agree: names that differ there are rarely misspellings.
    """
    if left == right:
        return True
    if min(len(left), len(right)) < _MIN_LETTERS or left[0] != right[0]:
        return False
    if len(left) > len(right):
        left, right = right, left
    start = 0
    while start < len(left) and left[start] == right[start]:
        start += 1
    if len(left) == len(right):
        swapped = left[:start] + left[start : start + 2][::-1] + left[start + 2 :]
        return left[start + 1 :] == right[start + 1 :] or swapped == right
    return len(right) - len(left) == 1 and left[start:] == right[start + 1 :]


def same_given(left: str, right: str, nicknames: Mapping[str, frozenset[int]]) -> bool:
    """Return whether two given names, or an initial and a name, can belong to one person."""
    if left == right or (min(len(left), len(right)) == 1 and left[:1] == right[:1]):
        return True
    if _initials(left, right) or _initials(right, left):
        return True
    if nicknames.get(left, frozenset()) & nicknames.get(right, frozenset()):
        return True
    return min(len(left), len(right)) >= _MIN_LETTERS and sound(left) == sound(right)


def _initials(short: str, long: str) -> bool:
    """Return whether *short* is two initials ("jd") that start with the letter of *long*."""
    return (
        len(short) == len("jd")
        and len(long) > 1
        and short[0] == long[0]
        and not set(short) & set("aeiouy")
    )


def agree(
    left: Name, right: Name, nicknames: Mapping[str, frozenset[int]], *, by_middle: bool = True
) -> bool:
    """Return whether two names of at least two words can be one person's.

    Unless *by_middle* is false, one of them may go by the middle name of the other.

    A suffix that only one of them has keeps them apart: "junior" is there to tell a son from
    his father. "Senior" does not: it is added to a name that went without; nor does the number
    of a formal full name ("Ross P. Tait III"), which most outlets leave out.
    """
    if left.suffix != right.suffix and not (_droppable(left, right) or _droppable(right, left)):
        return False
    if left.words == right.words:
        return True
    if sorted(left.words) == sorted(right.words):  # family name first, family name last
        return True
    if family_key(left.family) != family_key(right.family):
        return False
    if same_given(left.given, right.given, nicknames):
        return middles_agree(left.middle, right.middle)
    return by_middle and (_by_middle(left, right) or _by_middle(right, left))


def _droppable(long: Name, short: Name) -> bool:
    """Return whether *short* may be *long* without its suffix."""
    numbered = long.suffix in ("iii", "iv") and bool(long.middle)
    return not short.suffix and (long.suffix == "sr" or numbered)


def _by_middle(left: Name, right: Name) -> bool:
    """Return whether *left* goes by the middle name of *right*."""
    return len(left.given) > 1 and left.given in right.middle


def middles_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Return whether the middle names of two names can be one person's."""
    if not left or not right:
        return True
    first, second = left[0], right[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return first in right or second in left or sound(first) == sound(second)


def is_mixed_script(text: str) -> bool:
    """Return whether letters of *text* come from scripts that names do not mix.

    Latin beside Chinese, Japanese or Korean is usual, and so are their scripts beside each other.

    >>> is_mixed_script("Pаul"), is_mixed_script("Paul"), is_mixed_script("Павел")
    (True, False, False)
    >>> is_mixed_script("Ångström"), is_mixed_script("山田タロー Taro"), is_mixed_script("Ｐaul")
    (False, False, True)
    """
    if text.isascii():
        return False
    scripts = {_script(letter) for letter in unicodedata.normalize("NFC", text) if letter.isalpha()}
    scripts -= _COMMON
    return len(scripts - {"LATIN"} if "CJK" in scripts else scripts) > 1


@lru_cache(maxsize=_REMEMBERED)
def _script(letter: str) -> str:
    """Return the script of a letter: the first word of its name, nearly always."""
    words = unicodedata.name(letter, "?").replace("-", " ").split()
    script = words[1] if words[0] == "HALFWIDTH" and len(words) > 1 else words[0]
    return "CJK" if script in _EAST_ASIAN else script
