"""Marked text is the text: cut into runs it loses no character, and marks nest."""

from hypothesis import given
from hypothesis import strategies as st

from factories import make_article, make_record, make_statement
from onrecord.spans import Span
from onrecord.views.index import index_story
from onrecord.views.marked import Mark, excerpts, marked, runs
from stories import harbour_story

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda at: Span(at[0], at[0] + at[1]))
MARKS = st.lists(
    st.tuples(SPANS, st.sampled_from(["content", "source", "cue", "hidden"])), max_size=8
)


@given(SPANS, MARKS)
def test_runs_cover_the_span_exactly_once(within: Span, chosen: list[tuple[Span, str]]) -> None:
    marks = [Mark(span=span, role=role) for span, role in chosen]
    found = list(runs(within, marks))
    assert [place for run in found for place in range(*run.span)] == list(range(*within))
    for run in found:
        assert {id(mark) for mark in run.marks} == {
            id(mark) for mark in marks if mark.span.overlaps(run.span)
        }
        assert all(mark.span.covers(run.span) for mark in run.marks)


def test_all_text_of_an_article_is_in_its_blocks() -> None:
    for row in marked(index_story(harbour_story())):
        text = "\n".join(
            "".join(run.span.of(row.article.text) for run in block.runs) for block in row.blocks
        )
        assert text == row.article.text


def test_excerpts_keep_marks_and_a_few_words_around_them() -> None:
    filler = "word " * 60
    article = make_article(f"{filler}“It was safe,” said Mara Quill. {filler}\n{filler}")
    statement = make_statement(article, "“It was safe,”", source="Mara Quill", cue="said")
    (row,) = marked(index_story(make_record(articles=[article], statements=[statement])))
    (block,) = excerpts(row, context=20).blocks
    texts = [(run.span.of(article.text), run.cut) for run in block.runs]
    assert texts == [
        (" word word word ", "before"),
        ("“It was safe,”", None),
        (" ", None),
        ("said", None),
        (" ", None),
        ("Mara Quill", None),
        (". word word word", "after"),
    ]


@given(st.integers(0, 400))
def test_excerpts_never_cut_into_marked_text(context: int) -> None:
    for row in marked(index_story(harbour_story())):
        kept = excerpts(row, context=context)
        assert [run for block in kept.blocks for run in block.runs if run.marks] == [
            run for block in row.blocks for run in block.runs if run.marks
        ]
