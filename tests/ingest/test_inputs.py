"""Every input ends as an article or as a reject that says why."""

import errno
import gzip
import io
import json
import os
import plistlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import list_documents, read_document, read_inputs
from onrecord.ingest.reasons import REASONS
from onrecord.records import Article, Reject
from onrecord.resources import load_resources

RESOURCES = load_resources()
PAGE = (
    "<html><head><title>Ferry is late</title></head><body><article><h1>Ferry is late</h1>"
    + "<p>The morning ferry to Lowmere left an hour late on Monday, the harbour office said.</p>"
    * 1
    + "<p>“We are sorry for the wait and will pay back every ticket,” said Anna Birch of the line.</p>"
    + "</article></body></html>"
)


def read(*paths, stdin=None):
    return list(read_inputs([str(path) for path in paths], stdin, RESOURCES))


def row(**fields):
    return json.dumps(fields, ensure_ascii=False) + "\n"


def test_rows_keep_their_fields_and_unknown_ones(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(
        row(
            id=7,
            text="A short note.",
            outlet="The Lowmere Post",
            title="A note",
            byline=["Anna Birch"],
            published="2021-05-04T09:30:00+02:00",
            language="en",
            section="local",
        )
    )
    (article,) = read(path)
    assert (article.given_id, article.outlet, article.byline) == (
        "7",
        "The Lowmere Post",
        ("Anna Birch",),
    )
    assert (article.published, article.published_precision) == (
        "2021-05-04T09:30:00+02:00",
        "second",
    )
    assert article.extra == {"section": "local"}
    assert article.locator == f"{path}#1"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "bad_row"),
        ("[1, 2]", "bad_row"),
        ('{"text": 5}', "bad_row"),
        ('{"title": "x"}', "no_text"),
        ('{"text": " \\n "}', "empty"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_reject(tmp_path, content, reason):
    path = tmp_path / "rows.jsonl"
    path.write_text(row(text="A good row.") + content + "\n")
    good, bad = read(path)
    assert isinstance(good, Article)
    assert (bad.reason, bad.locator) == (reason, f"{path}#2")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.html", b"%PDF-1.7 ...", "pdf"),
        ("a.txt", b"", "empty"),
        ("a.bin", bytes(range(32)) * 9, "binary"),
        ("a.html.gz", gzip.compress(PAGE.encode())[:-20], "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_reject(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    (item,) = read(tmp_path)
    assert isinstance(item, Reject)
    assert item.reason == reason


@pytest.mark.parametrize(
    ("name", "data", "todo"),
    [
        ("a.html", b"PK\x03\x04 ... page.html ...", "unpack it"),
        ("a.docx", b"PK\x03\x04 ... word/document.xml ...", "save it as plain text"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "save it as plain text"),
        ("a.txt", rb"{\rtf1 The mayor said: \ldblquote No.\rdblquote}", "save it as plain text"),
        ("a.html", b"\xff\xd8\xff\xe0" + bytes(50), "a picture"),
        ("Thumbs.db", b"\x01" + bytes(5000), "not text"),
    ],
)
def test_a_file_of_another_program_is_a_reject_that_says_what_to_do(tmp_path, name, data, todo):
    (tmp_path / name).write_bytes(data)
    (item,) = read(tmp_path)
    assert item.reason == "binary"
    assert todo in item.detail


def test_an_argument_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        read(tmp_path / "nowhere.html")


@pytest.mark.parametrize(
    "text",
    [
        "https://post.example/late\nhttps://echo.example/late\n",
        "[InternetShortcut]\r\nURL=https://post.example/late\r\n",
    ],
)
def test_a_list_of_addresses_is_no_article(tmp_path, text):
    (tmp_path / "urls.txt").write_text(text)
    (item,) = read(tmp_path)
    assert item.reason == "no_main_text"
    assert "nothing is fetched" in item.detail


def test_an_address_as_an_argument_is_an_error_that_says_what_to_do():
    with pytest.raises(InputError, match="nothing is fetched; save the page"):
        read("https://post.example/late")


def test_the_same_article_twice_is_a_duplicate(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(row(text="One text.") * 2)
    first, second = read(path)
    assert isinstance(first, Article)
    assert second.reason == "duplicate"
    assert first.locator in second.detail


def test_a_folder_that_cannot_be_opened_is_a_reject_and_the_rest_goes_on(tmp_path, monkeypatch):
    for name in ("locked", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.txt").write_text("A note.")
    listed = Path.iterdir

    def refusing(folder):
        if folder.name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refusing)
    bad, good = read(tmp_path)
    assert (bad.locator, bad.reason) == (str(tmp_path / "locked"), "unreadable")
    assert bad.detail == "the folder: Permission denied"
    assert good.locator == str(tmp_path / "open" / "note.txt")


def test_what_may_not_be_looked_at_is_a_reject(tmp_path, monkeypatch):
    (tmp_path / "note.txt").write_text("A note.")
    looked = Path.is_dir

    def refusing(path):
        if path.name == "note.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return looked(path)

    def failing(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refusing)
    monkeypatch.setattr(Path, "exists", lambda path: path == tmp_path or failing(path))
    (bad,) = read(tmp_path)
    assert (bad.reason, bad.detail) == ("unreadable", "Permission denied")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_links_that_lead_back_or_nowhere_and_pipes_are_rejects(tmp_path):
    (tmp_path / "note.txt").write_text("A note.")
    (tmp_path / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere.html").symlink_to(tmp_path / "gone.html")
    os.mkfifo(tmp_path / "pipe.html")
    back, note, nowhere, pipe = sorted(read(tmp_path), key=lambda item: item.locator)
    assert isinstance(note, Article)
    assert {item.reason for item in (back, nowhere, pipe)} == {"unreadable"}
    assert (back.detail, pipe.detail) == (
        "a link to a folder that it stands in",
        "neither a file nor a folder",
    )


@pytest.mark.parametrize("name", ["story_files", "story-Dateien", "story_fichiers", "story.files"])
def test_the_folder_beside_a_page_belongs_to_it_in_any_language(tmp_path, name):
    (tmp_path / "story.html").write_text(PAGE)
    (tmp_path / name).mkdir()
    (tmp_path / name / "frame.html").write_text("<p>an advertisement")
    (item,) = read(tmp_path)
    assert item.locator.endswith("story.html")


def _webarchive(**main):
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def test_a_page_as_safari_saves_it_is_read(tmp_path):
    (tmp_path / "a.webarchive").write_bytes(
        _webarchive(
            WebResourceData=PAGE.encode("utf-16-le"),
            WebResourceMIMEType="text/html",
            WebResourceTextEncodingName="utf-16",
            WebResourceURL="https://post.example/late",
        )
    )
    (article,) = read(tmp_path)
    assert article.url == "https://post.example/late"
    assert article.text.endswith("will pay back every ticket,” said Anna Birch of the line.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_webarchive(WebResourceData=b"GIF", WebResourceMIMEType="image/gif"), "no_main_text"),
        (_webarchive(WebResourceMIMEType="text/html"), "no_main_text"),
        (_webarchive(WebResourceData=b"<p>", WebResourceMIMEType="text/html")[:-9], "damaged"),
    ],
)
def test_a_web_archive_without_a_page_is_a_reject(tmp_path, data, reason):
    (tmp_path / "a.webarchive").write_bytes(data)
    (item,) = read(tmp_path)
    assert item.reason == reason


def test_a_folder_is_walked_without_the_parts_of_saved_pages(tmp_path):
    (tmp_path / "story.html").write_text(PAGE)
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "frame.html").write_text("<p>an advertisement")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "note.txt").write_text("A note.")
    locators = [Path(item.locator).name for item in read(tmp_path)]
    assert locators == ["note.txt", "story.html"]


def test_the_order_of_the_arguments_does_not_matter(tmp_path):
    for name in "bac":
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.")
    paths = [tmp_path / f"{name}.txt" for name in "cab"]
    assert read(*paths) == read(*sorted(paths)) == read(tmp_path)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_rows_and_pages_come_through_standard_input(pack):
    rows = io.BufferedReader(io.BytesIO(pack((row(text="One.") + row(text="Two.")).encode())))
    assert [item.text for item in read("-", stdin=rows)] == ["One.", "Two."]
    page = io.BufferedReader(io.BytesIO(pack(PAGE.encode())))
    (article,) = read("-", stdin=page)
    assert "pay back every ticket" in article.text


def test_compressed_files_read_like_plain_ones(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(row(text="One.").encode()))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    assert [type(item) for item in read(tmp_path)] == [Article, Article]


@given(st.text(min_size=1).filter(str.strip))
def test_the_text_of_a_row_is_kept_character_for_character(text):
    data = json.dumps({"text": text}).encode()
    article = read_document(Document(locator="r", format="row", data=data), RESOURCES)
    assert article.text == re.sub(
        "[\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")
    )


@given(st.sampled_from(["page", "text", "row"]), st.binary(max_size=400))
def test_no_bytes_make_reading_raise(kind, data):
    item = read_document(Document(locator="x", format=kind, data=data), RESOURCES)
    if isinstance(item, Reject):
        assert item.reason in REASONS
        return
    ends = 0
    for block in item.blocks:
        assert ends <= block.span.start < block.span.end <= len(item.text)
        ends = block.span.end


def test_listing_does_not_open_single_documents(tmp_path):
    (tmp_path / "a.html").write_bytes(b"\xff\xfe")
    assert list(list_documents([str(tmp_path)])) == [
        Document(locator=f"{tmp_path}/a.html", format="file", path=f"{tmp_path}/a.html")
    ]


def test_the_rows_of_a_sheet_are_those_of_json_lines(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        '\ufeffid;Outlet;text;desk\r\n7;Lowmere Post;"“Late,” she said.\r\n""Sorry.""";local\r\n'
        "8;Lowmere Post;;local\r\n9;Lowmere Post;Late; again;local\r\n",
        "utf-8",
        newline="",
    )
    article, empty, cut = read(path)
    assert (article.given_id, article.outlet, article.locator) == ("7", "Lowmere Post", f"{path}#2")
    assert article.text == '“Late,” she said.\n"Sorry."'
    assert article.extra == {"desk": "local"}
    assert (empty.reason, empty.locator) == ("no_text", f"{path}#4")
    assert (cut.reason, cut.locator) == ("bad_row", f"{path}#5")


@pytest.mark.parametrize("head", ["id,body", "", '"text'])
def test_a_sheet_without_a_column_of_texts_is_one_reject(tmp_path, head):
    path = tmp_path / "rows.csv"
    path.write_text(f"{head}\n1,Late again\n", "utf-8")
    rejects = read(path)
    assert [item.reason for item in rejects] == ["bad_row"]
