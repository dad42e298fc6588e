"""The second half of a quotation is said once."""

from dataclasses import replace

from onrecord.annotate.found import Attribution
from onrecord.annotate.halves import said_once
from onrecord.spans import Span

TEXT = "“You sat still,” Moll went on, calling out Joe Roe. “You counted boats.”"


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


FIRST = Attribution(
    source=span("Moll"),
    cue=span("went on"),
    content=(span("“You sat still,”"),),
    mode="direct",
    cue_class="speech",
    confidence=0.9,
    method="model",
)
CALLED_OUT = replace(
    FIRST,
    cue=span("calling out"),
    content=(span("Joe Roe"), span("“You counted boats.”")),
    mode="mixed",
)


def test_who_said_the_first_half_said_the_second_and_nobody_else():
    whole = replace(FIRST, content=(*FIRST.content, span("“You counted boats.”")))
    found = said_once([FIRST, CALLED_OUT], [whole, CALLED_OUT], TEXT)
    assert found == [whole, replace(CALLED_OUT, content=(span("Joe Roe"),), mode="indirect")]


def test_nothing_is_taken_where_nothing_was_given():
    assert said_once([FIRST, CALLED_OUT], [FIRST, CALLED_OUT], TEXT) == [FIRST, CALLED_OUT]


def test_a_statement_of_these_words_only_stays():
    whole = replace(FIRST, content=(*FIRST.content, span("“You counted boats.”")))
    other = replace(CALLED_OUT, content=(span("“You counted boats.”"),))
    assert said_once([FIRST, other], [whole, other], TEXT) == [whole, other]
