"""Words that another story printed before are found; words said on two occasions are not linked."""

import random

import pytest
from msgspec.structs import replace

from anniversaries import (
    CRANE,
    CRANE_TOO,
    CUT,
    OTHER_RALLY,
    PLACED_RALLIES,
    RALLY,
    RELATIVE,
    REWORDED,
    TRIAL,
    UNDATED_RALLY,
    UNNAMED,
    write_rows,
)
from onrecord.check import check_run
from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.export.graph import name_of, nodes_of
from onrecord.link.exemplars import reprints_of
from onrecord.records import Article, Exemplar, Reprint, Statement
from onrecord.resources import load_resources
from onrecord.runs import read_stories, read_table

RESOURCES = load_resources("en")


@pytest.fixture
def reprints(tmp_path):
    """A function from rows to what was printed again: given id, given id of the first, wording."""

    def found(*rows):
        run = tmp_path / "RUN"
        compile_run([write_rows(tmp_path / "rows.jsonl", rows)], run, Settings(tier="rules"))
        assert check_run(run) == []
        given = {row.id: row.given_id for row in read_table(run, "articles", Article)}
        of = {row.id: given[row.article_id] for row in read_table(run, "statements", Statement)}
        return [
            (of[row.statement_id], of[row.first], row.wording)
            for row in read_table(run, "reprints", Reprint)
        ]

    return found


def test_the_same_words_months_later_in_another_story_are_found(reprints):
    assert reprints(CRANE, TRIAL) == [("trial", "crane", "same")]


def test_the_first_story_knows_where_its_words_came_again(tmp_path):
    run = tmp_path / "RUN"
    compile_run([write_rows(tmp_path / "rows.jsonl", [CRANE, TRIAL])], run, Settings(tier="rules"))
    stories = {row.articles[0].given_id: row for row in read_stories(run)}
    assert [(row.outlet, row.published) for row in stories["crane"].again] == [
        ("Quay Times", "2031-11-20")
    ]
    assert stories["trial"].again == ()
    first = stories["trial"].reprints[0].first
    assert first == stories["crane"].again[0].statement_id
    nodes = [node for node in nodes_of(stories["trial"], text=True) if "record:wording" in node]
    assert [(node["record:first_print"], node["record:wording"]) for node in nodes] == [
        ([{"@id": name_of("statement", first)}], "same")
    ]


def test_what_was_cut_or_reworded_is_found_and_called_so(reprints):
    assert reprints(CRANE, CUT) == [("cut", "crane", "part")]
    assert reprints(CRANE, REWORDED) == [("reworded", "crane", "reworded")]


def test_of_two_earlier_prints_the_first_that_has_all_words_counts(reprints):
    early = {**CRANE_TOO, "published": "2031-03-02"}
    late = {**CRANE, "published": "2031-03-03"}
    assert reprints(early, late, TRIAL) == [("trial", "crane", "same")]


def test_what_stands_only_in_part_in_an_earlier_story_is_called_so(reprints):
    assert reprints(CRANE_TOO, TRIAL) == [("trial", "crane-too", "fuller")]


def test_a_line_said_at_two_rallies_is_not_one_utterance(reprints):
    assert reprints(RALLY, OTHER_RALLY) == []


def test_a_line_said_at_two_places_is_not_one_utterance(reprints):
    assert reprints(*PLACED_RALLIES) == []
    south = {**PLACED_RALLIES[1], "text": PLACED_RALLIES[1]["text"].replace("Upper Lenn", "May")}
    assert reprints(PLACED_RALLIES[0], south) == [("other-rally", "rally", "same")]


def test_a_line_that_is_repeated_is_not_one_utterance(reprints):
    assert reprints(RALLY, UNDATED_RALLY) == []


def test_a_line_known_to_be_said_twice_ties_no_third_account(reprints):
    later = {**TRIAL, "text": OTHER_RALLY["text"].replace(" on Wednesday", "")}
    assert reprints(RALLY, OTHER_RALLY, {**later, "published": "2031-12-24"}) == []


def test_another_person_of_the_same_family_name_is_another_speaker(reprints):
    assert reprints(CRANE, RELATIVE) == []


def test_who_has_no_name_is_never_linked(reprints):
    assert reprints(*UNNAMED) == []


def test_without_days_of_printing_nobody_can_say_what_came_first(reprints):
    assert reprints(CRANE, {**TRIAL, "published": None}) == []
    assert reprints(CRANE, {**TRIAL, "published": CRANE["published"]}) == []


WORDS = "we told the port twice that the northern crane had never been tested under load"


def exemplar(number, words=WORDS, day="2031-03-02", **fields):
    row = Exemplar(
        story_id=f"story {number}",
        who="mara quill",
        words=words,
        seeds=(),
        statements=(f"statement {number}",),
        printed=(day,),
        outlet="Ferry Post",
        latest=day,
    )
    return replace(row, **fields)


def firsts(own, *others):
    return [row.first for row in reprints_of(own, others, RESOURCES)]


def test_the_order_of_what_is_compared_changes_nothing():
    own = exemplar(0, day="2031-11-20")
    others = [exemplar(number, day=f"2031-0{number}-02") for number in range(1, 8)]
    random.Random(1).shuffle(others)
    assert firsts(own, *others) == ["statement 1"]


def test_said_after_it_was_printed_is_another_occasion():
    own = exemplar(0, day="2031-11-20", earliest="2031-11-18")
    assert firsts(own, exemplar(1)) == []
    assert firsts(replace(own, earliest="2031-03-02"), exemplar(1)) == ["statement 1"]


def test_other_places_tell_nothing_where_the_day_is_known():
    own = exemplar(0, day="2031-11-20", places=("south",))
    other = exemplar(1, places=("east",))
    assert firsts(own, other) == []
    day = {"earliest": "2031-03-02", "latest": "2031-03-02"}
    assert firsts(replace(own, **day), other) == ["statement 1"]


def test_words_without_a_day_or_a_place_may_be_a_line_that_is_said_often():
    own = exemplar(0, day="2031-11-20")
    sure = {
        row.confidence
        for told in (exemplar(1, earliest="2031-03-01"), exemplar(1, places=("east",)))
        for row in reprints_of(own, [told], RESOURCES)
    }
    assert sure == {0.95}
    assert [row.confidence for row in reprints_of(own, [exemplar(1)], RESOURCES)] == [0.5]


def test_words_of_its_own_story_are_not_first_printed_elsewhere():
    own = exemplar(0, day="2031-11-20")
    earlier = exemplar(2, story_id=own.story_id, words=f"yes {WORDS}", day="2031-02-01")
    assert firsts(own, exemplar(1), earlier) == []


def test_other_words_and_light_words_are_not_linked():
    own = exemplar(0, day="2031-11-20")
    other = "the northern crane had been painted blue before anybody asked the port about it"
    assert firsts(own, exemplar(1, words=other)) == []
    light = "we have to do this because it is what they all want us to do"
    assert firsts(replace(own, words=light), exemplar(1, words=f"and {light}")) == []
