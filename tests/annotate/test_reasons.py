"""What was said is that somebody should leave; why is told by the outlet."""

from dataclasses import replace

import pytest
from tests.factories import make_article, span

from onrecord.annotate.found import Attribution
from onrecord.annotate.reasons import without_reasons
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
LEAVING = RESOURCES.words("leaving_words")


def statement(article, cue, content):
    return Attribution(
        source=None,
        cue=span(article, cue),
        content=(span(article, content),),
        mode="indirect",
        cue_class="speech",
        confidence=0.8,
        method="model",
    )


def content_of(rest, mode="indirect"):
    text = f"The council demanded {rest}."
    article = make_article(text)
    one = replace(statement(article, "demanded", rest), mode=mode)
    [found] = without_reasons([one], parse(article, RESOURCES), LEAVING)
    return found.content[0].of(text)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("that Moll resign", " over the flood that cost forty families their homes"),
        ("that Moll step down as chair of the port", " over her claims about the crane"),
        ("that Moll not seek re-election", " amid doubts about the crane"),
        ("her decision to step aside", ", over complaints by the crew"),
    ],
)
def test_the_reason_for_leaving_is_the_outlets(said, why):
    assert content_of(said + why) == said


@pytest.mark.parametrize(
    "said",
    [
        "that Moll resign over the weekend",
        "that Moll hand over the papers",
        "a debate over the crane",
        "that Moll, who resigned over the flood, be heard",
    ],
)
def test_other_words_are_kept_whole(said):
    assert content_of(said) == said


def test_words_in_marks_are_kept_whole():
    said = "“that Moll resign over the flood”"
    assert content_of(said, mode="direct") == said


def test_what_is_nested_in_the_reason_is_nested_no_more():
    text = "The council demanded that Moll resign over claims that the crane was safe."
    article = make_article(text)
    whole = "that Moll resign over claims that the crane was safe"
    outer = statement(article, "demanded", whole)
    inner = replace(statement(article, "claims", "that the crane was safe"), within=0)
    found = without_reasons([outer, inner], parse(article, RESOURCES), LEAVING)
    assert found[0].content[0].of(text) == "that Moll resign"
    assert found[1].within is None


def test_no_statement_becomes_another():
    text = "The council demanded that Moll resign over the flood."
    article = make_article(text)
    whole = statement(article, "demanded", "that Moll resign over the flood")
    short = statement(article, "demanded", "that Moll resign")
    found = without_reasons([short, whole], parse(article, RESOURCES), LEAVING)
    assert found == (short, whole)
