"""A joint verb of the source ends what was said before it."""

from tests.factories import make_article, span

from onrecord.annotate.coordination import parted, with_shared
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


SECOND = "Ines Moll confirmed the date and said that Brandt “denies it” and that it was late."
SAID = "Brandt “denies it” and that it was late"


def second_verbs(*read, method="rules:t-after-shared", source="Ines Moll"):
    article = make_article(SECOND)
    first = statement(article, "confirmed", "the date", "model", source=source)
    rule = statement(article, "said", SAID, method)
    inner = [statement(article, *one, "model", source="Brandt") for one in read]
    found = with_shared([first, *inner], [rule])
    return [piece.of(SECOND) for one in found for piece in one.content]


def test_what_the_source_told_by_a_second_verb_is_found():
    assert second_verbs() == ["the date", SAID]


def test_a_statement_inside_it_may_be_known():
    assert second_verbs(("denies", "it")) == ["the date", "it", SAID]


def test_words_that_another_statement_has_are_left_to_it():
    assert second_verbs(("said", "it was late")) == ["the date", "it was late"]


def test_a_source_that_told_nothing_else_is_not_believed():
    assert second_verbs(source="Brandt") == ["the date"]


def test_only_clauses_with_that_are_believed():
    assert second_verbs(method="rules:n-after-shared") == ["the date"]


QUOTED = "Ines Moll called the sale “a gift” and declined to explain it."


def test_an_infinitive_behind_a_quotation_is_the_sources():
    article = make_article(QUOTED)
    outer = statement(
        article, "called", "the sale “a gift” and declined to explain it", "model", mode="mixed"
    )
    rule = statement(article, "declined", "to explain it", "rules:i-after-shared")
    found = parted([outer], [rule], parse(article, RESOURCES))
    pieces = [piece.of(QUOTED) for one in found for piece in one.content]
    assert pieces == ["the sale “a gift”", "to explain it"]
