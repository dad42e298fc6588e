"""How likely an attribution of the model is right: a calibrated probability.

A logistic regression over what the model itself was sure of, fitted on articles that it was
not trained on (Platt 1999); `docs/models.md` shows how well it is calibrated.
"""

from math import exp, log

import numpy as np

from onrecord.annotate.joining import Joined
from onrecord.annotate.tagger import Floats, Ints, Scores

__all__ = ["confidence", "evidence"]

_LEAST = 1e-3


def evidence(joined: Joined, tags: Ints, scores: Scores) -> tuple[float, ...]:
    """Return what speaks for an attribution: logarithms of probabilities, 0 is certain.

    Its cue, its source, its words as a whole, its weakest word, its borders.
    """
    words: list[float] = []
    borders: list[float] = []
    for content in joined.contents:
        part = scores.tags[content.first : content.last]
        sure = _probability(part, tags[content.first : content.last])
        words += sure.tolist()
        borders += [float(sure[0]), float(sure[-1])]
        if content.last < len(tags):
            after = slice(content.last, content.last + 1)
            borders.append(float(_probability(scores.tags[after], tags[after])[0]))
    return (
        log(max(joined.cue_share, _LEAST)),
        log(max(joined.source_share, _LEAST)),
        sum(log(max(word, _LEAST)) for word in words) / len(words),
        log(max(min(words), _LEAST)),
        log(max(min(borders), _LEAST)),
    )


def confidence(given: tuple[float, ...], weights: tuple[float, ...]) -> float:
    """Return the probability that an attribution with the evidence *given* is right.

    *weights* begins with the constant.

    >>> confidence((0.0, -1.0), (1.0, 2.0, 1.0))
    0.5
    """
    score = weights[0] + sum(w * g for w, g in zip(weights[1:], given, strict=True))
    return 1 / (1 + exp(-score))


def _probability(scores: Floats, tags: Ints) -> Floats:
    """Return the probability of each of *tags* by its own word alone; shape [W]."""
    weight = np.exp(scores - scores.max(1, keepdims=True))
    chosen: Floats = weight[np.arange(len(tags)), tags] / weight.sum(1)
    return chosen
