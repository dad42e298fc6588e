"""Hold a compiled record of the demo pages beside the record that a person wrote of them.

Statements match one to one where their contents share at least half of their words, by
position. What the gold record marks `optional` counts neither for nor against.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

GOLD_FILE: Final = Path(__file__).with_name("gold.json")
MIN_SHARED: Final = 0.5
_WORD: Final = re.compile(r"\w+")
_TITLES: Final = frozenset(["mr", "mrs", "ms", "dr", "the", "cllr", "a", "an", "one"])

Row = Mapping[str, Any]
Span = tuple[int, int]


def load_gold() -> dict[str, Any]:
    """Return the hand-written record."""
    gold: dict[str, Any] = json.loads(GOLD_FILE.read_text(encoding="utf-8"))
    return gold


def find_wording(text: str, wording: str | Row) -> Span | None:
    """Return where *wording* stands; `{"text", "n"}` names the n-th place, counted from 1."""
    words, place = (wording, 1) if isinstance(wording, str) else (wording["text"], wording["n"])
    start = -1
    for _ in range(place):
        start = text.find(words, start + 1)
        if start < 0:
            return None
    return start, start + len(words)


def words_at(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Return the start offsets of the words inside *spans*."""
    return frozenset(
        start + match.start() for start, end in spans for match in _WORD.finditer(text[start:end])
    )


def overlap(ours: frozenset[int], theirs: frozenset[int]) -> float:
    """Return the Jaccard index of two sets of words, 0 where both are empty."""
    union = len(ours | theirs)
    return len(ours & theirs) / union if union else 0.0


def same_name(ours: str, theirs: str) -> bool:
    """Say whether two printed names agree: titles aside, one is the other or its family name."""
    left, right = (
        [word for word in _WORD.findall(name.casefold()) if word not in _TITLES]
        for name in (ours, theirs)
    )
    if not left or not right:
        return False
    short, long = sorted((left, right), key=len)
    return set(short) <= set(long)


def rate(hits: int, total: int) -> float:
    """Return a share, 1 where nothing was asked for."""
    return hits / total if total else 1.0


@dataclass(frozen=True)
class Score:
    """Precision and recall of one table, with what was missed and what was too much."""

    hits: int
    predicted: int
    wanted: int
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return rate(self.hits, self.predicted)

    @property
    def recall(self) -> float:
        return rate(self.hits, self.wanted)

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f} R {self.recall:.3f} ({self.hits} of {self.predicted} found, "
            f"{self.wanted} wanted)"
        )


@dataclass
class Comparison:
    """The gold record and the exported tables of one run, matched."""

    gold: Row
    tables: Mapping[str, Sequence[Row]]
    tier: str
    article: dict[str, Row] = field(init=False)
    """Gold id of an article → its exported row."""
    match: dict[str, Row] = field(init=False)
    """Gold id of a statement → the exported statement that matches it."""

    def __post_init__(self) -> None:
        by_file = {Path(row["locator"]).name: row for row in self.tables["articles"]}
        self.article = {
            item["id"]: by_file[item["file"]]
            for item in self.gold["articles"]
            if item["file"] in by_file
        }
        self.match = {}
        for item in self.article:
            self._match_article(item)

    @cached_property
    def statement(self) -> dict[str, Row]:
        """Gold id of a statement → its gold row."""
        return {row["id"]: row for row in self.gold["statements"]}

    @cached_property
    def person(self) -> dict[str, Row]:
        """Gold id of a speaker → its gold row."""
        return {row["id"]: row for row in self.gold["speakers"]}

    @cached_property
    def speaker(self) -> dict[str, Row]:
        """Exported id of a speaker → its exported row."""
        return {row["id"]: row for row in self.tables["speakers"]}

    @cached_property
    def gold_of(self) -> dict[str, str]:
        """Exported id of a matched statement → its gold id."""
        return {row["id"]: name for name, row in self.match.items()}

    @cached_property
    def carriage(self) -> dict[str, Row]:
        """Exported id of a statement → its carriage."""
        return {row["statement_id"]: row for row in self.tables["carriages"]}

    @cached_property
    def required(self) -> list[str]:
        """Gold ids of the statements that every annotator would want."""
        return [name for name, row in self.statement.items() if not row.get("optional")]

    def spoken(self, article: str) -> list[Row]:
        """Return the exported statements of a gold article, attitudes left out."""
        ours = self.article[article]["id"]
        return [
            row
            for row in self.tables["statements"]
            if row["article_id"] == ours and row["cue_class"] != "attitude"
        ]

    def content_words(self, name: str) -> frozenset[int]:
        """Return the words of a gold statement's content, by position in the article read."""
        row = self.statement[name]
        text = self.article[row["article"]]["text"]
        found = [find_wording(text, wording) for wording in row["content"]]
        return words_at(text, [span for span in found if span])

    def words(self, row: Row) -> frozenset[int]:
        """Return the words of an exported statement's content, by position in its article."""
        (text,) = (a["text"] for a in self.tables["articles"] if a["id"] == row["article_id"])
        return words_at(text, row["content"])

    def _match_article(self, article: str) -> None:
        text = self.article[article]["text"]
        names = [name for name, row in self.statement.items() if row["article"] == article]
        ours = {name: self.content_words(name) for name in names}
        theirs = [(row, words_at(text, row["content"])) for row in self.spoken(article)]
        pairs = sorted(
            (-overlap(ours[name], words), name, row["id"], place)
            for name in names
            for place, (row, words) in enumerate(theirs)
            if overlap(ours[name], words) >= MIN_SHARED
        )
        taken: set[int] = set()
        for _, name, _, place in pairs:
            if name not in self.match and place not in taken:
                self.match[name] = theirs[place][0]
                taken.add(place)

    # --- scores, table by table ---------------------------------------------------------------

    def statements(self) -> Score:
        """Score statements by content."""
        predicted = [row for item in self.article for row in self.spoken(item)]
        counted = [row for row in predicted if not self._open(row)]
        hits = [name for name in self.required if name in self.match]
        return Score(
            hits=len(hits),
            predicted=len(counted),
            wanted=len(self.required),
            missed=tuple(name for name in self.required if name not in self.match),
            extra=tuple(self._show(row) for row in counted if row["id"] not in self.gold_of),
        )

    def speakers(self) -> Score:
        """Score who speaks among the statements that match."""
        names = [
            name
            for name in self.required
            if name in self.match and not self.statement[name].get("who_open")
        ]
        wrong = tuple(f"{name}: {self.names(name)}" for name in names if not self.who(name))
        return Score(
            hits=len(names) - len(wrong), predicted=len(names), wanted=len(names), missed=wrong
        )

    def field(self, column: str) -> Score:
        """Score `act` or `mode` among the statements that match."""
        names = [name for name in self.required if name in self.match]
        wrong = tuple(
            f"{name}: {self.match[name][column]}"
            for name in names
            if self.match[name][column] not in self._allowed(name, column)
        )
        return Score(
            hits=len(names) - len(wrong), predicted=len(names), wanted=len(names), missed=wrong
        )

    def links(self) -> Score:
        """Score pairs of statements that carry one utterance."""
        wanted, free = self._gold_pairs()
        got = {
            frozenset((left, right))
            for row in self.tables["utterances"]
            for left in self._golds(row["statements"])
            for right in self._golds(row["statements"])
            if left < right
        }
        counted = got - free
        return Score(
            hits=len(wanted & counted),
            predicted=len(counted),
            wanted=len(wanted),
            missed=tuple(sorted("=".join(sorted(pair)) for pair in wanted - counted)),
            extra=tuple(sorted("=".join(sorted(pair)) for pair in counted - wanted)),
        )

    def responses(self) -> Score:
        """Score who answers what, where both ends lie in the utterances of the gold ends."""
        wanted = {self._ends(row) for row in self.gold["responses"] if not row.get("optional")}
        free = {self._ends(row) for row in self.gold["responses"] if row.get("optional")}
        got = {
            (self._group(row["from"]), self._group(row["to"])) for row in self.tables["responses"]
        }
        counted = {ends for ends in got if ends not in free and ends[0] != ends[1]}
        return Score(
            hits=len(wanted & counted),
            predicted=len(counted),
            wanted=len(wanted),
            missed=tuple(sorted(" → ".join(ends) for ends in wanted - counted)),
            extra=tuple(sorted(" → ".join(ends) for ends in counted - wanted)),
        )

    def carriages(self) -> Score:
        """Score the types of members whose fullest statement is the gold one."""
        hits, predicted, wanted, missed = 0, 0, 0, []
        fullest = {row["id"]: row["fullest"] for row in self.tables["utterances"]}
        base = {
            name: row["fullest"] for row in self.gold["utterances"] for name in row["statements"]
        }
        for row in self.gold["carriages"]:
            name = row["statement"]
            ours, full = self.match.get(name), self.match.get(base[name])
            if not ours or not full or fullest.get(ours["utterance_id"]) != full["id"]:
                continue
            types, got = set(row["types"]), set(self.types(name))
            hits, predicted = hits + len(types & got), predicted + len(got)
            wanted += len(types)
            if types != got:
                missed.append(f"{name}: {sorted(got)} for {sorted(types)}")
        return Score(hits=hits, predicted=predicted, wanted=wanted, missed=tuple(missed))

    # --- single facts ---------------------------------------------------------------------------

    def types(self, name: str) -> tuple[str, ...]:
        """Return the carriage types of a gold statement's match."""
        return tuple(self.carriage[self.match[name]["id"]]["types"])

    def together(self, *names: str) -> bool:
        """Say whether the matches of all *names* carry one utterance."""
        ids = {self.match[name]["utterance_id"] if name in self.match else None for name in names}
        return len(ids) == 1 and None not in ids

    def names(self, name: str) -> list[str]:
        """Return the names of the speakers of a gold statement's match."""
        return [self.speaker[key]["name"] for key in self.match[name]["speakers"]]

    def who(self, name: str) -> bool:
        """Say whether a matched statement has exactly the gold speakers."""
        wanted = [self.person[key] for key in self.statement[name]["speaker"]]
        got = [self.speaker[key] for key in self.match[name]["speakers"]]
        return all(any(is_person(person, row) for row in got) for person in wanted) and all(
            any(is_person(person, row) for person in wanted) for row in got
        )

    def _allowed(self, name: str, column: str) -> list[str]:
        value = self.statement[name][column]
        return [value] if isinstance(value, str) else value

    def _open(self, row: Row) -> bool:
        name = self.gold_of.get(row["id"])
        return name is not None and bool(self.statement[name].get("optional"))

    def _show(self, row: Row) -> str:
        file = next(k for k, item in self.article.items() if item["id"] == row["article_id"])
        return f"{file}: {row['text'][:90]!r} ({row['method']})"

    def _golds(self, ids: Iterable[str]) -> list[str]:
        return sorted(self.gold_of[key] for key in ids if key in self.gold_of)

    def _gold_pairs(self) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
        """Return the pairs that must be linked, and those that may be."""
        wanted, free = set(), set()
        for row in self.gold["utterances"]:
            members = [*row["statements"], *row["optional"]]
            for left in members:
                for right in members:
                    if left >= right:
                        continue
                    loose = {left, right} & set(row["optional"])
                    (free if loose else wanted).add(frozenset((left, right)))
        return wanted, free - wanted

    @cached_property
    def _utterance_of(self) -> dict[str, str]:
        return {name: row["id"] for row in self.gold["utterances"] for name in row["statements"]}

    def _ends(self, row: Row) -> tuple[str, str]:
        first, second = row["from"], row["to"]
        return self._utterance_of.get(first, first), self._utterance_of.get(second, second)

    def _group(self, statement_id: str) -> str:
        name = self.gold_of.get(statement_id, "?" + statement_id[:8])
        return self._utterance_of.get(name, name)


def is_person(person: Row, speaker: Row) -> bool:
    """Say whether an exported speaker is the gold one; unnamed people agree by printed words."""
    names = [person["name"], *person["names"]]
    if person["kind"] == "unnamed":
        printed = [speaker["name"], *speaker["names"]]
    elif speaker["kind"] == "unnamed":
        return False
    else:
        printed = [speaker["name"]]  # a mother and her son share the family name
    return any(same_name(ours, theirs) for ours in names for theirs in printed)
