import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_article
from invented_edits import ALTERATIONS, UTTERANCES, Print, original, quoted
from onrecord.link.carriages import carry, fullest_first
from onrecord.link.wording import Wording, read_wording
from onrecord.records import Article, CarriageType, Edit, Mode, Statement
from onrecord.resources import load_resources
from onrecord.spans import Span, join_spans

RESOURCES = load_resources("en")
FLAGGED: dict[str, CarriageType] = {"negation": "NEGATION", "number": "NUMBER", "hedge": "HEDGE"}


def carried(
    full: tuple[Article, Statement], ours: tuple[Article, Statement]
) -> tuple[set[CarriageType], tuple[Edit, ...]]:
    (full_article, full_row), (article, row) = full, ours
    types, edits = carry(
        full_article.text,
        (full_row, read_wording(full_article.text, full_row, RESOURCES)),
        article.text,
        (row, read_wording(article.text, row, RESOURCES)),
        RESOURCES,
    )
    return set(types), edits


def quoted_types(full: str, ours: str) -> set[CarriageType]:
    return carried(quoted(full, "A"), quoted(ours, "B"))[0]


def replays(full: tuple[Article, Statement], ours: tuple[Article, Statement]) -> None:
    """Check that the edits hold every word of both wordings once, in order."""
    _, edits = carried(full, ours)
    for side, (article, row) in (("fullest", full), ("ours", ours)):
        spans = [getattr(edit, side) for edit in edits if getattr(edit, side) is not None]
        assert spans == sorted(spans)
        wording = read_wording(article.text, row, RESOURCES)
        held = [
            [at for at, word in enumerate(wording.spans) if span.covers(word)] for span in spans
        ]
        assert [at for places in held for at in places] == list(range(len(wording)))
        assert all(any(piece.covers(span) for piece in row.content) for span in spans)
    for edit in edits:
        if edit.op == "equal":
            assert keys_of(full, edit.fullest) == keys_of(ours, edit.ours)


def keys_of(row: tuple[Article, Statement], span: Span | None) -> list[str]:
    wording = read_wording(row[0].text, row[1], RESOURCES)
    words = zip(wording.keys, wording.spans, strict=True)
    return [key for key, place in words if span is not None and span.covers(place)]


def altered(number: int, names: tuple[str, ...], seed: int) -> Print | None:
    chance = random.Random(seed)
    printed = original(number)
    for name in names:
        if not ALTERATIONS[name](printed, chance):
            return None
    return printed


def wanted(printed: Print) -> set[CarriageType]:
    return printed.types - {"VERBATIM"} or {"VERBATIM"}


def results(names_of: list[tuple[str, ...]], seeds: range) -> list[tuple[Print, set[CarriageType]]]:
    found = []
    for number in range(len(UTTERANCES)):
        for names in names_of:
            for seed in seeds:
                printed = altered(number, names, seed)
                if printed is not None:
                    found.append((printed, quoted_types(UTTERANCES[number], printed.text())))
    return found


@pytest.mark.parametrize("name", ALTERATIONS)
def test_each_alteration_alone_is_named(name: str) -> None:
    found = results([(name,)], range(8))
    assert found, "no utterance takes this alteration"
    wrong = [(row.text(), wanted(row), types) for row, types in found if types != wanted(row)]
    assert wrong == []


def test_alterations_together_are_all_named() -> None:
    found = results(list(combinations(ALTERATIONS, 2)), range(2))
    wrong = [(row.text(), wanted(row), types) for row, types in found if types != wanted(row)]
    assert len(found) > 1000
    assert len(wrong) <= 0.01 * len(found), wrong[:20]


@pytest.mark.parametrize("type_", ["NEGATION", "NUMBER", "HEDGE"])
def test_a_change_of_force_is_never_missed(type_: CarriageType) -> None:
    pairs = list(combinations(ALTERATIONS, 2))
    found = [row for row in results(pairs, range(2)) if type_ in row[0].types]
    missed = [row.text() for row, types in found if type_ not in types]
    assert len(found) > 50
    assert len(missed) <= 0.005 * len(found), missed[:20]


@given(
    number=st.integers(0, len(UTTERANCES) - 1),
    names=st.lists(st.sampled_from(sorted(ALTERATIONS)), min_size=1, max_size=3, unique=True),
    seed=st.integers(0, 1000),
)
@settings(max_examples=150, deadline=None)
def test_edits_hold_both_wordings(number: int, names: list[str], seed: int) -> None:
    printed = altered(number, tuple(names), seed)
    if printed is not None:
        replays(quoted(UTTERANCES[number], "A"), quoted(printed.text(), "B"))


WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "the",
            "boat",
            "sank",
            "it's",
            "“no”",
            "2,000",
            "[sic]",
            "…",
            "Not,",
            "U.S.",
            "F-18",
            "never.",
            "?",
            "‘x’",
            "won’t",
        ]
    ),
    min_size=1,
    max_size=25,
).map(" ".join)


@given(full=WORDS, ours=WORDS)
@settings(max_examples=200, deadline=None)
def test_any_two_texts_have_a_script_that_replays(full: str, ours: str) -> None:
    one, other = quoted(full, "A"), quoted(ours, "B")
    if all(len(read_wording(a.text, row, RESOURCES)) for a, row in (one, other)):
        replays(one, other)


def statement(
    text: str, pieces: list[str], mode: Mode, outlet: str = "B"
) -> tuple[Article, Statement]:
    article = make_article(text, outlet=outlet)
    starts = [text.index(piece) for piece in pieces]
    content = tuple(Span(at, at + len(piece)) for at, piece in zip(starts, pieces, strict=True))
    row = Statement(
        id=outlet,
        article_id=article.id,
        content=content,
        text=join_spans(text, content),
        mode=mode,
        confidence=1.0,
        method="by hand",
    )
    return article, row


FULL = quoted("We will close the mine in May. Every docker keeps his job until the sale.", "A")


def test_a_quotation_broken_by_its_cue_is_the_same() -> None:
    text = "“We will close the mine in May,” she said. “Every docker keeps his job until the sale.”"
    ours = statement(text, [text[:32], text[43:]], "direct")
    assert carried(FULL, ours)[0] == {"VERBATIM"}
    replays(FULL, ours)


def test_a_sentence_missing_between_two_pieces_is_an_ellipsis() -> None:
    full = quoted("We close in May. It hurts us all. Every docker keeps his job.", "A")
    text = "“We close in May,” she said. “Every docker keeps his job.”"
    ours = statement(text, ["“We close in May,”", "“Every docker keeps his job.”"], "direct")
    assert carried(full, ours)[0] == {"ELLIPSIS"}


def test_quoted_words_in_the_reporters_sentence() -> None:
    text = "She said the company would “close the mine in May” without delay."
    ours = statement(text, ["the company would “close the mine in May” without delay"], "mixed")
    assert carried(FULL, ours)[0] == {"CUT_HEAD", "CUT_TAIL", "CUT_MID_SENTENCE", "INDIRECT"}
    replays(FULL, ours)


def test_single_marks_are_quotation_marks_too() -> None:
    text = "She said ‘close the mine in May’ was the dockers’ own wish."
    ours = statement(text, ["‘close the mine in May’ was the dockers’ own wish"], "mixed")
    wording = read_wording(ours[0].text, ours[1], RESOURCES)
    assert [key for key, quoted in zip(wording.keys, wording.quoted, strict=True) if quoted] == [
        "close",
        "the",
        "mine",
        "in",
        "may",
    ]


def test_an_apostrophe_opens_no_quotation() -> None:
    text = "She said get 'em out of the '90s boats now."
    ours = statement(text, ["get 'em out of the '90s boats now"], "indirect")
    assert not any(read_wording(ours[0].text, ours[1], RESOURCES).quoted)


@pytest.mark.parametrize(
    ("full", "ours"),
    [
        ("the theatre on Feb. 24", "the theatre on 24 February"),
        ("on 24 February we met", "on February 24 we met"),
    ],
)
def test_a_date_in_another_form_is_one_change(full: str, ours: str) -> None:
    types, edits = carried(quoted(full, "A"), quoted(ours, "B"))
    assert types <= {"SUBST", "REORDER"}
    assert [edit.op for edit in edits].count("replace") == 1


def test_a_faithful_rendering_without_marks_is_indirect() -> None:
    text = "She said they would close the mine in May."
    ours = statement(text, ["they would close the mine in May"], "indirect")
    types, _ = carried(FULL, ours)
    assert {"INDIRECT", "UNQUOTED", "CUT_TAIL"} <= types
    assert "PARAPHRASE" not in types


def test_a_rendering_in_other_words_is_a_paraphrase() -> None:
    text = "She said that production at the pit ends this spring."
    ours = statement(text, ["production at the pit ends this spring"], "indirect")
    types, _ = carried(FULL, ours)
    assert {"INDIRECT", "PARAPHRASE"} <= types


def test_words_gathered_from_a_long_speech_are_a_paraphrase() -> None:
    full = quoted(
        "I thank the crew of the lifeboat who came out in that weather, the women at the station"
        " who rang and rang until somebody heard, and last of all the villagers and their vicar.",
        "A",
    )
    text = "She thanked the crew, the women and the vicar."
    ours = statement(text, ["the crew, the women and the vicar"], "indirect")
    types, _ = carried(full, ours)
    assert {"INDIRECT", "PARAPHRASE"} <= types
    assert not types & {"SPLICE", "SILENT_DROP"}


def test_another_ending_of_a_quotation_is_a_cut_and_an_addition() -> None:
    full = quoted("We will close the mine in May. Not one docker here has been told why.", "A")
    ours = quoted("We will close the mine in May, when the last coal boat sails away.", "B")
    assert carried(full, ours)[0] >= {"CUT_TAIL", "INSERT"}
    assert "SUBST" not in carried(full, ours)[0]
    replays(full, ours)


def test_a_full_stop_that_becomes_a_question_is_shown() -> None:
    assert quoted_types("We sold the boat.", "We sold the boat?") == {"PUNCT"}


def test_a_cut_condition_is_shown() -> None:
    ours = quoted("We will close the mine in May. Every docker keeps his job.", "B")
    types, edits = carried(FULL, ours)
    assert types == {"CUT_TAIL", "CUT_MID_SENTENCE", "DROPS_QUALIFIER"}
    assert [edit.op for edit in edits] == ["equal", "drop"]


@pytest.mark.parametrize(
    ("full", "ours", "flags"),
    [
        ("He did not pay us", "He did pay us", {"negation"}),
        ("He paid 3 men", "He paid 30 men", {"number"}),
        ("He reportedly left", "He left", {"hedge"}),
        ("We saw Mara Quill there", "We saw Ola Venn there", {"name"}),
        ("We saw the cat there", "We saw the dog there", set()),
    ],
)
def test_edits_say_what_they_touch(full: str, ours: str, flags: set[str]) -> None:
    _, edits = carried(quoted(full, "A"), quoted(ours, "B"))
    assert {flag for edit in edits for flag in edit.flags} == flags


def test_the_fullest_is_the_longest_in_the_speakers_own_words() -> None:
    long_rendering = statement(
        "She said that they would close the mine in the month of May.",
        ["they would close the mine in the month of May"],
        "indirect",
    )
    short_quote = quoted("We will close the mine in May.", "C")
    rows: list[tuple[Statement, Wording]] = [
        (row, read_wording(article.text, row, RESOURCES))
        for article, row in (long_rendering, short_quote)
    ]
    articles = {article.id: article for article, _ in (long_rendering, short_quote)}
    assert fullest_first(rows, articles)[0][0].id == short_quote[1].id


def test_words_in_brackets_make_no_fuller_wording() -> None:
    plain = quoted("We wrote to them on three occasions", "A")
    helped = quoted("We wrote to them [the pilots of the port] on three", "B")
    rows = [(row, read_wording(article.text, row, RESOURCES)) for article, row in (plain, helped)]
    articles = {article.id: article for article, _ in (plain, helped)}
    assert fullest_first(rows, articles)[0][0].id == plain[1].id


def test_a_date_in_another_form_makes_no_paraphrase() -> None:
    full = statement(
        "She said the order came on Feb. 24 at noon.",
        ["the order came on Feb. 24 at noon"],
        "indirect",
        "A",
    )
    ours = statement(
        "She said the order came on 24 February at noon.",
        ["the order came on 24 February at noon"],
        "indirect",
    )
    assert "PARAPHRASE" not in carried(full, ours)[0]
