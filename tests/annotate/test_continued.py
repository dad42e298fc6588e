"""Paragraphs in marks go on with the statement that opens the first of them."""

from tests.factories import make_article

from onrecord.annotate.continued import with_continued
from onrecord.annotate.found import Attribution
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources
from onrecord.spans import Span

RESOURCES = load_resources("en")
PARAGRAPHS = ["“The crane fell.", "“Nobody came.", "“We waited.”"]
TEXT = "Ines Moll said in full:\n\n" + "\n\n".join(PARAGRAPHS) + "\n\n“It rained.”"


def statement(words, source=None, cue=None, text=TEXT):
    place = lambda wording: Span(text.index(wording), text.index(wording) + len(wording))  # noqa: E731 - a name for one expression
    return Attribution(
        source=place(source) if source else None,
        cue=place(cue) if cue else None,
        content=(place(words),),
        mode="direct",
        cue_class="speech",
        confidence=0.8,
        method="model",
    )


def contents(found, text=TEXT):
    tokens = parse(make_article(text), RESOURCES)
    joined = with_continued(found, find_quotations(tokens))
    return [[piece.of(text) for piece in one.content] for one in joined]


FIRST = statement(PARAGRAPHS[0], "Ines Moll", "said")


def test_nameless_paragraphs_go_on():
    rests = [statement(words) for words in PARAGRAPHS[1:]]
    assert contents([FIRST, *rests]) == [PARAGRAPHS]


def test_a_paragraph_with_a_speaker_of_its_own_stands_alone():
    other = statement(PARAGRAPHS[1], "Ines Moll", "said")
    found = [FIRST, other, statement(PARAGRAPHS[2])]
    assert contents(found) == [[PARAGRAPHS[0]], PARAGRAPHS[1:]]


def test_a_quotation_behind_a_closed_one_does_not_go_on():
    alone = statement("“It rained.”")
    assert contents([FIRST, alone]) == [[PARAGRAPHS[0]], ["“It rained.”"]]


def test_paragraphs_that_nobody_opens_stay_as_they_are():
    rests = [statement(words) for words in PARAGRAPHS]
    assert contents(rests) == [[words] for words in PARAGRAPHS]
