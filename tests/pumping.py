"""Whether an expression can take more than linear time, by an analysis of its own parse.

The expression becomes an automaton whose states are its places for a character. Backtracking takes
more than linear time only where one word leads from a state to itself and to a later one that the
same word also leads to itself (Weber and Seidl 1991): then every division of a repeated word is
tried. An expression that is searched for has one such state before it: the search goes on
from every character. Bounded repeats make no such states: they cost at most their bound.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from re import _constants as sre
from re import _parser as parser
from typing import NamedTuple

ORDINARY = "aZzK0_ \n\t.,:;-'\"’“<>/@(é\u0434中²\xa0\x00"
COPIES = 4
"""A repeat of more is copied as if it were of so many: it makes no loop, whatever its bound."""
LARGE = 10
"""Repeats of more count as unbounded where one inside another is looked for."""
SEARCHING, START, ACCEPT = -2, 0, -1
ONE = {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}
REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}

Condition = Callable[[str | None, str | None], bool]


class Fault(NamedTuple):
    """Why an expression is not linear, and a word that shows it when it is repeated."""

    kind: str
    word: str


class Automaton:
    """The states of an expression, which state follows which, and under what conditions."""

    def __init__(self, pattern: re.Pattern, *, bounded: bool = True, whole: bool = True) -> None:
        text = pattern.pattern
        self.flags = pattern.flags & ~re.DEBUG
        self.ascii = isinstance(text, bytes) or bool(self.flags & re.ASCII)
        self.bounded = bounded
        tree = parser.parse(text, self.flags)
        self.alphabet = "".join(dict.fromkeys((*characters_of(tree), *ORDINARY)))
        if isinstance(text, bytes):
            self.alphabet = "".join(char for char in self.alphabet if ord(char) < 256)
        self.arcs: list[list[tuple[int, Condition | None]]] = []
        self.looked_at: list[frozenset[str]] = []
        self.endless = 0
        self.repeated: set[int] = set()
        self.known: dict[tuple, frozenset[int]] = {}
        self.reads: dict[int, tuple[int, int]] = {}
        self.chars: list[frozenset[str]] = [frozenset()]
        self.faults: list[Fault] = []
        self.end = self.sequence(tree, self.node(), self.flags)
        self.follow = {START: self.reached(0)}
        for place, after in self.reads.values():
            self.follow[place] = self.reached(after)
        self.alphabet = self.representatives(self.chars)
        # Of what stands before, only what conditions ask for tells two places apart.
        self.kinds = self.kinds_of(self.looked_at)
        self.loops = self.components()
        # Where an expression may end without a condition nothing is taken back.
        free = set() if whole else {one for one in self.loops if self.accepts_anyway(one)}
        self.failing = self.loops.keys() - free

    # From the parse to nodes and arcs.

    def node(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, start: int, end: int, condition: Condition | None = None) -> None:
        self.arcs[start].append((end, condition))

    def sequence(self, items: Sequence, at: int, flags: int) -> int:
        """Add *items* one after the other from the node *at*; return the node after them."""
        for op, given in items:
            at = self.item(op, given, at, flags)
        return at

    def item(self, op: object, given: object, at: int, flags: int) -> int:
        if op in ONE:
            return self.read(self.set_of(op, given, flags), at)
        if op in REPEATS:
            return self.repeat(*given, at, flags)
        if op is sre.SUBPATTERN:
            _, added, dropped, inner = given
            return self.sequence(inner, at, (flags | added) & ~dropped)
        if op is sre.ATOMIC_GROUP:
            return self.sequence(given, at, flags)
        if op is sre.GROUPREF:
            return self.read(frozenset(self.alphabet), at)
        end = self.node()
        if op is sre.BRANCH:
            for branch in given[1]:
                self.arc(self.sequence(branch, at, flags), end)
        else:
            self.arc(at, end, self.condition(op, given, flags))
        return end

    def read(self, chars: frozenset[str], at: int) -> int:
        start, end = self.node(), self.node()
        self.arc(at, start)
        self.reads[start] = (len(self.chars), end)
        if self.endless:
            self.repeated.add(len(self.chars))
        self.chars.append(chars)
        return end

    def repeat(self, least: int, most: int, inner: Sequence, at: int, flags: int) -> int:
        endless = most is sre.MAXREPEAT or (not self.bounded and most >= LARGE)
        for _ in range(min(least, COPIES)):
            at = self.sequence(inner, at, flags)
        end = self.node()
        if endless:
            hub = self.node()
            self.endless += 1
            self.arc(at, hub)
            self.arc(self.sequence(inner, hub, flags), hub)
            self.arc(hub, end)
            self.endless -= 1
            return end
        self.arc(at, end)
        for _ in range(min(most, COPIES) - min(least, COPIES)):
            at = self.sequence(inner, at, flags)
            self.arc(at, end)
        return end

    def set_of(self, op: object, given: object, flags: int) -> frozenset[str]:
        return frozenset(char for char in self.alphabet if self.admits(op, given, char, flags))

    def admits(self, op: object, given: object, char: str, flags: int) -> bool:
        forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
        codes = {ord(form) for form in forms if len(form) == 1}
        if op is sre.ANY:
            return char != "\n" or bool(flags & re.DOTALL)
        if op in (sre.LITERAL, sre.NOT_LITERAL):
            return (given in codes) is (op is sre.LITERAL)
        negated = given[0][0] is sre.NEGATE
        return any(self.has(part, codes) for part in given[negated:]) is not negated

    def has(self, part: tuple, codes: set[int]) -> bool:
        op, given = part
        if op is sre.LITERAL:
            return given in codes
        if op is sre.RANGE:
            return any(given[0] <= code <= given[1] for code in codes)
        return any(self.is_of(given, chr(code)) for code in codes)

    def is_of(self, category: object, char: str) -> bool:
        name = str(category).removeprefix("CATEGORY_")
        kind = name.removeprefix("NOT_")
        found = {
            "DIGIT": char.isdecimal(),
            "SPACE": char.isspace(),
            "WORD": char.isalnum() or char == "_",
        }[kind]
        return (found and (char.isascii() or not self.ascii)) is (kind == name)

    def condition(self, op: object, given: object, flags: int) -> Condition | None:
        if op is sre.AT:
            return self.at(given, multiline=bool(flags & re.MULTILINE))
        direction, inner = given
        if any(is_endless(one) for one in flattened(inner)):
            self.faults.append(Fault("an unbounded repeat is looked ahead for", ""))
        if len(inner) != 1 or inner[0][0] not in ONE:
            return None  # taken as fulfilled: more words lead on than in truth
        chars = self.set_of(*inner[0], flags)
        wanted = op is sre.ASSERT
        if direction < 0:
            self.looked_at.append(chars)
            return lambda before, _: (before in chars) is wanted
        return lambda _, after: (after in chars) is wanted

    def at(self, where: object, *, multiline: bool) -> Condition:
        lines = (None, "\n") if multiline else (None,)
        if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return lambda before, _: before in lines
        if where in (sre.AT_END, sre.AT_END_STRING):
            return lambda _, after: after in lines
        wanted = where is sre.AT_BOUNDARY
        return lambda before, after: (self.word(before) != self.word(after)) is wanted

    def word(self, char: str | None) -> bool:
        return char is not None and self.is_of(sre.CATEGORY_WORD, char)

    # From nodes to states.

    def reached(self, node: int) -> list[tuple[int, tuple[Condition, ...]]]:
        """Return the states after *node*, and what must hold before and after for each."""
        found: list[tuple[int, tuple[Condition, ...]]] = []
        self.walk(node, (), (), found)
        return found

    def walk(self, node: int, path: tuple[int, ...], held: tuple, found: list) -> None:
        if node in path:
            self.faults.append(Fault("what is repeated may be empty", ""))
            return
        if node in self.reads:
            found.append((self.reads[node][0], held))
        if node == self.end:
            found.append((ACCEPT, held))
        for after, condition in self.arcs[node]:
            more = held if condition is None else (*held, condition)
            self.walk(after, (*path, node), more, found)

    def representatives(self, sets: Sequence[frozenset[str]]) -> str:
        """Return one character for all that no state and no condition tells apart."""
        kept: dict[tuple, str] = {}
        for char in self.alphabet:
            kept.setdefault((*self.kind(char), *(char in chars for chars in sets)), char)
        return "".join(kept.values())

    def kinds_of(self, sets: Sequence[frozenset[str]]) -> dict[str, str]:
        """Return, for each character, the first of those that no condition tells from it."""
        kept: dict[tuple, str] = {}
        return {
            char: kept.setdefault((*self.kind(char), *(char in chars for chars in sets)), char)
            for char in self.alphabet
        }

    def kind(self, char: str) -> tuple[bool, bool]:
        return self.word(char), char == "\n"

    def components(self) -> dict[int, int]:
        """Return, for each state that leads to itself, the number of its component."""
        forward = {state: self.all_after(state) for state in self.repeated}
        return {
            state: min(one for one in after if state in forward[one])
            for state, after in forward.items()
            if state in after
        }

    def all_after(self, state: int) -> set[int]:
        """Return the states inside repeats that follow *state* there."""
        seen: set[int] = set()
        queue = [state]
        while queue:
            for after, _ in self.follow[queue.pop()]:
                if after in self.repeated and after not in seen:
                    seen.add(after)
                    queue.append(after)
        return seen

    # What a repeated word does.

    def steps(self, state: int, before: str, char: str) -> frozenset[int]:
        """Return the states after *char*; a search also stays where it is, and begins here."""
        key = (state, before, char)
        if key not in self.known:
            found = {
                after
                for after, held in self.follow[START if state == SEARCHING else state]
                if after != ACCEPT and char in self.chars[after]
                if all(condition(before, char) for condition in held)
            }
            self.known[key] = frozenset(found | {SEARCHING} if state == SEARCHING else found)
        return self.known[key]

    def word_between(self, start: tuple[int, ...], end: tuple[int, ...]) -> str | None:
        """Return a word that, repeated, leads each state of *start* to that of *end*."""
        last = [self.chars[state] for state in end if state != SEARCHING]
        befores = {self.kinds[one] for one in self.alphabet if all(one in chars for chars in last)}
        words = (self.path((start, before), (end, before)) for before in sorted(befores))
        return next((word for word in words if word is not None), None)

    def path(self, start: tuple, goal: tuple) -> str | None:
        came: dict[tuple, tuple[tuple, str]] = {}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for after, char in self.moves(here):
                if after not in came:
                    came[after] = (here, char)
                    queue.append(after)
                if after == goal:
                    return word_to(after, came, start)
        return None

    def moves(self, here: tuple) -> Iterator[tuple[tuple, str]]:
        states, before = here
        for char in self.alphabet:
            late = self.staying(states[-1], before, char) & self.failing
            early = late and self.staying(states[0], before, char)
            if early:
                middle = [self.steps(state, before, char) for state in states[1:-1]]
                for together in combined([early, *middle, late]):
                    yield (together, self.kinds[char]), char

    def staying(self, state: int, before: str, char: str) -> set[int]:
        """Return the states after *char* in the same loop: the first and the last walk stay."""
        if state == SEARCHING:
            return {SEARCHING}
        steps = self.steps(state, before, char)
        return {one for one in steps if self.loops.get(one) == self.loops[state]}

    def accepts_anyway(self, state: int) -> bool:
        return (ACCEPT, ()) in self.follow[state]


def word_to(state: tuple, came: dict, start: tuple) -> str:
    letters = []
    while state != start or not letters:
        state, char = came[state]
        letters.append(char)
    return "".join(reversed(letters))


def combined(sets: Sequence[set[int]]) -> Iterator[tuple[int, ...]]:
    if not sets:
        yield ()
        return
    for first in sorted(sets[0]):
        for rest in combined(sets[1:]):
            yield (first, *rest)


def flattened(items: Sequence) -> Iterator[tuple]:
    """Yield every item of a parse, the inner ones too."""
    for op, given in items:
        yield op, given
        for inner in inner_of(op, given):
            yield from flattened(inner)


def inner_of(op: object, given: object) -> list[Sequence]:
    if op is sre.BRANCH:
        return list(given[1])
    if op in REPEATS:
        return [given[2]]
    if op is sre.SUBPATTERN:
        return [given[3]]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [given[1]]
    return [given] if op is sre.ATOMIC_GROUP else []


def is_endless(item: tuple) -> bool:
    op, given = item
    return op in REPEATS and given[1] is sre.MAXREPEAT


def characters_of(tree: Sequence) -> Iterator[str]:
    """Yield the characters that an expression names, and the neighbours of its ranges."""
    for op, given in flattened(tree):
        parts = given if op is sre.IN else [(op, given)]
        for part, value in parts:
            if part in (sre.LITERAL, sre.NOT_LITERAL):
                yield chr(value)
            elif part is sre.RANGE:
                yield from (chr(value[0]), chr(value[1]))


def fault_of(pattern: re.Pattern, *, searched: bool, whole: bool = False) -> Fault | None:
    """Return why *pattern* may take more than linear time, or None."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    if not any(op in REPEATS and given[1] >= LARGE for op, given in flattened(tree)):
        return None
    machine = Automaton(pattern, whole=whole)
    nested = Automaton(pattern, bounded=False)
    late = polynomial(machine, searched=searched)
    return next(chain(machine.faults, nested.faults, exponential(nested), late), None)


def exponential(machine: Automaton) -> Iterator[Fault]:
    """Yield words that lead a state to itself in two ways."""
    for state, component in machine.loops.items():
        for other, of in machine.loops.items():
            if of != component or other <= state:
                continue
            there = machine.word_between((state, state), (state, other))
            back = there and machine.word_between((state, other), (state, state))
            if there and back:
                yield Fault("a repeat inside a repeat", there + back)


def polynomial(machine: Automaton, *, searched: bool) -> Iterator[Fault]:
    """Yield words that lead a state, or the search, to itself and to a later loop."""
    starts = ([SEARCHING] if searched else []) + list(machine.loops)
    for late in machine.loops.keys() & machine.failing:
        for early in starts:
            if machine.loops.get(early) == machine.loops[late]:
                continue
            word = machine.word_between((early, early, late), (early, late, late))
            if word is not None:
                kind = "a repeat is searched for" if early == SEARCHING else "repeats that overlap"
                yield Fault(kind, word)
