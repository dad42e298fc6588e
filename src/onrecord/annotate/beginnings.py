"""Statements with their cue behind them begin where their sentence does.

"The port asked the guild to close the pier, the mayor said": the model may take "asked" for a cue
and give the mayor the rest, though all before the comma is the mayor's.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.found import Attribution, Parse
from onrecord.spans import Span, any_overlap

__all__ = ["with_beginnings"]

_BETWEEN = frozenset((",", '"', "”", "'", "’"))
"""What stands between the words of a statement and who said them."""
_OPENERS = frozenset(("and", "but", "or", "so", "still", "yet", ","))
"""Words of the outlet that tie a sentence to the one before."""
_RELAYS = frozenset(("reported", "reports"))
"""Behind these the outlet that is named has it from who is named last: they say what follows."""


def with_beginnings(found: Sequence[Attribution], parse: Parse) -> list[Attribution]:
    """Return *found* with clauses in front of their cue whole, up to the mark before them.

    A wish or a thought that the model read in what is added ("was expected") is part of that.
    """
    clauses = [_whole_clause(one, parse) for one in found]
    done = list(found)
    swallowed: set[int] = set()
    near = _by_sentence(found, parse) if any(clauses) else {}
    for place, clause in enumerate(clauses):
        if clause is None:
            continue
        added = Span(clause.start, found[place].content[0].start)
        others = near[_sentence(parse, clause.start)]
        beside = [at for at in others if at != place and any_overlap(_parts(found[at]), (added,))]
        if all(_is_thought_inside(found[at], clause) for at in beside):
            done[place] = replace(found[place], content=(clause,))
            swallowed.update(beside)
    return [one for place, one in enumerate(done) if place not in swallowed]


def _by_sentence(found: Sequence[Attribution], parse: Parse) -> dict[int, list[int]]:
    """Return which statements have a part in each sentence: a few to compare with, never all."""
    near: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        held = {
            number
            for span in _parts(one)
            for number in range(_sentence(parse, span.start), _sentence(parse, span.end - 1) + 1)
        }
        for number in sorted(held):
            near[number].append(place)
    return near


def _sentence(parse: Parse, character: int) -> int:
    return parse.sentence_of[bisect_right(parse.starts, character) - 1]


def _parts(one: Attribution) -> list[Span]:
    return [span for span in (one.source, one.cue, *one.content) if span]


def _whole_clause(one: Attribution, parse: Parse) -> Span | None:
    """Return the clause that a statement breaks into, if its cue stands right behind it."""
    if one.mode == "direct" or one.cue_class != "speech" or len(one.content) > 1:
        return None
    if one.source is None or one.cue is None:
        return None
    (content,) = one.content
    first = bisect_left(parse.starts, content.start)
    last = bisect_left(parse.starts, content.end)
    behind = bisect_left(parse.starts, min(one.source.start, one.cue.start))
    sentence = parse.sentence_of[first]
    begin = parse.sentences[sentence].first
    while begin < first and parse.lowers[begin] in _OPENERS:
        begin += 1
    if begin >= first or behind < last or parse.sentence_of[last - 1] != sentence:
        return None
    between = parse.words[min(last, behind - 1) : behind]
    if not _BETWEEN.issuperset(between) or not _goes_on(parse, first - 1):
        return None
    # In "and laid the blame on the port: “It slept,” he said" only what follows the colon is his.
    if ":" in parse.words[first:last]:
        return None
    return Span(parse.starts[begin], content.end)


def _goes_on(parse: Parse, token: int) -> bool:
    """Return whether the words behind a token cannot stand without it."""
    return parse.words[token].isalpha() and parse.lowers[token] not in _RELAYS


def _is_thought_inside(one: Attribution, clause: Span) -> bool:
    return one.cue_class == "attitude" and all(clause.covers(span) for span in _parts(one))
