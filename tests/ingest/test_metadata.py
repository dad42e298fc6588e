"""What a page says of itself, each field by the first rule that fires."""

import pytest

from ingest.pages import FILLER, page
from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import read_document
from onrecord.resources import load_resources

RESOURCES = load_resources()
LD = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",%s}</script>'
META = '<meta property="%s" content="%s">'


def read(data):
    return read_document(Document(locator="p.html", format="page", data=data), RESOURCES)


def dated(article):
    return article.published, article.published_precision, article.published_rule


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (LD % '"datePublished":"2019-04-03T10:00:00+02:00"', "", ("2019-04-03T10:00:00+02:00", "second", "json-ld datePublished")),
        (META % ("article:published_time", "2019-04-03T10:00:00Z"), "", ("2019-04-03T10:00:00+00:00", "second", "meta article:published_time")),
        (META % ("article:modified_time", "2019-04-03T10:00:00Z"), "", (None, None, None)),
        ("", '<time itemprop="datePublished" datetime="2019-04-03">3 April</time>', ("2019-04-03", "day", "itemprop datePublished")),
        ('<link rel="canonical" href="https://lowmere.example/2019/apr/03/cranes">', "", ("2019-04-03", "day", "url")),
        ("", "<div>Posted: 3 April 2019</div>", ("2019-04-03", "day", "dateline")),
        ("", "<div>Wednesday 3 April 2019 | By Ann Poole</div>", ("2019-04-03", "day", "dateline")),
        ("", "<div>03/04/2019</div>", (None, None, None)),
        ("", "<div>03/04/2019</div><div>3 June 2019</div>", (None, None, None)),
        ("", "<p>The board sells what is left of the old crane until 3 June 2019.</p>", (None, None, None)),
        ("", "<div>Open 1 June – 3 June 2019</div>", (None, None, None)),
        ("", "<div>3 June 2019</div><p>This article was first published on 3 April 2019.</p>", ("2019-04-03", "day", "printed first")),
        ("", FILLER * 26 + "<div>3 April 2019</div>", ("2019-04-03", "day", "only date")),
        ("", FILLER * 26 + "<div>3 April 2019</div><div>3 June 2019</div>", (None, None, None)),
        ('<link rel="canonical" href="https://lowmere.example/2019/april/03/cranes">', "", ("2019-04-03", "day", "url")),
        ("", "<div>23/04/2019</div>", ("2019-04-23", "day", "dateline")),
        (LD % '"datePublished":"2019-04-03","dateModified":"2019-04-09"', "<div>Updated 9 April 2019</div>", ("2019-04-03", "day", "json-ld datePublished")),
        (LD % '"datePublished":"2019-04-03","dateModified":"2021-08-09"', "<div>Updated 9 August 2021</div>", (None, None, None)),
        (LD % '"datePublished":"2019-04-03","dateModified":"2021-08-09"' + META % ("article:published_time", "2019-04-03"), "<div>Updated 9 August 2021</div>", ("2019-04-03", "day", "json-ld datePublished")),
        (LD % '"datePublished":"2021-11-20T08:00:00Z"', "<div>3 April 2019</div>", ("2019-04-03", "day", "dateline")),
        (LD % '"datePublished":"2019-04-09"', "<blockquote><p>The pier is shut</p>— Ann Poole (@annpoole) April 3, 2019</blockquote>", ("2019-04-09", "day", "json-ld datePublished")),
    ],
)  # fmt: skip
def test_the_day_of_publication_and_the_rule_that_found_it(head, body, expected):
    assert dated(read(page(body + FILLER, head))) == expected


def test_a_numeric_date_is_read_as_the_english_of_the_page_has_it():
    body = "<div>03/04/2019</div>" + FILLER
    assert read(page(body, lang="en-GB")).published == "2019-04-03"
    assert read(page(body, lang="en-US")).published == "2019-03-04"


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (LD % '"author":[{"@type":"Person","name":"Ann Poole"},{"@type":"Person","name":"Jo Marr"}]', "", ("Ann Poole", "Jo Marr")),
        ('<meta name="author" content="By Ann Poole, Political Editor">', "", ("Ann Poole",)),
        ("", "<p class='byline'>By Ann Poole and Jo Marr</p>", ("Ann Poole", "Jo Marr")),
        ("", "<div>Wednesday 3 April 2019 | By Ann Poole</div>", ("Ann Poole",)),
        ('<meta name="author" content="admin">', "", ()),
        ('<meta name="author" content="The Lowmere Post">', "", ()),
        ('<meta name="author" content="https://social.example/annpoole">', "", ()),
    ],
)  # fmt: skip
def test_authors_without_roles_dates_or_the_outlet(head, body, names):
    assert read(page(body + FILLER, head)).byline == names


def test_the_outlet_is_what_the_title_says_after_the_headline():
    assert read(page()).outlet == "The Lowmere Post"
    assert read(page(head=META % ("og:site_name", "Lowmere Post"))).outlet == "Lowmere Post"


def test_the_printed_headline_wins_over_the_name_of_the_site():
    data = page(head=META % ("og:title", "Cranes are late - The Lowmere Post")).replace(
        b"<nav>", b"<h1>The Lowmere Post</h1><nav>"
    )
    assert read(data).title == "Cranes are late"


def test_a_page_saved_by_singlefile_has_the_address_it_was_saved_from():
    comment = (
        b"<!--\n Page saved with SingleFile \n url: https://lowmere.example/cranes \n"
        b" saved date: Wed Apr 03 2019 10:00:00 GMT+0200 \n-->"
    )
    article = read(page().replace(b"<html", comment + b"<html", 1))
    assert article.url == "https://lowmere.example/cranes"
    assert article.published is None


@pytest.mark.parametrize(
    "script",
    ["[" * 200_000, '{"datePublished": ' + "9" * 1_000_000 + "}", "{", "<!-- not json -->", '{"@type": 3}', "null"],
)  # fmt: skip
def test_json_ld_made_to_break_a_parser_says_nothing(script):
    head = f'<script type="application/ld+json">{script}</script>'
    assert read(page(head=head)).published is None


def test_a_page_saved_from_a_reader_view_keeps_address_and_author():
    view = (
        "<a class='domain reader-domain' href='https://www.lowmere.example/2019/04/cranes'>"
        "lowmere.example</a><h1 class='reader-title'>Cranes are late</h1>"
        "<div class='credits reader-credits'>Ann Poole</div>"
    )
    source = f"<html><title>Cranes are late</title><body>{view}<div>{FILLER}</div></body></html>"
    fields = read(source.encode())
    assert fields.url == "https://www.lowmere.example/2019/04/cranes"
    assert (fields.outlet, fields.byline) == ("lowmere.example", ("Ann Poole",))
