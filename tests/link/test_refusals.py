import pytest

from factories import STORY_ID, make_article, make_speaker, make_statement
from onrecord.link.responses import find_responses
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
ROE, QUILL = make_speaker("Ines Roe"), make_speaker("Mara Quill")
UNION = make_speaker("Dockers Union", kind="organisation")
DEMAND = "Ines Roe to resign"


def refused(*sentences, speaker=ROE, demand="The Dockers Union called on Ines Roe to resign."):
    """Return which of the contents (sentence, content) are refusals of the demand, and how."""
    text = demand + "\n" + " ".join(sentence for sentence, _ in sentences)
    article = make_article(text)
    asked = make_statement(article, demand[28:-1], act="asks", speakers=(UNION.id,))
    rows = [
        make_statement(article, content, act="announces", speakers=(speaker.id,))
        for _, content in sentences
    ]
    people = (ROE, QUILL, UNION)
    known = {article.id: article}
    links = find_responses(STORY_ID, known, (asked, *rows), people, (), RESOURCES).responses
    return [(link.reply, link.method) for link in links if link.answered == asked.id]


@pytest.mark.parametrize(
    ("content", "linked"),
    [
        ("she would not step down", True),
        ("she will never quit", True),
        ("she vowed to stay in office", True),
        ("she would step down", False),
        ("she would not speak of boats", False),
        ("she was asked to stay in office", False),
    ],
)
def test_who_will_not_go_answers_the_demand_to_go(content, linked) -> None:
    found = refused((f"Roe said {content}.", content))
    assert found == ([("declines", "refusal")] if linked else [])


def test_another_deed_than_the_one_demanded_is_no_answer() -> None:
    content = "she would not apologise"
    assert refused((f"Roe said {content}.", content)) == []


def test_who_is_not_called_on_does_not_refuse() -> None:
    content = "she would not step down"
    assert refused((f"Quill said {content}.", content), speaker=QUILL) == []


def test_a_demand_in_another_article_is_answered_with_less_confidence() -> None:
    here = make_article("Ines Roe said she would not step down.", outlet="Echo")
    there = make_article("The Dockers Union called on Ines Roe to resign.")
    rows = (
        make_statement(here, "she would not step down", act="announces", speakers=(ROE.id,)),
        make_statement(there, DEMAND, act="asks", speakers=(UNION.id,)),
    )
    known = {article.id: article for article in (here, there)}
    (link,) = find_responses(STORY_ID, known, rows, (ROE, UNION), (), RESOURCES).responses
    assert (link.method, link.confidence) == ("refusal", 0.5)
