"""The fast tier: the model reads what the rules are unsure of, and the rules' word stands elsewhere."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import make_article

from onrecord.annotate.article import annotate
from onrecord.annotate.attribution import attribute
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tagger import block_tokens
from onrecord.annotate.tokens import parse
from onrecord.annotate.unsure import blocks_of, expected_mistakes
from onrecord.models import UNSURE
from onrecord.resources import load_resources

FAST = load_resources("en", (), "fast")
RULES = load_resources("en", (), "rules")
VERBS = frozenset({"said", "denied"})


def mistakes(text, *, confidence=None):
    article = make_article(text)
    tokens = parse(article, RULES)
    found = attribute(article, tokens, find_quotations(tokens), RULES)
    if confidence is not None:
        found = tuple(replace(one, confidence=confidence) for one in found)
    return expected_mistakes(tokens, found, VERBS, block_tokens(tokens))


def said(text, resources):
    found = annotate(make_article(text), resources).statements
    return [(one.source, one.cue, one.content) for one in found]


def test_a_block_without_words_of_saying_is_left_to_the_rules():
    assert mistakes("The ferry left Port Allen at nine.") == [0.0]


def test_a_word_of_saying_in_no_statement_is_a_likely_mistake():
    assert mistakes("He denied.")[0] > UNSURE


def test_a_quotation_in_no_statement_is_a_likely_mistake():
    assert mistakes("The “stern lamp” was dark all along the quay.")[0] > UNSURE


def test_what_the_rules_are_sure_of_needs_no_model():
    text = "“The pilot had slept,” Mara Quill said."
    assert mistakes(text, confidence=1.0) == [0.0]
    assert mistakes(text, confidence=0.5)[0] > UNSURE


def test_each_statement_counts_in_the_block_where_its_content_begins():
    text = "It rained.\n\n“The pilot had slept,” Mara Quill said.\n\nIt was dark."
    assert [lack > 0 for lack in mistakes(text, confidence=0.5)] == [False, True, False]
    article = make_article(text)
    tokens = parse(article, RULES)
    found = attribute(article, tokens, find_quotations(tokens), RULES)
    assert blocks_of(tokens, found) == [1]


def test_the_run_says_which_tier_it_was():
    assert (FAST.tier, RULES.tier) == ("fast", "rules")
    assert load_resources("en", (), "model").tier == "model"
    digests = {load_resources("en", (), tier).digest for tier in ("rules", "fast", "model")}
    assert len(digests) == 3


SENTENCES = st.sampled_from(
    [
        "“We were told to wait”, Ines Moll said. “Then the crane fell.”",
        "The port denied it.",
        "Moll accused the harbour board of hiding the log.",
        "It rained for a week in Port Allen.",
        "According to the board, the crane had been inspected “twice”.",
        "CAPTAIN REED: Nobody asked me.",
    ]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_every_statement_is_found_once_and_again(blocks):
    text = "\n\n".join(blocks)
    found = said(text, FAST)
    contents = [content for _, _, content in found]
    assert len(contents) == len(set(map(str, contents)))
    assert found == said(text, FAST)


def test_without_unsure_blocks_the_rules_have_the_last_word():
    sure = replace(FAST, tagger=replace(FAST.tagger, unsure=1000.0))
    text = "“The pilot had slept,” Mara Quill said.\n\nQuill denied that she had slept."
    assert said(text, sure) == said(text, RULES)
