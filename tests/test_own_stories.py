"""The stories of our own parse, and their marks stand where a reader would put them."""

import sys
from pathlib import Path

import pytest

EVAL = Path(__file__).parent.parent / "eval"
sys.path.insert(0, str(EVAL))

from marked import mode_of, stories, unmarked  # noqa: E402 - a measuring script, no package


@pytest.fixture(scope="module")
def own():
    found = stories(EVAL / "stories")
    assert found
    return list(found.values())


def test_marks_begin_and_end_with_the_words_they_mark(own):
    for story in own:
        check_marks(story)


def check_marks(story):
    texts = {row["id"]: row["text"] for row in story["articles"]}
    assert len(texts) >= 3
    for row in story["statements"]:
        for start, end in [*row["content"], *filter(None, (row["source"], row["cue"]))]:
            words = texts[row["article"]][start:end]
            assert words == words.strip()
            assert words


def test_an_utterance_lists_statements_of_the_story(own):
    for story in own:
        known = {row["id"] for row in story["statements"]}
        assert len(known) == len(story["statements"])
        for row in story["utterances"]:
            assert row["fullest"] in row["statements"]
            assert known.issuperset(row["statements"])


def test_marks_nest_and_are_shared():
    text, spans = unmarked("{S1,2 She} {C1 said} {X1 he {C2 denied} {X2 it}}.", "story a")
    assert text == "She said he denied it."
    assert [(kind, number, text[start:end]) for kind, number, start, end in spans] == [
        ("S", 1, "She"),
        ("S", 2, "She"),
        ("C", 1, "said"),
        ("C", 2, "denied"),
        ("X", 2, "it"),
        ("X", 1, "he denied it"),
    ]


@pytest.mark.parametrize("broken", ["{X1 open", "closed}", "{ no mark}"])
def test_broken_marks_are_named(broken):
    with pytest.raises(ValueError, match="story a"):
        unmarked(broken, "story a")


def test_the_mode_is_read_off_the_marks():
    text = "“All of it,” she said, and “some” of it."
    assert mode_of(text, [[0, 12]]) == "direct"
    assert mode_of(text, [[27, 39]]) == "mixed"
    assert mode_of(text, [[34, 39]]) == "indirect"
