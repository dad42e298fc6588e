import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_article
from onrecord.annotate.found import Quotation
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
CASES = Path(__file__).parent.parent / "cases" / "quotation"
PIECES = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "a", "Roe", "s", " ", ", ", ". ", "\n", "é"]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def quotations(text: str) -> tuple[Quotation, ...]:
    return find_quotations(parse(make_article(text), RESOURCES))


def cases(name: str):
    rows = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


@pytest.mark.parametrize("case", cases("synthetic") + cases("negative"))
def test_finds_what_stands_in_marks(case):
    text = case["text"]
    found = [[row.outer.of(text), row.depth, row.closed] for row in quotations(text)]
    assert case["quotations"] == found


def test_a_paragraph_that_opens_with_a_mark_continues_the_one_before():
    found = quotations("“It was safe.\n“I checked it.\n“Twice.”")
    assert [row.continues for row in found] == [None, 0, 1]
    assert [row.closed for row in found] == [False, False, True]


def test_a_quotation_goes_on_only_with_its_own_mark():
    assert [row.continues for row in quotations('"It was safe.\n“I checked it.”')] == [None, None]


@settings(max_examples=300)
@given(texts)
def test_quotations_nest_and_keep_text_order(text):
    article = make_article(text)
    found = quotations(text)
    for row in found:
        assert row.outer.covers(row.inner)
        assert "\n" not in row.outer.of(article.text)
    for first, second in itertools.pairwise(found):
        assert first.outer.start < second.outer.start
        assert first.outer.covers(second.outer) or not first.outer.overlaps(second.outer)
        if second.depth > first.depth:
            assert first.outer.covers(second.outer)


@settings(max_examples=200)
@given(texts, texts)
def test_a_paragraph_does_not_change_the_quotations_of_another(text, other):
    before = [row for row in quotations(text) if row.depth == 0]
    after = quotations(f"{text}\n\n{other}")
    length = len(make_article(text).text)
    spans = [row.outer for row in after if row.depth == 0 and row.outer.end <= length]
    assert [row.outer for row in before] == spans
