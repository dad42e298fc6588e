"""Private people are shown by initials everywhere in a report that is passed on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_article, make_record, make_speaker, make_statement
from onrecord.report import Choices, render
from onrecord.report.initials import branches, initialled, private_people
from onrecord.resources import load_resources
from stories import make_manifest

TEXT = (
    "Orla Brack, a nurse, said the lift was broken. “Will Brack told me,” said Ms Brack. "
    "Will she return? She will, said Ivo Stern, the harbour minister. ORLA BRACK posted as @obrack."
)


def story() -> object:
    article = make_article(TEXT, title="Lift was broken, says Orla Brack", outlet="Ferry Post")
    nurse = make_speaker(
        "Orla Brack",
        names=("Brack", "Ms Brack", "Orla Brack"),
        role="a nurse",
        handles=("@obrack",),
    )
    people = [
        nurse,
        make_speaker("Will Brack", names=("Will Brack", "Will")),
        make_speaker("Ivo Stern", role="the harbour minister"),
    ]
    statement = make_statement(
        article, "the lift was broken", source="Orla Brack", cue="said", speakers=(nurse.id,)
    )
    return make_record(articles=[article], statements=[statement], speakers=people)


def test_who_has_no_public_role_is_private() -> None:
    found = private_people([story()], load_resources())
    assert {row.name for row in found} == {"Orla Brack", "Will Brack"}


def test_no_name_of_a_private_person_is_left_on_the_page() -> None:
    page = render([story()], [], make_manifest(), Choices(initials=True))
    for name in ("Orla", "Brack", "BRACK", "@obrack"):
        assert name not in page
    assert "Ivo Stern" in page
    assert "O. B." in page
    assert "Private people are shown by their initials." in page


def test_a_word_that_is_also_plain_text_is_kept_outside_a_whole_name() -> None:
    """Else a quotation would lose words that name nobody."""
    page, _ = initialled(TEXT, [story()], load_resources())
    assert "“W. B. told me,” said Ms B." in page
    assert "Will she return? She will" in page


@pytest.mark.parametrize("choices", [Choices(), Choices(excerpts=True)])
def test_without_the_choice_names_stay(choices: Choices) -> None:
    assert "Orla Brack" in render([story()], [], make_manifest(), choices)


@given(st.lists(st.text("aAbé.’ &", min_size=1, max_size=7)), st.text("aAbé.’ &"))
def test_names_sorted_by_their_first_letters_match_what_they_match_one_by_one(names, text):
    plain = re.compile(rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b")
    found = re.compile(rf"\b(?:{branches(names) or '(?!)'})\b")
    assert found.findall(text) == plain.findall(text)
