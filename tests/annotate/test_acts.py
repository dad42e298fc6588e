from itertools import pairwise

import pytest

from act_cases import RESOURCES, attribution_of, character_of, load
from factories import make_article
from onrecord.annotate.acts import characterise
from onrecord.annotate.article import annotate
from onrecord.annotate.tokens import parse

CASES = [
    case
    for name in ("in-the-wild.json", "negative.json", "synthetic.json")
    for case in load("acts", name)
]


def why(case):
    return case["why"]


@pytest.mark.parametrize("case", CASES, ids=why)
def test_acts_of_cases(case):
    found = character_of(case)
    asked = {key: case[key] for key in found if key in case}
    assert asked == {key: found[key] for key in asked}


@pytest.mark.xfail(reason="known failures", strict=True)
@pytest.mark.parametrize("case", load("acts", "known-failures.json"), ids=why)
def test_known_failures_still_fail(case):
    assert character_of(case)["act"] == case["act"]


@pytest.mark.parametrize("case", CASES, ids=why)
def test_every_span_lies_outside_the_source_and_in_the_text(case):
    article, attribution = attribution_of(case)
    found = characterise(article, parse(article, RESOURCES), attribution, RESOURCES)
    for span in (*found.hedges, *filter(None, [found.addressee])):
        assert span.of(article.text).strip() == span.of(article.text)
        assert attribution.source is None or not span.overlaps(attribution.source)


def test_hedges_come_in_order_and_apart():
    text = "[S She] [C said] [T it possibly seemed likely, perhaps, that they might go]."
    article, attribution = attribution_of({"text": text})
    hedges = characterise(article, parse(article, RESOURCES), attribution, RESOURCES).hedges
    assert list(hedges) == sorted(hedges)
    assert all(left.end <= right.start for left, right in pairwise(hedges))


def test_what_somebody_else_is_quoted_with_is_no_act_of_who_tells_it():
    text = (
        "She claims that Ada Brandt told her: “If you won’t sign it, I’ll find somebody who will.”"
    )
    found = annotate(make_article(text), RESOURCES).statements
    assert [(one.source.of(text), one.act) for one in found] == [
        ("She", "accuses"),
        ("Ada Brandt", "threatens"),
    ]
