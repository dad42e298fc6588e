"""Who wrote a letter or a post, as far as the text says so."""

import pytest

from factories import make_article
from onrecord.annotate.article import annotate
from onrecord.resources import load_resources

RESOURCES = load_resources()


@pytest.mark.parametrize("invisible", ["\xad", "\u200b", "\u200d", "\ufeff"])
def test_an_invisible_character_after_the_cue_is_a_word_without_letters(invisible):
    text = f"Ada Penn said {invisible} in a letter that the crane had been sold in May."
    (statement,) = annotate(make_article(text), RESOURCES).statements
    assert statement.cue is not None
