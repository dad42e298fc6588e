"""The cast counts a person once, and never takes two unnamed people for one."""

from dataclasses import dataclass, replace

import pytest
from msgspec.structs import replace as struct_replace

from factories import (
    make_article,
    make_copy,
    make_record,
    make_speaker,
    make_statement,
    make_utterance,
)
from onrecord.ids import SpeakerId
from onrecord.records import Article, Speaker, Statement
from onrecord.views.index import index_story
from onrecord.views.people import Member, cast

WIRE = (
    "BRINDLE (NWire) - “They keep two sets of books,” a docker said.\n“It is {word},” a clerk said."
)


@dataclass(frozen=True)
class Print:
    article: Article
    docker: Speaker
    clerk: Speaker
    books: Statement
    word: Statement


def printed(outlet: str, day: str, clerk: str = "a clerk") -> Print:
    text = WIRE.format(word=f"known at {outlet}" if outlet == "Harbour Echo" else "known")
    article = make_article(text.replace("a clerk", clerk), outlet=outlet, published=day)
    people = [
        make_speaker(name, kind="unnamed", id=SpeakerId(f"{outlet} {name}"))
        for name in ("a docker", clerk)
    ]
    books = make_statement(
        article,
        "“They keep two sets of books,”",
        source="a docker",
        cue="said",
        speakers=(people[0].id,),
    )
    start = article.text.index("“It is")
    wording = article.text[start : article.text.index("”", start) + 1]
    word = make_statement(article, wording, source=clerk, speakers=(people[1].id,))
    return Print(article, *people, books, word)


def members(prints: list[Print], copies: list[Print], *, joined: bool = False) -> list[Member]:
    if joined:
        said = [[row.books for row in prints] + [row.word for row in prints]]
    else:
        said = [[row.books for row in prints], [row.word for row in prints]]
    utterances = [make_utterance(*rows) for rows in said]
    statements = [
        struct_replace(row, utterance_id=made.id)
        for made, rows in zip(utterances, said, strict=True)
        for row in rows
    ]
    record = make_record(
        articles=[row.article for row in prints],
        statements=statements,
        speakers=list(
            {person.id: person for row in prints for person in (row.docker, row.clerk)}.values()
        ),
        utterances=utterances,
        copies=[make_copy(row.article, prints[0].article) for row in copies],
    )
    return list(cast(index_story(record)))


@pytest.fixture
def prints() -> list[Print]:
    return [
        printed("NWire", "2026-04-18"),
        printed("Coast Daily", "2026-04-19"),
        printed("Harbour Echo", "2026-04-20", clerk="a shore clerk"),
    ]


def test_copies_of_one_text_quote_one_unnamed_person(prints: list[Print]) -> None:
    docker, clerk = members(prints, prints[1:])
    assert (docker.speaker.name, clerk.speaker.name) == ("a clerk", "a docker")
    assert (docker.outlets, docker.copied) == (("NWire",), ("Coast Daily", "Harbour Echo"))
    assert (docker.said, clerk.said) == (1, 1)


def test_unnamed_people_of_independent_articles_stay_apart(prints: list[Print]) -> None:
    shown = members(prints, [])
    assert len(shown) == 6
    assert all(not row.copied for row in shown)


def test_two_unnamed_people_of_one_text_stay_apart(prints: list[Print]) -> None:
    shown = members(prints[:2], prints[1:2], joined=True)
    assert sorted(row.speaker.name for row in shown) == ["a clerk", "a docker"]


def test_a_body_that_several_articles_name_is_one_member_of_the_cast(prints: list[Print]) -> None:
    board = make_speaker("Harbour Board", kind="organisation")
    shared = [
        replace(row, docker=board, books=struct_replace(row.books, speakers=(board.id,)))
        for row in prints
    ]
    shown = {row.speaker.name: row for row in members(shared, shared[1:])}
    assert (shown["Harbour Board"].said, shown["Harbour Board"].copied) == (1, ())
    assert len(shown["Harbour Board"].outlets) == 3
