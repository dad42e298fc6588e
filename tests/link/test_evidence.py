"""What statements are compared by: their content words, and the words of the text around them."""

import pytest
from tests.factories import make_article, make_statement

from onrecord.link.evidence import said_words
from onrecord.link.utterances import read
from onrecord.link.wording import read_wording, stem, weigher
from onrecord.resources import load_resources

RESOURCES = load_resources()


def said(text, *contents):
    article = make_article(text)
    articles = {article.id: article}
    rows = [make_statement(article, content) for content in contents]
    readings = [read(row, read_wording(text, row, RESOURCES), articles) for row in rows]
    return said_words(readings, RESOURCES)


TEXT = "The lighthouse was dark.\nThe keeper had left the lighthouse.\nThe ferry sank."


def test_words_around_have_length_one_and_leave_function_words_out():
    first, last = said(TEXT, "The lighthouse was dark", "The ferry sank")
    assert set(first.around) == set(map(stem, ("lighthouse", "dark")))
    assert set(last.around) == set(map(stem, ("keeper", "left", "lighthouse", "ferry", "sank")))
    for row in (first, last):
        assert sum(weight**2 for weight in row.around.values()) == pytest.approx(1.0)


def test_statements_of_one_paragraph_have_the_same_words_around():
    one, other = said(TEXT, "The keeper had left", "left the lighthouse")
    assert one.around == other.around


def test_content_words_weigh_what_they_weigh_in_the_language_at_most():
    (row,) = said(TEXT, "The keeper had left the lighthouse")
    assert list(row.content) == [stem(word) for word in ("keeper", "left", "lighthouse")]
    assert all(
        row.content[stem(word)] <= weigher(RESOURCES)(word) for word in ("keeper", "lighthouse")
    )


NUMBERS = (
    "There was a two-year inquiry.\nTwo crews had left.\n"
    "Both of the two remaining crews sank.\nThe port owes $40,000.\nIt pays 40,000."
)


def test_a_small_number_is_the_same_only_of_the_same_thing():
    inquiry, crews, remaining, owed, paid = said(
        NUMBERS,
        "a two-year inquiry",
        "Two crews had left",
        "the two remaining crews",
        "The port owes $40,000",
        "It pays 40,000",
    )
    assert not inquiry.numbers & crews.numbers
    assert crews.numbers & remaining.numbers == {f"2 {stem('crews')}"}
    assert owed.numbers == paid.numbers == {"40000"}
