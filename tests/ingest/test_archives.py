"""WARC and ARC files: every record is a page, or a reject that says why not."""

import gzip
import random
import zlib
from io import BytesIO

import pytest
from fastwarc.stream_io import (
    BrotliWriter,
    Lz4Writer,
    ZstdWriter,
    zstd_train_dictionary_from_samples,
)

from ingest.pages import page
from onrecord.ingest.inputs import read_inputs
from onrecord.records import Article
from onrecord.resources import load_resources

RESOURCES = load_resources()


def packed_by(writer, data, **options):
    packed = BytesIO()
    packer = writer(packed, **options)
    while data:
        data = data[packer.write(data) :]
    packer.close()
    return packed.getvalue()


def zstd(data):
    return packed_by(ZstdWriter, data)


def lz4(data):
    return packed_by(Lz4Writer, data)


def brotli(data):
    return packed_by(BrotliWriter, data)


PACKERS = {".gz": gzip.compress, ".zst": zstd, ".lz4": lz4, "": bytes}


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


@pytest.mark.parametrize("ending", PACKERS)
def test_each_record_is_an_article_or_a_reject(tmp_path, ending):
    path, pack = tmp_path / f"a.warc{ending}", PACKERS[ending]
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
    [
        ("gzip", gzip.compress(page())),
        ("gzip", gzip.compress(page()[:300]) + gzip.compress(page()[300:])),
        ("gzip", gzip.compress(page()) + bytes(100)),
        ("gzip", page()),
        ("deflate", zlib.compress(page())),
        ("deflate", zlib.compress(page())[2:-4]),
        ("br", brotli(page())),
        ("zstd", zstd(page())),
        ("br, gzip", gzip.compress(brotli(page()))),
    ],
)
def test_payloads_behind_a_content_encoding_are_read(tmp_path, name, packed):
    path = tmp_path / "a.warc"
    path.write_bytes(record("response", packed, encoding=f"Content-Encoding: {name}\r\n"))
    (article,) = read(path)
    assert "customs house" in article.text
    assert not article.truncated


NOISE = f"<p>{random.Random(2).randbytes(150_000).hex()}</p>"


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli), ("zstd", zstd)]
)
def test_a_payload_that_breaks_off_is_read_so_far_and_marked(tmp_path, name, pack):
    path = tmp_path / "a.warc"
    packed = pack(page().replace(b"</body>", f"{NOISE}</body>".encode()))[:-2000]
    path.write_bytes(record("response", packed, encoding=f"Content-Encoding: {name}\r\n"))
    (article,) = read(path)
    assert "customs house" in article.text
    assert article.truncated_why == "its compressed content breaks off"


@pytest.mark.parametrize("name", ["compress", "br", "zstd", "gzip"])
def test_a_payload_that_cannot_be_unpacked_is_named_with_its_encoding(tmp_path, name):
    path = tmp_path / "a.warc"
    data = random.Random(1).randbytes(2000)
    path.write_bytes(record("response", data, encoding=f"Content-Encoding: {name}\r\n"))
    (item,) = read(path)
    assert item.reason == "damaged"
    assert name in item.detail


@pytest.mark.parametrize("pack", [gzip.compress, brotli, zstd])
def test_a_bomb_in_any_encoding_is_a_reject(tmp_path, pack):
    name = {gzip.compress: "gzip", brotli: "br", zstd: "zstd"}[pack]
    path = tmp_path / "a.warc"
    bomb = pack(b"<p>" + b"a" * 100_000_000)
    path.write_bytes(record("response", bomb, encoding=f"Content-Encoding: {name}\r\n"))
    (item,) = read(path)
    assert item.reason == "too_large"


def test_a_dictionary_in_front_of_the_records_is_used(tmp_path):
    records = [
        record(
            "response", page(f"<p>Number {number}.</p>"), url=f"https://lowmere.example/{number}"
        )
        for number in range(3)
    ]
    dictionary = zstd_train_dictionary_from_samples(records * 60, 2000)
    path = tmp_path / "a.warc.zst"
    packed = BytesIO()
    writer = ZstdWriter(packed, dictionary=dictionary)
    for one in records:
        writer.write(one)
        writer.finish()
    writer.close()
    path.write_bytes(packed.getvalue())
    assert [type(item) for item in read(path)] == [Article] * 3


def test_records_that_were_compressed_together_have_locators_of_their_own(tmp_path):
    path = tmp_path / "a.warc.gz"
    two = [record("response", page(), url=f"https://lowmere.example/{number}") for number in (1, 2)]
    path.write_bytes(gzip.compress(b"".join(two)) + gzip.compress(two[0]))
    locators = [item.locator.partition("#")[2] for item in read(path)]
    assert len(set(locators)) == 3
    assert locators[0] == "0"


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


ARC_HEAD = (
    b"filedesc://a.arc 0.0.0.0 20190403100000 text/plain 68\n1 0 Lowmere\n"
    b"URL IP-address Archive-date Content-type Archive-length\n\n"
)


def arc_record(
    body=None, url="https://lowmere.example/cranes", media="text/html", status=200, length=None
):
    if body is None:
        body = page()
    answer = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n\r\n".encode() + body
    size = len(answer) if length is None else length
    return f"{url} 192.0.2.1 20190403100000 {media} {size}\n".encode() + answer + b"\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
def test_each_record_of_an_arc_file_is_an_article_or_a_reject(tmp_path, pack):
    ending = {bytes: "", gzip.compress: ".gz", zstd: ".zst"}[pack]
    path = tmp_path / f"a.arc{ending}"
    records = [
        ARC_HEAD,
        arc_record(url="https://lowmere.example/cranes?of=the east quay"),
        arc_record(b"gone", status=404),
        b"dns:lowmere.example 192.0.2.1 20190403100000 text/dns 9\n192.0.2.1\n",
        arc_record(b"\x89PNG", media="image/png"),
    ]
    path.write_bytes(b"".join(map(pack, records)))
    article, *rejects = read(path)
    assert (
        article.url == "https://lowmere.example/cranes?of=the%20east%20quay" or " " in article.url
    )
    assert article.published is None
    assert not article.truncated
    assert [item.reason for item in rejects] == ["not_a_page"] * 3
    assert len({item.locator for item in (article, *rejects)}) == 4


def test_an_arc_file_is_read_on_after_a_damaged_place(tmp_path):
    path = tmp_path / "a.arc"
    wrong = arc_record(b"x" * 50, url="https://lowmere.example/two", length="minus one")
    path.write_bytes(ARC_HEAD + wrong + arc_record())
    damaged, article = read(path)
    assert (damaged.reason, damaged.locator) == ("damaged", f"{path}#{len(ARC_HEAD)}")
    assert isinstance(article, Article)


def test_an_arc_file_that_breaks_off_gives_a_truncated_article(tmp_path):
    path = tmp_path / "a.arc"
    path.write_bytes(ARC_HEAD + arc_record()[:-200])
    (article,) = read(path)
    assert article.truncated_why == "cut when it was archived (the archive breaks off)"


def test_a_compressed_arc_file_that_breaks_off_is_named(tmp_path):
    path = tmp_path / "a.arc.gz"
    path.write_bytes(gzip.compress(ARC_HEAD) + gzip.compress(arc_record())[:-40])
    assert [item.reason for item in read(path)] == ["damaged"]


def test_an_arc_file_of_nothing_is_named(tmp_path):
    (tmp_path / "a.arc").write_bytes(ARC_HEAD)
    (item,) = read(tmp_path / "a.arc")
    assert item.reason == "empty"


def test_a_record_larger_than_any_page_is_a_reject_and_the_next_is_read(tmp_path):
    path = tmp_path / "a.arc.gz"
    large = gzip.compress(arc_record(b"<p>" + b"a" * 40_000_000))
    path.write_bytes(gzip.compress(ARC_HEAD) + large + gzip.compress(arc_record()))
    refused, article = read(path)
    assert refused.reason == "too_large"
    assert isinstance(article, Article)


def test_an_answer_with_bare_line_feeds_is_read(tmp_path):
    path = tmp_path / "a.arc"
    body = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page()
    head = f"https://lowmere.example/cranes 192.0.2.1 20190403100000 text/html {len(body)}\n"
    path.write_bytes(ARC_HEAD + head.encode() + body + b"\n")
    (article,) = read(path)
    assert "customs house" in article.text
