import pytest

from factories import STORY_ID, make_article, make_speaker, make_statement, span
from onrecord.link.responses import find_responses
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
QUILL, BRANDT = make_speaker("Mara Quill"), make_speaker("Teo Brandt")
ROE = make_speaker("Ines Roe")
OFFICE = make_speaker("Adam Hale", role="state attorney for Saltmarsh")
PEOPLE = (QUILL, BRANDT, ROE, OFFICE)


def found(article, *rows):
    """Return the links between statements of one article as (from, to, reply, method)."""
    known = {article.id: article}
    links = find_responses(STORY_ID, known, rows, PEOPLE, (), RESOURCES).responses
    numbers = {row.id: number for number, row in enumerate(rows)}
    return [(numbers[row.answering], numbers[row.answered], row.reply, row.method) for row in links]


@pytest.mark.parametrize(
    ("cue", "linked"),
    [
        ("countered", True),
        ("shot back", True),
        ("said", False),
        ("responded to a question", False),
        ("also countered", False),
        ("did not say, or reply,", False),
    ],
)
def test_what_is_spoken_back_answers_what_was_just_said(cue, linked) -> None:
    article = make_article(f"Mara Quill said trade was poor.\nTeo Brandt {cue} that ships were up.")
    first = make_statement(article, "trade was poor", cue="said", speakers=(QUILL.id,))
    back = make_statement(
        article, "ships were up", cue=span(article, cue), speakers=(BRANDT.id,), source="Teo Brandt"
    )
    expected = [(1, 0, "answers", "spoken-back")] if linked else []
    assert found(article, first, back) == expected


def test_a_sentence_may_say_that_it_is_a_response() -> None:
    article = make_article("Mara Quill said trade was poor. In response, Teo Brandt said it grew.")
    first = make_statement(article, "trade was poor", cue="said", speakers=(QUILL.id,))
    back = make_statement(
        article, "it grew", cue=span(article, "said", 2), source="Teo Brandt", speakers=(BRANDT.id,)
    )
    assert found(article, first, back) == [(1, 0, "answers", "spoken-back")]


def test_nothing_is_spoken_back_over_other_paragraphs() -> None:
    article = make_article(
        "Mara Quill said trade was poor.\nThe quay was built long ago.\nIt is of stone.\n"
        "Teo Brandt countered that ships were up."
    )
    first = make_statement(article, "trade was poor", cue="said", speakers=(QUILL.id,))
    back = make_statement(article, "ships were up", cue="countered", speakers=(BRANDT.id,))
    assert found(article, first, back) == []


CLAIM = (
    "Mara Quill said the crane was rusty. Mara Quill asked the council to shut the quay.\n"
    "Boats came and went.\nA fair was held.\n"
)


def about_words(sentence: str, content: str, act: str):
    article = make_article(CLAIM + sentence)
    return found(
        article,
        make_statement(article, "the crane was rusty", cue="said", speakers=(QUILL.id,)),
        make_statement(
            article, "the council to shut the quay", cue="asked", act="asks", speakers=(QUILL.id,)
        ),
        make_statement(article, content, act=act, speakers=(BRANDT.id,)),
    )


@pytest.mark.parametrize(
    ("content", "act", "expected"),
    [
        ("Mara Quill’s claim about the crane", "disputes", [(2, 0, "disputes", "named-words")]),
        ("Mara Quill’s claim about the crane", "accuses", [(2, 0, "disputes", "named-words")]),
        ("Mara Quill’s call to shut the quay", "supports", [(2, 1, "supports", "named-words")]),
        ("Mara Quill’s boat and the crane", "disputes", []),
    ],
)
def test_words_named_as_somebodys_are_answered(content, act, expected) -> None:
    assert about_words(f"Teo Brandt took up {content}.", content, act) == expected


def test_who_calls_untrue_what_was_just_said_answers_it() -> None:
    article = make_article("Mara Quill said the crane was rusty. Teo Brandt said that was a lie.")
    claim = make_statement(article, "the crane was rusty", cue="said", speakers=(QUILL.id,))
    reply = make_statement(article, "that was a lie", act="disputes", speakers=(BRANDT.id,))
    assert found(article, claim, reply) == [(1, 0, "disputes", "called-untrue")]


INDICTED = (
    "A jury charged Teo Brandt with theft of ship funds.\n"
    "Ines Roe said the charges were a warning to the town. Roe blamed Hale for the rain.\n"
    "Adam Hale said the charges were sound.\n"
)


def test_who_speaks_of_a_case_answers_it_unless_they_bring_it() -> None:
    article = make_article(INDICTED, title="Teo Brandt charged with theft of ship funds")
    jury = make_speaker("A jury", kind="organisation")
    rows = [
        make_statement(
            article,
            "Teo Brandt with theft of ship funds",
            cue="charged",
            act="accuses",
            speakers=(jury.id,),
        ),
        make_statement(
            article, "the charges were a warning to the town", act="states", speakers=(ROE.id,)
        ),
        make_statement(article, "Hale for the rain", act="accuses", speakers=(ROE.id,)),
        make_statement(article, "the charges were sound", act="states", speakers=(OFFICE.id,)),
    ]
    assert found(article, *rows) == [(1, 0, "answers", "case-named")]


def test_a_dispute_by_anybody_is_no_answer_of_the_accused() -> None:
    article = make_article(
        "Mara Quill said Teo Brandt hid the report.\nInes Roe disputed Mara Quill’s claim."
    )
    charge = make_statement(
        article, "Teo Brandt hid the report", act="accuses", speakers=(QUILL.id,)
    )
    reply = make_statement(
        article, "Mara Quill’s claim", cue="disputed", act="disputes", speakers=(ROE.id,)
    )
    known = {article.id: article}
    answered = find_responses(STORY_ID, known, (charge, reply), PEOPLE, (), RESOURCES)
    assert [row.method for row in answered.responses] == ["named-words"]
    assert answered.statements[0].answer_status == "none_found"


def test_what_is_spoken_back_answers_the_whole_that_was_just_said() -> None:
    article = make_article(
        "Mara Quill said a clerk called it poor.\nTeo Brandt replied that it grew."
    )
    whole = make_statement(article, "a clerk called it poor", cue="said", speakers=(QUILL.id,))
    part = make_statement(article, "it poor", cue="called", speakers=(ROE.id,))
    back = make_statement(article, "it grew", cue="replied", speakers=(BRANDT.id,))
    assert found(article, whole, part, back) == [(2, 0, "answers", "spoken-back")]


@pytest.mark.parametrize(("content", "linked"), [("that argument", True), ("that boat", False)])
def test_what_is_disputed_may_be_but_pointed_at(content, linked) -> None:
    article = make_article(f"Mara Quill said trade was poor.\nTeo Brandt disputed {content}.")
    first = make_statement(article, "trade was poor", cue="said", speakers=(QUILL.id,))
    back = make_statement(article, content, cue="disputed", act="disputes", speakers=(BRANDT.id,))
    expected = [(1, 0, "disputes", "spoken-back")] if linked else []
    assert found(article, first, back) == expected


def test_who_agrees_with_words_supports_them_whatever_else_is_said() -> None:
    article = make_article(
        "Mara Quill said the crane was rusty.\n"
        "Teo Brandt said the yard agrees with Mara Quill’s view that repairs were without merit."
    )
    first = make_statement(article, "the crane was rusty", cue="said", speakers=(QUILL.id,))
    joined = make_statement(
        article,
        "the yard agrees with Mara Quill’s view that repairs were without merit",
        act="denies",
        speakers=(BRANDT.id,),
    )
    assert found(article, first, joined) == [(1, 0, "supports", "named-words")]


def test_who_criticises_somebody_for_not_taking_the_word_of_another_answers_neither() -> None:
    article = make_article(
        "Mara Quill said the crane was rusty.\n"
        "Teo Brandt said Ines Roe would not take Mara Quill’s word for it."
    )
    first = make_statement(article, "the crane was rusty", cue="said", speakers=(QUILL.id,))
    blame = make_statement(
        article,
        "Ines Roe would not take Mara Quill’s word for it",
        act="accuses",
        speakers=(BRANDT.id,),
    )
    assert found(article, first, blame) == []
