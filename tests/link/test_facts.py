import random

import pytest

from factories import STORY_ID, make_article, make_copy
from onrecord.annotate.amounts import find_amounts
from onrecord.annotate.tokens import parse
from onrecord.link.facts import find_differences
from onrecord.records import Annotation
from onrecord.resources import load_resources

RESOURCES = load_resources("en")


def annotated(text, outlet):
    article = make_article(text, outlet=outlet)
    found = find_amounts(article, parse(article, RESOURCES), (), RESOURCES)
    return Annotation(article=article, amounts=found)


def differences(*annotations, copies=()):
    rows = sorted(annotations, key=lambda row: row.article.id)
    return find_differences(STORY_ID, rows, (), copies, RESOURCES)


POST = annotated("The ferry struck the quay and 12 passengers were bruised.", "Post")
ECHO = annotated("When the ferry struck the quay, at least 15 passengers were bruised.", "Echo")
SAME = annotated("The ferry struck the quay, and 12 passengers were bruised.", "Radio")


def test_different_counts_of_one_thing_stand_side_by_side() -> None:
    (row,) = differences(POST, ECHO)
    assert {(value.value, value.qualifier) for value in row.values} == {
        ("12", None),
        ("15", "at least"),
    }
    assert "passengers" in row.what


def test_agreement_is_not_listed() -> None:
    assert differences(POST, SAME) == ()


def test_an_account_that_agrees_with_one_side_stands_with_it() -> None:
    (row,) = differences(POST, ECHO, SAME)
    assert sorted(value.value for value in row.values) == ["12", "12", "15"]


def test_copies_do_not_count() -> None:
    copy = make_copy(ECHO.article, POST.article)
    assert differences(POST, ECHO, copies=(copy,)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The council bought 30 benches for the passengers of the tram.",
        "The ferry struck the quay and 30 windows were broken.",
        "The company carries 900 passengers a day.",
    ],
)
def test_other_things_are_not_compared(text) -> None:
    assert differences(POST, annotated(text, "Radio")) == ()


def test_a_qualifier_alone_is_a_difference_and_about_is_none() -> None:
    exact = annotated("The trust repaid $60,000 to the lottery fund in March.", "Post")
    more = annotated("The trust repaid more than $60,000 to the lottery fund.", "Echo")
    about = annotated("The trust repaid about $60,000 to the lottery fund.", "Radio")
    assert differences(exact, about) == ()
    (row,) = differences(exact, more)
    assert sorted(value.qualifier or "" for value in row.values) == ["", "more than"]


def test_an_article_that_contradicts_itself_says_nothing() -> None:
    text = (
        "The ferry struck the quay and 12 passengers were bruised.\n"
        "The ferry struck the quay and 14 passengers were bruised."
    )
    assert differences(annotated(text, "Post"), ECHO, SAME) != differences(POST, ECHO, SAME)


def test_the_order_of_articles_does_not_matter() -> None:
    rows = [POST, ECHO, SAME]
    wanted = differences(*rows)
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        assert differences(*rows) == wanted
