import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_article, make_statement
from onrecord.ids import SpeakerId, StoryId
from onrecord.link.utterances import Alignment, align
from onrecord.records import Article, Copy, DateRange, Speaker, SpeakerKind, Statement
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
STORY = StoryId("5" * 32)
QUILL, VENN, COLLEAGUE = SpeakerId("quill"), SpeakerId("venn"), SpeakerId("colleague")
DENIAL = "I never touched the ferry fund and I signed no transfer to Corvane Mills."


def speaker(id_: SpeakerId, kind: SpeakerKind = "person") -> Speaker:
    return Speaker(id=id_, story_id=STORY, name=id_.title(), names=(id_.title(),), kind=kind)


BOARD = SpeakerId("board")
SPEAKERS = [
    speaker(QUILL),
    speaker(VENN),
    speaker(BOARD, "organisation"),
    speaker(COLLEAGUE, "unnamed"),
]


def quoted(
    words: str, outlet: str, *who: SpeakerId, mode: str = "direct", **fields: object
) -> tuple[Article, Statement]:
    text = f"“{words}” was said at the gate." if mode == "direct" else f"It was said {words} then."
    published = fields.pop("published", "2031-03-01")
    article = make_article(text, outlet=outlet, published=published)  # type: ignore[arg-type]
    row = make_statement(article, words, mode=mode, speakers=who, **fields)
    return article, row


def aligned(rows: list[tuple[Article, Statement]], copies: tuple[Copy, ...] = ()) -> Alignment:
    articles = {article.id: article for article, _ in rows}
    return align(STORY, articles, [row for _, row in rows], SPEAKERS, copies, RESOURCES)


def groups(found: Alignment) -> set[frozenset[str]]:
    return {frozenset(row.statements) for row in found.utterances}


def test_one_denial_whole_and_cut_is_one_utterance() -> None:
    rows = [
        quoted(DENIAL, "Ferry Post", QUILL),
        quoted("I never touched the ferry fund", "Gate Herald", QUILL),
    ]
    found = aligned(rows)
    assert groups(found) == {frozenset(row.id for _, row in rows)}
    utterance = found.utterances[0]
    assert utterance.fullest == rows[0][1].id
    assert utterance.outlets == 2
    types = {row.statement_id: row.types for row in found.carriages}
    assert types[rows[0][1].id] == ()
    assert set(types[rows[1][1].id]) == {"CUT_TAIL", "CUT_MID_SENTENCE", "DROPS_QUALIFIER"}
    assert {row.utterance_id for row in found.statements} == {utterance.id}


def test_a_statement_that_nothing_else_carries_stays_without_an_utterance() -> None:
    rows = [
        quoted(DENIAL, "Ferry Post", QUILL),
        quoted("The lock gates open at noon on Sundays.", "Gate Herald", QUILL),
    ]
    found = aligned(rows)
    assert found.utterances == ()
    assert [row.utterance_id for row in found.statements] == [None, None]
    assert len(found.statements) == 2


def test_two_remarks_on_one_matter_in_one_article_stay_two() -> None:
    one = "the new pumps would keep the northern quay dry in winter"
    other = "the fishermen of the northern quay had asked for lamps and ladders"
    text = f"It was said {one} then. It was also said {other} there."
    article = make_article(text, outlet="Ferry Post", published="2031-03-01")
    rows = [
        (article, make_statement(article, words, mode="indirect", speakers=(QUILL,)))
        for words in (one, other)
    ]
    assert groups(aligned(rows)) == set()


def test_different_people_never_share_an_utterance() -> None:
    rows = [quoted(DENIAL, "Ferry Post", QUILL), quoted(DENIAL, "Gate Herald", VENN)]
    assert aligned(rows).utterances == ()


def test_a_lawyer_and_the_client_spoken_for_may_share_one() -> None:
    rows = [
        quoted(DENIAL, "Ferry Post", QUILL),
        quoted(DENIAL, "Gate Herald", VENN, on_behalf=(QUILL,)),
    ]
    assert len(aligned(rows).utterances) == 1


@pytest.mark.parametrize("who", [(), (COLLEAGUE,)])
def test_without_a_known_speaker_only_long_equal_words_link(who: tuple[SpeakerId, ...]) -> None:
    long = [quoted(DENIAL, "Ferry Post", QUILL), quoted(DENIAL, "Gate Herald", *who)]
    short = [quoted("ferry fund", "Ferry Post", QUILL), quoted("ferry fund", "Gate Herald", *who)]
    assert len(aligned(long).utterances) == 1
    assert aligned(short).utterances == ()


def test_a_text_and_the_person_who_wrote_it_may_share_one() -> None:
    article = make_article(f"In the letter it said “{DENIAL}” at last.", outlet="Gate Herald")
    text = make_statement(article, DENIAL, source="the letter", mode="direct")
    rows = [quoted(DENIAL, "Ferry Post", QUILL), (article, text)]
    assert len(aligned(rows).utterances) == 1


def test_a_short_fragment_links_by_the_same_speaker() -> None:
    rows = [
        quoted("a ferry scandal", "Ferry Post", QUILL),
        quoted("a ferry scandal", "Gate Herald", QUILL),
    ]
    assert len(aligned(rows).utterances) == 1


def test_fragments_in_marks_are_parts_of_the_full_quotation() -> None:
    words = "the audit “thoroughly demolished” the board’s “old and new excuses” on dredging"
    full = "What they found has thoroughly demolished all your old and new excuses, sir, at last."
    article = make_article(f"Officers said that {words}.", outlet="Gate Herald")
    rows = [
        quoted(full, "Ferry Post", QUILL),
        (article, make_statement(article, words, mode="mixed", speakers=(COLLEAGUE,))),
    ]
    assert len(aligned(rows).utterances) == 1


def test_two_quotations_without_words_in_common_stay_two() -> None:
    rows = [
        quoted("It was an honour to run this ferry for eleven years.", "Ferry Post", QUILL),
        quoted("Write to me, for I will miss the ferry and you.", "Gate Herald", QUILL),
        quoted(
            "he was honoured to run the ferry and would miss it", "Quay", QUILL, mode="indirect"
        ),
    ]
    first, second = rows[0][1].id, rows[1][1].id
    assert not any({first, second} <= set(row.statements) for row in aligned(rows).utterances)


def test_a_person_may_read_out_what_a_body_said_in_the_same_long_words() -> None:
    long = [quoted(DENIAL, "Ferry Post", BOARD), quoted(DENIAL, "Gate Herald", QUILL)]
    short = "signed no transfer to Corvane Mills"
    few = [quoted(short, "Ferry Post", BOARD), quoted(short, "Gate Herald", QUILL)]
    assert len(aligned(long).utterances) == 1
    assert aligned(few).utterances == ()


def test_what_two_said_together_is_no_part_of_what_one_said() -> None:
    words = "a sad and shameful night"
    rows = [
        quoted("It was a sad and shameful night.", "Ferry Post", QUILL),
        quoted(f"the fire “{words}”", "Gate Herald", QUILL, VENN, mode="indirect"),
    ]
    alone = [rows[0], quoted(f"the fire “{words}”", "Gate Herald", QUILL, mode="indirect")]
    assert len(aligned(alone).utterances) == 1
    together = aligned(rows).utterances
    assert all(row.confidence < aligned(alone).utterances[0].confidence for row in together)


def test_a_paraphrase_of_a_part_carries_the_whole() -> None:
    full = (
        "The inquiry was a circus from the first day, and its leaks were shameful, every one of "
        "them. The harbour board has disclosed its intent to close the ferry line. We shall go on "
        "serving the islands as we have done for ninety years."
    )
    words = "the board “has disclosed its intent to close the ferry line”"
    part = make_article(f"Quill said that {words}.", outlet="Gate Herald")
    rows = [
        quoted(full, "Ferry Post", QUILL),
        (part, make_statement(part, words, mode="mixed", speakers=(QUILL,))),
        quoted("the board intended to close the ferry line", "Quay", QUILL, mode="indirect"),
    ]
    assert groups(aligned(rows)) == {frozenset(row.id for _, row in rows)}


@pytest.mark.parametrize(("principal", "links"), [(QUILL, 1), (VENN, 0)])
def test_spokesmen_without_a_name_share_an_utterance_of_one_principal(
    principal: SpeakerId, links: int
) -> None:
    """What they are like never links them: who they speak for does."""
    other = SpeakerId("aide")
    rows = [
        quoted(
            "the mayor had repaid about $60,000 to the ferry fund",
            "Ferry Post",
            COLLEAGUE,
            mode="indirect",
            on_behalf=(QUILL,),
        ),
        quoted(
            "the mayor repaid the ferry fund $60,000",
            "Gate Herald",
            other,
            mode="indirect",
            on_behalf=(principal,),
        ),
    ]
    articles = {article.id: article for article, _ in rows}
    people = [*SPEAKERS, speaker(other, "unnamed")]
    found = align(STORY, articles, [row for _, row in rows], people, (), RESOURCES)
    assert len(found.utterances) == links


@pytest.mark.parametrize(
    ("one", "other", "links"),
    [
        ("Quill's office", "a spokesman for Quill", 1),
        ("Every Green on the Harbour Ferry Panel", "Nine members of the Harbour Ferry Panel", 1),
        ("Some Republicans", "Many Republicans", 0),
        ("the mayor's office", "a spokesman for the mayor", 0),
        ("Residents", "Residents", 0),
    ],
)
def test_who_is_described_by_the_same_name_may_share_an_utterance(
    one: str, other: str, links: int
) -> None:
    ids = (SpeakerId("one"), SpeakerId("other"))
    people = [
        Speaker(id=who, story_id=STORY, name=name, names=(name,), kind="unnamed")
        for who, name in zip(ids, (one, other), strict=True)
    ]
    repaid = "the fund was repaid about $60,000 for the ferry"
    rows = [
        quoted(repaid, "Ferry Post", ids[0], mode="indirect"),
        quoted("$60,000 was repaid to the ferry fund", "Gate Herald", ids[1], mode="indirect"),
    ]
    articles = {article.id: article for article, _ in rows}
    found = align(STORY, articles, [row for _, row in rows], people, (), RESOURCES)
    assert len(found.utterances) == links


def test_a_stock_line_on_another_day_is_another_utterance() -> None:
    line = "the quay is safe"
    rows = [
        quoted(line, "Ferry Post", QUILL, published="2031-03-01"),
        quoted(f"as ever {line} for us", "Gate Herald", QUILL, published="2031-08-01"),
    ]
    assert aligned(rows).utterances == ()


def said_on(day: str) -> DateRange:
    return DateRange(start=day, end=day, precision="day", rule="weekday")


@pytest.mark.parametrize(
    ("days", "published", "links"),
    [
        (("2031-03-01", "2031-03-04"), ("2031-03-02", "2031-03-05"), 0),
        (("2031-03-01", "2031-03-01"), ("2031-03-02", "2031-03-05"), 1),
        (("2031-03-01", None), ("2031-03-02", "2031-03-05"), 1),
        ((None, None), ("2031-03-02", "2031-03-05"), 1),
    ],
)
def test_the_same_words_said_on_another_day_are_another_utterance(
    days: tuple[str | None, ...], published: tuple[str, ...], links: int
) -> None:
    rows = [
        quoted(DENIAL, outlet, QUILL, published=printed, said=None if day is None else said_on(day))
        for outlet, day, printed in zip(("Ferry Post", "Quay"), days, published, strict=True)
    ]
    assert len(aligned(rows).utterances) == links


def test_a_short_stock_line_in_the_same_words_months_later_is_said_again() -> None:
    line = "We keep the ferry safe."
    rows = [
        quoted(line, "Ferry Post", QUILL, published="2031-03-01"),
        quoted(line, "Quay", QUILL, published="2031-03-03"),
        quoted(line, "Gate Herald", QUILL, published="2031-08-01"),
    ]
    assert groups(aligned(rows)) == {frozenset(row.id for _, row in rows[:2])}


def test_a_third_account_without_a_day_does_not_join_two_days() -> None:
    rows = [
        quoted(DENIAL, "Ferry Post", QUILL, said=said_on("2031-03-01")),
        quoted(f"{DENIAL} Ask the bank.", "Quay", QUILL),
        quoted(f"Well, {DENIAL}", "Gate Herald", QUILL, said=said_on("2031-03-04")),
    ]
    first, last = rows[0][1].id, rows[2][1].id
    assert not any({first, last} <= set(row.statements) for row in aligned(rows).utterances)


def test_copies_count_as_one_outlet_and_are_not_independent() -> None:
    rows = [quoted(DENIAL, f"Paper {number}", QUILL) for number in range(5)]
    original = rows[0][0].id
    copies = tuple(
        Copy(article_id=a.id, original_id=original, kind="wire", shared=1.0, method="by hand")
        for a, _ in rows[1:]
    )
    found = aligned(rows, copies)
    assert found.utterances[0].outlets == 1
    assert sum(row.independent for row in found.carriages) == 1


def test_an_unnamed_source_is_the_same_in_the_copies_of_its_article_only() -> None:
    line = "nobody at the yard was paid"
    rows = [quoted(line, f"Paper {number}", COLLEAGUE) for number in range(3)]
    copy = Copy(
        article_id=rows[1][0].id,
        original_id=rows[0][0].id,
        kind="wire",
        shared=1.0,
        method="by hand",
    )
    found = aligned(rows, (copy,))
    assert groups(found) == {frozenset({rows[0][1].id, rows[1][1].id})}


def test_a_statement_and_what_is_nested_in_it_are_not_linked() -> None:
    article = make_article(f"Venn said that Quill wrote: “{DENIAL}”")
    outer = make_statement(article, f"Quill wrote: “{DENIAL}”", speakers=(QUILL,))
    inner = make_statement(article, DENIAL, speakers=(QUILL,))
    found = align(STORY, {article.id: article}, [outer, inner], SPEAKERS, (), RESOURCES)
    assert found.utterances == ()


@pytest.mark.parametrize("outer_speaker", [VENN, QUILL])
def test_words_quoted_inside_anothers_statement_are_requoted(outer_speaker: SpeakerId) -> None:
    full = quoted(f"{DENIAL} And I will say so in court.", "Ferry Post", QUILL)
    article = make_article(f"Venn said that Quill wrote: “{DENIAL}”", outlet="Gate Herald")
    outer = make_statement(article, f"Quill wrote: “{DENIAL}”", speakers=(outer_speaker,))
    inner = make_statement(article, DENIAL, mode="direct", speakers=(QUILL,), within=outer.id)
    articles = {full[0].id: full[0], article.id: article}
    found = align(STORY, articles, [full[1], outer, inner], SPEAKERS, (), RESOURCES)
    types = {row.statement_id: row.types for row in found.carriages}
    assert types[full[1].id] == ()
    assert "CUT_TAIL" in types[inner.id]
    assert ("REQUOTE" in types[inner.id]) is (outer_speaker == VENN)


def story_rows() -> list[tuple[Article, Statement]]:
    lines = [
        DENIAL,
        "I never touched the ferry fund",
        "I signed no transfer to Corvane Mills",
        "The lock gates open at noon on Sundays.",
        "the gates of the lock open at noon",
        "We will sue the Ferry Post over its story",
    ]
    return [
        quoted(line, f"Paper {number}", QUILL if number % 5 else VENN)
        for number, line in enumerate(lines * 2)
    ]


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_order_of_statements_and_articles_changes_nothing(seed: int) -> None:
    rows = story_rows()
    wanted = aligned(rows)
    random.Random(seed).shuffle(rows)
    found = aligned(rows)
    assert found.utterances == wanted.utterances
    assert found.carriages == wanted.carriages
    assert sorted(found.statements, key=lambda row: row.id) == sorted(
        wanted.statements, key=lambda row: row.id
    )


def test_every_linked_statement_has_one_carriage_and_one_utterance() -> None:
    found = aligned(story_rows())
    linked = [member for row in found.utterances for member in row.statements]
    assert len(linked) == len(set(linked))
    assert sorted(linked) == sorted(row.statement_id for row in found.carriages)
    assert sorted(linked) == sorted(row.id for row in found.statements if row.utterance_id)
    for row in found.utterances:
        assert row.fullest in row.statements
        assert 0 < row.confidence <= 1


def test_thousands_of_equal_statements_are_one_utterance() -> None:
    rows = [quoted(DENIAL, f"Paper {number}", QUILL) for number in range(2000)]
    found = aligned(rows)
    assert len(found.utterances) == 1
    assert found.utterances[0].outlets == 2000


BOARDS = (SpeakerId("board"), SpeakerId("colleague"))


@pytest.mark.parametrize("words", ["It is to pay for the ferry fund from March.", "that"])
def test_a_sentence_of_a_copied_text_is_said_once_whoever_it_is_and_however_short(
    words: str,
) -> None:
    rows = [
        quoted(words, outlet, who, mode="indirect", act="denies")
        for outlet, who in zip(("NWire", "Coast Daily"), BOARDS, strict=True)
    ]
    (wire, own), (copy, theirs) = rows
    made = Copy(article_id=copy.id, original_id=wire.id, kind="wire", shared=1.0, method="test")
    found = aligned(rows, (made,))
    assert groups(found) == {frozenset((own.id, theirs.id))}
    assert [row.outlets for row in found.utterances] == [1]


def test_denials_of_that_in_independent_articles_are_not_one() -> None:
    rows = [quoted("that", outlet, QUILL, mode="indirect") for outlet in ("Post", "Herald")]
    assert groups(aligned(rows)) == set()


def test_two_short_denials_of_a_copied_text_are_not_joined_to_one() -> None:
    wire, copy = (
        make_article(f"At {outlet} he denied it. She denied that.", outlet=outlet)
        for outlet in ("NWire", "Coast Daily")
    )
    made = Copy(article_id=copy.id, original_id=wire.id, kind="wire", shared=1.0, method="test")
    rows = [
        make_statement(article, word, cue=cue, mode="indirect", speakers=(QUILL,))
        for article in (wire, copy)
        for cue, word in (("he denied", "it"), ("She denied", "that"))
    ]
    found = align(STORY, {wire.id: wire, copy.id: copy}, rows, SPEAKERS, (made,), RESOURCES)
    assert groups(found) == {
        frozenset((rows[0].id, rows[2].id)),
        frozenset((rows[1].id, rows[3].id)),
    }
