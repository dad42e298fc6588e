"""Sentences cover every token once, and none is long enough to make rules quadratic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_article

from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources()


@given(st.text(alphabet="aB. ,\n", max_size=400), st.integers(1, 40))
def test_sentences_hold_every_token_once_in_order(unit, times):
    parsed = parse(make_article(f"a {unit * times}"), RESOURCES)
    tokens = [token for one in parsed.sentences for token in range(one.first, one.last)]
    assert tokens == list(range(len(parsed.words)))


def test_what_runs_on_without_a_full_stop_is_cut():
    parsed = parse(make_article("Ines Moll said the crane fell and " * 300), RESOURCES)
    assert max(one.last - one.first for one in parsed.sentences) <= 400
    assert {one.block for one in parsed.sentences} == {0}


def test_a_sentence_of_ordinary_length_stays_whole():
    parsed = parse(make_article("The crane fell. Ines Moll said so, and left."), RESOURCES)
    assert [one.last - one.first for one in parsed.sentences] == [4, 8]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("It is shut, said Ada Roe Jr. The crane stays.", "The"),
        ("It is shut, said Ada Roe Sr. “It stays.”", "“"),
        ("Ada Roe Jr. Boulevard is shut.", None),
        ("It is shut, said Ada Roe Jr. of Hull.", None),
        ("It is shut, said Mr. The.", None),
        ("It is shut, said Adm. Ada Roe and Del. Ina Moll of Ft. Ombre.", None),
    ],
)
def test_the_full_stop_of_a_suffix_may_end_a_sentence(text, second):
    parsed = parse(make_article(text), RESOURCES)
    assert [parsed.words[one.first] for one in parsed.sentences[1:]] == [second] * bool(second)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("The pier is shut, she said.It stays so.", "It"),
        ("The pier is shut, she said.A crane fell.", "A"),
        ("The pier is shut, she said.HMCG sent a boat.", "HMCG"),
        ("It sank in 1904.The port denies it.", "The"),
        ("The case went to the RNLI.Moll read it.", "Moll"),
        ("“The pier is shut.”Moll left.", "Moll"),
        ('The pier is shut."He left," Moll said.', '"'),
        ('"The pier is shut."He left.', "He"),
        ("Moll has a Ph.D. and lives in the U.S.A. and in St.Omer.", None),
        ("It is on Harbour.Com, in Log.Pdf and on pier.NET.", None),
        ("Write to Ada.Brandt@harbour.example or see http://a.example/The.Pier today.", None),
        ("Initials such as A.B.Moll and sums such as 3.5 have no end in them.", None),
    ],
)
def test_a_sentence_may_begin_without_a_space(text, second):
    parsed = parse(make_article(text), RESOURCES)
    assert [parsed.words[one.first] for one in parsed.sentences[1:]] == [second] * bool(second)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10:42amMoll left", ["10", ":", "42am", "Moll", "left"]),
        ("14:05BSTThe port", ["14", ":", "05", "BST", "The", "port"]),
        ("9.15amLOCK-KEEPER", ["9.15am", "LOCK-KEEPER"]),
        ("at 10:42PM it", ["at", "10", ":", "42PM", "it"]),
        ("some 3.15Bn crowns", ["some", "3.15Bn", "crowns"]),
    ],
)
def test_a_word_may_begin_right_behind_a_clock(text, words):
    assert list(parse(make_article(text), RESOURCES).words) == words
