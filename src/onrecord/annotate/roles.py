"""Roles as printed beside names: titles, appositions, and nouns in front of a name."""

from collections.abc import Sequence

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.referents import Cast, Referent, Role
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.naming import plain
from onrecord.spans import Span

__all__ = ["find_roles", "singular"]

_IDENTIFIED = 8
"""Tokens before "as" in which "identified the driver" is looked for."""
_LONGEST = 12
"""Tokens of an apposition that are read."""
_ENDS = frozenset(',.;:()"“”!?–—-') | {"who", "which", "said", "says", "told"}


def singular(noun: str, vocabulary: Vocabulary) -> str:
    """Return the singular of a plural role noun, else the noun itself."""
    if noun in vocabulary.role_nouns:
        return noun
    for ending, replacement in (("men", "man"), ("women", "woman"), ("ies", "y"), ("s", "")):
        if noun.endswith(ending) and noun[: -len(ending)] + replacement in vocabulary.role_nouns:
            return noun[: -len(ending)] + replacement
    return noun


def find_roles(
    parse: Parse, names: Sequence[PrintedName], cast: Cast, vocabulary: Vocabulary
) -> None:
    """Note the roles printed beside the names of persons on their referents."""
    for name in names:
        referent = cast.of_name.get(name.first)
        if referent is None or referent.kind != "person":
            continue
        _title(parse, name, referent, vocabulary)
        _letters(parse, name, referent, vocabulary)
        if len(name.name.words) > 1 or name.title:
            _after(parse, name, referent, vocabulary)
            _before(parse, name, referent, vocabulary)
            _identified(parse, name, referent, vocabulary)
        elif _is_apposed(parse, name, vocabulary):
            _after(parse, name, referent, vocabulary)  # "Ruiz, the governor,"
        elif name.first > 0 and parse.lowers[name.first - 1] == ",":
            _before(parse, name, referent, vocabulary)  # "his brother, Omar,"


def _is_apposed(parse: Parse, name: PrintedName, vocabulary: Vocabulary) -> bool:
    """Return whether a description between commas follows a lone name that is no place's."""
    before = parse.lowers[name.first - 1] if name.first else ""
    if before == "the" or before in vocabulary.classes["oblique"]:
        return False
    if parse.lowers[name.last + 1 : name.last + 2] not in (("a",), ("an",), ("the",)):
        return False
    end = _phrase_end(parse, name.last + 1, (*_ENDS,))
    return parse.lowers[end : end + 1] == (",",)


def _title(parse: Parse, name: PrintedName, referent: Referent, vocabulary: Vocabulary) -> None:
    if not name.title:
        return
    span = Span(parse.starts[name.first], parse.starts[name.first] + len(name.title))
    words = [plain(word) for word in name.title.split()]
    title = vocabulary.title(words[-1])
    if title is not None and title.kind != "honorific":
        for noun in dict.fromkeys((*title.nouns, words[-1])):
            referent.roles.append(Role(noun, None, span, len(words) > 1))
    for word in words:
        if word in vocabulary.peoples:
            referent.roles.append(Role(word, None, span, qualified=True))


def _letters(parse: Parse, name: PrintedName, referent: Referent, vocabulary: Vocabulary) -> None:
    """Read the letters of an office behind a name: "Ana Ruiz KC"."""
    last = name.last - 1
    letters = parse.lowers[last]
    if last > name.core and letters in vocabulary.role_nouns and letters in vocabulary.suffixes:
        referent.roles.append(Role(letters, None, parse.span(last, last + 1), qualified=False))


def _after(parse: Parse, name: PrintedName, referent: Referent, vocabulary: Vocabulary) -> None:
    """Read ", the mayor of ..." and ", 45, a teacher" and "(D-Ohio)" after a name."""
    start = name.last
    words = parse.lowers
    if start + 1 >= len(words) or words[start] not in (",", "(", "–", "—"):
        return
    _party(parse, start + 1, referent)
    start += 1
    if words[start].isdigit() and words[start + 1 : start + 2] == (",",):
        start += 2
    end = _phrase_end(parse, start, (*_ENDS,))
    head = _head(parse, start, end, vocabulary)
    if head is not None:
        _note(parse, referent, start, end, head, vocabulary)


def _party(parse: Parse, token: int, referent: Referent) -> None:
    tag = parse.lowers[token][:2]
    party = {"r-": "republican", "d-": "democrat", "i-": "independent"}.get(tag)
    if party is not None:
        span = parse.span(token, token + 1)
        for noun in (party, "lawmaker"):
            referent.roles.append(Role(noun, None, span, qualified=False))


def _phrase_end(parse: Parse, start: int, ends: Sequence[str]) -> int:
    end = start
    limit = min(len(parse.words), start + _LONGEST)
    while end < limit and (parse.lowers[end] not in ends or _is_inner_dot(parse, end)):
        end += 1
    return end


def _is_inner_dot(parse: Parse, token: int) -> bool:
    """Return whether a dot stands inside a sentence: "a lawyer for Mr. Ruiz"."""
    if parse.words[token] != "." or token + 1 >= len(parse.words):
        return False
    return parse.sentence_of[token] == parse.sentence_of[token + 1]


def _head(parse: Parse, start: int, end: int, vocabulary: Vocabulary) -> int | None:
    """Return the token of the role noun that heads a description, if there is one."""
    if start >= end or parse.lowers[start] in vocabulary.classes["no_role"]:
        return None
    stop = start
    while stop < end and parse.lowers[stop] not in vocabulary.classes["role_end"]:
        stop += 1
    for token in range(stop - 1, start - 1, -1):
        noun = singular(parse.lowers[token], vocabulary)
        if noun in vocabulary.role_nouns or noun in vocabulary.peoples:
            return token
        if not parse.words[token][0].isupper():
            return None
    return None


def _before(parse: Parse, name: PrintedName, referent: Referent, vocabulary: Vocabulary) -> None:
    """Read "bank spokesman Ian Ross" and "her lawyer, Ian Ross," in front of a name."""
    last = name.first
    if last > 0 and parse.lowers[last - 1] == ",":
        last -= 1
    if last == 0 or parse.lowers[last - 1] not in vocabulary.role_nouns:
        return
    start = last - 1
    while start > 0 and last - start < _LONGEST and _continues(parse, start, vocabulary):
        start -= 1
    if last < name.first and not _is_definite(parse, start, vocabulary):
        return
    _note(parse, referent, start, last, last - 1, vocabulary)


def _identified(
    parse: Parse, name: PrintedName, referent: Referent, vocabulary: Vocabulary
) -> None:
    """Read "the gunman, identified as Ian Ross" and "named the driver as Ian Ross"."""
    if name.first == 0 or parse.lowers[name.first - 1] != "as":
        return
    first = parse.sentences[parse.sentence_of[name.first]].first
    start = max(first, name.first - _IDENTIFIED)
    near = parse.lowers[start : name.first - 1]
    if not vocabulary.classes["identified"] & {*near}:
        return
    for token in range(name.first - 2, start - 1, -1):
        noun = singular(parse.lowers[token], vocabulary)
        if noun in vocabulary.role_nouns and noun == parse.lowers[token]:
            _note(parse, referent, token, token + 1, token, vocabulary)
            return


def _is_definite(parse: Parse, start: int, vocabulary: Vocabulary) -> bool:
    word = parse.lowers[start]
    return word in vocabulary.classes["role_start"] or word.endswith("'s")


def _continues(parse: Parse, start: int, vocabulary: Vocabulary) -> bool:
    """Return whether the token before *start* still belongs to the description."""
    if parse.lowers[start] in vocabulary.classes["role_start"]:
        return False
    before = parse.words[start - 1]
    lower = parse.lowers[start - 1]
    if not before[0].isalpha() or lower in _ENDS or lower in vocabulary.classes["role_end"]:
        return False
    return (
        lower in vocabulary.classes["role_start"]
        or before[0].isupper()
        or lower in vocabulary.role_nouns
    )


def _note(
    parse: Parse,
    referent: Referent,
    start: int,
    end: int,
    head: int,
    vocabulary: Vocabulary,
) -> None:
    noun = singular(parse.lowers[head], vocabulary)
    known = vocabulary.role_nouns.get(noun)
    if known is not None:
        referent.mark(known.agreement, 2)
    qualified = end - start > 2 or parse.lowers[start] not in vocabulary.classes["role_start"]  # noqa: PLR2004
    referent.roles.append(Role(noun, None, parse.span(start, end), qualified))
