"""Word diffs lose nothing and invent nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import (
    make_article,
    make_carriage,
    make_record,
    make_statement,
    make_utterance,
    span,
    word_edits,
)
from onrecord.records import Edit
from onrecord.spans import Span
from onrecord.views.index import index_story
from onrecord.views.variants import glimpse, lead_in, pieces, variants
from stories import DENIAL_POST, harbour_story

WORDS = st.lists(
    st.sampled_from(["nobody", "was", "told", "to", "sign", "42", "😀", "é"]), min_size=1
)


@given(WORDS, WORDS)
def test_without_what_was_left_out_the_pieces_are_our_wording(
    left: list[str], right: list[str]
) -> None:
    base, ours = make_article(" ".join(left)), make_article("A: " + " ".join(right))
    fullest = make_statement(base, base.text)
    statement = make_statement(ours, " ".join(right))
    edits = word_edits(base, fullest.content[0], ours, statement.content[0])
    carriage = make_carriage(make_utterance(fullest, statement), statement, ["SUBST"], edits=edits)
    found = pieces(ours, statement, base, carriage)
    assert "".join(piece.text for piece in found if piece.op != "left out") == statement.text


def test_a_gap_between_two_pieces_of_content_stays_visible() -> None:
    base = make_article("“It was safe and it is safe,” she said.")
    ours = make_article("“It was safe,” she said, “and it is safe.”")
    fullest = make_statement(base, "“It was safe and it is safe,”")
    statement = make_statement(ours, ["“It was safe,”", "“and it is safe.”"])
    edits = (
        Edit(op="equal", ours=Span(1, 12), fullest=Span(1, 12)),
        Edit(op="equal", ours=Span(26, 40), fullest=Span(13, 27)),
    )
    carriage = make_carriage(make_utterance(fullest, statement), statement, [], edits=edits)
    found = pieces(ours, statement, base, carriage)
    assert [piece.text for piece in found] == ["“It was safe,” … “and it is safe.”"]


def test_the_fullest_comes_first_and_a_cut_shows_what_is_gone() -> None:
    index = index_story(harbour_story())
    rows = variants(index, index.items[1])
    assert [row.fullest for row in rows] == [True, False, False]
    assert [row.letter for row in rows] == ["V", "C", "P"]
    gone = [piece.text for piece in rows[1].pieces if piece.op == "left out"]
    assert "and the minutes will show it" in " ".join(gone)


def test_a_glimpse_is_the_change_with_a_few_words_around_it() -> None:
    index = index_story(harbour_story())
    variant = next(
        row for row in variants(index, index.items[1]) if row.statement.id == DENIAL_POST.id
    )
    short = glimpse(variant, context=16)
    assert short is not None
    assert short.pieces[0].text.startswith("[…] ")
    assert any(piece.op == "left out" for piece in short.pieces)


def test_a_copy_with_the_same_words_is_shown_with_its_source() -> None:
    index = index_story(harbour_story())
    wire = variants(index, index.items[1])[2]
    assert [index.outlet_of(row) for row in wire.same] == ["Coast Daily"]
    shown = [
        row
        for variant in variants(index, index.items[1])
        for row in (variant.statement, *variant.same)
    ]
    assert sorted(row.id for row in shown) == sorted(row.id for row in index.items[1].statements)


def test_a_closing_mark_stays_with_its_word() -> None:
    base = make_article("“It was safe before noon.”")
    ours = make_article("“It was safe,” she said.")
    fullest, statement = make_statement(base, base.text), make_statement(ours, "“It was safe,”")
    edits = (
        Edit(op="equal", ours=Span(1, 12), fullest=Span(1, 12)),
        Edit(op="drop", fullest=Span(13, 24)),
    )
    carriage = make_carriage(make_utterance(fullest, statement), statement, [], edits=edits)
    found = pieces(ours, statement, base, carriage)
    assert [(piece.op, piece.text) for piece in found] == [
        ("same", "“It was safe,”"),
        ("left out", "before noon"),
    ]


def test_a_glimpse_shows_an_altered_number_before_a_longer_cut() -> None:
    base = make_article(
        "“I was told to sign for six winches that nobody had looked at, and I did it then.”"
    )
    ours = make_article("“I was told to sign for 16 winches that nobody had looked at.”")
    fullest, statement = make_statement(base, base.text), make_statement(ours, ours.text)
    edits = (
        Edit(op="equal", ours=Span(1, 23), fullest=Span(1, 23)),
        Edit(op="replace", ours=Span(24, 26), fullest=Span(24, 27), flags=("number",)),
        Edit(op="equal", ours=Span(27, 59), fullest=Span(28, 60)),
        Edit(op="drop", fullest=span(base, "and I did it then")),
    )
    utterance = make_utterance(fullest, statement, id="4" * 32)
    carriage = make_carriage(utterance, statement, ["CUT_TAIL", "NUMBER"], edits=edits)
    linked = [
        row.__class__(
            **{**{f: getattr(row, f) for f in row.__struct_fields__}, "utterance_id": utterance.id}
        )
        for row in (fullest, statement)
    ]
    record = make_record(
        articles=[base, ours], statements=linked, utterances=[utterance], carriages=[carriage]
    )
    index = index_story(record)
    variant = next(row for row in variants(index, index.items[0]) if not row.fullest)
    one, both = glimpse(variant, most=1), glimpse(variant)
    assert one is not None
    assert both is not None
    assert [piece.text for piece in one.pieces if piece.op != "same"] == ["six", "16"]
    assert [piece.text for piece in both.pieces if piece.op != "same"] == [
        "six",
        "16",
        "and I did it then",
    ]


@pytest.mark.parametrize(
    ("text", "cue", "lead"),
    [
        ("The board did not respond to questions.", "respond to", "did not respond to"),
        ("The board hasn’t yet denied it.", "denied", "hasn’t yet denied"),
        ("The board has since flatly denied it.", "denied", "has since flatly denied"),
        ("The board had flatly denied it.", "denied", "had flatly denied"),
        ("The crew\nwas told it would stay.", "told", "was told"),
        ("Will Roe said it would stay.", "said", "said"),
    ],
)
def test_helping_verbs_and_negations_before_a_cue_are_shown(text: str, cue: str, lead: str) -> None:
    article = make_article(text)
    content = text.rpartition(cue + " ")[2].removesuffix(".")
    statement = make_statement(article, content, cue=cue, mode="indirect")
    assert lead_in(article, statement) == lead
