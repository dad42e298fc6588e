"""The model is spared blocks that cannot hold a statement, and no others."""

import pytest
from tests.factories import make_article

from onrecord.annotate.gate import worth_reading
from onrecord.annotate.lexicon import lexicon_of
from onrecord.annotate.tagger import block_tokens
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")


def kept(text):
    tokens = parse(make_article(text), RESOURCES)
    words = RESOURCES.words("gate_words")
    return worth_reading(tokens, lexicon_of(RESOURCES), words, block_tokens(tokens))


@pytest.mark.parametrize(
    "text",
    [
        "Mara Quill said so.",
        "“No.”",
        "Moll: no comment",
        "She accused the board of neglect.",
        "The board is adamant.",
    ],
)
def test_marks_colons_and_words_of_cues_are_read(text):
    assert kept(text) == [True]


def test_other_blocks_are_not():
    assert kept("Ferry 3, Quay 1\n\nThe union said it would sue.") == [False, True]
