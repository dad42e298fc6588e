"""The rows that tests make by hand obey the invariants of real ones."""

import pytest

from factories import make_article, make_statement, span, word_edits


def test_wordings_become_offsets() -> None:
    article = make_article("Mara Quill said the crane was safe.\nNobody else did.")
    statement = make_statement(article, "the crane was safe", source="Mara Quill", cue="said")
    assert statement.text == "the crane was safe"
    assert statement.source is not None
    assert statement.source.of(article.text) == "Mara Quill"
    assert [block.span.of(article.text) for block in article.blocks] == article.text.split("\n")


def test_a_wording_that_is_not_there_fails() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        span(make_article("Nothing here."), "something")


def test_word_edits_keep_offsets() -> None:
    left = make_article("“Nobody was told to sign it, ever.”")
    right = make_article("“Nobody was asked to sign it.”", outlet="Harbour Echo")
    whole = [span(row, row.text) for row in (left, right)]
    edits = word_edits(left, whole[0], right, whole[1])
    ops = [(edit.op, edit.fullest and edit.fullest.of(left.text)) for edit in edits]
    assert ops == [
        ("equal", "Nobody was"),
        ("replace", "told"),
        ("equal", "to sign"),
        ("replace", "it, ever."),
    ]
