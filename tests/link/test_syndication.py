import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from invented import Topic, article, invented_word, sketch_of
from onrecord.link.syndication import find_copies
from onrecord.records import Copy, Sketch
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
WIRE = Topic(1).prose(0, 30)


def reworded(paragraphs: list[str], share: float, seed: int) -> list[str]:
    """Replace *share* of the words by others."""
    chance = random.Random(seed)
    return [
        " ".join(
            invented_word(chance) if chance.random() < share else word for word in text.split()
        )
        for text in paragraphs
    ]


def wire_copies(seed: int) -> list[list[str]]:
    """Return an agency text as outlets print it: trimmed, reworded, with local paragraphs."""
    local = Topic(1).prose(100 + seed, 8)
    return [
        WIRE[: len(WIRE) * 2 // 3],
        reworded(WIRE, 0.1, seed),
        [*WIRE[:8], *local, *WIRE[8:]],
        reworded(WIRE[: len(WIRE) // 2], 0.05, seed),
        [*reworded(WIRE, 0.05, seed)[: len(WIRE) // 2], *local[:3]],
    ]


def copies(rows: list[Sketch]) -> list[Copy]:
    return find_copies(rows, RESOURCES)


@pytest.mark.parametrize("seed", range(6))
def test_a_wire_text_carried_by_many_outlets_has_one_original(seed: int) -> None:
    rows = [sketch_of(article("wire", WIRE, outlet="Agency", published="2031-03-01T08:00:00"))]
    for number, text in enumerate(wire_copies(seed)):
        name = f"{seed}-{number}"
        rows.append(sketch_of(article(name, text, outlet=name, published="2031-03-01T10:00:00")))
    found = copies(rows)
    assert {row.article_id for row in rows[1:]} == {copy.article_id for copy in found}
    assert {copy.original_id for copy in found} == {rows[0].article_id}
    assert {copy.kind for copy in found} == {"wire"}


def test_reports_of_one_event_in_own_words_are_not_copies() -> None:
    rows = [sketch_of(article(f"{n}", Topic(1).prose(n), outlet=f"{n}")) for n in range(8)]
    assert copies(rows) == []


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»"])
def test_articles_that_share_only_quotations_are_not_copies(marks: str) -> None:
    quoted = [marks.format(text) for text in Topic(1).prose(50, 12)]
    rows = []
    for number in range(4):
        own = Topic(1).prose(number, 6)
        mixed = [part for pair in zip(own, quoted, strict=False) for part in pair]
        rows.append(sketch_of(article(f"{number}", mixed, outlet=f"{number}")))
    assert copies(rows) == []


def test_an_outlets_boilerplate_makes_no_copies() -> None:
    note = Topic(9).prose(0, 6)
    rows = [
        sketch_of(article(f"{n}", Topic(n).prose(n, 8) + note, outlet="The Same")) for n in range(6)
    ]
    assert copies(rows) == []


def test_an_outlets_new_version_is_a_revision_and_the_same_again_a_republication() -> None:
    first = sketch_of(article("a", WIRE, outlet="Paper", published="2031-03-01"))
    more = [*WIRE, *Topic(1).prose(7, 8)]
    second = sketch_of(article("b", more, outlet="Paper", published="2031-03-02"))
    again = sketch_of(article("c", WIRE, outlet="Paper", published="2031-03-03"))
    found = {copy.article_id: copy for copy in copies([first, second, again])}
    assert found[second.article_id].kind == "revision"
    assert found[again.article_id].kind == "republication"
    assert found[again.article_id].shared == 1.0
    assert {copy.original_id for copy in found.values()} == {first.article_id}


@pytest.mark.parametrize(
    ("head", "tail", "agency"),
    [
        ("PORT ADEN (AP) — ", "", "Associated Press"),
        ("MORVEN (Reuters) - ", "", "Reuters"),
        ("", "\n\nSource: AFP", "Agence France-Presse"),
        ("", "\n\n(dpa)", "dpa"),
        ("", "\n\nThe Associated Press contributed to this report.", None),
        ("He told Reuters of it. ", "", None),
        ("PORT ADEN, Ostra (Northlight) — ", "", "Northlight"),
        ("Port Aden (Northlight) — ", "", None),
        ("THE PORT (built in 1911) was shut. ", "", None),
    ],
)
def test_the_agency_is_named_from_dateline_or_credit(
    head: str, tail: str, agency: str | None
) -> None:
    row = sketch_of(article("a", [head + WIRE[0], *WIRE[1:-1], WIRE[-1] + tail], outlet="Paper"))
    assert row.agency == agency


def test_a_page_that_keeps_its_date_when_revised_is_not_the_original() -> None:
    day = "2031-03-01T08:00:00"
    first = sketch_of(article("z", WIRE, outlet="Paper", published=day))
    more = article("a", [*WIRE, *Topic(1).prose(7, 8)], outlet="Paper", published=day)
    second = sketch_of(replace(more, modified="2031-03-02T09:00:00"))
    (copy,) = copies([first, second])
    assert (copy.article_id, copy.original_id) == (second.article_id, first.article_id)


def test_the_agencys_own_page_is_the_original_even_if_held_later() -> None:
    own = sketch_of(article("a", WIRE, outlet="Reuters", published="2031-03-02"))
    paper = sketch_of(article("b", WIRE[:9], outlet="Paper", published="2031-03-01"))
    assert [(row.article_id, row.original_id, row.agency) for row in copies([own, paper])] == [
        (paper.article_id, own.article_id, "Reuters")
    ]


def test_thousands_of_equal_texts_are_one_original_and_its_copies() -> None:
    row = sketch_of(article("a", WIRE, outlet="a"))
    rows = [
        type(row)(
            article_id=row.article_id[:-4] + f"{number:04}",
            outlet=f"{number}",
            published=None,
            title=None,
            words=row.words,
            terms=row.terms,
            counts=row.counts,
            shingles=row.shingles,
            sampled=row.sampled,
        )
        for number in range(3000)
    ]
    found = copies(rows)
    assert len(found) == 2999
    assert len({copy.original_id for copy in found}) == 1


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_the_order_of_articles_changes_nothing(seed: int) -> None:
    rows = [sketch_of(article("wire", WIRE, outlet="Agency"))]
    rows += [sketch_of(article(f"{n}", t, outlet=f"{n}")) for n, t in enumerate(wire_copies(3))]
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    assert copies(shuffled) == copies(rows)


def test_an_original_is_never_a_copy() -> None:
    rows = [sketch_of(article("wire", WIRE, outlet="Agency"))]
    for seed in range(5):
        rows += [
            sketch_of(article(f"{seed}-{n}", t, outlet=f"{seed}-{n}"))
            for n, t in enumerate(wire_copies(seed))
        ]
    found = copies(rows)
    assert not {copy.article_id for copy in found} & {copy.original_id for copy in found}
