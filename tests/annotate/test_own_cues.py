"""Words beside a cue of their own are not another statement's."""

from tests.factories import make_article, span

from onrecord.annotate.found import Attribution
from onrecord.annotate.own_cues import with_own_cues

TEXT = "“It is safe,” Ines Moll said, but despite the report, “I would wait,” said Mara Quill, who left."


def statement(cue, content, source, method="model", confidence=0.8):
    article = make_article(TEXT)
    return Attribution(
        source=span(article, source),
        cue=span(article, cue),
        content=tuple(span(article, one) for one in content),
        mode="mixed",
        cue_class="speech",
        confidence=confidence,
        method=method,
    )


def contents(rule, outer=("“It is safe,”", "but despite the report, “I would wait,”")):
    found = with_own_cues([statement("said", outer, "Ines Moll")], [rule])
    return [[piece.of(TEXT) for piece in one.content] for one in found]


OWN = "rules:quotation-before-inverted"


def quill(content=("“I would wait,”",), cue="said Mara", **fields):
    return statement(cue, content, "Mara Quill", OWN, **fields)


def test_a_quotation_with_a_cue_behind_it_is_of_that_cue():
    assert contents(quill()) == [["“It is safe,”"], ["“I would wait,”"]]


def test_an_unsure_rule_takes_nothing():
    assert len(contents(quill(confidence=0.4))) == 1


def test_a_statement_is_not_emptied():
    assert len(contents(quill(), ("“I would wait,”",))) == 1


def test_what_stands_inside_the_content_with_its_cue_is_nested_and_stays():
    outer = ("“It is safe,”", "despite the report, “I would wait,” said Mara Quill")
    assert len(contents(quill(), outer)) == 1


SHOWN = "The ad uses footage of Ines Moll asking, “Why?”"


def shown(cue, content):
    article = make_article(SHOWN)

    def statement_of(source, cue, content, method):
        return Attribution(
            source=span(article, source),
            cue=span(article, cue),
            content=tuple(span(article, one) for one in content),
            mode="direct",
            cue_class="speech",
            confidence=0.8,
            method=method,
        )

    rule = statement_of("Ines Moll", "asking", ["“Why?”"], "rules:quotation-after-recorded")
    found = with_own_cues([statement_of("The ad", cue, content, "model")], [rule])
    return [
        (one.source.of(SHOWN), one.cue.of(SHOWN), [piece.of(SHOWN) for piece in one.content])
        for one in found
    ]


MOLL = ("Ines Moll", "asking", ["“Why?”"])


def test_who_speaks_in_a_recording_says_it_and_not_who_shows_it():
    assert shown("uses footage of Ines Moll asking", ["“Why?”"]) == [MOLL]
    assert shown("uses", ["footage of Ines Moll asking", "“Why?”"]) == [MOLL]
    assert shown("asking", ["“Why?”"]) == [("The ad", "asking", ["“Why?”"])]
