"""The report as a file: what it holds, what it never says, and what it does not do."""

import base64
import hashlib
import re
from importlib.resources import files

import pytest
from lxml import html
from msgspec.structs import replace

from factories import (
    make_article,
    make_carriage,
    make_record,
    make_speaker,
    make_statement,
    make_utterance,
    span,
)
from onrecord.ids import StatementId, StoryId
from onrecord.records import Again, Copy, Reject, Reprint
from onrecord.report import Choices, render, render_split, story_file
from onrecord.views.index import index_story
from onrecord.views.variants import variants
from stories import HOSTILE, harbour_story, hostile_story, make_manifest

VERDICTS = (
    "admits", "admitted", "refutes", "refuted", "claims", "claimed", "lies", "lied", "lying",
    "false", "truth", "truthful", "credible", "credibility", "reliable", "biased", "suppressed",
    "omitted", "omits", "censored", "distorted", "slams", "insists", "reveals", "debunked",
)  # fmt: skip
REJECTS = [Reject(locator="pages/broken.html", reason="no_text", detail="nothing to read")]


def report(*records: object) -> str:
    return render(records or [harbour_story()], REJECTS, make_manifest())


def words(page: str) -> str:
    tree = html.fromstring(page)
    for element in tree.xpath("//style|//script"):
        element.drop_tree()
    return re.sub(r"\s+", " ", tree.text_content())


def test_it_shows_who_denied_what_who_cut_it_and_what_has_no_answer() -> None:
    text = words(report())
    assert "Who denied or disputed what s2 Teo Brandt denies: “None of that is so." in text
    assert "Teo Brandt in Ferry Post, 18 Apr: end left out, cut in mid-sentence" in text
    assert "“They keep two sets of books,”" in text
    assert "No answer found in the 4 articles held" in text
    assert "Harbour Echo, 19 Apr The bill, about £42 million, was paid." in text


def test_what_is_left_out_of_the_page_is_said() -> None:
    text = words(report())
    assert "1 statement of attitude" in text
    assert "pages/broken.html: no_text nothing to read" in text


def test_diff_marks_are_said_in_words() -> None:
    assert re.search(r"left out: sign, and the minutes will show it", words(report()))


def test_every_anchor_resolves_and_no_id_is_used_twice() -> None:
    tree = html.fromstring(report(harbour_story(), harbour_story()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert targets <= set(ids)
    assert len(targets) > 40


def test_every_mark_shows_exactly_its_characters() -> None:
    record = harbour_story()
    tree = html.fromstring(render([record], [], make_manifest()))
    texts = [
        row.text for row in sorted(record.articles, key=lambda row: (row.published, row.outlet))
    ]
    texts = {row.outlet: row.text for row in record.articles}
    checked = 0
    for article in tree.xpath("//details[@class='art']"):
        text = texts[article.xpath("string(summary//b)")]
        for mark in article.xpath(".//*[@data-at]"):
            start, end = map(int, mark.get("data-at").split("-"))
            assert mark.text_content() == text[start:end]
            checked += 1
    assert checked == 3 * 12


def test_it_says_nothing_about_who_is_right() -> None:
    folder = files("onrecord.report") / "templates"
    ours = " ".join(
        row.read_text(encoding="utf-8") for row in folder.iterdir() if row.name.endswith(".html")
    )
    ours += (files("onrecord.views") / "words.py").read_text(encoding="utf-8").split('"""', 2)[2]
    found = {
        word
        for word in VERDICTS
        if re.search(rf"\b{word}\b", re.sub(r"\{[%#{].*?[%#}]\}", "", ours))
    }
    assert found == set()


def test_the_policy_allows_our_own_style_and_script_only() -> None:
    page = report()
    tree = html.fromstring(page)
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        (inner,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not tree.xpath("//@style|//@*[starts-with(name(), 'on')]|//img|//iframe|//link|//form")


def test_hostile_text_stays_text_in_every_field() -> None:
    page = render(
        [hostile_story()],
        [Reject(locator=HOSTILE, reason=HOSTILE, detail=HOSTILE)],
        make_manifest(),
    )
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img|//@onerror|//@onload|//a[starts-with(@href, 'java')]")
    assert tree.xpath("//*[@data-c='U+202E']")


def test_the_same_rows_give_the_same_bytes() -> None:
    assert report() == report()


def test_several_stories_get_a_list_of_contents() -> None:
    tree = html.fromstring(report(harbour_story(), harbour_story()))
    assert tree.xpath("string(//h1)") == "2 stories"
    assert [row.get("href") for row in tree.xpath("//*[@class='contents']//a")] == [
        "#r1-top",
        "#r2-top",
    ]


def test_nothing_read_is_a_report_too() -> None:
    text = words(render([], REJECTS, make_manifest()))
    assert "No article could be read" in text
    assert "pages/broken.html" in text


@pytest.mark.parametrize(
    ("articles", "each", "limit"), [(2, 10, 60_000), (10, 10, 240_000), (50, 6, 1_000_000)]
)
def test_size(articles: int, each: int, limit: int) -> None:
    """Two articles with twenty statements stay below 60 kB; the style is most of it."""
    rows, statements = [], []
    speakers = [make_speaker(f"Speaker {line}") for line in range(each)]
    for number in range(articles):
        lines = [
            f"Speaker {line} of the harbour board said that the crane number {number} had been checked "
            f"twice in week {line} by people who knew how to do it, and nobody had found a fault in it."
            for line in range(each)
        ]
        article = make_article(
            "\n".join(lines),
            outlet=f"Outlet {number}",
            published=f"2026-04-{1 + number % 28:02}",
            url=f"https://outlet{number}.example/harbour/crane-checked-{number}",
        )
        rows.append(article)
        statements += [
            make_statement(
                article,
                lines[line].partition(" said that ")[2][:-1],
                source=f"Speaker {line} of the harbour board",
                cue=span(article, "said", line + 1),
                speakers=(speakers[line].id,),
            )
            for line in range(each)
        ]
    record = make_record(articles=rows, statements=statements, speakers=speakers)
    page = render([record], [], make_manifest())
    assert len(page.encode()) < limit


def test_every_colour_and_font_that_the_style_uses_is_set_in_it() -> None:
    style = re.findall(r"<style>(.*?)</style>", report(), re.DOTALL)[0]
    used = set(re.findall(r"var\((--[^)]+)\)", style))
    assert len(used) > 10
    assert used <= set(re.findall(r"(--[0-9a-f]+):", style))


def test_style_and_script_are_small() -> None:
    page = report()
    fixed = sum(len(part) for part in re.findall(r"<(?:style|script)>(.*?)</", page, re.DOTALL))
    assert fixed < 40_000


def test_excerpts_leave_out_what_nobody_is_quoted_saying() -> None:
    story = harbour_story()
    whole, short = (
        render([story], [], make_manifest(), Choices(excerpts=flag)) for flag in (False, True)
    )
    assert "Mr Brandt answered on Saturday." in words(whole)
    assert "Mr Brandt answered on Saturday." not in words(short)
    assert "the whole text is on the outlet’s page" in words(short)
    marks = [html.fromstring(page).xpath("//@data-at") for page in (whole, short)]
    assert marks[0] == marks[1]


def unsure(record: object) -> object:
    """Return *record* with links that are as likely wrong as right."""
    return replace(
        record,
        carriages=tuple(replace(row, confidence=0.35) for row in record.carriages),
        responses=tuple(replace(row, confidence=0.35) for row in record.responses),
    )


def test_an_allegation_with_unsure_answers_only_is_not_counted_as_answered() -> None:
    sure, doubtful = words(report()), words(report(unsure(harbour_story())))
    assert "with a possible answer only" not in sure
    assert re.search(r"\d with no answer found ?, ?1 with a possible answer only", doubtful)
    assert re.search(r"of which the record is unsure: s\d+ ?\.", doubtful)


def test_an_unsure_link_is_never_shown_as_sure() -> None:
    sure, doubtful = words(report()), words(report(unsure(harbour_story())))
    for sign in ("may be another utterance", "Possible answer", "unsure whether this is an answer"):
        assert sign not in sure
        assert sign in doubtful
    assert re.search(r"to s\d+ [^·]* \(unsure\)", doubtful)
    assert "C? unsure" in doubtful


def test_every_wording_has_an_id_by_which_an_error_is_reported() -> None:
    record = harbour_story()
    page = render([record], [], make_manifest(), Choices(contact="desk@<paper>.example"))
    index = index_story(record)
    shown = [row.statement.id for item in index.items for row in variants(index, item)]
    assert [row[:12] for row in shown] == re.findall(r"error\?</a> (\w{12})", page)
    assert "to desk@<paper>.example." in words(page)


def test_a_statement_that_a_revised_version_prints_otherwise_is_flagged() -> None:
    first = make_article("Mara Quill said the bill was 40 million.", published="2026-04-18")
    later = make_article("Mara Quill said the bill was 42 million.", published="2026-04-19")
    rows = [
        make_statement(article, f"the bill was {number} million", source="Mara Quill")
        for article, number in ((first, 40), (later, 42))
    ]
    copy = Copy(
        article_id=later.id,
        original_id=first.id,
        kind="revision",
        shared=0.9,
        method="test",
    )
    record = make_record(articles=[first, later], statements=rows, copies=[copy])
    assert "versions differ: " in words(render([record], [], make_manifest()))
    apart = make_record(articles=[first, later], statements=rows)
    assert "versions differ: " not in words(render([apart], [], make_manifest()))

    # Printed in the later version alone, a wording is no copy of anybody's.
    utterance = make_utterance(rows[1])
    record = make_record(
        articles=[first, later],
        statements=[rows[0], replace(rows[1], utterance_id=utterance.id)],
        copies=[copy],
        utterances=[utterance],
        carriages=[make_carriage(utterance, rows[1], independent=False)],
    )
    page = words(render([record], [], make_manifest()))
    assert "in a later version of the article" in page
    assert "wire copy, not counted" not in page


def test_a_report_in_files_links_every_story_and_back() -> None:
    stories = [harbour_story(), hostile_story()]
    stories[1] = replace(stories[1], story=replace(stories[1].story, id="f" * 32))
    files = dict(render_split(stories, REJECTS, make_manifest()))
    assert list(files) == [*map(story_file, stories), "index.html"]
    index = html.fromstring(files["index.html"])
    assert index.xpath("//*[@class='contents']//a/@href") == [*map(story_file, stories)]
    assert "pages/broken.html" in words(files["index.html"])
    for name in map(story_file, stories):
        tree = html.fromstring(files[name])
        assert "index.html" in tree.xpath("//header//a/@href")
        targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
        assert targets <= set(tree.xpath("//@id"))


@pytest.mark.parametrize(
    ("wording", "outlet", "shown"),
    [
        ("same", "Ferry <b>Post", "first printed on 2 Mar 2031 in Ferry <b>Post"),
        ("part", "Ferry Post", "first printed, as part of more, on 2 Mar 2031 in Ferry Post"),
        ("fuller", "Ferry Post", "first printed, in part, on 2 Mar 2031 in Ferry Post"),
        ("reworded", None, "with some other words, on 2 Mar 2031 in an article without an outlet"),
    ],
)
def test_words_of_an_earlier_story_are_shown_with_their_first_print(wording, outlet, shown) -> None:
    story = harbour_story()
    reprint = Reprint(
        statement_id=story.statements[0].id,
        story_id=story.story.id,
        first=StatementId("0" * 32),
        first_story_id=StoryId("1" * 32),
        outlet=outlet,
        published="2031-03-02",
        wording=wording,
        confidence=0.9,
        method="made",
    )
    assert shown in words(report(replace(story, reprints=(reprint,))))
    unsure = words(report(replace(story, reprints=(replace(reprint, confidence=0.5),))))
    assert "unsure: the words may have been said twice" in unsure
    assert "first printed" not in words(report(story))


def test_words_that_a_later_story_printed_again_are_shown_where_they_were_first() -> None:
    story = harbour_story()
    later = Again(
        statement_id=story.statements[0].id,
        outlet="Ferry <b>Post",
        published="2031-11-20",
        confidence=0.9,
    )
    shown = words(report(replace(story, again=(later,))))
    assert "printed again on 20 Nov 2031 in Ferry <b>Post, in another story held" in shown
    assert "said twice" not in shown
