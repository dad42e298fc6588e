"""Contents go to the cue and the source that their words point at."""

import numpy as np

from onrecord.annotate.decode import CONTENT, CUE, SOURCE, Found
from onrecord.annotate.joining import join
from onrecord.annotate.tagger import Scores

SPEAKER, SAID, FIRST, SECOND = (
    Found(SOURCE, 0, 1),
    Found(CUE, 1, 2),
    Found(CONTENT, 2, 4),
    Found(CONTENT, 5, 7),
)
NONE = 8


def scores(*pointers):
    """Scores of eight words; a pointer is (head, words, target, strength)."""
    links = np.zeros((3, 8, 9), np.float32)
    for head, words, target, strength in pointers:
        for word in words:
            links[head, word, target] = strength
    return Scores(np.arange(8), np.zeros((8, 7), np.float32), np.zeros(8, np.float32), links)


def test_pieces_that_point_at_one_cue_are_one_attribution():
    given = scores((0, (2, 3, 5, 6), 1, 9), (1, (2, 3, 5, 6), 0, 9), (2, (1,), 0, 9))
    (joined,) = join([SPEAKER, SAID, FIRST, SECOND], given)
    assert joined.contents == (FIRST, SECOND)
    assert (joined.source, joined.cue) == (SPEAKER, SAID)


def test_a_piece_that_hardly_belongs_is_left_out():
    given = scores((0, (2, 3), 1, 9), (0, (5, 6), 1, 1.5))
    (joined,) = join([SPEAKER, SAID, FIRST, SECOND], given)
    assert joined.contents == (FIRST,)


def test_words_that_all_pointers_agree_on_are_the_cue_that_was_overlooked():
    given = scores((0, (2, 3), 4, 9), (1, (2, 3), NONE, 9))
    (joined,) = join([FIRST], given)
    assert joined.cue == Found(CUE, 4, 5)
    assert joined.source is None


def test_a_content_that_points_at_nothing_stands_alone():
    given = scores((0, (2, 3), NONE, 9), (0, (5, 6), NONE, 9), (1, (2, 3, 5, 6), NONE, 9))
    joined = join([FIRST, SECOND], given)
    assert [one.contents for one in joined] == [(FIRST,), (SECOND,)]
    assert all(one.cue is None and one.source is None for one in joined)


def test_no_content_is_no_attribution():
    assert join([SPEAKER, SAID], scores()) == []
