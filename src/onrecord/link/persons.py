"""Persons across the articles of a story: which printed names are one person's.

Full names are compared inside buckets of one family name; lone family names, initials and
misspellings are added only where exactly one person of the story fits. Two chains of one article
are two people, whatever their names. Everything is decided on sorted sets, so the order of
articles cannot matter, and a name is never compared with all others.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from onrecord.naming import (
    Name,
    agree,
    family_key,
    is_mixed_script,
    middles_agree,
    one_edit,
    same_given,
)

__all__ = ["ChainKey", "Groups", "Person", "group_persons"]

_MOST_COMPARED = 64
"""Names of one bucket that are compared pair by pair; fuller buckets join equal names only."""


class ChainKey(NamedTuple):
    """A chain of one article."""

    article_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A chain that names a person: its full names, or its lone ones, and its honorifics."""

    key: ChainKey
    names: tuple[Name, ...]
    agreement: frozenset[str]
    """What its honorifics agree with: m, f or nothing."""
    marks: tuple[str, ...] = ()
    """What makes chains one whatever their names: handles ("@ana"), the user's aliases."""

    @property
    def lone(self) -> bool:
        """Return whether no full name of the person is printed."""
        return all(len(name.words) == 1 for name in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Which chains are one person, and for the undecidable: who they could be."""

    root: Mapping[ChainKey, ChainKey]
    method: Mapping[ChainKey, str]
    candidates: Mapping[ChainKey, tuple[ChainKey, ...]]


class _Union:
    """Union-find over chains; the smallest key is the root; articles never get two chains."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self.parent = {person.key: person.key for person in persons}
        self.members = {key: {key} for key in self.parent}
        self.people = {person.key: person for person in persons}

    def find(self, key: ChainKey) -> ChainKey:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def articles(self, root: ChainKey) -> set[str]:
        return {member.article_id for member in self.members[root]}

    def clash(self, left: ChainKey, right: ChainKey) -> bool:
        """Return whether joining would make two chains of an article, or Mr and Mrs, one."""
        if self.articles(left) & self.articles(right):
            return True
        genders = self.agreement(left) | self.agreement(right)
        return len(genders) > 1

    def agreement(self, root: ChainKey) -> frozenset[str]:
        return frozenset().union(*(self.people[one].agreement for one in self.members[root]))

    def names(self, root: ChainKey) -> list[Name]:
        return sorted({name for one in self.members[root] for name in self.people[one].names})

    def join(self, left: ChainKey, right: ChainKey) -> ChainKey:
        low, high = sorted((self.find(left), self.find(right)))
        if low != high:
            self.parent[high] = low
            self.members[low] |= self.members.pop(high)
        return low


def group_persons(
    persons: Sequence[Person],
    nicknames: Mapping[str, frozenset[int]],
    given: frozenset[str],
) -> Groups:
    """Return which of *persons* are one; *given* are known given names."""
    persons = sorted(persons, key=lambda person: person.key)
    union = _Union(persons)
    method: dict[ChainKey, str] = {}
    full = [person for person in persons if not person.lone]
    _join_equal(full, union, method)
    _join_shared(persons, union, method)
    candidates: dict[ChainKey, tuple[ChainKey, ...]] = {}
    for bucket in _buckets(full, union):
        _join_agreeing(bucket, union, method, nicknames, candidates)
    _join_misspelt(full, union, method, nicknames, given)
    _join_lone([person for person in persons if person.lone], full, union, method, candidates)
    return Groups(
        root={person.key: union.find(person.key) for person in persons},
        method=method,
        candidates={
            key: tuple(sorted({union.find(one) for one in found}))
            for key, found in candidates.items()
        },
    )


def _join_equal(full: Sequence[Person], union: _Union, method: dict[ChainKey, str]) -> None:
    """Join chains that share a full name, in any order of its words."""
    first: dict[tuple[tuple[str, ...], str], ChainKey] = {}
    for person in full:
        for name in person.names:
            if len(name.words) > 1:
                key = (tuple(sorted(name.words)), name.suffix)
                other = union.find(first.setdefault(key, person.key))
                own = union.find(person.key)
                if own != other and not union.clash(own, other):
                    union.join(own, other)
                    method[person.key] = "name:same"


def _join_shared(persons: Sequence[Person], union: _Union, method: dict[ChainKey, str]) -> None:
    """Join chains that share a handle, or that the user's alias file makes one."""
    first: dict[str, ChainKey] = {}
    for person in persons:
        for mark in person.marks:
            other = union.find(first.setdefault(mark, person.key))
            if union.find(person.key) != other:
                union.join(person.key, other)
                method[person.key] = "handle" if mark.startswith("@") else "alias"


def _buckets(full: Sequence[Person], union: _Union) -> list[list[ChainKey]]:
    """Return the roots by family name, smallest first."""
    buckets: dict[str, set[ChainKey]] = defaultdict(set)
    for person in full:
        for name in person.names:
            if len(name.words) > 1 and not any(map(is_mixed_script, name.words)):
                buckets[family_key(name.family)].add(union.find(person.key))
    return [sorted(buckets[key]) for key in sorted(buckets)]


def _agreeing(
    left: ChainKey,
    right: ChainKey,
    union: _Union,
    nicknames: Mapping[str, frozenset[int]],
    *,
    by_middle: bool,
) -> bool:
    return not union.clash(left, right) and all(
        agree(one, other, nicknames, by_middle=by_middle)
        for one in union.names(left)
        for other in union.names(right)
        if len(one.words) > 1 and len(other.words) > 1
    )


def _join_agreeing(
    bucket: Sequence[ChainKey],
    union: _Union,
    method: dict[ChainKey, str],
    nicknames: Mapping[str, frozenset[int]],
    candidates: dict[ChainKey, tuple[ChainKey, ...]],
) -> None:
    """Join persons of one family name whose given names agree, where only one fits.

    First names before middle ones: "Ana Lis Ruiz" is Ana Ruiz where the story has a Lis Ruiz too.
    """
    for by_middle in (False, True):
        roots = sorted({union.find(key) for key in bucket})
        if len(roots) > _MOST_COMPARED:
            return
        fits = {
            root: [
                other
                for other in roots
                if other != root and _agreeing(root, other, union, nicknames, by_middle=by_middle)
            ]
            for root in roots
        }
        for root in roots:
            clique = {root, *fits[root]}
            if fits[root] and all({other, *fits[other]} == clique for other in fits[root]):
                _merge(root, fits[root], union, method)
            elif by_middle and len(fits[root]) > 1:
                _undecided(root, fits[root], union, candidates)


def _merge(
    root: ChainKey, others: Iterable[ChainKey], union: _Union, method: dict[ChainKey, str]
) -> None:
    for other in others:
        left, right = union.find(root), union.find(other)
        if left != right and not union.clash(left, right):
            joined = union.join(left, right)
            method[max(left, right)] = "name:variant"
            root = joined


def _undecided(
    root: ChainKey,
    fitting: Sequence[ChainKey],
    union: _Union,
    candidates: dict[ChainKey, tuple[ChainKey, ...]],
) -> None:
    for member in sorted(union.members[union.find(root)]):
        candidates[member] = tuple(fitting)


def _join_misspelt(
    full: Sequence[Person],
    union: _Union,
    method: dict[ChainKey, str],
    nicknames: Mapping[str, frozenset[int]],
    given: frozenset[str],
) -> None:
    """Join names one letter apart, where the rest agrees and nobody else is as near."""
    by_family, by_given = _by_word(full, union)
    family_near = partial(_family_near, nicknames)
    given_near = partial(_given_near, given)
    for found, near in ((by_given, family_near), (by_family, given_near)):
        for key in sorted(found):
            roots = sorted({union.find(one) for one in found[key]})
            if 1 < len(roots) <= _MOST_COMPARED:
                _join_near(roots, union, method, near)


def _by_word(
    full: Sequence[Person], union: _Union
) -> tuple[dict[str, set[ChainKey]], dict[str, set[ChainKey]]]:
    """Return the persons with full names by family name, and by given name."""
    by_family: dict[str, set[ChainKey]] = defaultdict(set)
    by_given: dict[str, set[ChainKey]] = defaultdict(set)
    for person in full:
        for name in person.names:
            by_family[name.family].add(union.find(person.key))
            by_given[name.given].add(union.find(person.key))
    return by_family, by_given


def _join_near(
    roots: Sequence[ChainKey],
    union: _Union,
    method: dict[ChainKey, str],
    near: Callable[[Name, Name], bool],
) -> None:
    """Join two persons where each is the only one that is *near* the other."""
    fits = {
        root: [
            other
            for other in roots
            if other != root
            and not union.clash(root, other)
            and any(near(a, b) for a in union.names(root) for b in union.names(other))
        ]
        for root in roots
    }
    for root in roots:
        if len(fits[root]) == 1 and fits[fits[root][0]] == [root] and root < fits[root][0]:
            union.join(root, fits[root][0])
            method[fits[root][0]] = "name:spelling"


def _comparable(left: Name, right: Name) -> bool:
    """Return whether a spelling may be compared: full names, same suffix, one script each."""
    full = len(left.words) > 1 and len(right.words) > 1 and left.suffix == right.suffix
    return full and not any(map(is_mixed_script, (*left.words, *right.words)))


def _family_near(nicknames: Mapping[str, frozenset[int]], left: Name, right: Name) -> bool:
    return (
        _comparable(left, right)
        and left.family != right.family
        and middles_agree(left.middle, right.middle)
        and len(left.given) > 1
        and same_given(left.given, right.given, nicknames)
        and one_edit(left.family, right.family)
    )


def _given_near(given: frozenset[str], left: Name, right: Name) -> bool:
    misspelt = left.given not in given or right.given not in given
    return (
        _comparable(left, right)
        and misspelt
        and left.family == right.family
        and one_edit(left.given, right.given)
    )


def _join_lone(
    lone: Sequence[Person],
    full: Sequence[Person],
    union: _Union,
    method: dict[ChainKey, str],
    candidates: dict[ChainKey, tuple[ChainKey, ...]],
) -> None:
    """Add persons printed by one word to the only person of the story it can stand for."""
    by_family, by_given = _by_word(full, union)
    chosen: list[tuple[ChainKey, ChainKey]] = []
    rest: dict[str, list[Person]] = defaultdict(list)
    for person in lone:
        word = person.names[0].family
        near = by_family.get(word) or by_given.get(word) or set()
        fitting = _fitting(person, near, union)
        if len(fitting) == 1:
            chosen.append((person.key, fitting[0]))
        elif fitting:
            candidates[person.key] = tuple(fitting)
        elif not near:
            rest[word].append(person)
    for key, target in chosen:
        if not union.clash(union.find(key), union.find(target)):
            union.join(key, target)
            method[key] = "name:family"
    for word in sorted(rest):
        _join_alone(rest[word], union, method)


def _fitting(person: Person, near: Iterable[ChainKey], union: _Union) -> list[ChainKey]:
    """Return who of *near* a lone name can be; an honorific that agrees decides."""
    found = sorted({union.find(one) for one in near})
    found = [one for one in found if not union.clash(union.find(person.key), one)]
    known = [one for one in found if person.agreement & union.agreement(one)]
    return known if len(known) == 1 else found


def _join_alone(persons: Sequence[Person], union: _Union, method: dict[ChainKey, str]) -> None:
    """Join those who are known by the same lone word everywhere, unless Mr and Mrs differ."""
    if len(frozenset().union(*(person.agreement for person in persons))) > 1:
        return
    for person in persons[1:]:
        if not union.clash(union.find(persons[0].key), union.find(person.key)):
            union.join(persons[0].key, person.key)
            method[person.key] = "name:lone"
