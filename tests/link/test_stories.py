import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import Topic, article, sketch_of
from onrecord.link.stories import place
from onrecord.records import Sketch
from onrecord.resources import load_resources

RESOURCES = load_resources("en")


def stories(rows: list[Sketch]) -> dict[str, str]:
    return {row.article_id: row.story_id for row in place(rows, RESOURCES)}


def topic_rows(topic: int, count: int, published: str | None = None) -> list[Sketch]:
    return [
        sketch_of(article(f"{topic}-{n}", Topic(topic).prose(n), published=published))
        for n in range(count)
    ]


def test_no_article_no_story() -> None:
    assert place([], RESOURCES) == []


def test_two_articles_on_one_story_without_any_background_are_one_story() -> None:
    rows = topic_rows(1, 2)
    assert len(set(stories(rows).values())) == 1


def test_articles_on_other_events_are_kept_apart() -> None:
    rows = topic_rows(1, 3) + topic_rows(2, 2) + topic_rows(3, 1)
    found = stories(rows)
    groups = [{found[row.article_id] for row in part} for part in (rows[:3], rows[3:5], rows[5:])]
    assert [len(group) for group in groups] == [1, 1, 1]
    assert len(set.union(*groups)) == 3


def test_an_article_without_words_is_its_own_story() -> None:
    rows = [
        *topic_rows(1, 2),
        sketch_of(article("empty", [""])),
        sketch_of(article("dots", ["..."])),
    ]
    assert len(set(stories(rows).values())) == 3


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_the_order_of_articles_changes_nothing(seed: int) -> None:
    rows = topic_rows(1, 4) + topic_rows(2, 3) + topic_rows(3, 2)
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    assert place(shuffled, RESOURCES) == place(rows, RESOURCES)


def test_a_year_between_two_similar_reports_separates_them() -> None:
    # Half of the vocabulary is shared, as with two trials of the same court.
    mixed = Topic(1)
    mixed.words = Topic(1).words[:14] + Topic(2).words[:26]
    mixed.names = Topic(2).names
    near = [
        sketch_of(article("a", Topic(1).prose(1), published="2031-03-01")),
        sketch_of(article("b", mixed.prose(2), published="2031-03-01")),
    ]
    far = [near[0], sketch_of(article("b", mixed.prose(2), published="2032-03-01"))]
    assert len(set(stories(near).values())) == 1
    assert len(set(stories(far).values())) == 2


@pytest.mark.parametrize("published", ["2031", "2031-03", "soon", "2031-13-45", None])
def test_a_date_that_is_not_known_to_the_day_is_no_evidence(published: str | None) -> None:
    late = sketch_of(article("late", Topic(1).prose(9), published=published))
    rows = [*topic_rows(1, 1), late]
    assert len(set(stories(rows).values())) == 1


def test_a_story_of_many_articles_stays_one() -> None:
    rows = topic_rows(1, 160)
    assert len(set(stories(rows).values())) == 1
