"""A quotation whose own cue stands behind it is that cue's, whatever the model made of it."""

from tests.factories import make_article, span

from onrecord.annotate.found import Attribution
from onrecord.annotate.overlooked import with_overlooked
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
RUN_ON = "Ines Moll accused the port of “gross neglect.” It “must close,” the mayor wrote."
INSIDE = "“The port called the crane ‘safe,’” the letter said."


def statement(article, source, cue, content, method="model"):
    return Attribution(
        source=span(article, source),
        cue=span(article, cue),
        content=(span(article, content),),
        mode="mixed",
        cue_class="speech",
        confidence=0.8,
        method=method,
    )


def contents(text, outer, rule):
    article = make_article(text)
    method = "rules:quotation-before-subject"
    found = with_overlooked(
        [statement(article, *outer)],
        [statement(article, *rule, method=method)],
        parse(article, RESOURCES),
    )
    return [piece.of(text) for one in found for piece in one.content]


def test_a_statement_ends_where_a_sentence_with_a_cue_of_its_own_begins():
    outer = ("Ines Moll", "accused", "the port of “gross neglect.” It “must close,”")
    rule = ("the mayor", "wrote", "It “must close,”")
    assert contents(RUN_ON, outer, rule) == ["the port of “gross neglect.”", "It “must close,”"]


def test_a_statement_around_one_that_was_found_is_found_too():
    outer = ("The port", "called", "the crane ‘safe,’")
    rule = ("the letter", "said", "“The port called the crane ‘safe,’”")
    assert contents(INSIDE, outer, rule) == ["the crane ‘safe,’", rule[2]]


def test_a_cue_that_is_known_is_left_as_it_is():
    outer = ("the mayor", "wrote", "“must close,”")
    rule = ("the mayor", "wrote", "It “must close,”")
    assert contents(RUN_ON, outer, rule) == ["“must close,”"]


def test_half_a_sentence_is_never_cut_off():
    outer = ("Ines Moll", "accused", "the port of “gross neglect.” It “must close,”")
    rule = ("the mayor", "wrote", "“must close,”")
    assert contents(RUN_ON, outer, rule) == [outer[2]]
