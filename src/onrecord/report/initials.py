"""Private people by their initials, for a report that is passed on."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from markupsafe import escape

from onrecord.records import Speaker, StoryRecord
from onrecord.resources import Resources

__all__ = ["branches", "initialled", "private_people"]

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_OURS: Final = re.compile(r"<(style|script)>")
_SORTED_LETTERS: Final = 4
"""Letters by which the names of a page are told apart before they are tried one by one."""
_PUBLIC: Final = frozenset({"office", "lawmaker", "relayer", "candidate", "party", "noble"})
"""Classes of role nouns in which one speaks for an office, or for somebody else."""


def private_people(records: Iterable[StoryRecord], resources: Resources) -> tuple[Speaker, ...]:
    """Return the named people who are printed without a public role, in the order of *records*.

    A person of whom no role is printed counts as private: a wrong initial does less harm than a
    wrong name.
    """
    public = {
        row[0] for row in resources.tables["role_nouns"] if not _PUBLIC.isdisjoint(_classes(row))
    }
    return tuple(
        row
        for record in records
        for row in record.speakers
        if row.kind == "person" and public.isdisjoint(_folded(row.role or ""))
    )


def _classes(row: Sequence[str]) -> list[str]:
    return row[2].split(",")


def _folded(text: str) -> list[str]:
    return [word[0].casefold() for word in _WORD.finditer(text)]


def initialled(
    page: str, records: Sequence[StoryRecord], resources: Resources
) -> tuple[str, tuple[Speaker, ...]]:
    """Return the HTML *page* with initials for the names of private people, and who they are.

    Every capitalised word of their names is replaced wherever it stands, quotations included,
    but for words that also name somebody public or that the articles print without a capital:
    those only as part of a whole name. Our own style and script stay as they are.
    """
    people = private_people(records, resources)
    if not people:
        return page, ()
    titles = {row[0] for row in resources.tables["titles"]}
    kept = titles | _shared(records, people)
    whole = {name for person in people for name in person.names if len(name.split()) > 1}
    single = {
        word
        for person in people
        for name in person.names
        for word in _WORD.findall(name)
        if word[:1].isupper() and word.casefold() not in kept and len(word) > 1
    }
    handles = {handle for person in people for handle in person.handles}
    forms = sorted({*whole, *single}, key=lambda form: (-len(form), form))
    replace = _replacer(forms, sorted(handles, key=lambda row: (-len(row), row)), titles)
    parts = (part if ours else replace(part) for part, ours in _parts(page))
    return "".join(parts), people


def _parts(page: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a page, and whether each is our own style or script."""
    at = 0
    while (found := _OURS.search(page, at)) is not None:
        closing = f"</{found[1]}>"
        end = page.index(closing, found.end()) + len(closing)
        yield page[at : found.start()], False
        yield page[found.start() : end], True
        at = end
    yield page[at:], False


def _shared(records: Sequence[StoryRecord], people: Sequence[Speaker]) -> set[str]:
    """Return, folded, the words that a name shares with somebody public or with plain text."""
    private = {row.id for row in people}
    words = {
        word
        for record in records
        for row in record.speakers
        if row.id not in private and row.kind != "unnamed"
        for name in row.names
        for word in _folded(name)
    }
    return words | set(_plain(records))


def _plain(records: Sequence[StoryRecord]) -> Iterator[str]:
    for record in records:
        for article in record.articles:
            yield from (word for word in _WORD.findall(article.text) if word.islower())


def _replacer(
    forms: Sequence[str], handles: Sequence[str], titles: set[str]
) -> Callable[[str], str]:
    """Return a function that puts initials for *forms*, longest first, in HTML text."""
    upper = [form.upper() for form in forms]
    words = branches([str(escape(form)) for form in (*forms, *upper)]) or "(?!)"
    signs = "|".join(re.escape(str(escape(handle))) for handle in handles) or "(?!)"
    pattern = re.compile(rf"(?i:(?P<handle>{signs}))|\b(?:{words})\b")

    def initials(found: re.Match[str]) -> str:
        if found["handle"]:
            return "@[…]"
        return " ".join(
            word if word.casefold().rstrip(".") in titles else f"{word[0]}."
            for word in found[0].split()
        )

    return lambda text: pattern.sub(initials, text)


def branches(forms: Sequence[str], letters: int = _SORTED_LETTERS) -> str:
    """Return a pattern that tries *forms* in their order, but for what cannot match.

    Forms that start alike stand together, for so many *letters*: of thousands of names a place in
    a page rules out all but a few at once. Forms that start with different letters never match at
    one place, so their order tells nothing; what has no letter left stays where it is.
    """
    found: list[str] = []
    for longer, some in groupby(forms, key=bool):
        rests: dict[str, list[str]] = {}
        for form in some:
            rests.setdefault(form[:1], []).append(form[1:])
        for first, after in rests.items():
            if longer and letters and len(after) > 1:
                found.append(f"{re.escape(first)}(?:{branches(after, letters - 1)})")
            else:
                found += [re.escape(first + rest) for rest in after]
    return "|".join(found)
