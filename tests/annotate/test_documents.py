"""Who wrote a letter or a post, as far as the text says so."""

import pytest

from factories import make_article, make_statement
from onrecord.annotate.article import annotate
from onrecord.annotate.coreference import resolve
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources()


@pytest.mark.parametrize("invisible", ["\xad", "\u200b", "\u200d", "\ufeff"])
def test_an_invisible_character_after_the_cue_is_a_word_without_letters(invisible):
    text = f"Ada Penn said {invisible} in a letter that the crane had been sold in May."
    (statement,) = annotate(make_article(text), RESOURCES).statements
    assert statement.cue is not None


def speaker(text, *, source, cue, content):
    """Return the name of who speaks in a statement of *text* whose parts are given by wording."""
    article = make_article(text)

    def span(words):
        return make_statement(article, words).content[0]

    statement = make_statement(article, content, source=span(source), cue=span(cue))
    found = resolve(article, parse(article, RESOURCES), (statement,), RESOURCES)
    (voice,) = found.voices
    return [found.chains[number].name for number in voice.speakers]


@pytest.mark.parametrize(
    ("letter", "author"),
    [
        ("a letter sent from Lund's lawyer, Piet Roos, to the board", "Piet Roos"),
        ("an unsigned letter", "an unsigned letter"),
    ],
)
def test_words_of_a_letter_are_not_his_who_only_got_it(letter, author):
    text = f"The Kingsport Mail obtained {letter} asking it to wait."
    who = speaker(text, source="The Kingsport Mail", cue="asking", content="it to wait")
    assert who == [author]


def test_words_of_a_letter_are_his_who_sent_it():
    text = "Piet Roos sent a letter asking the board to wait."
    assert speaker(text, source="Piet Roos", cue="asking", content="the board to wait") == [
        "Piet Roos"
    ]
