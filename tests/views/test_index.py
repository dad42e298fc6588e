"""What is said once is one item; what was not said to a reader is counted, not shown."""

import pytest

from factories import make_article, make_record, make_statement
from onrecord.spans import Span
from onrecord.views.index import Item, index_story, outlet_name
from stories import DENIAL_ECHO, TOLD_POST, WANTS, harbour_story


@pytest.mark.parametrize(("wire", "kept"), [("collapse", False), ("only", True)])
def test_statements_in_copies_are_left_out_or_alone(wire, kept) -> None:
    record = harbour_story()
    copies = {row.article_id for row in record.copies if row.kind != "revision"}
    bases = {row.fullest for row in record.utterances}
    index = index_story(record, wire=wire)
    shown = [row for row in index.statements.values() if row.id not in bases]
    assert shown
    assert {row.article_id in copies for row in shown} == {kept}
    assert index.left.copied == len(index_story(record).statements) - len(index.statements)
    assert index.left.copied > 0
    for item in index.items:
        assert item.utterance is None or item.fullest.id == item.utterance.fullest


def test_statements_of_one_utterance_are_one_item() -> None:
    index = index_story(harbour_story())
    assert [item.fullest.id for item in index.items[:2]] == [TOLD_POST.id, DENIAL_ECHO.id]
    assert [len(item.statements) for item in index.items] == [4, 4, 1, 1, 2]
    assert [item.number for item in index.items] == [1, 2, 3, 4, 5]


def test_attitude_is_left_out_and_counted() -> None:
    index = index_story(harbour_story())
    assert index.left.attitude == 1
    assert WANTS.id not in index.statements


def test_hidden_text_is_left_out_and_counted() -> None:
    text = "Mara Quill said it was safe."
    article = make_article(text, hidden=(Span(0, len(text)),))
    statement = make_statement(article, "it was safe")
    index = index_story(make_record(articles=[article], statements=[statement]))
    assert index.items == ()
    assert index.left.hidden == 1


def test_an_article_without_outlet_goes_by_address_then_by_file() -> None:
    assert (
        outlet_name(make_article("x", outlet=None, url="https://tram.example/1")) == "tram.example"
    )
    assert outlet_name(make_article("x", outlet=None, locator="pages/one.html")) == "one.html"
    broken = make_article("x", outlet=None, url="http://[tram/1", locator="pages/one.html")
    assert outlet_name(broken) == "one.html"


def test_the_order_of_rows_does_not_matter() -> None:
    record = harbour_story()
    turned = record.__class__(
        **{
            name: value[::-1] if isinstance(value, tuple) else value
            for name, value in (
                (field, getattr(record, field)) for field in record.__struct_fields__
            )
        }
    )
    assert [item.fullest.id for item in index_story(turned).items] == [
        item.fullest.id for item in index_story(record).items
    ]


def test_an_item_has_one_act_for_all_its_statements() -> None:
    """An accusation in one outlet makes the item one, even where the fullest was read otherwise."""
    article = make_article(
        "“I was told to sign,” she said. She was told to sign. “I sign,” she said."
    )
    rows = [
        make_statement(article, "“I was told to sign,”", act="announces"),
        make_statement(article, "She was told to sign", act="accuses"),
        make_statement(article, "“I sign,”", act="announces"),
    ]
    assert Item(number=1, fullest=rows[0], statements=tuple(rows[:2])).act == "accuses"
    assert Item(number=1, fullest=rows[0], statements=(rows[0], rows[2])).act == "announces"
