"""No expression of the package can take more than linear time, whatever it is given to read."""

import re

import pytest

from expressions import compiled, expressions
from pumping import fault_of


@pytest.mark.parametrize("one", expressions(), ids=lambda one: one.name)
def test_no_expression_takes_more_than_linear_time(one):
    assert fault_of(one.pattern, searched=one.searched, whole=one.whole) is None


def test_every_call_that_compiles_an_expression_is_among_them():
    names = {one.name for one in expressions()}
    for call in compiled():
        if call.constant is None:
            owner = f"{call.module}.{call.function or call.named}"
            assert any(f"{name}.".startswith(f"{owner}.") for name in names), owner


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        (r"\s+$", "a repeat is searched for"),
        (r"[^x]*x", "a repeat is searched for"),
        (r"\s*[|;]\s*", "a repeat is searched for"),
        (r"a@\S+\.\w+", "a repeat is searched for"),
        (r"\b\w+(?:-\w+)*:", "a repeat is searched for"),
        (r"<[a-z]+-[a-z-]+\b[^<>]*>", "repeats that overlap"),
        (r"^0*\.?0+px", "repeats that overlap"),
        (r"^\W*Source", None),
        (r"(?m)^\W*Source", "a repeat is searched for"),
        (r"^(?:a+)+b", "a repeat inside a repeat"),
        (r"^(?:a|ab?|b)*c", "a repeat inside a repeat"),
        (r"^(?:\w{1,60}){0,60}x", "a repeat inside a repeat"),
        (r"^(?:a*)*b", "what is repeated may be empty"),
        (r"x(?=\s+y)", "an unbounded repeat is looked ahead for"),
        (r"(?i)(?:^|[\s_-])promo\w*(?:$|[\s-])", "a repeat is searched for"),
        (r"<b>.*?</b>", "a repeat is searched for"),
    ],
)
def test_an_expression_that_takes_more_is_recognised(pattern, kind):
    fault = fault_of(re.compile(pattern), searched=True)
    assert (fault and fault.kind) == kind


@pytest.mark.parametrize(
    "pattern",
    [
        r"\w+", r"\s{1,9}$", r"(?<!\s)\s+[|;]", r"(?:(?<!\s)\s+)?[|;]\s*", r"\b[A-Z]{3,}\b",
        r"“[^“”\n]*(?:”|$)", r"\w+(?:[.-]\w+)*", r"<[a-z]+-[^<>]*>", r"^\s+$", r"//([^/?#]*)",
        r"(?m)^[^\n]*$", r"(?:[A-Z]\.){2,}|\w+",
    ],
)  # fmt: skip
def test_an_expression_that_does_not_is_let_be(pattern):
    assert fault_of(re.compile(pattern), searched=True) is None


def test_an_expression_that_is_only_matched_is_tried_once():
    pattern = re.compile(r"\s+x")
    assert fault_of(pattern, searched=True)
    assert fault_of(pattern, searched=False) is None


def test_the_word_of_a_fault_is_one_that_the_repeat_reads():
    fault = fault_of(re.compile(r"[^x]*x"), searched=True)
    assert re.fullmatch(r"[^x]+", fault.word)
