"""The index of quotations: words of a named speaker that another story printed before.

An utterance is of one story. An anniversary, a trial or a profile prints the same words again
months later; what finds them is an index of long quotations that never forgets. Only who is
known by a full name is indexed, only heavy words count, and where anything says that the words
were said on two occasions nothing is linked: a stock line is not a carriage.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations, starmap
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from onrecord.folding import fold
from onrecord.ids import ArticleId, StatementId, StoryId
from onrecord.link.days import published_day
from onrecord.link.wording import Wording, weigher
from onrecord.naming import name_of, plain
from onrecord.records import Article, Exemplar, Reprint, ReprintWording, Speaker, Statement
from onrecord.resources import Resources
from onrecord.spans import any_overlap

__all__ = ["compare_words", "exemplars_of", "reprints_of", "seeds_of"]

_LEAST_WORDS = 8
_LEAST_WEIGHT = 14.0
"""Lighter words may be a stock line, as `repeats` has it."""
_BREAK = "|"
_RUN = 3
_RARE = 4.0
"""A seed is a run of so many words, of such rarity, as in `seeds`."""
_WINDOW = 4
"""Of so many seeds in a row the rarest is kept: two quotations that share `_RUN + _WINDOW - 1`
words in a row share one (winnowing: Schleimer, Wilkerson and Aiken 2003)."""
_SHORTEST_RUN = 3
_COVER = 0.8
"""Share of the shorter wording that must stand in the other, in runs of so many words."""
_AROUND = 60
"""Characters before and after a quotation in which it may be said that the words came again."""
_DAY = len("2000-01-01")
_DAYS = ("second", "day", "month", "year")
_CONFIDENCE: Mapping[ReprintWording, float] = {
    "same": 0.95,
    "part": 0.95,
    "fuller": 0.9,
    "reworded": 0.85,
}
_UNTOLD = 0.5
"""Confidence where neither print tells a day or a place: it may be a line that is said often."""
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“[^”]{0,1000}”|\"[^\"]*\"")
_PLACE = re.compile(r"\b(?:[Aa]t|[Ii]n|[Nn]ear|[Oo]utside) ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)")


class _Printed(NamedTuple):
    """A quotation in one article."""

    day: str
    statement_id: StatementId
    article: Article
    statement: Statement


class _Match(NamedTuple):
    """An earlier or later wording, and what ours is to it."""

    other: Exemplar
    wording: ReprintWording


def exemplars_of(
    story_id: StoryId,
    articles: Mapping[ArticleId, Article],
    statements: Sequence[Statement],
    wordings: Mapping[StatementId, Wording],
    speakers: Sequence[Speaker],
    resources: Resources,
) -> tuple[Exemplar, ...]:
    """Return the long quotations of a story by speakers with full names, for the index.

    Only what was printed on a known day is taken: of the rest nobody can say what came first.
    """
    names = {row.id: name for row in speakers if (name := _full_name(row, resources))}
    groups: dict[tuple[str, str], list[_Printed]] = defaultdict(list)
    for row in statements:
        article = articles[row.article_id]
        who = [names.get(speaker, "") for speaker in row.speakers]
        if not all(who) or not who or not _is_quotation(row, article) or row.id not in wordings:
            continue
        words = _quoted_words(wordings[row.id])
        if _weighs_enough(words.split(), resources):
            day = (article.published or "")[:_DAY]
            groups["; ".join(sorted(who)), words].append(_Printed(day, row.id, article, row))
    return tuple(
        _exemplar(story_id, *key, sorted(groups[key], key=lambda row: row[:2]), resources)
        for key in sorted(groups)
    )


def _is_quotation(row: Statement, article: Article) -> bool:
    return (
        row.cue_class == "speech"
        and row.mode in ("direct", "mixed")
        and published_day(article.published) is not None
        and not any_overlap(row.content, article.hidden)
    )


def _exemplar(
    story_id: StoryId, who: str, words: str, rows: Sequence[_Printed], resources: Resources
) -> Exemplar:
    around = [_around(row) for row in rows]
    earliest, latest = None, rows[0].day
    for row in rows:
        said = row.statement.said
        if said is not None and said.start <= row.day:
            earliest = max(earliest or "", said.start)
            latest = min(latest, said.end)
    return Exemplar(
        story_id=story_id,
        who=who,
        words=words,
        seeds=tuple(seeds_of(who, words, resources)),
        statements=tuple(row.statement_id for row in rows),
        printed=tuple(row.day for row in rows),
        outlet=rows[0].article.outlet,
        earliest=earliest,
        latest=latest,
        places=tuple(sorted({word for text in around for word in _places(text, resources)})),
        again=any(
            not resources.words("again_words").isdisjoint(_WORD.findall(fold(text)))
            for text in around
        ),
    )


def _full_name(speaker: Speaker, resources: Resources) -> str | None:
    """Return the name of a person or body of two words or more, folded, or None.

    An initial between the first and the last name is left out: one outlet prints it, one not.
    """
    if speaker.kind not in ("person", "organisation"):
        return None
    if speaker.kind == "organisation":
        words = tuple(fold(speaker.name).split())
        return " ".join(words) if len(words) > 1 else None
    suffixes = resources.words("name_suffixes")
    name = name_of(speaker.name.split(), suffixes, resources.words("name_particles"))
    middle = [word for word in name.middle if len(word) > 1]
    full = len(name.words) > 1 and len(plain(name.given)) > 1
    return " ".join([name.given, *middle, name.family, name.suffix]).strip() if full else None


def _quoted_words(wording: Wording) -> str:
    """Return the words in quotation marks; a bar where they are not next to each other."""
    found: list[str] = []
    for number, key in enumerate(wording.keys):
        if wording.quoted[number] and not wording.bracketed[number]:
            if found and wording.opens[number] in ("quote", "dots"):
                found.append(_BREAK)
            found.append(key)
        elif found:
            found.append(_BREAK)
    return " ".join(key for at, key in enumerate(found) if key != _BREAK or found[at - 1] != _BREAK)


def _weighs_enough(words: Sequence[str], resources: Resources) -> bool:
    said = [key for key in words if key != _BREAK]
    weight = sum(map(weigher(resources), said))
    return len(said) >= _LEAST_WORDS and weight >= _LEAST_WEIGHT


def seeds_of(who: str, words: str, resources: Resources) -> Iterator[int]:
    """Yield the hash of each run of words that is the rarest of its neighbours, once."""
    kept, weigh = set[str](), weigher(resources)
    for part in words.split(f" {_BREAK}"):
        keys = part.split()
        weights = [*map(weigh, keys)]
        runs = [
            (sum(weights[at : at + _RUN]), " ".join(keys[at : at + _RUN]))
            for at in range(len(keys) - _RUN + 1)
        ]
        for at in range(max(1, len(runs) - _WINDOW + 1)):
            weight, run = max(runs[at : at + _WINDOW], default=(0.0, ""))
            if weight >= _RARE:
                kept.add(run)
    for run in sorted(kept):
        digest = hashlib.blake2b(f"{who}\n{run}".encode(), digest_size=8).digest()
        yield int.from_bytes(digest, "big") >> 1  # a store keeps whole numbers with a sign


def _around(row: _Printed) -> str:
    """Return the reporter's words before and after a quotation, within its paragraph."""
    text, content = row.article.text, row.statement.content
    start = max(text.rfind("\n", 0, content[0].start) + 1, content[0].start - _AROUND)
    end = text.find("\n", content[-1].end)
    stop = min(end if end >= 0 else len(text), content[-1].end + _AROUND)
    ends = [start, *chain.from_iterable(content), stop]
    around = " ".join(text[first:last] for first, last in zip(ends[::2], ends[1::2], strict=True))
    return _QUOTED.sub(" ", around)


def _places(around: str, resources: Resources) -> Iterator[str]:
    """Yield the words of names of places in *around*, folded; days and months are none."""
    for match in _PLACE.finditer(around):
        words = fold(match[1]).split()
        if words[0] not in _calendar(resources):
            yield from words


@cache
def _calendar(resources: Resources) -> frozenset[str]:
    return resources.words("calendar") | {fold(row[0]) for row in resources.tables["months"]}


def reprints_of(own: Exemplar, others: Sequence[Exemplar], resources: Resources) -> list[Reprint]:
    """Return the statements of *own* that carry words which another story printed before.

    Of *others*, which share a seed with it, those of its own story count too: what its own story
    printed first is not first printed elsewhere. Where anything tells that the words were said on
    two occasions, nothing is returned.
    """
    found = [
        _Match(other, wording)
        for other in others
        if other.who == own.who and (wording := compare_words(own, other, resources))
    ]
    earlier = [match for match in found if match.other.printed[0] < own.printed[0]]
    if not earlier or _is_repeated([own, *(match.other for match in found)]):
        return []
    first = min(earlier, key=_rank)
    if first.other.story_id == own.story_id:
        return []
    told = any(row.earliest or row.places for row in (own, first.other))
    sure = 1.0 if told else _UNTOLD
    return [
        Reprint(
            statement_id=statement_id,
            story_id=own.story_id,
            first=first.other.statements[0],
            first_story_id=first.other.story_id,
            outlet=first.other.outlet,
            published=first.other.printed[0],
            wording=first.wording,
            confidence=min(sure, _CONFIDENCE[first.wording]),
            method="index of quotations",
        )
        for statement_id in own.statements
    ]


def _rank(match: _Match) -> tuple[bool, str, StatementId]:
    """Return what puts first who printed all our words, then who printed them earliest."""
    holds = match.wording in ("same", "part")
    return not holds, match.other.printed[0], match.other.statements[0]


def _is_repeated(rows: Sequence[Exemplar]) -> bool:
    """Return whether the words of *rows* were said more than once, as far as is told.

    Told it is where no day is left on which all of them can have been said, where an article says
    that they came again, and where different places stand near them, unless one day is left.
    """
    earliest = max(row.earliest or "" for row in rows)
    latest = min(row.latest for row in rows)
    if earliest > latest or any(row.again for row in rows):
        return True
    told = [frozenset(row.places) for row in rows if row.places]
    return earliest < latest and any(starmap(frozenset.isdisjoint, combinations(told, 2)))


def compare_words(own: Exemplar, other: Exemplar, resources: Resources) -> ReprintWording | None:
    """Return what the words of *own* are to those of *other*; None where they are other words."""
    if own.words == other.words:
        return "same"
    ours, theirs = own.words.split(), other.words.split()
    kept: list[str] = []
    for step in LCSseq.opcodes(ours, theirs):
        if step.tag == "equal" and step.src_end - step.src_start >= _SHORTEST_RUN:
            kept += (key for key in ours[step.src_start : step.src_end] if key != _BREAK)
    sizes = [sum(key != _BREAK for key in words) for words in (ours, theirs)]
    if len(kept) < _COVER * min(sizes) or not _weighs_enough(kept, resources):
        return None
    if len(kept) < min(sizes):
        return "reworded"
    return "part" if sizes[0] <= sizes[1] else "fuller"
