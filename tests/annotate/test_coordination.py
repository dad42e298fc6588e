"""A joint verb of the source ends what was said before it."""

from tests.factories import make_article, span

from onrecord.annotate.coordination import parted
from onrecord.annotate.found import Attribution
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
TEXT = "Ines Moll said the quay was safe, but later dismissed the report."


def statement(article, cue, content, method, source="Ines Moll", mode="indirect"):
    return Attribution(
        source=span(article, source),
        cue=span(article, cue),
        content=(span(article, content),),
        mode=mode,
        cue_class="speech",
        confidence=0.8,
        method=method,
    )


def contents(method="rules:n-after-shared", mode="indirect"):
    article = make_article(TEXT)
    outer = statement(
        article, "said", "the quay was safe, but later dismissed the report", "model", mode=mode
    )
    rule = statement(article, "dismissed", "the report", method)
    found = parted([outer], [rule], parse(article, RESOURCES))
    return [piece.of(TEXT) for one in found for piece in one.content]


def test_what_a_joint_verb_tells_is_a_statement_of_its_own():
    assert contents() == ["the quay was safe", "the report"]


def test_a_verb_with_a_subject_of_its_own_is_left_inside():
    assert len(contents("rules:n-after-subject")) == 1


def test_an_infinitive_is_left_inside():
    assert len(contents("rules:i-after-shared")) == 1


def test_words_in_marks_are_never_cut():
    assert len(contents(mode="direct")) == 1


def test_a_joint_participle_before_words_in_marks_tells_them():
    assert contents("rules:quotation-after-participle") == ["the quay was safe", "the report"]
