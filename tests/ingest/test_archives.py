"""WARC files: every record is a page, or a reject that says why not."""

import gzip
import zlib

import pytest

from ingest.pages import page
from onrecord.ingest.inputs import read_inputs
from onrecord.records import Article
from onrecord.resources import load_resources

RESOURCES = load_resources()


def record(
    kind,
    body,
    url="https://lowmere.example/cranes",
    *,
    http=True,
    status=200,
    media="text/html",
    more="",
    encoding="",
):
    if http:
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n{encoding}Content-Length: {len(body)}\r\n\r\n"
        body = head.encode() + body
        stated = "application/http; msgtype=response"
    else:
        stated = media
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-04-03T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n{more}"
        f"Content-Type: {stated}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body + b"\r\n\r\n"  # fmt: skip


def read(path):
    return list(read_inputs([str(path)], None, RESOURCES))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_each_record_is_an_article_or_a_reject(tmp_path, pack):
    path = tmp_path / ("a.warc.gz" if pack is gzip.compress else "a.warc")
    records = [
        record("warcinfo", b"software: x", http=False, media="application/warc-fields"),
        record("response", page()),
        record("response", b"gone", status=404),
        record("response", b"\x89PNG", media="image/png"),
        record("revisit", b""),
    ]
    path.write_bytes(b"".join(pack(one) for one in records))
    article, *rejects = read(path)
    assert isinstance(article, Article)
    assert article.url == "https://lowmere.example/cranes"
    assert article.published is None
    assert [item.reason for item in rejects] == ["not_a_page", "not_a_page", "revisit"]
    assert len({item.locator for item in (article, *rejects)}) == 4


@pytest.mark.parametrize(
    ("name", "packed"),
    [("gzip", gzip.compress(page())), ("deflate", zlib.compress(page()))],
)
def test_payloads_behind_a_content_encoding_are_read(tmp_path, name, packed):
    path = tmp_path / "a.warc"
    path.write_bytes(record("response", packed, encoding=f"Content-Encoding: {name}\r\n"))
    (article,) = read(path)
    assert "customs house" in article.text


def test_a_page_that_was_cut_when_archived_is_truncated(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(record("response", page(), more="WARC-Truncated: length\r\n"))
    (article,) = read(path)
    assert article.truncated
    assert "length" in article.truncated_why


def test_text_records_are_read(tmp_path):
    path = tmp_path / "a.warc"
    text = b"The board met on Friday.\n\nNobody signed anything, the clerk said."
    path.write_bytes(record("conversion", text, http=False, media="text/plain"))
    (article,) = read(path)
    assert article.text == text.decode()


def test_a_damaged_archive_is_named_and_what_came_before_is_read(tmp_path):
    path = tmp_path / "a.warc.gz"
    whole = gzip.compress(record("response", page()))
    path.write_bytes(whole + gzip.compress(record("response", page("<p>Two.</p>")))[:-40])
    items = read(path)
    assert isinstance(items[0], Article)
    assert len(items) >= 2 or items[0].truncated


def test_a_bomb_is_a_reject(tmp_path):
    path = tmp_path / "a.warc"
    bomb = gzip.compress(b"<p>" + b"a" * 100_000_000)
    path.write_bytes(record("response", bomb, encoding="Content-Encoding: gzip\r\n"))
    (item,) = read(path)
    assert item.reason == "too_large"


def test_records_after_a_bomb_are_read(tmp_path):
    path = tmp_path / "a.warc"
    bomb = gzip.compress(b"<p>" + b"a" * 40_000_000)
    path.write_bytes(
        record("response", bomb, encoding="Content-Encoding: gzip\r\n") + record("response", page())
    )
    refused, article = read(path)
    assert refused.reason == "too_large"
    assert isinstance(article, Article)


def test_an_archive_without_a_page_is_named(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(record("warcinfo", b"software: x", http=False, media="text/plain"))
    (item,) = read(path)
    assert item.reason == "empty"


def test_where_an_archive_breaks_off_the_archive_is_named_and_no_record_twice(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(record("response", page()) + b"WARC/1.0\r\nContent-Length: x\r\n\r\n" * 3)
    items = read(path)
    assert len({item.locator for item in items}) == len(items)
    assert isinstance(items[0], Article)
