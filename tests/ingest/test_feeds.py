"""Feeds with content: each entry is an article, a summary is a reject."""

import json

import pytest

from ingest.pages import FILLER
from onrecord.ingest.inputs import read_inputs
from onrecord.records import Article
from onrecord.resources import load_resources

RESOURCES = load_resources()
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Lowmere Post</title><language>en-gb</language>
<item><title>Cranes are late</title><link>https://lowmere.example/cranes</link><dc:creator>Ann Poole</dc:creator>
<pubDate>Wed, 03 Apr 2019 10:00:00 +0200</pubDate><content:encoded><![CDATA[{FILLER}]]></content:encoded></item>
<item><title>Pier closed</title><description>A summary.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Lowmere Post</title><entry><title>Cranes are late</title>
<link rel="alternate" href="https://lowmere.example/cranes"/><author><name>Ann Poole</name></author>
<published>2019-04-03T10:00:00+02:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{FILLER}
</div></content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Lowmere Post",
        "items": [
            {
                "id": "1",
                "url": "https://lowmere.example/cranes",
                "title": "Cranes are late",
                "authors": [{"name": "Ann Poole"}],
                "date_published": "2019-04-03T10:00:00+02:00",
                "content_html": FILLER,
            }
        ],
    }
)


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_inputs([str(path)], None, RESOURCES))


@pytest.mark.parametrize(("name", "data"), [("a.rss", RSS), ("a.xml", ATOM), ("a.json", JSON)])
def test_an_entry_with_content_is_an_article(tmp_path, name, data):
    article = read(tmp_path, name, data)[0]
    assert (article.title, article.outlet, article.byline) == (
        "Cranes are late",
        "The Lowmere Post",
        ("Ann Poole",),
    )
    assert article.url == "https://lowmere.example/cranes"
    assert article.published == "2019-04-03T10:00:00+02:00"
    assert "customs house" in article.text


def test_an_entry_with_a_summary_only_is_a_reject(tmp_path):
    assert read(tmp_path, "a.rss", RSS)[1].reason == "no_text"


def test_a_short_entry_is_read_whole(tmp_path):
    data = RSS.replace(FILLER, "<p>“We are sorry,” said Ann Birch.</p>")
    assert read(tmp_path, "a.rss", data)[0].text == "“We are sorry,” said Ann Birch."


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_not_resolved(tmp_path, head):
    data = head + RSS.replace('<?xml version="1.0"?>', "").replace("Cranes are late", "&a;")
    items = read(tmp_path, "a.rss", data)
    assert not any("root:" in (item.title or "") for item in items if isinstance(item, Article))


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes_and_named(tmp_path):
    items = read(tmp_path, "a.rss", RSS[: RSS.index("<item><title>Pier")])
    assert isinstance(items[0], Article)
    assert items[-1].reason == "damaged"


@pytest.mark.parametrize("bad", [b"\xed\xa0\x80", b"\xff\xfe", b"&#xD800;", b"&#57343;"])
def test_what_is_no_character_does_not_end_the_run(tmp_path, bad):
    rows = ATOM.replace("heard", "he@ard").encode().replace(b"@", bad)
    first, *_ = read(tmp_path, "a.xml", rows)
    assert isinstance(first, Article)
    assert "\ufffd" in first.text


def test_a_json_feed_of_the_wrong_types_is_named(tmp_path):
    feed = {"version": "https://jsonfeed.org/version/1", "items": [7, {"authors": 7, "title": []}]}
    items = read(tmp_path, "a.json", json.dumps(feed))
    assert [item.reason for item in items] == ["no_text", "no_text"]
