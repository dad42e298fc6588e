"""Any quoted wording can be the base; what is compared stays as it is printed."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.bases import bases, compare
from onrecord.views.index import index_story
from onrecord.views.variants import variants
from stories import harbour_story

TEXTS = st.text(alphabet="ab,. “”\U0001f600'é1", max_size=30)


@given(TEXTS, TEXTS)
def test_without_what_was_left_out_the_pieces_are_our_wording(ours: str, base: str) -> None:
    found = compare(ours, base)
    assert "".join(piece.text for piece in found if piece.op != "left out") == ours


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.op for piece in compare(text, text)} <= {"same"}


def test_seen_from_the_cut_wording_the_fullest_adds_the_rest() -> None:
    index = index_story(harbour_story())
    (other,) = bases(variants(index, index.items[1]))
    assert other.base.letter == "C"
    (fullest,) = other.others
    added = " ".join(piece.text for piece in fullest.pieces if piece.op == "added")
    assert "and the minutes will show it" in added
    assert not any(piece.op == "left out" for piece in fullest.pieces)


def test_a_statement_alone_has_no_other_base() -> None:
    index = index_story(harbour_story())
    alone = next(item for item in index.items if len(item.statements) == 1)
    assert bases(variants(index, alone)) == ()
