"""A quotation whose own cue stands behind it is that cue's, whatever the model made of it."""

from tests.factories import make_article, span

from onrecord.annotate.certainties import settle
from onrecord.annotate.found import Attribution
from onrecord.annotate.overlooked import with_overlooked
from onrecord.annotate.quotation import find_quotations
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


def overlooked(article, found, rules):
    tokens = parse(article, RESOURCES)
    quoted = settle(tokens, find_quotations(tokens), ()).quoted
    return with_overlooked(found, rules, tokens, quoted)


def contents(text, outer, rule):
    article = make_article(text)
    method = "rules:quotation-before-subject"
    found = overlooked(
        article, [statement(article, *outer)], [statement(article, *rule, method=method)]
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


GIFT = "Ines Moll called the sale “a gift.” “We never asked for it,” the mayor said."


def test_a_first_sentence_with_a_cue_of_its_own_is_that_cue_s():
    article = make_article(GIFT)
    outer = statement(article, "the mayor", "said", "the sale “a gift.” “We never asked for it,”")
    rule = statement(article, "Ines Moll", "called", "the sale “a gift.”", "rules:n-after-subject")
    later, first = overlooked(article, [outer], [rule])
    assert first is rule
    assert [piece.of(GIFT) for piece in later.content] == ["“We never asked for it,”"]
    assert later.mode == "direct"


def test_words_behind_the_cue_of_a_statement_are_left_to_it():
    text = "The mayor said the sale was “a gift.” Moll called it late."
    article = make_article(text)
    outer = statement(article, "The mayor", "said", "the sale was “a gift.” Moll called it late")
    rule = statement(article, "Moll", "called", "it late", "rules:n-after-subject")
    assert overlooked(article, [outer], [rule]) == [outer]


CLAUSE = "Moll blamed the port, and Brandt stood by, warning that the crane was late."


def passed(read):
    article = make_article(CLAUSE)
    warned = ("Brandt", "warning", "that the crane was late")
    rule = statement(article, *warned, "rules:t-after-participle")
    outer = [statement(article, *one) for one in read]
    return overlooked(article, outer, [rule])[len(outer) :] == [rule]


def test_a_sure_clause_of_which_nothing_was_read_is_found():
    assert passed([("Moll", "blamed", "the port")])


def test_a_clause_whose_cue_is_somebodys_words_is_left_inside():
    assert not passed([("Moll", "blamed", "the port, and Brandt stood by, warning")])
