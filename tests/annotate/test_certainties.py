"""Contents end at quotation marks."""

import pytest
from tests.factories import make_article, span

from onrecord.annotate.certainties import Claim, settle
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.resources import load_resources

RESOURCES = load_resources("en")


def settled(text, content, source=None, cue=None):
    article = make_article(text)
    tokens = parse(article, RESOURCES)
    place = lambda wording: (  # noqa: E731 - a name for one expression
        tokens.starts.index(span(article, wording).start),
        tokens.ends.index(span(article, wording).end) + 1,
    )
    claim = Claim(
        source=place(source) if source else None,
        cue=place(cue) if cue else None,
        contents=tuple(place(wording) for wording in content),
        speech=1.0,
        evidence=(),
    )
    (claim,) = settle(tokens, find_quotations(tokens), [claim]).claims
    wording = lambda tokens_of: tokens.span(*tokens_of).of(text)  # noqa: E731 - as above
    return [wording(one) for one in claim.contents], claim.source and wording(claim.source)


@pytest.mark.parametrize("content", ["“The quay", "The quay is closed", "quay is closed”"])
def test_a_content_that_stops_inside_a_quotation_grows_to_its_marks(content):
    text = "“The quay is closed”, Ines Moll said."
    assert settled(text, [content])[0] == ["“The quay is closed”"]


def test_a_content_within_a_quotation_stays_there():
    text = "“I think the quay is closed today”, Ines Moll said."
    assert settled(text, ["the quay is closed"])[0] == ["the quay is closed"]


def test_the_outlet_speaks_between_the_halves_of_a_quotation():
    text = "“It is over,” she said of the strike, in which she saw no sense. “In my view.”"
    pieces = ["“It is over,”", "in which she saw no sense", "“In my view.”"]
    assert settled(text, pieces, cue="said")[0] == ["“It is over,”", "“In my view.”"]


def test_a_word_of_the_next_sentence_is_not_said():
    text = "Moll said it was “a trap.” Officially, the quay was open."
    assert settled(text, ["it was “a trap.” Officially"], cue="said")[0] == ["it was “a trap.”"]


def test_a_whole_short_sentence_is_said():
    text = "Moll said the quay was “a trap.” Nobody came."
    content = "the quay was “a trap.” Nobody came"
    assert settled(text, [content], cue="said")[0] == [content]


RESUMED = "“If you go,” Moll said, pointing at the quay, “you go alone.”"


def both(text, second_content):
    article = make_article(text)
    tokens = parse(article, RESOURCES)

    def place(wording):
        found = span(article, wording)
        return tokens.starts.index(found.start), tokens.ends.index(found.end) + 1

    claims = [
        Claim(place("Moll"), place(cue), (place(content),), 1.0, ())
        for cue, content in (("said", "“If you go,”"), ("pointing at", second_content))
    ]
    settled_claims = settle(tokens, find_quotations(tokens), claims).claims
    return [[tokens.span(*one).of(text) for one in claim.contents] for claim in settled_claims]


def test_a_sentence_in_marks_goes_on_behind_its_cue():
    first, second = both(RESUMED, "the quay, “you go alone.”")
    assert first == ["“If you go,”", "“you go alone.”"]
    assert second == ["the quay"]


def test_a_second_sentence_in_marks_is_not_taken_for_the_rest_of_the_first():
    text = RESUMED.replace("“you", "“You")
    assert both(text, "the quay, “You go alone.”")[0] == ["“If you go,”"]


def test_a_word_that_points_at_a_quotation_is_no_part_of_it():
    text = "This is what Ines Moll told us: “The quay is closed.”"
    assert settled(text, ["what", "“The quay is closed.”"])[0] == ["“The quay is closed.”"]
    text = "The port has rejected that: “The quay is open.”"
    assert settled(text, ["that: “The quay is open.”"])[0] == ["“The quay is open.”"]
    text = "She said that the quay was closed."
    assert settled(text, ["that the quay was closed"])[0] == ["that the quay was closed"]
