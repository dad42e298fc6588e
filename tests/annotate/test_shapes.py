"""Marks and letters are told apart exactly."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.shapes import FOLD, letter_shape, quote_states

OUTSIDE, SHORT, MIDDLE, LONG, OPEN, CLOSE, UNCLOSED = range(7)


def test_a_quotation_is_known_by_its_length():
    words = ["“", *["word"] * 8, "”", "she", "said", '"', "no", '"']
    states = quote_states(words)
    assert states == [OPEN, *[LONG] * 8, CLOSE, OUTSIDE, OUTSIDE, OPEN, SHORT, CLOSE]


def test_a_quotation_that_the_block_does_not_close_runs_to_its_end():
    assert quote_states(["“", "We", "will", "wait"]) == [OPEN, UNCLOSED, UNCLOSED, UNCLOSED]


def test_a_stray_closing_mark_opens_nothing():
    assert quote_states(["so", "”", "it", "goes"]) == [OUTSIDE, CLOSE, OUTSIDE, OUTSIDE]


@given(st.lists(st.text(min_size=1, max_size=3)))
def test_every_token_has_one_state_and_one_shape(words):
    assert len(quote_states(words)) == len(words)
    assert all(0 <= letter_shape(word) <= 5 for word in words)


@given(st.text())
def test_folding_marks_keeps_offsets(text):
    assert len(text.translate(FOLD)) == len(text)
