"""Other people's text is shown as it is, and does nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.report.dates import day_words
from onrecord.report.markup import excerpt, page_link, passage_link, shown


@given(st.text())
def test_shown_text_has_no_markup_of_its_own(text: str) -> None:
    bare = str(shown(text))
    for character in {character for character in text if not character.isprintable()}:
        bare = bare.replace(f'<span class="ctl" data-c="U+{ord(character):04X}">', "")
    bare = bare.replace("</span>", "")
    assert "<" not in bare
    assert '"' not in bare


@pytest.mark.parametrize(
    "code",
    [
        0x202E,
        0x2066,
        0x2069,
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0xFEFF,
        0xAD,
        0x61C,
        0x200E,
        0x200F,
        0x202C,
    ],
)
def test_invisible_characters_are_kept_and_marked(code: int) -> None:
    assert f'data-c="U+{code:04X}">{chr(code)}<' in shown(f"a{chr(code)}b")


def test_a_joiner_inside_an_emoji_is_left_alone() -> None:
    assert str(shown("👩‍🚀")) == "👩‍🚀"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        " https://ferry.example/",
        "data:text/html,x",
        "//ferry.example/x",
        "file:///etc/x",
        "https:///x",
        "http://[x",
        "https://ferry.example/\u0000x",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert page_link(url) is None


def test_a_passage_link_points_at_the_words() -> None:
    link = passage_link("https://ferry.example/a", "re-opened, “now”")
    assert link == "https://ferry.example/a#:~:text=re%2Dopened%2C%20%E2%80%9Cnow%E2%80%9D"
    long = passage_link("https://ferry.example/a", " ".join(f"w{n}" for n in range(40)))
    assert long is not None
    assert long.endswith("text=w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39")


def test_our_own_cut_is_marked_apart_from_the_outlets() -> None:
    assert excerpt("one two three", 8) == "one two […]"
    assert excerpt("one …", 8) == "one …"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2026", "2026"),
        ("2026-04", "Apr 2026"),
        ("2026-04-03", "3 Apr 2026"),
        ("soon", "soon"),
        ("2026-13-01", "2026-13-01"),
    ],
)
def test_dates_are_no_more_precise_than_held(date: str, words: str) -> None:
    assert day_words(date) == words
