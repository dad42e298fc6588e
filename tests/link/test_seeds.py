import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.seeds import seed_pairs

RARE = np.full(1000, 3.0)


def pairs(quotations: list[list[int]], weights: np.ndarray = RARE) -> list[tuple[int, int]]:
    tokens = np.array([word for words in quotations for word in words], dtype=np.int64)
    lengths = np.array([len(words) for words in quotations], dtype=np.int64)
    return [tuple(row) for row in seed_pairs(tokens, lengths, weights).tolist()]


def test_nothing_has_no_pairs() -> None:
    assert pairs([]) == []
    assert pairs([[1], [1, 2]]) == []


def test_a_cut_quotation_meets_the_whole() -> None:
    assert pairs([[*range(60)], [7, 8, 9], [100, 101, 102]]) == [(0, 1)]


def test_runs_do_not_cross_from_one_quotation_to_the_next() -> None:
    assert pairs([[1, 2], [3, 1, 2], [3, 9]]) == []


def test_common_words_seed_nothing() -> None:
    assert pairs([[1, 2, 3, 4], [1, 2, 3, 4]], np.full(10, 0.3)) == []


def test_two_very_rare_words_are_enough() -> None:
    assert pairs([[1, 2, 3], [5, 1, 2]], np.full(10, 5.0)) == [(0, 1)]


def test_a_crowded_seed_still_holds_its_quotations_together() -> None:
    found = pairs([[1, 2, 3]] * 200)
    assert found == [(number, number + 1) for number in range(199)]


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=8), max_size=12))
def test_pairs_are_exactly_those_that_share_three_words_in_a_row(rows: list[list[int]]) -> None:
    runs = [{tuple(row[at : at + 3]) for at in range(len(row) - 2)} for row in rows]
    wanted = [
        (one, other)
        for one in range(len(rows))
        for other in range(one + 1, len(rows))
        if runs[one] & runs[other]
    ]
    assert pairs(rows) == wanted
