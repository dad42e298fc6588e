import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from act_cases import RESOURCES, attribution_of, load
from onrecord.annotate.dates import said_when
from onrecord.annotate.tokens import parse

CASES = [case for name in ("in-the-wild.json", "negative.json") for case in load("dates", name)]


def said(case):
    article, attribution = attribution_of(case)
    found = said_when(article, parse(article, RESOURCES), attribution, RESOURCES)
    return found.when if found else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_dates_of_cases(case):
    found = said(case)
    row = msgspec.to_builtins(found)
    assert case["said"] == (row and {key: row[key] for key in ("from", "to", "precision")})
    assert found is None or found.rule


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
    st.sampled_from(
        ["on Thursday", "yesterday", "last week", "last month", "on 29 February", "two weeks ago"]
    ),
)
def test_a_range_is_in_order_and_not_after_the_article(published, words):
    text = f"[S Quill] [C said] {words} [T that the crane was safe]."
    found = said({"text": text, "published": published.isoformat()})
    assert found is None or found.start <= found.end
    assert found is None or found.start <= published.isoformat()


@given(st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)))
def test_a_weekday_is_within_the_week_before_the_article(published):
    found = said(
        {"text": "[S Quill] [C said] on Sunday [T so].", "published": published.isoformat()}
    )
    day = dt.date.fromisoformat(found.start)
    assert day.isoweekday() == 7
    assert 0 <= (published - day).days < 7


@pytest.mark.parametrize(
    ("modified", "start"),
    [(None, "2026-03-04"), ("2026-03-10", "2026-03-04"), ("2026-03-12", None)],
)
def test_a_weekday_that_may_be_of_a_revision_is_no_day(modified, start):
    case = {"text": "[S Quill] [C said] on Wednesday [T so].", "published": "2026-03-05"}
    article, attribution = attribution_of(case)
    article = msgspec.structs.replace(article, modified=modified)
    found = said_when(article, parse(article, RESOURCES), attribution, RESOURCES)
    assert (found.when.start if found else None) == start


def test_a_day_soon_to_come_is_not_one_of_last_year():
    text = "[S Quill] [C was asked] on 16 March [T to report]."
    assert said({"text": text, "published": "2026-03-09"}) is None


@pytest.mark.parametrize("odd", ["9" * 10_000, "20²6-03-03", "²", "٢٠٢٦-٠٣-٠٣", "3rd" * 2000])
def test_no_digits_make_the_reading_fail(odd):
    text = f"[S Quill] [C said] on {odd} [T that the crane was safe]."
    found = said({"text": text, "published": "2026-03-04"})
    assert found is None or found.start <= found.end
