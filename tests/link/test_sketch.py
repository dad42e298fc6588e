import numpy as np

from factories import make_article, make_statement
from onrecord.link.sketch import sketch
from onrecord.records import Annotation, Statement
from onrecord.resources import load_resources

RESOURCES = load_resources("en")
BEFORE = "The old pier at Wexmouth shut on Monday after a storm broke its gate."
SAID = "‘We told the board in May that the gate would break,\nand nobody came to look at it’"
AFTER = "The board of the harbour meets again on Friday in the hall of the town."
ARTICLE = make_article(f"{BEFORE}\n{SAID}\n{AFTER}")


def shingles(text: str | None = None, statements: tuple[Statement, ...] = ()) -> set[int]:
    article = ARTICLE if text is None else make_article(text)
    row = sketch(Annotation(article=article, statements=statements), RESOURCES)
    return set(np.frombuffer(row.shingles, dtype="<u8").tolist())


def test_words_spoken_over_two_paragraphs_are_left_out_of_both() -> None:
    # Single marks: what double marks hold is left out whether it is a statement or not.
    spoken = make_statement(ARTICLE, SAID, mode="direct")
    own = shingles(statements=(spoken,))
    assert own == shingles(BEFORE) | shingles(AFTER)
    assert shingles(SAID)
    assert own.isdisjoint(shingles(SAID))


def test_a_quotation_inside_another_hides_nothing_behind_both() -> None:
    inner = "nobody came to look at it"
    rows = tuple(make_statement(ARTICLE, words, mode="direct") for words in (inner, SAID))
    assert shingles(statements=rows) == shingles(BEFORE) | shingles(AFTER)
