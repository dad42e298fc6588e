"""Days and places on which accounts of the same event, or of the same words, differ."""

import random

import pytest

from act_cases import RESOURCES, load
from factories import STORY_ID, make_article, make_copy, make_statement
from onrecord.annotate.article import annotate
from onrecord.annotate.occasions import find_occasions
from onrecord.annotate.tokens import parse
from onrecord.ids import UtteranceId
from onrecord.link.facts import find_differences
from onrecord.records import Amount, Annotation

CASES = [case for name in ("synthetic.json", "negative.json") for case in load("differences", name)]


def annotated(row):
    article = make_article(row["text"], outlet=row["outlet"], published=row["published"])
    found = find_occasions(article, parse(article, RESOURCES), RESOURCES)
    return Annotation(article=article, amounts=found)


def differences(annotations, statements=(), copies=()):
    rows = sorted(annotations, key=lambda row: row.article.id)
    return find_differences(STORY_ID, rows, statements, copies, RESOURCES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_accounts_that_differ_and_no_others(case):
    rows = differences([annotated(article) for article in case["articles"]])
    found = [row for row in rows if row.method.startswith(case["kind"])]
    assert sorted(value.value for row in found for value in row.values) == case["values"]
    assert len(found) <= 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_order_of_articles_does_not_matter(case):
    rows = [annotated(article) for article in case["articles"]]
    wanted = differences(rows)
    random.Random(1).shuffle(rows)
    assert differences(rows) == wanted


def test_every_value_is_where_it_is_printed() -> None:
    for case in CASES:
        for row in map(annotated, case["articles"]):
            for amount in row.amounts:
                wording = amount.span.of(row.article.text)
                assert wording.strip()
                assert amount.kind == "date" or amount.value == wording.casefold()


def test_copies_do_not_count() -> None:
    case = CASES[0]
    post, echo = map(annotated, case["articles"])
    assert differences([post, echo])
    assert differences([post, echo], copies=(make_copy(echo.article, post.article),)) == ()


def test_a_caption_dates_its_picture() -> None:
    text = "The warehouse fire on Monday destroyed two boats."
    article = make_article(text)
    caption = article.blocks[0].__class__(kind="caption", span=article.blocks[0].span)
    article = make_article(text, blocks=(caption,))
    assert find_occasions(article, parse(article, RESOURCES), RESOURCES) == ()


def said(outlet, words, day, *, mode="direct", utterance="u"):
    article = make_article(f"“{words}” she said on {day}.", outlet=outlet)
    statement = make_statement(
        article, f"“{words}”", cue="said", mode=mode, utterance_id=UtteranceId(utterance)
    )
    value = {"Monday": "2026-04-13", "Tuesday": "2026-04-14", "Friday": "2026-04-17"}[day]
    start = article.text.index(day)
    span = statement.content[0].__class__(start, start + len(day))
    amount = Amount(span=span, statement_id=statement.id, kind="said", value=value, unit="day")
    return Annotation(article=article, amounts=(amount,)), statement


def of_words(*pairs):
    return differences([row for row, _ in pairs], [statement for _, statement in pairs])


def test_the_same_words_with_two_days_of_saying() -> None:
    (row,) = of_words(
        said("Post", "The crane was safe,", "Monday"),
        said("Echo", "The crane was safe,", "Tuesday"),
    )
    assert sorted(value.value for value in row.values) == ["2026-04-13", "2026-04-14"]
    assert all(value.statement_id for value in row.values)


@pytest.mark.parametrize(
    ("day", "fields"),
    [
        ("Monday", {}),
        ("Friday", {}),
        ("Tuesday", {"mode": "indirect"}),
        ("Tuesday", {"utterance": "v"}),
    ],
)
def test_other_words_reported_words_and_days_far_apart_are_not_compared(day, fields) -> None:
    post = said("Post", "The crane was safe,", "Monday")
    assert of_words(post, said("Echo", "The crane was safe,", day, **fields)) == ()


def test_an_annotation_holds_the_day_that_is_printed_for_a_statement() -> None:
    article = make_article("“The crane was never safe,” Mara Quill said on Monday.")
    (day,) = [row for row in annotate(article, RESOURCES).amounts if row.kind == "said"]
    assert (day.value, day.span.of(article.text)) == ("2026-04-13", "Monday")
