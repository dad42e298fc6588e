"""The best sequence of tags is the best of all sequences."""

from itertools import pairwise, product
from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.annotate.decode import CONTENT, Found, best_tags, spans_of
from onrecord.annotate.tagger import BREAK

SCORES = st.floats(-4, 4, width=32)


def total(scores, tags, model):
    moves = sum(model.transition[a, b] for a, b in pairwise(tags))
    return model.begin[tags[0]] + moves + sum(scores[i, tag] for i, tag in enumerate(tags))


@given(
    arrays(np.float32, (4, 3), elements=SCORES),
    arrays(np.float32, (3, 3), elements=SCORES),
    arrays(np.float32, 3, elements=SCORES),
)
def test_no_other_sequence_scores_higher(scores, transition, begin):
    model = SimpleNamespace(transition=transition, begin=begin)
    (best,) = best_tags([scores], model)
    highest = max(total(scores, tags, model) for tags in product(range(3), repeat=4))
    assert total(scores, list(best), model) >= highest - 1e-4


@given(
    st.lists(
        st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, 3), elements=SCORES)), max_size=4
    ),
    arrays(np.float32, (3, 3), elements=SCORES),
    arrays(np.float32, 3, elements=SCORES),
)
def test_windows_beside_one_change_nothing_in_it(windows, transition, begin):
    model = SimpleNamespace(transition=transition, begin=begin)
    alone = [best_tags([scores], model)[0].tolist() for scores in windows]
    assert [tags.tolist() for tags in best_tags(windows, model)] == alone


def test_a_span_that_begins_where_another_ends_is_a_second_one():
    tags = np.array([5, 6, 5, 6])
    assert spans_of(tags, np.arange(4)) == [Found(CONTENT, 0, 2), Found(CONTENT, 2, 4)]


def test_a_break_between_blocks_is_part_of_no_span():
    tokens = np.array([0, 1, BREAK, 2])
    assert spans_of(np.array([5, 6, 6, 6]), tokens) == [Found(CONTENT, 0, 2), Found(CONTENT, 3, 4)]
