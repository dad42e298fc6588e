import pytest

from factories import make_article, make_statement
from onrecord.annotate.amounts import find_amounts
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")


def amounts(text, statements=()):
    article = make_article(text)
    return article, find_amounts(article, parse(article, RESOURCES), statements, RESOURCES)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The trust paid $250,000 for the roof.", ("$250,000", "money", "250000", "$", None)),
        ("The roof cost £2.6m in all.", ("£2.6m", "money", "2600000", "£", None)),
        ("It took more than 40 million euros.", ("40 million euros", "money", "40000000", "€", "more than")),
        ("At least 53 others were hurt.", ("53", "number", "53", None, "at least")),
        ("Police held a dozen men.", ("a dozen", "number", "12", None, None)),
        ("They read the 48-page report.", ("48-page", "number", "48", "page", None)),
        ("It follows a two-year inquiry.", ("two-year", "duration", "24", "month", None)),
        ("Rents rose by nearly 12 percent.", ("12 percent", "percent", "12", "percent", "nearly")),
        ("The road is 3 km long.", ("3 km", "distance", "3000", "metre", None)),
        ("She will accept nothing less than $5 billion.", ("$5 billion", "money", "5000000000", "$", None)),
    ],
)  # fmt: skip
def test_amounts_are_normalised(text, wanted) -> None:
    article, found = amounts(text)
    rows = [
        (row.span.of(article.text), row.kind, row.value, row.unit, row.qualifier) for row in found
    ]
    assert rows == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "It was built in 1987.",
        "The hearing is on 3 March.",
        "Doors open at 7 p.m. on Friday.",
        "Mara Quill, 42, said so.",
        "She left two years ago.",
        "One man was there.",
        "Nobody counted.",
    ],
)
def test_years_days_times_and_ages_are_no_amounts(text) -> None:
    assert amounts(text)[1] == ()


def test_an_amount_says_what_is_counted_first() -> None:
    _, (row,) = amounts("The board dismissed twelve former caretakers of the pier.")
    assert row.about[0] == "caretakers"
    assert {"dismissed", "board", "pier"} <= set(row.about)


def test_an_amount_belongs_to_the_innermost_statement() -> None:
    text = "Quill said Brandt claimed 30 boats were lost."
    article = make_article(text)
    outer = make_statement(article, "Brandt claimed 30 boats were lost", cue="said")
    inner = make_statement(article, "30 boats were lost", cue="claimed")
    (row,) = find_amounts(article, parse(article, RESOURCES), (outer, inner), RESOURCES)
    assert row.statement_id == inner.id
