"""Other people's text is shown as it is, and does nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.report.dates import day_words
from onrecord.report.markup import excerpt, page_link, passage_link, shown


@given(st.text())
def test_shown_text_has_no_markup_of_its_own(text: str) -> None:
    bare = str(shown(text))
    for character in set(text):
        bare = bare.replace(f'<span class="ctl" data-c="U+{ord(character):04X}">', "")
    bare = bare.replace("</span>", "")
    assert "<" not in bare
    assert '"' not in bare


@pytest.mark.parametrize(
    "code",
    [
        0x202E,
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
        0x34F,
        0x3164,
        0x2800,
        0xFE0F,
        0xE0041,
    ],
)
def test_invisible_characters_are_kept_and_marked(code: int) -> None:
    assert f'data-c="U+{code:04X}">{chr(code)}<' in shown(f"a{chr(code)}b")


@pytest.mark.parametrize("code", [0x2066, 0x2067, 0x2068, 0x2069])
def test_what_opens_or_closes_an_isolation_is_shown_by_its_code_alone(code: int) -> None:
    assert str(shown(f"a{chr(code)}b")) == f'a<span class="ctl" data-c="U+{code:04X}"></span>b'


def test_a_joiner_inside_an_emoji_is_left_alone() -> None:
    assert str(shown("👩‍🚀")) == "👩‍🚀"


@pytest.mark.parametrize(
    "text",
    [
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "©\ufe0e",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "葛\U000e0100城",
    ],
)
def test_what_makes_an_emoji_or_a_form_of_a_character_is_left_alone(text: str) -> None:
    assert str(shown(text)) == text


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
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript\u200b:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:msgbox(1)",
        "view-source:https://ferry.example/",
        "blob:https://ferry.example/x",
        "feed:https://ferry.example/",
        "FILE:///etc/x",
        "///ferry.example/x",
        "/\\ferry.example/x",
        "https:ferry.example",
        "https:\\\\ferry.example/x",
        "https://ferry.example\\@elsewhere.example/",
        "https://ferry.example@elsewhere.example/",
        "https://name:word@ferry.example/",
        "https://ferry.example:x/",
        "https://ferry.example:99999/",
        "https://ferry.example/\u202egpj.exe",
        "https://ferry.example/\u2028x",
        "https://ferry.example/\u3000x",
        "https://ferry.example/\x85x",
        "https://",
        "https://?x",
        "https://#x",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert page_link(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://ferry.example/a?b=c&d=%20#e",
        "HTTP://Ferry.example:8080/~a/@b",
        "https://ferry.example/?mail=a@b.example",
        "https://фери.example/ü",
        "https://[2001:db8::1]/x",
    ],
)
def test_ordinary_web_addresses_stay_links(url: str) -> None:
    assert page_link(url) == url


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
