"""A transcript is known by its labels, a heading is not one."""

from tests.factories import make_article

from onrecord.annotate.labels import labelled_blocks
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
HEADINGS = RESOURCES.words("heading_labels")


def labels(text):
    found = labelled_blocks(parse(make_article(text), RESOURCES), HEADINGS)
    return [(one.name.of(text), " … ".join(piece.of(text) for piece in one.words)) for one in found]


def test_paragraphs_of_a_transcript_belong_to_their_labels():
    text = "MOLL: Is it safe?\n\n“QUILL: It is.\n\nMOLL: Since when?"
    assert labels(text) == [("MOLL", "Is it safe?"), ("QUILL", "It is."), ("MOLL", "Since when?")]


def test_a_single_label_is_a_heading():
    assert labels("OMBRE HARBOUR: The quay was closed on Monday.\n\nNo one was hurt.") == []


def test_words_that_head_paragraphs_are_no_speakers():
    assert labels("UPDATE: The quay is open.\n\nUPDATE: It is closed again.") == []


def test_a_quoted_turn_goes_on_in_paragraphs_that_open_with_a_mark():
    text = "“MOLL: Is it safe?\n\n“QUILL: It is.\n\n“We looked.\n\n“(Laughter.)\n\n“MOLL: Good.\n\nHe left."
    assert labels(text)[1:] == [("QUILL", "It is. … “We looked."), ("MOLL", "Good.")]
