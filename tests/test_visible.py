"""Nothing that a terminal obeys gets through, and nothing else is changed."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from onrecord.visible import visible


@given(st.text())
def test_no_control_is_left(text):
    left = {
        unicodedata.category(character) for character in visible(text) if character not in "\n\t"
    }
    assert not left & {"Cc", "Cs"}


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_printable_text_is_left_alone(text):
    assert visible(text) == text


def test_a_joiner_inside_an_emoji_is_left_alone():
    family = "👩\u200d🔬"
    assert visible(family) == family
    assert visible("a\u200db") == "a<U+200D>b"
