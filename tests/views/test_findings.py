"""What one outlet has alone, what differs, and how sure a row is."""

import pytest

from factories import make_article, make_identity, make_record, make_speaker, make_statement
from onrecord.views.carried import carried
from onrecord.views.findings import altered, differing, only_here
from onrecord.views.index import index_story
from onrecord.views.people import cast, who
from onrecord.views.timeline import timeline
from onrecord.views.words import sureness
from stories import COURT_WIRE, DENIAL_POST, TOLD_WIRE, harbour_story


def test_only_here_counts_independent_outlets() -> None:
    rows = only_here(carried(index_story(harbour_story())))
    assert [(row.outlet, [item.number for item in row.items]) for row in rows] == [
        ("Ferry Post", [3, 4]),
        ("NWire", [5]),
    ]


def test_altered_lists_weighty_cuts_first_and_no_copies() -> None:
    rows = altered(index_story(harbour_story()))
    assert [row.variant.statement.id for row in rows] == [DENIAL_POST.id, TOLD_WIRE.id]


def test_differences_show_the_sentence_and_who_has_none() -> None:
    (row,) = differing(index_story(harbour_story()))
    assert [(value.before, value.wording, value.after) for value in row.values] == [
        ("The work cost ", "£40 million", "."),
        ("The bill, ", "about £42 million", ", was paid."),
    ]
    assert row.absent == ("NWire", "Coast Daily")


def test_cast_counts_things_said_once_and_mentions_by_others() -> None:
    rows = {row.speaker.name: row for row in cast(index_story(harbour_story()))}
    assert (rows["Teo Brandt"].said, rows["Teo Brandt"].relayed) == (2, 1)
    assert rows["Jo Vance"].said == 1
    assert rows["a docker"].outlets == ("Ferry Post",)


def test_an_unsure_speaker_is_shown_as_the_people_it_could_be() -> None:
    article = make_article("Quill met Marsh. She said it was safe.")
    people = [make_speaker("Mara Quill"), make_speaker("Ina Marsh")]
    statement = make_statement(article, "it was safe", source="She", cue="said")
    record = make_record(
        articles=[article],
        statements=[statement],
        speakers=people,
        identities=[
            make_identity(article, row, "She", mention="pronoun", judgement="unsure")
            for row in people
        ],
    )
    found = who(index_story(record), statement)
    assert found.speakers == ()
    assert found.printed == "She"
    assert {row.name for row in found.candidates} == {"Mara Quill", "Ina Marsh"}


def test_a_relayed_statement_names_both() -> None:
    found = who(index_story(harbour_story()), COURT_WIRE)
    assert [row.name for row in found.speakers] == ["Jo Vance"]
    assert [row.name for row in found.on_behalf] == ["Teo Brandt"]


def test_the_timeline_sorts_by_the_day_said() -> None:
    found = timeline(index_story(harbour_story()))
    assert [(row.item.number, row.said and row.said.start) for row in found.dated] == [
        (1, "2026-04-17"),
        (2, "2026-04-18"),
    ]
    assert [row.item.number for row in found.undated] == [3, 4, 5]


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(1, "clear"), (0.8, "clear"), (0.79, "likely"), (0.5, "likely"), (0.0, "unsure")],
)
def test_sureness_has_three_words(confidence: float, word: str) -> None:
    assert sureness(confidence) == word


def test_values_that_differ_come_in_reading_order() -> None:
    index = index_story(harbour_story())
    order = list(index.articles)
    for row in differing(index):
        places = [order.index(value.article.id) for value in row.values]
        assert places == sorted(places)
