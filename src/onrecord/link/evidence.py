"""How likely it is that two statements carry the same utterance.

The evidence is what the two wordings share, weighed by rarity in the language and in the
story; runs of words in a row, above all within quotation marks; the act, the cue, numbers; what the
paragraphs around them share; and whether a better partner stands in the same article.
A logistic score with few weights, fitted on hand-linked stories
(`training/alignment_weights.py`), turns it into a probability.
"""

import math
import operator
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from onrecord.link.wording import Wording, function_words, is_number, stem, weigher
from onrecord.link.words import word_list
from onrecord.records import Statement
from onrecord.resources import Resources

__all__ = [
    "FEATURES",
    "Evidence",
    "Reading",
    "Said",
    "compare",
    "margins",
    "probability",
    "said_words",
]

FEATURES = (
    "shared",
    "cover",
    "alike",
    "covered words",
    "run",
    "quoted run",
    "rarest",
    "both quoted yet apart",
    "same act",
    "same cue",
    "same article",
    "same number",
    "other number",
    "words",
    "around",
    "ahead of best rival",
    "ahead of better side's rival",
)
"""Names of the features: the values of `compare`, then those of `margins`."""

_CONCEPT_WEIGHT = 3.5
"""Weight of a phrase that stands for a concept, whatever its words weigh."""
_FUNCTION_WEIGHT = 0.4
"""Weight in a run of a word that is no content word."""
_LOCAL_BASE = 0.5
_LOCAL_SLOPE = 1.3
_LOCAL_SMOOTHING = 20
"""Added to the statements of a story: in a story of three, sharing a name still means something."""
_COUNTED_REACH, _COUNTED = 4, 2
"""Words behind a small number in which what it counts is looked for ("two of the crews"), and how
many content words of these may be it: "two remaining crews"."""
_QUOTED = ("direct", "embedded", "mixed")


class Reading(NamedTuple):
    """A statement, its wording, its cue, and the paragraphs that it stands in."""

    statement: Statement
    wording: Wording
    cue: str = ""
    around: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as compared: its words, and what weight each content word has here."""

    statement: Statement
    wording: Wording
    content: Mapping[str, float]
    """Content words by stem or concept, with their weights."""
    total: float
    run_weights: tuple[float, ...]
    """The weight of each word of the wording in a run."""
    numbers: frozenset[str]
    cue: frozenset[str]
    around: Mapping[str, float]
    """Content words of the paragraphs around it by stem, weighted; the squares add up to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two statements share: `values` are the features, in the order of `FEATURES`."""

    run: float
    """Weight of the heaviest common run of words."""
    run_words: int
    quoted: float
    quoted_words: int
    """Weight and length of the heaviest run that both have in quotation marks."""
    cover: float
    """Share of the slighter statement's weight that the other holds too."""
    strength: float
    """One number to compare rivals by."""
    values: tuple[float, ...]


@cache
def _concepts(resources: Resources) -> dict[tuple[str, ...], str]:
    """Return the concept of each stem or run of stems."""
    return {
        tuple(stem(part) for part in word.split("_")): f"={row[0]}"
        for row in resources.tables["concepts"]
        for word in row[1].split()
    }


@cache
def _openers(resources: Resources) -> frozenset[str]:
    """Return the stems that phrases for concepts start with."""
    return frozenset(stems[0] for stems in _concepts(resources) if len(stems) > 1)


def _content_keys(keys: Sequence[str], resources: Resources) -> Iterator[tuple[int, str, float]]:
    """Yield the number, the stem or concept, and the weight of each content word."""
    concepts, openers = _concepts(resources), _openers(resources)
    functions, weigh = function_words(resources), weigher(resources)
    stems = [*map(stem, keys)]
    last = len(stems) - 2
    after = 0
    for number, key in enumerate(keys):
        if number < after:
            continue
        phrase = 0
        if stems[number] in openers or number >= last:  # a word at the end counts as a phrase
            sizes = (size for size in (3, 2) if tuple(stems[number : number + size]) in concepts)
            phrase = next(sizes, 0)
        if phrase:
            yield number, concepts[tuple(stems[number : number + phrase])], _CONCEPT_WEIGHT
            after = number + phrase
        elif len(key) > 1 and key not in functions:
            name = concepts.get((stems[number],), stems[number])
            yield number, name, weigh(key.removesuffix("'s"))


def said_words(readings: Sequence[Reading], resources: Resources) -> list[Said]:
    """Return the statements of one story, ready to compare.

    A word that many statements of the story hold weighs less than one that two hold.
    """
    functions = function_words(resources)
    contents = []
    for reading in readings:
        content: dict[str, float] = {}
        places: dict[int, str] = {}
        for number, name, weight in _content_keys(reading.wording.keys, resources):
            content[name] = max(content.get(name, 0.0), weight)
            places[number] = name
        contents.append((content, places))
    local = _local_weights([content for content, _ in contents])
    rows = []
    surroundings = _surroundings([reading.around for reading in readings], resources)
    for reading, (content, places), around in zip(readings, contents, surroundings, strict=True):
        weights = _limited(content, local)
        rows.append(
            Said(
                statement=reading.statement,
                wording=reading.wording,
                content=weights,
                total=sum(weights.values()),
                run_weights=tuple(
                    [
                        weights[places[number]] if number in places else _FUNCTION_WEIGHT
                        for number in range(len(reading.wording))
                    ]
                ),
                numbers=frozenset(_numbers(reading.wording.keys, places)),
                cue=frozenset(
                    stem(word) for word in reading.cue.lower().split() if word not in functions
                ),
                around=around,
            )
        )
    return rows


def _numbers(keys: Sequence[str], places: Mapping[int, str]) -> Iterator[str]:
    """Yield the numbers of a wording, small ones with what they count.

    "a two-year inquiry" and "two crews" have no number in common; a large one is telling alone.
    """
    for number, key in enumerate(keys):
        if not is_number(key):
            continue
        if len(key) > 1:
            yield key
            continue
        behind = range(number + 1, number + 1 + _COUNTED_REACH)
        counted = [places[at] for at in behind if at in places]
        yield from (f"{key} {name}" for name in counted[:_COUNTED])


def _local_weights(contents: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the most that each word can weigh in this story."""
    holders = Counter(chain.from_iterable(contents))
    total = len(contents) + _LOCAL_SMOOTHING
    return {
        name: _LOCAL_BASE + _LOCAL_SLOPE * math.log(total / count)
        for name, count in holders.items()
    }


def _limited(bag: Mapping[str, float], most: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of *bag*, none of them above what *most* allows."""
    return {name: min(weight, most[name]) for name, weight in bag.items()}


def _surroundings(texts: Sequence[str], resources: Resources) -> list[dict[str, float]]:
    """Return the weighted words of each text; equal texts are read once."""
    # Neighbours share paragraphs: each is read once, and each word of the story looked up once.
    lines = {text: text.split("\n") for text in dict.fromkeys(texts)}
    words = {line: word_list(line) for line in dict.fromkeys(chain.from_iterable(lines.values()))}
    functions, weigh = function_words(resources), weigher(resources)
    known = {
        word: (stem(word), weigh(word))
        for word in frozenset().union(*words.values())
        if len(word) > 1 and word not in functions
    }
    read = {
        line: dict([known[word] for word in listed if word in known])
        for line, listed in words.items()
    }
    bags: dict[str, dict[str, float]] = {}
    for text, parts in lines.items():
        bags[text] = {}
        for line in parts:
            bags[text] |= read[line]
    local = _local_weights([bags[text] for text in texts])
    for text, bag in bags.items():
        weights = _limited(bag, local)
        norm = math.sqrt(sum([weight * weight for weight in weights.values()])) or 1.0
        bags[text] = {name: weight / norm for name, weight in weights.items()}
    return [bags[text] for text in texts]


def shared_weight(left: Said, right: Said) -> float:
    """Return the weight of the content words that both hold."""
    if len(right.content) < len(left.content):
        left, right = right, left
    theirs = right.content
    return sum(min(weight, theirs[name]) for name, weight in left.content.items() if name in theirs)


def _likeness(ours: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Return the cosine of two bags of words."""
    return sum(weight * theirs[name] for name, weight in ours.items() if name in theirs)


class Runs(NamedTuple):
    """The heaviest common runs of words of two wordings."""

    weight: float
    words: int
    """Of the longest run, quoted or not."""
    quoted: float
    quoted_words: int
    """Weight and length of the heaviest run that stands in marks on both sides."""


def common_runs(left: Said, right: Said) -> Runs:
    """Return what the two have in a row."""
    ours, theirs = left.wording, right.wording
    at: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(theirs.keys):
        at[key].append(number)
    nothing = (0.0, 0, 0.0, 0)
    heaviest, longest, quoted, quoted_words = nothing
    before: dict[int, tuple[float, int, float, int]] = {}
    for number, key in enumerate(ours.keys):
        here: dict[int, tuple[float, int, float, int]] = {}
        weight = left.run_weights[number]
        for other in at.get(key, ()):
            run, size, inside, inside_size = before.get(other - 1, nothing)
            run, size = run + weight, size + 1
            if ours.quoted[number] and theirs.quoted[other]:
                inside, inside_size = inside + weight, inside_size + 1
            else:
                inside, inside_size = 0.0, 0
            here[other] = (run, size, inside, inside_size)
            heaviest, longest = max(heaviest, run), max(longest, size)
            if inside > quoted:
                quoted, quoted_words = inside, inside_size
        before = here
    return Runs(heaviest, longest, quoted, quoted_words)


def compare(left: Said, right: Said) -> Evidence:
    """Return what speaks for one utterance behind two statements."""
    shared = shared_weight(left, right)
    least = min(left.total, right.total)
    cover = shared / least if least else 0.0
    run, length, quoted, quoted_words = common_runs(left, right)
    one, two = left.statement, right.statement
    both_quoted = one.mode in _QUOTED and two.mode in _QUOTED
    top = max(
        (
            min(weight, right.content[name])
            for name, weight in left.content.items()
            if name in right.content
        ),
        default=0.0,
    )
    return Evidence(
        run=run,
        run_words=length,
        quoted=quoted,
        quoted_words=quoted_words,
        cover=cover,
        strength=shared * (0.3 + cover) + min(quoted, 12.0),
        values=(
            math.sqrt(shared),
            cover,
            2 * shared / (left.total + right.total) if least else 0.0,
            cover * min(least, 12.0) / 12.0,
            min(run, 25.0) / 5.0,
            min(quoted, 12.0) / 3.0,
            top / 3.0,
            1.0 - cover if both_quoted else 0.0,
            float(one.act == two.act),
            float(bool(left.cue & right.cue)),
            float(one.article_id == two.article_id),
            float(bool(left.numbers & right.numbers)),
            float(bool(left.numbers and right.numbers) and not left.numbers & right.numbers),
            math.log1p(least),
            _likeness(left.around, right.around),
        ),
    )


def margins(
    pairs: Sequence[tuple[int, int]], evidence: Sequence[Evidence], said: Sequence[Said]
) -> list[tuple[float, float]]:
    """Return how far each pair is ahead of its rivals: of the best, and of the better side's.

    A rival of a pair puts another statement of the same article in the place of one of the two.
    """
    best: dict[tuple[int, str], tuple[float, float]] = {}
    sides = [
        ((left, said[right].statement.article_id), (right, said[left].statement.article_id))
        for left, right in pairs
    ]
    for row, keys in zip(evidence, sides, strict=True):
        for key in keys:
            first, second = best.get(key, (0.0, 0.0))
            if row.strength > first:
                best[key] = (row.strength, first)
            elif row.strength > second:
                best[key] = (first, row.strength)
    found = []
    for row, keys in zip(evidence, sides, strict=True):
        ranks = [best.get(key, (0.0, 0.0)) for key in keys]
        rivals = [second if row.strength == first else first for first, second in ranks]
        found.append(((row.strength - max(rivals)) / 5.0, (row.strength - min(rivals)) / 5.0))
    return found


def probability(values: Sequence[float], doubt: float, resources: Resources) -> float:
    """Return the probability that a pair with these features is one utterance.

    *doubt* is taken from the log-odds: of the speakers less is known than a name.
    """
    weights, constant = _weights(resources)
    total = constant - doubt + sum(map(operator.mul, weights, values))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _weights(resources: Resources) -> tuple[tuple[float, ...], float]:
    table = {row[0]: float(row[1]) for row in resources.tables["alignment_weights"]}
    return tuple(table[name] for name in FEATURES), table["constant"]
