"""Folding levels typography, and letters of ASCII alone the same way as all others."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.folding import fold


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_text_folds_alone_as_beside_an_accent(text):
    assert fold(text) == fold(text + "é").removesuffix("é")


def test_marks_are_levelled():
    assert fold("O’Hara—`SAID´") == "o'hara-'said'"
