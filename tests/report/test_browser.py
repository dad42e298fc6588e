"""The report in a real browser: accessible, narrow, printed, offline, and deaf to its content."""

import io
from pathlib import Path

import pytest
from msgspec.structs import replace

from factories import make_article, make_record, make_statement
from onrecord.report import render
from stories import HOSTILE, harbour_story, hostile_story, make_manifest, spoofed_story

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACES = """
(words) => words.map((word) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode() && !walk.currentNode.data.includes(word));
    const range = document.createRange();
    range.setStart(walk.currentNode, walk.currentNode.data.indexOf(word));
    range.setEnd(walk.currentNode, walk.currentNode.data.indexOf(word) + word.length);
    return range.getBoundingClientRect().left;
})
"""
OPEN_ALL = "for (const row of document.querySelectorAll('details')) row.open = true"


def report(*records: object) -> str:
    return render(records or [harbour_story()], [], make_manifest())


def unsure_story() -> object:
    """Return a story whose links are as likely wrong as right."""
    story = harbour_story()
    carriages = tuple(replace(row, confidence=0.35) for row in story.carriages)
    return replace(story, carriages=carriages)


def wide_story() -> object:
    """Return one statement carried by a dozen outlets with long names."""
    articles = [
        make_article(
            "Mara Quill said the crane was safe.", outlet=f"The Unusually Long Messenger {n}"
        )
        for n in range(12)
    ]
    rows = [
        make_statement(row, "the crane was safe", source="Mara Quill", cue="said")
        for row in articles
    ]
    return make_record(articles=articles, statements=rows)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
def test_no_accessibility_rule_is_broken(
    open_page: object, look: dict[str, str], width: int
) -> None:
    page = open_page(
        report(harbour_story(), wide_story(), unsure_story()),
        viewport={"width": width, "height": 900},
        bypass_csp=True,
        **look,
    )
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE)
    result = page.evaluate("tags => axe.run(document, { runOnly: tags })", TAGS)
    broken = [
        (row["id"], [node["target"] for node in row["nodes"]]) for row in result["violations"]
    ]
    assert broken == []
    assert len(result["passes"]) > 15


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("story", [harbour_story, wide_story, hostile_story, unsure_story])
def test_nothing_is_wider_than_a_narrow_window(
    open_page: object, story: object, width: int
) -> None:
    page = open_page(report(story()), viewport={"width": width, "height": 700})
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_asks_for_nothing_but_itself(open_page: object) -> None:
    page = open_page(report(harbour_story(), hostile_story()))
    page.evaluate(OPEN_ALL)
    page.locator(".b").first.click()
    page.wait_for_timeout(200)
    assert [url.partition("#")[0] for url in set(page.requests)] == [page.url.partition("#")[0]]


def printed_words(page: object) -> list[str]:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    reader = pypdf.PdfReader(io.BytesIO(page.pdf()))
    return " ".join(part.extract_text() for part in reader.pages).split()


def test_every_mark_of_the_matrix_is_dark_in_print(open_page: object) -> None:
    """Browsers print no grounds: a white letter on black would vanish."""
    page = open_page(report())
    page.emulate_media(media="print")
    look = page.eval_on_selector(
        ".bV", "mark => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]"
    )
    assert look == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]


def test_it_prints_whole_without_scripts(open_page: object) -> None:
    """Closed details are printed too: the style sheet opens them, not a script."""
    without = printed_words(open_page(report(), java_script_enabled=False))
    page = open_page(report())
    page.evaluate(OPEN_ALL)
    assert len(without) >= 0.99 * len(printed_words(page))
    assert "“The" in without  # the marked text of an article, inside closed details


def test_a_link_into_a_closed_article_opens_it(open_page: object) -> None:
    page = open_page(report(), java_script_enabled=False)
    assert not page.locator(".art .text").first.is_visible()
    page.locator(".matrix .b").first.click()
    assert page.locator(".art .text").first.is_visible()


def test_hostile_text_does_nothing(open_page: object) -> None:
    """The same text as raw markup fires: the trap works; in the report it does not."""
    control = open_page(f"<!doctype html><p>{HOSTILE}</p>")
    control.wait_for_function("window.fired > 0")
    page = open_page(report(hostile_story()))
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(200)
    assert page.evaluate("window.fired") is None
    assert len(page.requests) == 1


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page: object) -> None:
    page = open_page(report())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the record"
    seen = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.getAttribute('class') || document.activeElement.tagName"
            )
        )
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width > 0
    assert {"n", "scroll", "b bV", "SUMMARY"} <= seen


def test_keys_work_inside_the_list_only(open_page: object) -> None:
    page = open_page(report())
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.locator(".st .n").first.focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "s2"
    page.keyboard.press("o")
    assert page.locator("#s2 details").first.evaluate("row => row.open")


def test_the_filter_hides_what_does_not_match(open_page: object) -> None:
    page = open_page(report())
    page.locator("input[type=search]").fill("two sets of books")
    assert page.locator(".st:visible").count() == 1
    assert page.locator(".hits").text_content() == "1 statement contains “two sets of books”"


def test_a_wording_is_copied_with_who_said_it_and_where(open_page: object) -> None:
    """What was left out of the wording is not part of the copy."""
    page = open_page(report(), permissions=["clipboard-read", "clipboard-write"])
    page.locator("#s2 details").nth(1).locator("summary").click()
    page.get_by_role("button", name="copy with attribution").click()
    page.get_by_role("button", name="copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "“None of that is so. Nobody was told to sign.” (Teo Brandt, in Ferry Post, 18 Apr 2026)"
        " https://ferrypost.example/crane-letter#:~:text="
    )


def test_unsure_rows_can_be_hidden_without_scripts(open_page: object) -> None:
    page = open_page(report(), java_script_enabled=False)
    shown = page.locator(".st:visible").count()
    page.locator(".hide-unsure").check()
    assert page.locator(".st:visible").count() == shown - 1


def test_without_scripts_there_is_no_filter_that_does_nothing(open_page: object) -> None:
    page = open_page(report(), java_script_enabled=False)
    assert not page.locator("input[type=search]").is_visible()


def test_the_base_of_a_comparison_is_switched_without_scripts(open_page: object) -> None:
    page = open_page(report(), java_script_enabled=False)
    card = page.locator("#s2")
    assert card.locator(".bases ins").count() > 0
    assert not card.locator(".bases ins").first.is_visible()
    card.locator(".bases > summary").click()
    card.locator(".bases details > summary").first.click()
    assert "minutes will show it" in card.locator(".bases details").first.inner_text()
    assert card.locator(".bases ins").first.is_visible()


def test_a_table_of_many_outlets_fits_on_paper(open_page: object) -> None:
    page = open_page(report(wide_story()), viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def test_controls_and_mixed_scripts_are_marked_and_turn_nothing_round(open_page: object) -> None:
    """A right-to-left name or a control changes the order of nothing outside itself."""
    page = open_page(report(spoofed_story()))
    page.evaluate(OPEN_ALL)
    text = page.locator(".cast").inner_text()
    assert "Pаul Marr (letters of more than one script)" in text
    assert "Ana Ångström (" not in text
    marks = page.locator(".ctl").evaluate_all("rows => rows.map(row => row.dataset.c)")
    assert {"U+202E", "U+200B", "U+E0041"} <= set(marks)
    places = page.evaluate(PLACES, ["headline in", "Ferry Post", ", 18 Apr 2026"])
    assert places == sorted(places)
    styles = "rows => rows.map(row => getComputedStyle(row).unicodeBidi)"
    assert set(page.locator(".ctl, bdi").evaluate_all(styles)) == {"isolate"}
