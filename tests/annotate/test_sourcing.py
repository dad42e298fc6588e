"""The source of a statement is a whole name or phrase, and no more."""

import pytest
from tests.factories import make_article

from onrecord.annotate.certainties import Claim
from onrecord.annotate.lexicon import lexicon_of
from onrecord.annotate.sourcing import with_whole_source
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
VERBS = frozenset(("said", "say", "agreed", "noted"))


def read(text, source, cue="said"):
    tokens = parse(make_article(text), RESOURCES)

    def place(wording):
        first = tokens.starts.index(text.index(wording))
        return first, tokens.ends.index(text.index(wording) + len(wording)) + 1

    claim = Claim(place(source) if source else None, place(cue), (), 1.0, ())
    found = with_whole_source(
        tokens, claim, VERBS, RESOURCES.words("calendar"), lexicon_of(RESOURCES).adjuncts
    )
    wording = [one and tokens.span(*one).of(text) for one in (found.source, found.cue)]
    return tuple(wording)


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("Then Mrs. Moll said the quay was closed.", "Mrs", "Mrs. Moll"),
        ("It is closed, said port speaker Ines Moll of the quay.", "speaker", "speaker Ines Moll"),
        ("It is closed, said PTB speaker Ines Moll.", "speaker", "PTB speaker Ines Moll"),
        ("Then Moll Friday said the quay was closed.", "Moll", "Moll"),
        ("Moll Soon Said To Be Leaving Ombre", "Moll", "Moll"),
        ("Then the port Moll runs said it was closed.", "the port", "the port"),
        ("Then it said Quill was late.", "it", "it"),
    ],
)
def test_a_name_is_never_cut(text, source, whole):
    cue = "Said" if "Said" in text else "said"
    assert read(text, source, cue)[0] == whole


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("Ines Moll, who runs the yard,", "Ines Moll"),
        ("Ines Moll, on what was her last day,", "Ines Moll"),
        ("Ines Moll, opening the yard,", "Ines Moll"),
        ("some skippers, including Ines Moll,", "some skippers"),
        ("a paper that shows the depth", "a paper"),
        ("a port that the mayor", "a port that the mayor"),
        ("one of whom", "one of whom"),
        ("Ines Moll, Mara Quill and fishing clubs", "Ines Moll, Mara Quill and fishing clubs"),
        ("Ines Moll, a baker,", "Ines Moll, a baker"),
        ("who closed the yard", "who"),
        ("he and Moll", "he and Moll"),
        ("members of both parties for his", "members of both parties"),
        ("the crews and", "the crews"),
        ("the crew he spoke to", "the crew he spoke to"),
    ],
)
def test_what_more_is_said_of_the_speaker_is_left_out(source, short):
    assert read(f"Later {source} said the quay was closed.", source)[0] == short


def test_a_subject_in_the_cue_is_the_source():
    assert read("Later all agreed to wait.", None, "all agreed") == ("all", "agreed")
    assert read("Later they all said so.", None, "said") == (None, "said")
    assert read("Later it was said to be safe.", None, "it was said") == (None, "it was said")


def test_a_verb_of_saying_is_no_speaker():
    assert read("“It is closed,” said Moll.", "said", "Moll") == ("Moll", "said")
    assert read("“It is closed,” the two said so, noted all.", "said", "noted") == ("said", "noted")


def test_of_according_to_only_the_name_is_the_source():
    text = "The quay was closed, according to Moll."
    assert read(text, "to Moll", "according") == ("Moll", "according to")


def test_a_source_ends_with_its_sentence():
    text = "“It is late,” said Ines Moll II. The quay was closed."
    assert read(text, "Ines Moll II. The quay was closed.")[0] == "Ines Moll II"


@pytest.mark.parametrize(
    ("text", "source", "cue", "speaks"),
    [
        ("Moll, whom three of the crew say was late, left.", "Moll", "say", "three of the crew"),
        ("Moll, whom the crew say was late, left.", "Moll, whom the crew", "say", "the crew"),
        ("Two left, one of whom said it was late.", "one of whom", "said", "one of whom"),
        ("Moll, whom Quill has said was late, left.", "Moll", "said", "Quill"),
        ("Moll, whom Quill knew, said it was late.", "Moll", "said", "Moll"),
        ("Moll, who said it was late, left.", "Moll", "said", "Moll"),
    ],
)
def test_whom_somebody_speaks_of_does_not_speak(text, source, cue, speaks):
    assert read(text, source, cue)[0] == speaks


def test_a_source_before_its_cue_stands_in_the_sentence_of_that():
    text = "It was signed by the port. The harbour master’s aide, Ines Moll, said it was late."
    assert read(text, "the port. The harbour master’s aide")[0] == "The harbour master’s aide"


@pytest.mark.parametrize(
    ("text", "source", "cue", "kept"),
    [
        ("A builder accused of theft went on trial.", "A builder", "accused of", None),
        ("A builder, 54, charged with theft, went.", "A builder, 54", "charged", None),
        ("A chief blamed for the fire has left.", "A chief", "blamed", None),
        ("The union accused Moll of theft.", "The union", "accused", "The union"),
        ("Moll, whom Quill accused of theft, left.", "Quill", "accused of", "Quill"),
        ("Moll was accused by Quill of theft.", "Quill", "accused", "Quill"),
    ],
)
def test_the_accused_is_not_who_accuses(text, source, cue, kept):
    assert read(text, source, cue)[0] == kept
