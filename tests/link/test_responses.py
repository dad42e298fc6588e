import random

import pytest
from msgspec.structs import replace

from factories import STORY_ID, make_article, make_speaker, make_statement, span
from onrecord.ids import UtteranceId
from onrecord.link.responses import find_responses
from onrecord.records import Statement
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
QUILL, BRANDT = make_speaker("Mara Quill"), make_speaker("Teo Brandt")
VANCE = make_speaker("Jude Vance", role="lawyer")
BOARD = make_speaker("Harbour Board", kind="organisation")
UNION = make_speaker("Dockers Union", kind="organisation")
CHAIR = make_speaker("Ines Roe", role="chair of the Harbour Board")
PEOPLE = (QUILL, BRANDT, VANCE, BOARD, UNION, CHAIR)

POST = make_article(
    "Mara Quill accused Teo Brandt of hiding the crane report. Brandt denied the allegations.\n"
    "Asked whether he would resign, Brandt said it was a matter for others."
)
ECHO = make_article(
    "Teo Brandt said he had never seen the crane report. Mara Quill said Brandt hid the report.",
    outlet="Echo",
    published="2026-04-19",
)
CHARGE = make_statement(
    POST,
    "Teo Brandt of hiding the crane report",
    source="Mara Quill",
    cue="accused",
    act="accuses",
    speakers=(QUILL.id,),
)
DENIAL = make_statement(
    POST, "the allegations", source="Brandt", cue="denied", act="denies", speakers=(BRANDT.id,)
)
QUESTION = make_statement(POST, "whether he would resign", cue="Asked", act="asks")
ANSWER = make_statement(
    POST,
    "it was a matter for others",
    source=span(POST, "Brandt", 3),
    cue="said",
    act="answers",
    speakers=(BRANDT.id,),
)
ELSEWHERE = make_statement(
    ECHO,
    "he had never seen the crane report",
    source="Teo Brandt",
    cue="said",
    act="denies",
    speakers=(BRANDT.id,),
)
AGAIN = make_statement(
    ECHO,
    "Brandt hid the report",
    source="Mara Quill",
    act="accuses",
    speakers=(QUILL.id,),
)


def answered(*statements: Statement, articles=(POST, ECHO)):
    known = {article.id: article for article in articles}
    return find_responses(STORY_ID, known, statements, PEOPLE, (), RESOURCES)


def links(*statements: Statement, articles=(POST, ECHO)):
    rows = answered(*statements, articles=articles).responses
    return {(row.answering, row.answered, row.reply) for row in rows}


def status(statement: Statement, *others: Statement):
    rows = answered(statement, *others).statements
    return next(row for row in rows if row.id == statement.id)


def test_a_denial_answers_the_charge_against_its_speaker() -> None:
    assert links(CHARGE, DENIAL) == {(DENIAL.id, CHARGE.id, "denies")}


def test_a_denial_answers_across_outlets_where_it_speaks_of_the_same_thing() -> None:
    assert links(CHARGE, ELSEWHERE) == {(ELSEWHERE.id, CHARGE.id, "denies")}


def test_nobody_answers_himself() -> None:
    own = make_statement(POST, "Teo Brandt of hiding", act="accuses", speakers=(BRANDT.id,))
    assert links(own, DENIAL) == set()


def test_a_charge_against_somebody_else_is_not_answered() -> None:
    charged = make_article("Mara Quill accused Jude Vance of hiding the crane report.")
    other = make_statement(
        charged,
        "Jude Vance of hiding the crane report",
        cue="accused",
        act="accuses",
        speakers=(QUILL.id,),
    )
    assert links(other, ELSEWHERE, articles=(charged, ECHO)) == set()


def test_a_lawyer_answers_for_the_client() -> None:
    text = "Mara Quill accused Teo Brandt of theft. Vance denied the claims."
    article = make_article(text)
    charge = make_statement(
        article, "Teo Brandt of theft", cue="accused", act="accuses", speakers=(QUILL.id,)
    )
    denial = make_statement(
        article,
        "the claims",
        cue="denied",
        act="denies",
        speakers=(VANCE.id,),
        on_behalf=(BRANDT.id,),
    )
    assert links(charge, denial, articles=(article,)) == {(denial.id, charge.id, "denies")}


@pytest.mark.parametrize(
    ("words", "act", "linked"),
    [
        ("I did not tell Mara Quill to sign that certificate", "denies", True),
        ("I did not tell Mara Quill about the weather", "denies", False),
        ("I did not tell anybody to sign that certificate", "denies", False),
        ("I am sorry that nobody spoke to Mara Quill", "apologises", True),
        ("We are behind Mara Quill", "supports", True),
    ],
)
def test_who_names_the_accuser_and_takes_up_the_words_answers(words, act, linked) -> None:
    article = make_article(f"“I was told to sign the certificate,” Mara Quill said. “{words}.”")
    charge = make_statement(
        article, "I was told to sign the certificate", act="accuses", speakers=(QUILL.id,)
    )
    reply = make_statement(article, words, act=act, speakers=(BRANDT.id,))
    found = links(charge, reply, articles=(article,))
    assert found == ({(reply.id, charge.id, act)} if linked else set())


def test_an_answer_belongs_to_the_question_before_it() -> None:
    assert links(QUESTION, ANSWER) == {(ANSWER.id, QUESTION.id, "answers")}


PRESS = make_article(
    "The Echo asked Teo Brandt how the harbour was doing. He said trade was good. "
    "“We look well,” Brandt added.\nHe said the weather was fine.",
    outlet="Echo",
)
ASKED = make_statement(PRESS, "how the harbour was doing", cue="asked", act="asks")


def said(article, words: str, act: str = "states", speaker=BRANDT) -> Statement:
    return make_statement(article, words, act=act, speakers=(speaker.id,))


def test_what_its_speaker_goes_on_to_say_in_the_paragraph_answers_the_question_too() -> None:
    told = [said(PRESS, words) for words in ("trade was good", "We look well", "the weather")]
    found = links(ASKED, *told, articles=(PRESS,))
    assert found == {(row.id, ASKED.id, "answers") for row in told[:2]}


def test_a_demand_is_no_question() -> None:
    article = make_article("The Echo asked Teo Brandt to step down. Brandt said trade was good.")
    demand = make_statement(article, "Teo Brandt to step down", cue="asked", act="asks")
    assert links(demand, said(article, "trade was good"), articles=(article,)) == set()


@pytest.mark.parametrize(
    ("act", "speaker", "linked"),
    [("disputes", BRANDT, True), ("denies", BRANDT, True), ("states", BRANDT, False)],
)
def test_a_reply_answers_the_claim_that_it_holds(act, speaker, linked) -> None:
    article = make_article("Teo Brandt spoke of claims that the pier was shut.")
    reply = said(article, "claims that the pier was shut", act, speaker)
    claim = make_statement(article, "the pier was shut", cue="claims", act="accuses", speakers=())
    found = links(claim, reply, articles=(article,))
    assert found == ({(reply.id, claim.id, act)} if linked else set())


HEADLINE = "Harbour Board tells Dockers Union to leave quay"


def counters(*texts: str, speaker=UNION, title=HEADLINE):
    """Return who answers the Board's demand, where each text is an article of its own."""
    rows, articles = [], []
    for number, text in enumerate(texts):
        article = make_article(text, outlet=f"Paper {number}", title=title)
        articles.append(article)
        rows.append(said(article, "the Dockers Union should leave the quay", "asks", BOARD))
        if "bully" in text:
            rows.append(said(article, "the Harbour Board was a bully", "accuses", speaker))
        if "thieves" in text:
            rows.append(said(article, "They are thieves", "accuses", speaker))
        if "tired" in text:
            rows.append(said(article, "“We are tired,”", "states", speaker))
    return links(*rows, articles=tuple(articles)), rows


DEMAND = "The Harbour Board said the Dockers Union should leave the quay."
COUNTER = " The union said the Harbour Board was a bully."


def test_an_accusation_against_who_brings_the_central_charge_answers_it() -> None:
    found, rows = counters(DEMAND + COUNTER, DEMAND)
    assert found == {(rows[1].id, rows[0].id, "escalates")}


def test_what_is_added_at_once_answers_the_central_charge_too() -> None:
    found, rows = counters(DEMAND + COUNTER + " “They are thieves,” it said.", DEMAND)
    assert found == {(row.id, rows[0].id, "escalates") for row in rows[1:3]}


@pytest.mark.parametrize(
    ("gap", "linked"), [(" ", True), ("\n", True), ("\nA fair was held.\n", False)]
)
def test_quoted_words_go_on_in_the_paragraph_and_open_the_next(gap, linked) -> None:
    found, rows = counters(f"{DEMAND}{COUNTER}{gap}“We are tired,” it said.", DEMAND)
    assert ((rows[2].id, rows[0].id, "answers") in found) == linked


def test_a_charge_that_no_headline_speaks_of_is_not_central() -> None:
    found, _ = counters(DEMAND + COUNTER, DEMAND, title="Fair weather for the regatta")
    assert found == set()


def test_an_accusation_before_the_charge_does_not_answer_it() -> None:
    found, _ = counters(COUNTER.strip() + " " + DEMAND, DEMAND)
    assert found == set()


def test_who_is_not_charged_does_not_answer() -> None:
    found, _ = counters(DEMAND + COUNTER, DEMAND, speaker=QUILL)
    assert found == set()


def test_evidence_lies_in_the_answering_article() -> None:
    (row,) = answered(CHARGE, ELSEWHERE).responses
    assert row.evidence
    assert all(span.of(ECHO.text) for span in row.evidence)


@pytest.mark.parametrize(
    ("others", "wanted"),
    [
        ((DENIAL,), "same_article"),
        ((ELSEWHERE,), "elsewhere"),
        ((), "none_found"),
    ],
)
def test_an_accusation_says_where_its_answer_is(others, wanted) -> None:
    found = status(CHARGE, *others)
    assert found.answer_status == wanted
    assert found.answers == tuple(row.id for row in others)


@pytest.mark.parametrize(("negated", "wanted"), [(False, "declined"), (True, "no_reply_reported")])
def test_silence_of_the_accused_is_told_apart(negated, wanted) -> None:
    article = make_article("Teo Brandt declined to comment.", outlet="Radio")
    silence = make_statement(
        article,
        "to comment",
        cue="declined",
        act="declines",
        negated=negated,
        speakers=(BRANDT.id,),
    )
    rows = answered(CHARGE, silence, articles=(POST, article)).statements
    assert next(row for row in rows if row.id == CHARGE.id).answer_status == wanted


def test_only_accusations_have_a_status() -> None:
    rows = answered(CHARGE, DENIAL, QUESTION, ANSWER).statements
    assert [row.answer_status is not None for row in rows] == [True, False, False, False]


def test_the_order_of_statements_does_not_matter() -> None:
    rows = [CHARGE, DENIAL, QUESTION, ANSWER, ELSEWHERE, AGAIN]
    wanted = links(*rows)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert links(*rows) == wanted


def test_most_statements_of_an_utterance_decide_for_those_that_lost_the_sign() -> None:
    rows = [
        replace(row, utterance_id="u") for row in (CHARGE, replace(AGAIN, act="accuses"), QUESTION)
    ]
    rows[2] = replace(rows[2], act="states")
    assert {row.act for row in answered(*rows).statements} == {"accuses"}
    assert [row.act for row in answered(rows[0], rows[2]).statements] == ["accuses", "states"]


def test_a_lawyer_answers_for_whom_the_role_names() -> None:
    article = make_article("Mara Quill accused Teo Brandt of theft. Lee Marsh denied the claims.")
    lawyer = make_speaker("Lee Marsh", role="Teo Brandt's lawyer")
    charge = make_statement(
        article, "Teo Brandt of theft", cue="accused", act="accuses", speakers=(QUILL.id,)
    )
    denial = make_statement(
        article, "the claims", cue="denied", act="denies", speakers=(lawyer.id,)
    )
    known = {article.id: article}
    rows = find_responses(
        STORY_ID, known, (charge, denial), (QUILL, BRANDT, lawyer), (), RESOURCES
    ).responses
    assert [(row.answering, row.answered) for row in rows] == [(denial.id, charge.id)]


def test_a_general_denial_elsewhere_answers_with_low_confidence() -> None:
    article = make_article("Brandt has denied the allegations.", outlet="Radio")
    denial = make_statement(
        article, "the allegations", cue="denied", act="denies", speakers=(BRANDT.id,)
    )
    (row,) = answered(CHARGE, denial, articles=(POST, article)).responses
    assert row.method == "charge-generic"
    assert row.confidence < 0.5


def test_a_plea_answers_the_charge_at_law_before_a_report_of_it() -> None:
    article = make_article(
        "A clerk said Teo Brandt hid ledgers in a boat shed. The Harbour Board said it "
        "would prosecute Teo Brandt. Brandt said the prosecution was an act of revenge."
    )
    report = make_statement(
        article, "Teo Brandt hid ledgers in a boat shed", act="accuses", speakers=(QUILL.id,)
    )
    charge = make_statement(
        article, "it would prosecute Teo Brandt", act="announces", speakers=(BOARD.id,)
    )
    plea = make_statement(
        article,
        "the prosecution was an act of revenge",
        act="disputes",
        speakers=(BRANDT.id,),
    )
    # A dispute answers what is announced as well as what is asserted: the charge at law leads.
    assert links(report, charge, plea, articles=(article,)) == {(plea.id, charge.id, "disputes")}


@pytest.mark.parametrize(
    ("content", "linked"),
    [
        ("Mara Quill and her report", True),
        ("another talk with Mara Quill's deputy", False),
        ("the Harbour guild", False),
    ],
)
def test_support_is_for_whom_it_names_first_and_in_their_own_right(content, linked) -> None:
    article = make_article(
        f"Mara Quill said Teo Brandt hid the report. The Dockers Union backed {content}."
    )
    charge = make_statement(
        article, "Teo Brandt hid the report", act="accuses", speakers=(QUILL.id,)
    )
    backing = make_statement(article, content, cue="backed", act="supports", speakers=(UNION.id,))
    found = links(charge, backing, articles=(article,))
    assert found == ({(backing.id, charge.id, "supports")} if linked else set())


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("she was ordered to falsify the crane certificate", True),
        ("she was ordered to leave the quay", False),
        ("Ines Roe ordered her to falsify the crane certificate", False),
    ],
)
def test_a_denial_in_the_words_of_a_charge_against_nobody_is_a_possible_answer(words, linked):
    told = make_article(f"A crane driver said {words}.", outlet="Radio")
    echo = make_article("Brandt denied telling anyone to falsify the crane certificate.")
    driver = make_speaker("A crane driver", kind="unnamed")
    charge = make_statement(told, words, act="accuses", speakers=(driver.id,))
    denial = make_statement(
        echo,
        "telling anyone to falsify the crane certificate",
        cue="denied",
        act="denies",
        speakers=(BRANDT.id,),
    )
    rows = answered(charge, denial, articles=(told, echo)).responses
    assert [(row.method, row.confidence < 0.5) for row in rows] == (
        [("charge-words", True)] if linked else []
    )


@pytest.mark.parametrize("carried", [True, False])
def test_a_plea_answers_the_case_that_several_articles_carry_beside_its_own_charge(carried) -> None:
    here = make_article(
        "Ines Roe said Teo Brandt was arrested. Brandt said he was innocent of hiding money."
    )
    others = [
        make_article("The Harbour Board charged Teo Brandt with theft.", outlet=outlet)
        for outlet in ("Echo", "Radio")
    ]
    told = make_statement(here, "Teo Brandt was arrested", act="accuses", speakers=(QUILL.id,))
    plea = make_statement(
        here, "he was innocent of hiding money", act="denies", speakers=(BRANDT.id,)
    )
    cases = [
        make_statement(
            article,
            "Teo Brandt with theft",
            cue="charged",
            act="accuses",
            speakers=(BOARD.id,),
            utterance_id=UtteranceId("7" * 32) if carried else None,
        )
        for article in others
    ]
    found = links(told, plea, *cases, articles=(here, *others))
    wanted = {(plea.id, case.id, "denies") for case in cases if carried}
    assert found == {(plea.id, told.id, "denies")} | wanted
