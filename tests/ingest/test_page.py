"""Saved pages: what is the article, what is furniture, and what is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages import FILLER, page
from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import read_document
from onrecord.records import Article, Reject
from onrecord.resources import load_resources

RESOURCES = load_resources()


def read(data):
    article = read_document(Document(locator="p.html", format="page", data=data), RESOURCES)
    assert isinstance(article, Article), article
    return article


def kinds(article):
    return {block.span.of(article.text): block.kind for block in article.blocks}


def test_the_headline_is_the_title_and_not_part_of_the_text():
    article = read(page())
    assert article.title == "Cranes are late"
    assert "Cranes are late" not in article.text
    assert "Home" not in article.text
    assert "rights reserved" not in article.text


def test_repeated_paragraphs_are_kept():
    denial = "<p>“We never signed anything,” the builder said.</p>"
    article = read(page(FILLER + denial + FILLER.replace("Friday", "Monday") + denial))
    assert article.text.count("We never signed anything") == 2


@pytest.mark.parametrize("char", "\u202e\u2066\u200b\u200d\u2060\u00ad\u061c")
def test_invisible_characters_are_kept(char):
    article = read(page(FILLER + f"<p>“We ne{char}ver signed,” the builder said on Friday.</p>"))
    assert f"“We ne{char}ver signed,”" in article.text


@pytest.mark.parametrize("char", "\x01\x1a\x00\x0c\ufffe")
def test_control_characters_do_not_stop_the_reading(char):
    body = FILLER + f"<svg>{char}<p>“We never{char} signed,” the builder said on Friday.</p></svg>"
    assert "customs house" in read(page(body)).text


def test_text_below_deep_nesting_is_kept():
    deep = "<div>" * 300 + "<p>“It is a lie,” said the builder of the cranes.</p>" + "</div>" * 300
    assert "“It is a lie,”" in read(page(FILLER + deep + FILLER)).text


@pytest.mark.parametrize(
    ("markup", "kind", "text"),
    [
        ("<h2>What the auditor saw</h2>", "heading", "What the auditor saw"),
        ("<blockquote><p>Nobody rang me about the cranes, not once in all that time.</p></blockquote>", "blockquote", "Nobody rang me about the cranes, not once in all that time."),
        ("<ul><li>Two cranes were ordered in spring.</li><li>None has come so far.</li></ul>", "list", "None has come so far."),
        ("<figure><img src='a.png'><figcaption>The quay in March. Photo: Ann Poole</figcaption></figure>", "caption", "The quay in March. Photo: Ann Poole"),
        ("<p>ALSO READ: <a href='/x'>‘I swam it twice,’ says rescue man</a></p>", "boilerplate", "ALSO READ: ‘I swam it twice,’ says rescue man"),
        ("<p><a href='/y'>Mayor: “I will eat my hat”</a></p>", "boilerplate", "Mayor: “I will eat my hat”"),
    ],
)  # fmt: skip
def test_parts_of_a_page_get_their_kind(markup, kind, text):
    article = read(page(FILLER + markup + FILLER.replace("Friday", "Monday")))
    assert kinds(article).get(text) == kind


def test_an_embedded_post_has_its_author_handle_and_day():
    post = (
        '<blockquote class="twitter-tweet"><p>I never saw that letter.</p>&mdash; Jo Marr (@jomarr) '
        '<a href="https://example.org/1">April 3, 2019</a></blockquote>'
    )
    article = read(page(FILLER + post + FILLER.replace("Friday", "Monday")))
    (embed,) = article.embeds
    assert embed.span.of(article.text) == "I never saw that letter."
    assert (embed.author, embed.handle, embed.posted) == ("Jo Marr", "@jomarr", "2019-04-03")


def test_a_paragraph_in_foreign_markup_with_a_quotation_is_put_back():
    odd = '<div class="x-promo-slot"><div>“Nobody rang me,” said Jo Marr, who works on the quay.</div></div>'
    article = read(page(FILLER + odd + FILLER.replace("Friday", "Monday")))
    assert kinds(article)["“Nobody rang me,” said Jo Marr, who works on the quay."] == "paragraph"


@pytest.mark.parametrize(
    "attributes",
    ["hidden", 'style="display:none"', 'style="visibility: hidden"', 'style="font-size:0"'],
)
def test_what_a_reader_does_not_see_is_marked_and_read_by_nobody(attributes):
    planted = f"<p {attributes}>“I took the money,” said Jo Marr of the harbour board.</p>"
    article = read(page(FILLER + planted + FILLER.replace("Friday", "Monday")))
    for span in article.hidden:
        assert kinds(article)[span.of(article.text)] == "boilerplate"
    shown = [block.span.of(article.text) for block in article.blocks if block.kind != "boilerplate"]
    assert not any("I took the money" in text for text in shown)


def test_a_page_that_fades_its_text_in_is_read():
    faded = FILLER.replace("<p>", '<p style="opacity:0">') * 4
    assert "customs house" in read(page(faded)).text


def test_a_page_without_running_text_is_a_reject():
    item = read_document(
        Document(locator="p", format="page", data=b"<html><body><p>Menu</p></body></html>"),
        RESOURCES,
    )
    assert isinstance(item, Reject)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<div>" * 5000 + b"x", "too_deep"),
        (b"<p " + b" a=1" * 20000 + b">x", "too_many_attributes"),
    ],
)
def test_pages_made_to_choke_a_parser_are_refused(data, reason):
    item = read_document(Document(locator="p", format="page", data=data), RESOURCES)
    assert (type(item), item.reason) == (Reject, reason)


@given(
    st.text(alphabet="abc \n\u200b\u202e“”", min_size=30).filter(lambda text: len(text.split()) > 8)
)
def test_spans_of_a_page_are_sorted_disjoint_and_of_its_text(words):
    item = read_document(
        Document(locator="p", format="page", data=page(FILLER + f"<p>{words}</p>" + FILLER)),
        RESOURCES,
    )
    end = 0
    for block in item.blocks:
        assert end <= block.span.start < block.span.end <= len(item.text)
        end = block.span.end


def test_a_page_saved_as_one_mime_file_is_read_with_its_address():
    message = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://lowmere.example/cranes\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page()
        + b"\r\n--xx--\r\n"
    )
    article = read(message)
    assert article.url == "https://lowmere.example/cranes"
    assert "customs house" in article.text


LD = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s}</script>'


def test_a_page_behind_a_paywall_is_marked_as_cut():
    body = FILLER + FILLER.replace("Friday", "Monday")
    article = read(page(body, LD % "false"))
    assert article.truncated
    assert article.truncated_why.startswith("paywall")
    assert not read(page(body, LD % "true")).truncated


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>The board of the harbour met on Friday in the old customs house, it was said.</p><p>Subscribe to read the rest.</p>", "paywall"),
        ("<div id='root'></div><script>1</script><script>2</script><script>3</script>", "script_only"),
    ],
)  # fmt: skip
def test_pages_that_hold_no_article_say_why(body, reason):
    data = f"<html><body>{body}</body></html>".encode()
    item = read_document(Document(locator="p", format="page", data=data), RESOURCES)
    assert (type(item), getattr(item, "reason", item)) == (Reject, reason)


@pytest.mark.parametrize(
    "markup",
    [
        "<button>{}</button>",
        "<label>{}</label>",
        "<dialog open><p>{}</p></dialog>",
        "<object><p>{}</p></object>",
        "<map><p>{}</p></map>",
    ],
)
def test_a_passage_that_readers_see_is_never_lost(markup):
    said = "“We never signed anything,” the builder said on Monday."
    assert (
        said in read(page(FILLER + markup.format(said) + FILLER.replace("Friday", "Monday"))).text
    )


@pytest.mark.parametrize(
    "markup", ["<button>Share</button>", "<dialog><p>{}</p></dialog>", "<object data=x>{}</object>"]
)
def test_what_readers_do_not_see_or_press_is_no_text(markup):
    said = "“We never signed anything,” the builder said on Monday."
    text = read(page(FILLER + markup.format(said) + FILLER.replace("Friday", "Monday"))).text
    assert said not in text
    assert "Share" not in text


@pytest.mark.parametrize("markup", ["<aside><p>{}</p></aside>", "<footer>{}</footer>"])
def test_a_passage_with_a_quotation_beside_the_text_is_kept_as_furniture(markup):
    said = "“We never signed anything at all,” the builder said on Monday."
    article = read(page(FILLER + markup.format(said)))
    assert kinds(article)[said] == "boilerplate"
