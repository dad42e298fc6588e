"""Plain text as crawlers leave it: what is the article's own and what is furniture."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest.plain import lay_out
from onrecord.resources import load_resources

RESOURCES = load_resources()
CASES = json.loads((Path(__file__).parents[1] / "cases" / "ingest" / "plain.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_blocks_of_plain_text(case):
    layout = lay_out(case["text"], None, RESOURCES)
    assert [[block.kind, block.span.of(case["text"])] for block in layout.blocks] == case["blocks"]
    embeds = [[e.span.of(case["text"]), e.author, e.handle, e.posted] for e in layout.embeds]
    assert embeds == case.get("embeds", [])


def test_the_title_given_is_found_at_the_top():
    layout = lay_out("Pier closed.\n\nThe pier is closed.", "Pier Closed", RESOURCES)
    assert layout.blocks[0].kind == "heading"
    assert layout.title is None


@given(st.text(alphabet='aB. \n\t—@()"“”:19,\u2028é', max_size=200))
def test_blocks_hold_every_character_but_white_space(text):
    layout = lay_out(text, None, RESOURCES)
    covered = set()
    for block in layout.blocks:
        assert block.span.of(text).strip() == block.span.of(text)
        assert not covered & set(range(*block.span))
        covered |= set(range(*block.span))
    assert all(at in covered or char.isspace() for at, char in enumerate(text))
