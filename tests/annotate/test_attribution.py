import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_article
from onrecord.annotate.attribution import attribute
from onrecord.annotate.found import Attribution
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.records import Embed
from onrecord.resources import load_resources
from onrecord.spans import Span

RESOURCES = load_resources("en")
CASES = Path(__file__).parent.parent / "cases" / "attribution"
PIECES = [
    "Ada Brandt", "the mayor", "she", "They", "who", " said", " told reporters", " denied", "added",
    " that ", ", ", ". ", " “", "” ", '"', "'", "’", "‘", "«", "»", "„", "(", ")", " — ", "- ",
    ": ", "\n", " and ", " but ", " according to ", "the pier is closed", "claims", " Sen. ",
    "(@harbour)", " April 3, 2026", "saying ", "a baker from Hull", "?", "!", "…", " on Monday",
    "it", " to", " was", "é", "🙂", "\u00a0", "1,200", " the", " of", "while ", "Brandt: ",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)


def attributions(text: str, **fields: object) -> tuple[Attribution, ...]:
    article = make_article(text, **fields)
    tokens = parse(article, RESOURCES)
    return attribute(article, tokens, find_quotations(tokens), RESOURCES)


def cases(name: str):
    rows = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


def as_printed(text: str, found: tuple[Attribution, ...]) -> list[dict[str, object]]:
    return [
        {
            "source": row.source and row.source.of(text),
            "cue": row.cue and row.cue.of(text),
            "content": [span.of(text) for span in row.content],
            "mode": row.mode,
            "within": row.within,
        }
        for row in found
        if row.cue_class == "speech"
    ]


def expected(case):
    return [
        {"within": None, "cue": None, "source": None} | statement
        for statement in case["statements"]
    ]


@pytest.mark.parametrize("case", cases("in-the-wild") + cases("synthetic"))
def test_who_said_what_in_which_words(case):
    assert expected(case) == as_printed(case["text"], attributions(case["text"]))


@pytest.mark.parametrize("case", cases("negative"))
def test_abstains(case):
    assert as_printed(case["text"], attributions(case["text"])) == []


@pytest.mark.xfail(strict=True, reason="known failures: when one passes, move it")
@pytest.mark.parametrize("case", cases("known-failures"))
def test_known_failures(case):
    assert expected(case) == as_printed(case["text"], attributions(case["text"]))


@settings(max_examples=300)
@given(texts)
def test_every_span_lies_in_the_text_and_cuts_no_word(text):
    article = make_article(text)
    for found in attributions(text):
        for span in (*found.content, *filter(None, (found.source, found.cue))):
            assert span.of(article.text).strip()
            for edge in (span.start, span.end):
                around = article.text[max(0, edge - 1) : edge + 1]
                assert not (len(around) == 2 and around.isalpha())


@settings(max_examples=200)
@given(texts)
def test_contents_are_distinct_and_in_text_order_and_nested_without_circles(text):
    found = attributions(text)
    contents = [row.content for row in found]
    assert contents == sorted(set(contents))
    for number, row in enumerate(found):
        seen = {number}
        outer = row.within
        while outer is not None:
            assert outer not in seen
            seen.add(outer)
            outer = found[outer].within


@given(texts, texts)
def test_same_in_same_out(text, other):
    first = attributions(text)
    attributions(other)
    assert attributions(text) == first


@settings(max_examples=200)
@given(st.sampled_from('“”"«»„‘'), st.integers(min_value=0, max_value=60))
def test_a_stray_mark_changes_nothing_outside_its_paragraph(mark, place):
    before = "“The crane was safe,” said Ada Brandt. “I checked it.”"
    after = "Joe Roe denied that he had seen the crane."
    middle = "The harbour opened in 1904 and closed twice after storms."
    place = min(place, len(middle))
    plain = f"{before}\n{middle}\n{after}"
    damaged = f"{before}\n{middle[:place]}{mark}{middle[place:]}\n{after}"
    kept = [
        row for row in as_printed(plain, attributions(plain)) if row["content"][0] not in middle
    ]
    wordings = [row["content"] for row in kept]
    assert wordings == [
        row["content"]
        for row in as_printed(damaged, attributions(damaged))
        if row["content"] in wordings
    ]
    assert len(wordings) == 2


def test_an_embedded_post_of_the_page_is_a_statement():
    text = (
        "The harbour answered.\nWe open on Friday. No crane will move before then.\nThat was all."
    )
    start = text.index("We open")
    end = text.index("\nThat")
    embed = Embed(span=Span(start, end), author="Harbour Office", handle="@harbour")
    found = attributions(text, embeds=(embed,))
    assert [(row.mode, row.content) for row in found] == [("embedded", (Span(start, end),))]
