"""Names in headlines: where every word is capitalised, only names that the article knows count."""

from collections.abc import Iterable

from onrecord.annotate.found import Parse
from onrecord.annotate.names import PrintedName
from onrecord.annotate.referents import Cast, Place, Referent
from onrecord.naming import Name, plain

__all__ = ["name_headlines"]

_LONGEST = 5
"""Words of the longest name looked for."""


def name_headlines(parse: Parse, capitals: Iterable[int], cast: Cast) -> list[PrintedName]:
    """Return known names that stand at *capitals*, tokens of headlines, and note them in *cast*.

    A full name counts, and so does a family name that one person of the article has, or the
    last word of a team's name.
    """
    known = _known(cast)
    firsts = {words[0] for words in known}
    found: list[PrintedName] = []
    end = 0
    for token in capitals:
        if token < end or plain(parse.words[token]) not in firsts:
            continue
        match = _match(parse, token, known)
        if match is None:
            continue
        words, referent, end = match
        found.append(
            PrintedName(
                first=token,
                core=token,
                last=end,
                name=Name(words),
                title="",
                kind="person" if referent.kind == "person" else "organisation",
                possessive=parse.words[end - 1].endswith(("'s", "’s")),
                opening=False,
            )
        )
        cast.of_name[token] = referent
        referent.mention(Place(token, end, "name", "name:headline"), resolved=True)
    return found


def _known(cast: Cast) -> dict[tuple[str, ...], Referent]:
    """Return the names of the cast by their words; a word that several share is left out."""
    full: dict[tuple[str, ...], set[int]] = {}
    for referent in cast.referents:
        for name in referent.names:
            forms = [name.words]
            team = name.words[-1].endswith("s")
            if len(name.words) > 1 and (referent.kind == "person" or team):
                forms.append((name.family,))
            for words in forms:
                full.setdefault(words, set()).add(referent.number)
    return {
        words: cast.referents[next(iter(numbers))]
        for words, numbers in full.items()
        if len(numbers) == 1
    }


def _match(
    parse: Parse, token: int, known: dict[tuple[str, ...], Referent]
) -> tuple[tuple[str, ...], Referent, int] | None:
    """Return the longest known name from *token* on, its referent and the token after it."""
    for size in range(_LONGEST, 0, -1):
        end = token + size
        if end > len(parse.words) or parse.sentence_of[end - 1] != parse.sentence_of[token]:
            continue
        words = tuple(filter(None, map(plain, parse.words[token:end])))
        referent = known.get(words)
        if referent is not None:
            return words, referent, end
    return None
