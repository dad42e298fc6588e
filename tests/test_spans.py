"""Spans are half-open ranges of code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SpanError
from onrecord.spans import Span, trim


@given(st.text(min_size=1), st.data())
def test_a_span_gives_back_its_wording(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Span(start, end).of(text) == text[start:end]


@pytest.mark.parametrize("span", [Span(0, 0), Span(2, 1), Span(-1, 2), Span(0, 9)])
def test_a_span_outside_its_text_is_refused(span):
    with pytest.raises(SpanError):
        span.of("a boat")


@given(st.text(), st.data())
def test_trimming_leaves_no_space_at_either_end(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = trim(text, start, end)
    assert (
        (text[start:end].strip() == "")
        if span is None
        else span.of(text) == text[start:end].strip()
    )
