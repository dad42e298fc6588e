"""Every allegation is listed, with its answers or without."""

from factories import make_article, make_record, make_statement
from onrecord.views.index import index_story
from onrecord.views.threads import threads
from stories import harbour_story


def test_each_allegation_has_its_answers_or_none() -> None:
    found = threads(index_story(harbour_story()))
    rows = [
        (row.item.number, row.status, [(one.item.number, one.reply) for one in row.answers])
        for row in found.allegations
    ]
    assert rows == [(1, "same_article", [(2, "denies")]), (4, "none_found", [])]
    assert [row.item.number for row in found.unanswered] == [4]


def test_presence_says_of_each_article_whether_it_prints_an_answer() -> None:
    thread = threads(index_story(harbour_story())).allegations[0]
    assert [(row.outlet, row.answered_here) for row in thread.presence] == [
        ("Ferry Post", True),
        ("Harbour Echo", True),
        ("NWire", True),
    ]


def test_a_denial_of_nothing_held_is_not_lost() -> None:
    article = make_article("Brandt denied wrongdoing.")
    denial = make_statement(article, "wrongdoing", cue="denied", act="denies")
    found = threads(index_story(make_record(articles=[article], statements=[denial])))
    assert [item.fullest.id for item in found.loose_denials] == [denial.id]
