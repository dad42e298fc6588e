"""What somebody said is the whole clause before the cue, not what stands behind its verb."""

import pytest
from tests.factories import make_article, span

from onrecord.annotate.beginnings import with_beginnings
from onrecord.annotate.found import Attribution
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")


def statement(article, source, cue, content, cue_class="speech", mode="indirect"):
    return Attribution(
        source=source and span(article, source),
        cue=span(article, cue),
        content=(span(article, content),),
        mode=mode,
        cue_class=cue_class,
        confidence=0.8,
        method="model",
    )


def contents(text, *claims, **fields):
    article = make_article(text)
    claimed = [statement(article, *claim, **fields) for claim in claims]
    found = with_beginnings(claimed, parse(article, RESOURCES))
    return [piece.of(text) for one in found for piece in one.content]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "whole"),
    [
        (
            "The port asked Ines Moll to close the pier, the mayor said.",
            *("the mayor", "said", "Ines Moll to close the pier"),
            "The port asked Ines Moll to close the pier",
        ),
        (
            "But the crew had dismissed “any risk” and two cooks, according to Ines Moll.",
            *("Ines Moll", "according to", "two cooks"),
            "the crew had dismissed “any risk” and two cooks",
        ),
    ],
)
def test_a_clause_before_its_cue_is_whole(text, source, cue, content, whole):
    assert contents(text, (source, cue, content)) == [whole]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # The outlet sets the scene, and names who told the one that tells it.
        ("By Tuesday, the pier was shut, Moll said.", "Moll", "said", "the pier was shut"),
        (
            "The Ferry Post reported that the pier sank, according to Moll.",
            *("Moll", "according to", "that the pier sank"),
        ),
        # The words are a relative clause, or what stands behind a colon.
        ("The port shut a pier the union denied.", "the union", "denied", "a pier"),
        (
            "He came late and blamed the port: “It slept,” he said.",
            *("he", "said", "the port: “It slept,”"),
        ),
        # The cue stands in front.
        ("Then Moll told the crew to leave.", "Moll", "told", "the crew to leave"),
    ],
)
def test_what_the_outlet_says_before_it_stays_out(text, source, cue, content):
    assert contents(text, (source, cue, content)) == [content]


def test_a_wish_inside_what_was_said_is_part_of_it():
    text = "The charges were expected to include fraud, two clerks said."
    said = ("two clerks", "said", "to include fraud")
    wish = (None, "were expected", "The charges")
    article = make_article(text)
    claims = [statement(article, *said), statement(article, *wish, cue_class="attitude")]
    found = with_beginnings(claims, parse(article, RESOURCES))
    assert [one.content[0].of(text) for one in found] == [
        "The charges were expected to include fraud"
    ]


def test_words_of_somebody_else_are_not_taken():
    text = "Ines Moll urged him to resign over a pier that sank, the mayor said."
    claims = [
        ("Ines Moll", "urged", "him to resign"),
        ("the mayor", "said", "a pier that sank"),
    ]
    assert contents(text, *claims) == ["him to resign", "a pier that sank"]
