"""The model tier reads whole statements, and reads each article by itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.factories import make_article

from onrecord.annotate.article import annotate
from onrecord.annotate.tagger import score_windows
from onrecord.annotate.tokens import parse
from onrecord.records import Block
from onrecord.resources import load_resources
from onrecord.spans import Span

RESOURCES = load_resources("en", (), "model")
CASES = Path(__file__).parent.parent / "cases" / "model"
KNOWN = json.loads((CASES / "known-failures.json").read_text(encoding="utf-8"))
READ = [
    case
    for name in ("in-the-wild", "negative")
    for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
]


def read(text):
    article = make_article(text)
    return [
        {
            "source": None if one.source is None else one.source.of(text),
            "content": [span.of(text) for span in one.content],
            "mode": one.mode,
        }
        for one in annotate(article, RESOURCES).statements
        if one.cue_class == "speech"
    ]


@pytest.mark.parametrize("case", READ, ids=lambda case: case["name"])
def test_statements_are_read(case):
    assert read(case["text"]) == case["statements"]


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["name"])
def test_known_failures(case, request):
    request.applymarker(pytest.mark.xfail(reason="known failure", strict=True))
    assert read(case["text"]) == case["statements"]


TEXT = "“We were told to wait”, Ines Moll said. “Then the crane fell.”\n\nThe port denied it."


def test_an_article_is_read_alike_whatever_was_read_before():
    alone = annotate(make_article(TEXT), RESOURCES)
    annotate(make_article("Mara Quill said the pilot had slept. " * 40), RESOURCES)
    assert annotate(make_article(TEXT), RESOURCES) == alone


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="aZ .,:“”\"'\n\u200b\U0001f600é", max_size=80))
def test_any_text_is_read_and_every_span_lies_in_it(text):
    article = make_article(text)
    for statement in annotate(article, RESOURCES).statements:
        assert all(span.of(text).strip() for span in statement.content)
        assert 0 <= statement.confidence <= 1


def test_a_heading_sums_up_and_is_no_statement():
    text = "Quill says the ferry was safe\n\nMara Quill said the ferry had been safe."
    plain = make_article(text)
    heading = Block(kind="heading", span=Span(0, text.index("\n")))
    rest = Block(kind="paragraph", span=Span(text.index("Mara"), len(text)))
    article = replace(plain, blocks=(heading, rest))
    found = annotate(article, RESOURCES).statements
    assert [one.content[0].of(text) for one in found] == ["the ferry had been safe"]


def test_every_token_of_a_kept_block_is_scored_once():
    text = "\n\n".join(["The yard is open, Ines Moll said. " * 30, "He said:", "“No.”"])
    tokens = parse(make_article(text), RESOURCES)
    keep = [True] * len(tokens.blocks)
    seen = [n for scores in score_windows(tokens, keep, RESOURCES.tagger) for n in scores.tokens]
    assert sorted(n for n in seen if n >= 0) == list(range(len(tokens.words)))
