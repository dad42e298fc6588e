"""Whose words they are where a verb of saying has no subject of its own.

"Ruiz was fined in May, and told the court that ..." shares its subject with the verb before it;
"were indicted on charges of ..." leaves a grand jury out. Only plain sentences are read: where
another subject may stand between, nobody is chosen.
"""

from bisect import bisect_left

from onrecord.annotate.found import Parse
from onrecord.annotate.parts import Part, SourceReader
from onrecord.annotate.roles import singular
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.records import Statement

__all__ = ["Subjects"]

_LONGEST = 12
"""Tokens of a subject before its verb."""
_PASSIVE = 5
"""Tokens between "was" and its participle."""
_DASHES = frozenset("-–—;:")
_BETWEEN = 6
"""Tokens between "was" and "indicted", and between "the indictment released by" and a name."""


class Subjects:
    """Reads the sentences of one article."""

    __slots__ = ("_parse", "_quoted", "_reader", "_vocabulary", "_words")

    def __init__(
        self,
        parse: Parse,
        reader: SourceReader,
        quoted: frozenset[int],
        vocabulary: Vocabulary,
    ) -> None:
        self._parse = parse
        self._reader = reader
        self._quoted = quoted
        self._vocabulary = vocabulary
        self._words = vocabulary.classes

    def is_misplaced(self, statement: Statement) -> bool:
        """Return whether a source stands after content that its cue precedes.

        "Farrow praised him, and said the work was "in contrast to the last chairman," Lund": the
        name behind the quotation is nobody's who said it.
        """
        source, cue = statement.source, statement.cue
        if source is None or cue is None:
            return False
        order = cue.end <= statement.content[0].start and statement.content[-1].end <= source.start
        return order and self._conjunction(bisect_left(self._parse.starts, cue.start)) is not None

    def shared(self, statement: Statement) -> list[Part]:
        """Return the parts of the subject that a cue shares with the verbs before it."""
        if statement.cue is None:
            return []
        starts = self._parse.starts
        verb = bisect_left(starts, statement.cue.start)
        if verb >= len(starts) or verb in self._quoted:
            return []
        joint = self._conjunction(verb)
        if joint is None or not self._is_active(verb, bisect_left(starts, statement.cue.end)):
            return []
        first = self._parse.sentences[self._parse.sentence_of[verb]].first
        if self._parse.lowers[first] in self._words["joining"]:
            first += 1
        end = self._end_of_subject(first, joint)
        if end is None or self._has_other_subject(end, joint):
            return []
        parts = self._reader.read(first, end)
        if self._parse.words[joint] == "," and any(
            part.kind == "nominal" and part.modifier is None for part in parts
        ):
            return []  # "the site was closed, raising questions"
        return parts if all(map(self._can_speak, parts)) else []

    def is_indicted(self, statement: Statement) -> bool:
        """Return whether a cue says that somebody "was indicted", but not by whom."""
        cue = statement.cue
        if cue is None:
            return False
        starts, lowers = self._parse.starts, self._parse.lowers
        first, last = bisect_left(starts, cue.start), bisect_left(starts, cue.end)
        for token in range(first, last):
            if lowers[token] == "indicted":
                before = {*lowers[max(0, token - 2) : token]}
                after = lowers[token + 1 : token + 1 + _BETWEEN]
                return bool(before & self._words["being"]) and "by" not in after
        return False

    def _is_active(self, verb: int, last: int) -> bool:
        """Return whether a cue is a verb whose subject says something: "told", not "was told"."""
        lowers = self._parse.lowers
        while verb < last - 1 and lowers[verb] in self._words["before_verb"]:
            verb += 1
        form = lowers[verb].endswith(("ed", "ing")) or self._is_finite(verb)
        return form and not {"it", *self._words["being"]} & {*lowers[verb:last]}

    def _can_speak(self, part: Part) -> bool:
        """Return whether a part is somebody: a name but of a place, "he", a known noun."""
        if part.kind == "name":
            return part.name is not None and part.name.kind in ("person", "organisation")
        if part.kind == "pronoun":
            return part.head in self._words["person_subject"]
        known, noun = self._vocabulary, singular(part.head, self._vocabulary)
        if part.head in self._words["partitive"]:
            return False
        return noun in known.role_nouns or part.head in known.groups or part.head in known.bodies

    def _conjunction(self, verb: int) -> int | None:
        """Return the "and" or comma by which the cue at *verb* is joined to what is before it."""
        lowers = self._parse.lowers
        first = self._parse.sentences[self._parse.sentence_of[verb]].first
        token = verb - 1
        while token > first and (
            lowers[token].endswith("ly") or lowers[token] in self._words["before_verb"]
        ):
            token -= 1
        if token <= first or token in self._quoted:
            return None
        participle = lowers[verb].endswith("ing") and lowers[token] == ","
        return token if participle or lowers[token] in self._words["joining"] else None

    def _end_of_subject(self, first: int, joint: int) -> int | None:
        """Return the token after the subject that opens a sentence: a verb or a comma."""
        lowers = self._parse.lowers
        token = first
        while token < min(joint, first + _LONGEST):
            if token in self._quoted:
                return None
            name = self._reader.name_at(token)
            if name is not None and not name.possessive:
                token = name.last
                continue
            ends = self._is_finite(token) or lowers[token].endswith("ed") or lowers[token] == ","
            if token > first and ends:
                return token
            token += 1
        return None

    def _is_finite(self, token: int) -> bool:
        lower = self._parse.lowers[token]
        return lower in self._vocabulary.verbs or lower in self._words["finite"]

    def _has_other_subject(self, first: int, last: int) -> bool:
        """Return whether a verb may have a subject of its own between two tokens."""
        return any(
            token not in self._quoted and (self._opens_clause(token) or self._is_next(token, first))
            for token in range(first + 1, last)
        )

    def _opens_clause(self, token: int) -> bool:
        lower = self._parse.lowers[token]
        if lower == "as":  # "as Ruiz left", but "known as an actor"
            return self._reader.name_at(token + 1) is not None
        return lower in self._words["clause_start"] or lower in _DASHES

    def _is_next(self, token: int, first: int) -> bool:
        """Return whether a finite verb stands right behind a noun: its subject perhaps."""
        lowers = self._parse.lowers
        before = lowers[token - 1]
        if not self._is_finite(token) or token - 1 == first or self._is_finite(token - 1):
            return False
        if self._words["being"] & {*lowers[max(first, token - _PASSIVE) : token]}:
            return False  # "was for a time considered"
        return not before.endswith("ly") and before not in (*self._words["joining"], ",", "to")
