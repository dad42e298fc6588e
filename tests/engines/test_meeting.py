"""Parts of different rows meet by a shared key, each once, however the rows are told apart."""

import operator
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.engines.meeting import meet
from onrecord.records import Row
from onrecord.resources import load_resources
from onrecord.stage import Meet


class Part(Row, frozen=True, kw_only=True):
    number: int
    keys: tuple[int, ...]


class Parts(Row, frozen=True, kw_only=True):
    parts: tuple[Part, ...]


class Table(NamedTuple):
    rows: list[Parts]

    def narrow(self, row):
        del row
        return iter(self.rows)


def names(own, others, resources):
    del resources
    return [(own.number, sorted(other.number for other in others))]


MEET = Meet(
    name="meet",
    row=Parts,
    parts=operator.attrgetter("parts"),
    keys=operator.attrgetter("keys"),
    out=Part,
    run=names,
    most=3,
)


def table(*rows):
    numbered = iter(range(1000))
    return Table([Parts(parts=[Part(number=next(numbered), keys=k) for k in row]) for row in rows])


def met(shown):
    return list(meet(shown, MEET, load_resources()))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([[(1,)], [(2,)]], []),
        ([[(1,)], [(1,)]], [(0, [1]), (1, [0])]),
        ([[(1,), (1,)]], []),  # nobody of another row
        ([[(1, 2), (2,)], [(1,)]], [(0, [1, 2]), (2, [0])]),  # its own row counts beside another
        ([[(1,)], [(1,)], [(1,)], [(1,)]], []),  # more than most
    ],
)
def test_parts_that_share_a_key_with_another_row_meet(rows, expected):
    assert met(table(*rows)) == expected


@given(st.lists(st.lists(st.frozensets(st.integers(0, 9), max_size=3), max_size=3), max_size=8))
def test_it_is_what_comparing_all_with_all_gives(rows):
    shown = table(*rows)
    parts = [(number, part) for number, row in enumerate(shown.rows) for part in row.parts]
    holders = {key: [part for _, part in parts if key in part.keys] for key in range(10)}
    rare = {key for key, found in holders.items() if len(found) <= MEET.most}
    expected = []
    for row, own in parts:
        others = [(n, part) for n, part in parts if part is not own]
        near = [(n, part) for n, part in others if rare & set(own.keys) & set(part.keys)]
        if any(n != row for n, _ in near):
            expected.append((own.number, sorted(part.number for _, part in near)))
    assert met(shown) == expected
