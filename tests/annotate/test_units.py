"""Units hold every token of the outlet's own sentences once, numbers and quotations folded."""

from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_article

from onrecord.annotate.lexicon import lexicon_of
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.annotate.units import QUOTE, units_of
from onrecord.resources import load_resources

RESOURCES = load_resources()


def units(text):
    parsed = parse(make_article(text), RESOURCES)
    return units_of(parsed, find_quotations(parsed), lexicon_of(RESOURCES)), parsed


@given(
    st.lists(st.sampled_from(["a", "B", "12", "000", ",", ".", '"', " ", "\n"]), max_size=60),
    st.integers(1, 12),
)
def test_items_hold_every_token_once_in_order(pieces, times):
    found, parsed = units("a " + "".join(pieces) * times)
    items = [item for unit in found for item in zip(unit.firsts, unit.lasts, strict=True)]
    tokens = [token for first, last in items for token in range(first, last)]
    assert tokens == list(range(len(parsed.words)))


def test_numbers_and_quotations_are_single_items():
    (unit,), _ = units('The guild paid 2,000,000 crowns, "all that it had," in 12, 13 parts.')
    assert unit.lowers == [
        *("the", "guild", "paid", "2", "crowns", ",", QUOTE, "in", "12", ",", "13", "parts", "."),
    ]
    assert unit.span(3, 4).of(unit.parse.text) == "2,000,000"
    assert unit.quotations == [-1] * 6 + [0] + [-1] * 6


def test_a_number_at_a_sentence_end_starts_no_other():
    found, _ = units("They counted 1,000. The pier held 3,500 men.")
    assert [unit.lowers for unit in found] == [
        ["they", "counted", "1", "."],
        ["the", "pier", "held", "3", "men", "."],
    ]
