"""The gold record is about the pages as they stand: its ids, its wordings, its pages."""

import gzip
from pathlib import Path

import lxml.html
import pytest

import onrecord
from demo.compare import find_wording, load_gold

PAGES = Path(onrecord.__file__).parent / "data" / "demo" / "pages"
GOLD = load_gold()
ENCODINGS = {"coastnow-unchecked-winches.html": "cp1252"}


def page_text(file: str) -> str:
    data = (PAGES / file).read_bytes()
    if file.endswith(".gz"):
        data = gzip.decompress(data)
    text = data.decode(ENCODINGS.get(file, "utf-8"))
    parser = lxml.html.HTMLParser(encoding="utf-8")
    page = lxml.html.fromstring(text.encode(), parser=parser)
    for element in page.xpath("//script|//style"):
        element.drop_tree()
    return str(page.text_content())


TEXTS = {row["id"]: page_text(row["file"]) for row in GOLD["articles"]}


def test_every_page_is_in_the_gold_record():
    assert sorted(row["file"] for row in GOLD["articles"]) == sorted(
        path.name for path in PAGES.iterdir()
    )


def test_the_story_is_told_by_enough_pages_and_outlets():
    assert len(GOLD["articles"]) >= 12
    assert len({row["outlet"] for row in GOLD["articles"]}) >= 7


def test_every_wording_stands_in_its_page():
    wordings = [
        (row["article"], wording)
        for row in GOLD["statements"]
        for wording in [*row["content"], row["source"], row["cue"]]
        if wording
    ]
    wordings += [(row["article"], row["text"]) for row in GOLD["not_statements"]]
    wordings += [(row["id"], wording) for row in GOLD["articles"] for wording in row["outside"]]
    wordings += [(v["article"], v["text"]) for row in GOLD["differences"] for v in row["values"]]
    assert [pair for pair in wordings if find_wording(TEXTS[pair[0]], pair[1]) is None] == []


def test_every_content_stands_in_one_place_or_is_numbered():
    unclear = [
        (row["id"], wording)
        for row in GOLD["statements"]
        for wording in row["content"]
        if isinstance(wording, str) and TEXTS[row["article"]].count(wording) != 1
    ]
    assert unclear == []


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [
        ("statements", "article", "articles"),
        ("statements", "within", "statements"),
        ("statements", "speaker", "speakers"),
        ("statements", "via", "speakers"),
        ("statements", "on_behalf", "speakers"),
        ("utterances", "fullest", "statements"),
        ("utterances", "statements", "statements"),
        ("utterances", "optional", "statements"),
        ("carriages", "statement", "statements"),
        ("responses", "from", "statements"),
        ("responses", "to", "statements"),
        ("answers", "statement", "statements"),
        ("copies", "article", "articles"),
        ("copies", "original", "articles"),
        ("not_statements", "article", "articles"),
    ],
)
def test_every_id_refers_to_a_row(table: str, column: str, target: str):
    known = {row["id"] for row in GOLD[target]}
    used = [row.get(column) for row in GOLD[table]]
    flat = {
        key for value in used if value for key in ([value] if isinstance(value, str) else value)
    }
    assert flat <= known


def test_every_member_but_the_fullest_has_a_carriage():
    members = {m for row in GOLD["utterances"] for m in row["statements"] if m != row["fullest"]}
    assert members == {row["statement"] for row in GOLD["carriages"]}
