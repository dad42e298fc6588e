"""Letters of the matrix, and which outlets count as sources of their own."""

import pytest

from factories import (
    make_article,
    make_carriage,
    make_copy,
    make_record,
    make_statement,
    make_utterance,
)
from onrecord.views.carried import carried, changes, letter
from onrecord.views.index import index_story
from stories import DENIAL_ECHO, TOLD_POST, harbour_story


@pytest.mark.parametrize(
    ("types", "mode", "expected"),
    [
        ([], "direct", "V"),
        (["VERBATIM"], "direct", "V"),
        (["SURFACE", "PUNCT"], "embedded", "V"),
        (["CUT_TAIL", "CUT_MID_SENTENCE"], "direct", "C"),
        (["NUMBER", "SUBST"], "direct", "A"),
        (["CUT_HEAD", "NEGATION"], "direct", "CA"),
        (["PARAPHRASE"], "direct", "P"),
        ([], "indirect", "P"),
        (["VERBATIM"], "mixed", "P"),
        (["ELLIPSIS"], "mixed", "C"),
    ],
)
def test_letters(types: list[str], mode: str, expected: str) -> None:
    article = make_article("“It was safe,” she said.")
    statement = make_statement(article, "“It was safe,”", mode=mode)
    carriage = make_carriage(make_utterance(statement), statement, types)
    assert letter(statement, carriage) == expected


def test_changes_are_said_in_words_without_the_general_type() -> None:
    utterance = make_utterance(TOLD_POST)
    carriage = make_carriage(utterance, TOLD_POST, ["SUBST", "NUMBER", "CUT_TAIL"])
    assert changes(carriage) == ("a number differs", "end left out")
    assert changes(make_carriage(utterance, TOLD_POST, ["SUBST"])) == ("words differ",)


def test_an_empty_cell_is_an_outlet_without_the_statement() -> None:
    matrix = carried(index_story(harbour_story()))
    rows = {row.item.number: [cell and cell.letter for cell in row.cells] for row in matrix.rows}
    assert [column.outlet for column in matrix.columns][:3] == [
        "Ferry Post",
        "Harbour Echo",
        "NWire",
    ]
    assert rows[2][:3] == ["C", "V", "P"]
    assert rows[3][:3] == ["V", None, None]


def _copies(*, trimmed: bool) -> object:
    wire = make_article("“One,” said A. “Two,” said B.", outlet="NWire")
    text = "“One,” said A." if trimmed else wire.text
    mail = make_article(text, outlet="Mail", published="2026-04-19")
    rows = [
        make_statement(wire, "“One,”"),
        make_statement(wire, "“Two,”"),
        make_statement(mail, "“One,”"),
    ]
    if not trimmed:
        rows.append(make_statement(mail, "“Two,”"))
    said = make_utterance(rows[0], rows[2]), make_utterance(rows[1], *rows[3:])
    placed = [
        row.__class__(
            **{
                **{name: getattr(row, name) for name in row.__struct_fields__},
                "utterance_id": said[place % 2].id,
            }
        )
        for place, row in enumerate(rows)
    ]
    return carried(
        index_story(
            make_record(
                articles=[wire, mail],
                statements=placed,
                utterances=said,
                copies=[make_copy(mail, wire, agency="NWire")],
            )
        )
    )


def test_an_unchanged_copy_shares_the_column_of_its_source() -> None:
    matrix = _copies(trimmed=False)
    assert [(column.outlet, column.same_text) for column in matrix.columns] == [
        ("NWire", ("Mail",))
    ]
    assert matrix.independent == 1


def test_a_trimmed_copy_is_shown_but_not_counted() -> None:
    matrix = _copies(trimmed=True)
    assert [(column.outlet, column.text_of) for column in matrix.columns] == [
        ("NWire", None),
        ("Mail", "NWire"),
    ]
    assert [row.outlets for row in matrix.rows] == [1, 1]
    assert DENIAL_ECHO.act == "denies"
