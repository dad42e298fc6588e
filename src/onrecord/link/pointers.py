"""What the words of a reply point at: whose words, which kind of charge, what was just said."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from onrecord.ids import SpeakerId
from onrecord.link.named import Calls, Mentions, named_in
from onrecord.link.words import terms
from onrecord.records import Speaker, Statement
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = [
    "also_said",
    "asked",
    "brings_cases",
    "case_is_subject",
    "contrasts",
    "deeds_named",
    "deeds_refused",
    "defends",
    "despite",
    "owned_words",
    "reply_words",
    "spoken_back",
    "words_of_others",
]

_SENTENCE_END = re.compile(r"[.!?][\"'”’]? ")
_OPENING = 3
"""Words of a sentence in which its subject stands ("Today's charges include ...")."""
_NAMED_WITHIN = 60
"""Characters of a content in which is said whose words it is about: further on it is an aside."""
_CUE_NEAR = 80
"""Characters between a cue and its content in which that may stand too."""
_OWNING = re.compile(r"['’]|\b(?:his|her|its|their)\b", re.IGNORECASE)
_OWNER = re.compile(
    r"(?:(?<=\b[Hh]is)|(?<=\b[Hh]er)|(?<=\b[Ii]ts)|(?<=\b[Tt]heir)|['’]s?)"
    r"[\"'“”‘’ ]{1,4}((?:[\w’'-]{1,40}[\"'”’]{0,3} ){0,2}[\w’'-]{1,40})"
)
"""After the name of an owner: up to three words, the noun for what was said among them."""
_ALSO = re.compile(r"\balso\b")
_HIS = re.compile(
    r"(?:[\w’'-]{1,20} ){0,2}\b(?:[Hh]is|[Hh]er) ((?:[\w’'-]{1,40} ){0,2}[\w’'-]{1,40})"
)
_DEFENDING = re.compile(
    r"\bdefend\w{0,3} (?:him|her|it|them)sel"
    r"|\bin response to (?:(?:his|her|its|their|the) )?(?:accus|attack|charges|critic)",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’]s? ((?:[\w’'-]{1,40} )?[\w’'-]{1,40})")
_TO = re.compile(r"\bto\b")
_TO_FOLLOWS = re.compile(r" (?:\w+ly )?to\b")
_BUT = re.compile(r"\b(?:although|but|however|though|yet)\b[^.!?\n]{0,40}$", re.IGNORECASE)
_DESPITE = re.compile(r"\b(?:[Dd]espite|[Ii]n spite of)(?: [\w’'-]{1,20}){0,3} ?$")
_ELSE = re.compile(r"n['’]t\b|\bnot\b|\balso\b")
_IN_RESPONSE = re.compile(r"(?:In response|In reply|In turn),")
_REFUSAL = re.compile(
    r"\b(?:not|no|never|nor|refus\w{1,4}|reject\w{0,3}|declin\w{1,3}|resist\w{0,3})\b|n['’]t\b",
    re.IGNORECASE,
)
_VOW = re.compile(r"\b(?:vow|insist|pledg|promis|plan|intend|determin)\w{0,5}\b", re.IGNORECASE)
_REFUSED_WITHIN = 60
"""Characters between a word of refusal and what is refused."""
_ASKING = re.compile(r"(?:ask|inquir|press|question|quizz)(?:e?d|ing|es|s)?\b", re.IGNORECASE)
_PUT = re.compile(r", (?:when |who was |who were )?(?:asked|pressed|questioned|quizzed)$")
"""After a source: the question is put to that source ("Roe, asked whether ...")."""
_LEAD = 100
"""Characters before a statement in which its sentence may open with "In response, "."""


@cache
def reply_words(resources: Resources) -> dict[str, str]:
    """Return words that show what a reply is about, and how."""
    return {row[0]: row[1] for row in resources.tables["reply_words"]}


def words_of_others(
    statement: Statement, text: str, mentions: Mentions, calls: Calls, resources: Resources
) -> tuple[tuple[SpeakerId, str], ...]:
    """Return whose words are spoken of, and of what kind they are: "said" or "asked".

    "rejected Quill's claim that ..." is about words of Quill.
    """
    kinds = reply_words(resources)
    first = statement.content[0]
    span = Span(first.start, min(first.end, first.start + _NAMED_WITHIN))
    if statement.cue and statement.cue.end <= first.start <= statement.cue.end + _CUE_NEAR:
        span = Span(statement.cue.start, span.end)
    if not _OWNING.search(text, *span):
        return ()
    found: set[tuple[SpeakerId, str]] = set()
    for place, who in named_in(text, (span,), mentions, calls):
        after = _OWNER.match(text, place.end)
        nouns = [kinds[word] for word in terms(after.group(1)) if word in kinds] if after else []
        found.update((who, kind) for kind in nouns[:1] if kind in ("said", "asked"))
    return tuple(sorted(found))


def owned_words(statement: Statement, text: str, resources: Resources) -> str:
    """Return the kind of words of an unnamed owner that are spoken of ("praised his decision")."""
    first = statement.content[0]
    start, cue = first.start, statement.cue
    if cue and cue.end <= first.start <= cue.end + _CUE_NEAR:
        start = cue.end + 1
    found = _HIS.match(text, start, first.end)
    kinds = reply_words(resources)
    nouns = [kinds[word] for word in terms(found.group(1)) if word in kinds] if found else []
    return next((kind for kind in nouns if kind in ("announced", "asked", "said")), "")


def also_said(statement: Statement, text: str) -> bool:
    """Return whether it is said, wanted or done besides what others did ("also called for")."""
    cue = statement.cue
    return cue is not None and bool(_ALSO.search(_between(statement, text) + cue.of(text)))


def defends(statement: Statement, text: str, start: int) -> bool:
    """Return whether a statement is given as an answer to attacks ("defended himself, saying").

    *start* is where the statement starts.
    """
    said = text[start : max(start, statement.content[0].start)]
    return bool(_DEFENDING.search(said))


def spoken_back(statement: Statement, text: str, start: int, resources: Resources) -> str:
    """Return "back" for what is said to answer what was just said, "same" for what joins it.

    The cue says so ("countered", "shot back"), or the sentence opens with "In response, ", or
    what is disputed is but "that argument". "responded to the attacks" names what it answers,
    which need not be what was just said; who "also pushed back" answers what others did before.
    *start* is where the statement starts.
    """
    if statement.cue is None or statement.negated or statement.act == "declines":
        return ""
    cue = _between(statement, text) + statement.cue.of(text)
    elsewhere = _TO.search(cue) or _ELSE.search(cue) or _TO_FOLLOWS.match(text, statement.cue.end)
    # "rebutted the mayor's attacks" may be about words that stand elsewhere
    if elsewhere or _has_owner(statement, text, resources):
        return ""
    kinds = reply_words(resources)
    words = terms(cue)
    found = [kinds[word] for word in _with_pairs(words) if kinds.get(word) in ("back", "joins")]
    if "back" in found:
        return "back"
    if _is_what_was_said(statement, text, resources):
        if found:
            return "same"
        if statement.act in ("accuses", "denies", "disputes"):
            return "back"
    lead = _SENTENCE_END.split(text[max(0, start - _LEAD) : start].rsplit("\n", 1)[-1])[-1]
    return "back" if _IN_RESPONSE.match(lead) else ""


def asked(statement: Statement, text: str, resources: Resources) -> str:
    """Return "asks" for what a cue of asking brings, "put" where its source is who was asked.

    "Roe, asked whether the quay was safe, said ..." is a question put to Roe. What somebody would
    not say ("did not say whether") is "open".
    """
    source, cue = statement.source, statement.cue
    if statement.act == "declines":
        opening = terms(statement.text)[:1]
        return "open" if not resources.words("question_words").isdisjoint(opening) else ""
    if cue is None or not _ASKING.match(text, cue.start, cue.end):
        return ""
    put = source is not None and _PUT.match(text, source.end, cue.end)
    return "put" if put else "asks"


def contrasts(text: str, start: int) -> bool:
    """Return whether what starts there is set against what comes before it (", but two clerks")."""
    return bool(_BUT.search(text, max(0, start - _CUE_NEAR), start))


def despite(text: str, said: Span) -> Span | None:
    """Return the sentence in which something is done despite what is said there, or its end.

    *said* is the whole statement ("despite claims from Quill that ...").
    """
    if not _DESPITE.search(text, max(0, said.start - _CUE_NEAR), said.start):
        return None
    line = text.find("\n", said.end)
    last = line if line >= 0 else len(text)
    ends = _SENTENCE_END.search(text, said.end, min(last, said.end + _LEAD))
    lead = _SENTENCE_END.split(text[max(0, said.start - _LEAD) : said.start].rsplit("\n", 1)[-1])
    return Span(said.start - len(lead[-1]), ends.start() if ends else last)


def _has_owner(statement: Statement, text: str, resources: Resources) -> bool:
    """Return whether a reply is about words of a named or described owner."""
    first = statement.content[0]
    kinds = reply_words(resources)
    return any(
        kinds.get(word) in ("asked", "said")
        for owner in _OWNED.finditer(text, first.start, min(first.end, first.start + _NAMED_WITHIN))
        for word in terms(owner.group(1))
    )


def _between(statement: Statement, text: str) -> str:
    """Return what stands between source and cue ("Roe shot back, saying")."""
    source, cue = statement.source, statement.cue
    if source is None or cue is None or not source.end <= cue.start <= source.end + _CUE_NEAR:
        return ""
    return text[source.end : cue.start]


def _is_what_was_said(statement: Statement, text: str, resources: Resources) -> bool:
    """Return whether a content is but a noun for words that were just said ("that sentiment")."""
    kinds = reply_words(resources)
    words = terms(statement.content[0].of(text))
    opening = resources.words("pointing_words")
    if not 1 < len(words) <= _OPENING or words[0] not in opening:
        return False
    return kinds.get(words[-1]) in ("said", "asked")


def deeds_named(statement: Statement, text: str, resources: Resources) -> frozenset[str]:
    """Return the deeds that may be demanded which a statement speaks of ("to step down": go)."""
    deeds = _deeds(resources)
    words = [word for span in statement.content for word in _with_pairs(terms(span.of(text)))]
    return frozenset(deeds[word] for word in words if word in deeds)


def deeds_refused(statement: Statement, text: str, resources: Resources) -> frozenset[str]:
    """Return the deeds that a statement refuses: "would not step down", "vowed to stay"."""
    named = deeds_named(statement, text, resources)
    if not named or statement.act == "asks":
        return frozenset()
    first = statement.content[0]
    start = first.start
    if statement.cue and statement.cue.end <= start <= statement.cue.end + _CUE_NEAR:
        start = statement.cue.start
    said = text[start : statement.content[-1].end]
    refused = {
        deed
        for match in _REFUSAL.finditer(said)
        for deed in _deeds_in(said[match.end() : match.end() + _REFUSED_WITHIN], resources)
    } - {"stay"}
    if "stay" in named and _VOW.search(said):
        refused.add("go")
    return frozenset(refused)


@cache
def _deeds(resources: Resources) -> dict[str, str]:
    return {row[0]: row[1] for row in resources.tables["demanded_deeds"]}


def _deeds_in(said: str, resources: Resources) -> set[str]:
    deeds = _deeds(resources)
    sentence = _SENTENCE_END.split(said)[0]
    return {deeds[word] for word in _with_pairs(terms(sentence)) if word in deeds}


def brings_cases(
    statement: Statement, text: str, speakers: Sequence[Speaker], resources: Resources
) -> bool:
    """Return whether a prosecutor, a plaintiff or the paper of a case speaks, by name or role."""
    printed = [f"{row.name} {row.role or ''}" for row in speakers]
    if statement.source:
        printed.append(statement.source.of(text))
    bringing = resources.words("prosecuting_sources")
    return any(not bringing.isdisjoint(_with_pairs(terms(words))) for words in printed)


def case_is_subject(statement: Statement, text: str, resources: Resources) -> bool:
    """Return whether a sentence of what is said is about a case at law ("these charges are ...")."""
    nouns = resources.words("case_nouns")
    return any(
        not nouns.isdisjoint(terms(sentence)[:_OPENING])
        for span in statement.content
        for sentence in _SENTENCE_END.split(span.of(text))
    )


def _with_pairs(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from map(" ".join, pairwise(words))
