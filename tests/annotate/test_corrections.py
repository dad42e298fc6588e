"""What an article takes back is nobody's statement."""

import pytest
from tests.factories import make_article

from onrecord.annotate.article import annotate
from onrecord.resources import load_resources

RULES = load_resources("en")


def contents(text, resources=RULES):
    found = annotate(make_article(text), resources).statements
    return [" … ".join(span.of(text) for span in one.content) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Correction: An earlier version of this article said Ada Brandt was the mayor.",
        "This article was amended on 4 May. An earlier version said that the pier was shut.",
        "This story originally said that the pier was shut, and has been corrected.",
        "An earlier headline on this post wrongly said that the pier was shut.",
        "Correction: A previous version of this story said that Moll had told us that it is safe.",
    ],
)
def test_what_an_article_said_before_is_no_statement(text):
    assert contents(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("An earlier version of the bill said the port would pay.", "the port would pay"),
        ("A copy leaked. An earlier version said the port would pay.", "the port would pay"),
        ("The union said an earlier version was better.", "an earlier version was better"),
    ],
)
def test_other_versions_speak(text, content):
    assert contents(text) == [content]


def test_statements_around_a_note_keep_their_places():
    text = (
        "Moll said that Brandt denied that the crane was loose.\n"
        "An earlier version of this article said that the crane was safe.\n"
        "Moll said that Brandt denied that the quay was shut."
    )
    found = annotate(make_article(text), RULES).statements
    places = {one.id: place for place, one in enumerate(found)}
    assert [one.within and places[one.within] for one in found] == [None, 0, None, 2]
