"""What the coreference of one article promises, whatever its text and statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_article, make_statement
from onrecord.annotate.coreference import resolve
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources()
PIECES = (
    "Ana Ruiz", "Mr. Hallam", "he", "she", "they", "the mayor", "The Harbour Board", "it", "who",
    "her lawyer", "Ruiz's", "a colleague", "Officials", "the letter", "and", ",", ".", "“", "”",
    "said", "I", "that", "Dr.", "Jr.", "'", "’", "(", ")", "O’Hara", "von", "van der Berg", "St.",
    "the Ruizes", "\n", "Senator", "of", "the", "1", "—",
)  # fmt: skip


@pytest.mark.parametrize("nobody", ["Nobody", "No one", "None", "Neither"])
def test_nobody_is_not_among_who_speaks(nobody):
    article = make_article(f"{nobody} asked for the crane to be moved.")
    row = make_statement(article, "for the crane to be moved", source=nobody, cue="asked")
    found = resolve(article, parse(article, RESOURCES), (row,), RESOURCES)
    assert found.chains == ()
    assert not any(voice.speakers for voice in found.voices)


@st.composite
def articles(draw):
    words = draw(st.lists(st.sampled_from(PIECES), min_size=2, max_size=40))
    text = " ".join(words)
    starts = [place for place in range(len(text)) if not text[place].isspace()]
    return make_article(text), draw(st.lists(st.sampled_from(starts), max_size=4, unique=True))


@given(case=articles())
def test_every_number_is_a_chain_and_every_span_is_words(case):
    article, starts = case
    statements = []
    for start in starts:
        end = min(len(article.text), start + 9)
        source = make_statement(article, article.text[start:end]).content[0]
        statements.append(
            make_statement(article, article.text[:1], source=source, id=f"{start}", method="x")
        )
    found = resolve(article, parse(article, RESOURCES), tuple(statements), RESOURCES)
    numbers = [chain.number for chain in found.chains]
    assert numbers == list(range(len(numbers)))
    assert all(mention.chain in numbers for mention in found.mentions)
    assert all(mention.span.of(article.text).strip() for mention in found.mentions)
    for voice in found.voices:
        assert {*voice.speakers, *voice.via, *voice.on_behalf, *voice.candidates} <= {*numbers}
        assert not (voice.speakers and voice.judgement == "unsure")
    assert all(chain.name in chain.names for chain in found.chains)
