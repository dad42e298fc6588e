"""What a statement does, and how it is hedged, in the outlet's own words."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from onrecord.annotate.act_words import (
    ActWords,
    CueAct,
    Person,
    act_words_of,
    acts_in,
    blames,
    phrase_at,
)
from onrecord.annotate.cues import NOBODY
from onrecord.annotate.found import Attribution, Parse
from onrecord.annotate.manner import addressee_of, hedges_of, medium_of
from onrecord.records import Act, Article, Mode
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["Character", "characterise"]

_PERSONS: Mapping[Mode, Person] = {
    "direct": "first",
    "embedded": "first",
    "indirect": "third",
    "mixed": "any",
}
_BEFORE_BLAME: tuple[Act, ...] = (
    "declines",
    "apologises",
    "threatens",
    "denies",
    "asks",
    "disputes",
)
_AFTER_BLAME: tuple[Act, ...] = ("supports", "announces")
"""Of several acts in one content the one that commits its speaker most is shown."""
_ANSWERS: frozenset[Act] = frozenset(("states", "accuses", "asks", "announces"))
"""What a reply to a question is called an answer instead of."""
_PERSONAL: frozenset[Act] = frozenset(("announces", "apologises", "threatens"))
"""Acts that bind whoever says the words: to tell them of somebody else is not to do them."""
_OPENING = 4
"""Words in which the noun stands that a content is about ("repeated his earlier demand that")."""
_CONDITION = 7
"""Words from "if" in which its "not" stands: "if the board of the mill does not act"."""
_WHOM = 4
"""Words of a content that opens with whom it is for: "told the whole crew to leave"."""
_FLAT_WITHIN = 12
"""Words of a content in which the negation of its first clause stands."""
_QUESTION = frozenset(("how", "if", "what", "when", "where", "whether", "who", "why"))
_ASKED_WITHIN = 5
"""Words between "asked" and the word that opens the question: whom, and by whom."""
_PASSIVE = frozenset((",", "is", "was", "were", "when"))
"""Before "asked about": who is asked, not who asks."""
_FORMER = frozenset(("ex", "former", "retired"))
"""Who was a prosecutor speaks for no prosecution."""
_CUE_ENDS = frozenset(("for", "to"))
"""What a cue may end with and a content open."""
_LOOK_BACK = 4
"""Words before a cue in which its negation may stand ("did not, however, deny")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """What one statement does, and how."""

    act: Act = "states"
    negated: bool = False
    hedges: tuple[Span, ...] = ()
    addressee: Span | None = None
    medium: str | None = None


def characterise(
    article: Article,
    parse: Parse,
    attribution: Attribution,
    resources: Resources,
    others: Sequence[Span] = (),
) -> Character:
    """Return act, negation, hedges, addressee and medium of one attribution.

    *others* are the quotations inside it of which it tells who else said them: "She claims that he
    told her: “Sign, or I will find somebody who does”" is no threat of hers.
    """
    del article
    tables = act_words_of(resources)
    cue = _tokens(parse, attribution.cue) if attribution.cue else range(0)
    negated = _is_negated(parse, cue, tables) or _is_nobodys(parse, attribution)
    return Character(
        act=_act(parse, attribution, cue, tables, negated=negated, others=others),
        negated=negated,
        hedges=hedges_of(parse, attribution, tables),
        addressee=addressee_of(parse, attribution, cue, tables),
        medium=medium_of(parse, attribution, cue, tables),
    )


def _tokens(parse: Parse, span: Span) -> range:
    """Return the numbers of the tokens that lie in *span*."""
    first = bisect_left(parse.starts, span.start)
    return range(first, bisect_left(parse.starts, span.end, first))


def _is_negated(parse: Parse, cue: range, tables: ActWords) -> bool:
    """Return whether the cue is negated: "did not respond", "has never said"."""
    negations = tables.classes["not"]
    if any(
        word in negations or word.endswith("n't") for word in parse.lowers[cue.start : cue.stop]
    ):
        return True
    passed = tables.classes["aux"] | tables.classes["adverb"]
    for token in range(cue.start - 1, max(cue.start - 1 - _LOOK_BACK, -1), -1):
        word = parse.lowers[token]
        if word in ("not", "never") or word.endswith("n't"):
            return True
        if word not in passed and not word.endswith("ly"):
            return False
    return False


def _is_nobodys(parse: Parse, attribution: Attribution) -> bool:
    """Return whether the source denies the cue: "neither the police nor the council"."""
    if attribution.source is None:
        return False
    first = _tokens(parse, attribution.source).start
    if tuple(parse.lowers[first : first + 2]) == ("no", "one"):
        return True
    same = first and parse.sentence_of[first - 1] == parse.sentence_of[first]
    return not NOBODY.isdisjoint(parse.lowers[first - 1 if same else first : first + 1])


def _act(
    parse: Parse,
    attribution: Attribution,
    cue: range,
    tables: ActWords,
    *,
    negated: bool,
    others: Sequence[Span],
) -> Act:
    words = _content_words(parse, attribution, tables)
    by_cue = _by_cue(_without_days(parse, cue, tables), tables, words, negated=negated)
    if negated:
        return _undone(words, by_cue, tables)
    decided = _by_cue_alone(words, by_cue, attribution.mode, tables)
    if decided is not None:
        return decided
    found = acts_in(words, tables, _PERSONS[attribution.mode])
    if others and not _PERSONAL.isdisjoint(found):
        own = acts_in(_content_words(parse, attribution, tables, others), tables, "any")
        found = [act for act in found if act in own or act not in _PERSONAL]
    if by_cue and by_cue.firmness == "event":
        return "states" if "states" in found else by_cue.act
    queried = _is_query(parse, cue, words)
    act = "asks" if queried else _by_content(words, found, attribution.mode, tables)
    if act == "states":
        act = _by_both(parse, cue, words, tables) or (
            by_cue.act if by_cue else _by_source(parse, attribution, tables)
        )
    if act in _ANSWERS and _is_asked(parse, cue):
        return "answers"
    return act


def _by_cue_alone(
    words: Sequence[str], by_cue: CueAct | None, mode: Mode, tables: ActWords
) -> Act | None:
    """Return the act of a cue that leaves nothing to the content but how it opens."""
    if by_cue is None:
        return None
    if by_cue.firmness == "firm":
        return _firmly(words, by_cue.act, mode, tables)
    if by_cue.firmness == "object":
        return _turned_down(words, by_cue.act, tables)
    return _by_opening(words, tables) if by_cue.firmness == "content" else None


def _by_both(parse: Parse, cue: range, words: Sequence[str], tables: ActWords) -> Act | None:
    """Return the act that cue and content show only together."""
    # "He told nobody to sign" is no order.
    bidden = words[:1] == ["not"] or tables.classes["not"].isdisjoint(words[:1])
    if bidden and _is_bidding(parse, cue, words, tables):
        return "asks"
    return "denies" if _is_flat(parse, cue, words, tables) else None


def _firmly(words: Sequence[str], act: Act, mode: Mode, tables: ActWords) -> Act:
    """Return the act of a firm cue; who promises what he will do "unless" they pay threatens."""
    if act == "asks":
        return _plea(words)
    if act == "announces" and (
        _is_condition(words) or "threatens" in acts_in(words, tables, _PERSONS[mode])
    ):
        return "threatens"
    return act


def _is_condition(words: Sequence[str]) -> bool:
    """Return whether a step is taken only where others do not yield: "if the board does not act"."""
    if "unless" in words:
        return True
    return any(
        word == "if" and "not" in takewhile(".".__ne__, words[place : place + _CONDITION])
        for place, word in enumerate(words)
    )


def _turned_down(words: Sequence[str], act: Act, tables: ActWords) -> Act:
    """Return what it is to turn down the thing that opens a content: a demand, or a charge."""
    for word in words[:_OPENING]:
        if word in tables.classes["charge"]:
            return "denies"
        if word in tables.classes["wish"]:
            return "declines"
    # "ruled out paying", "rejected the idea of stepping down"
    doing = words[: _OPENING if "of" in words[:_OPENING] else 1]
    return "declines" if any(word.endswith("ing") for word in doing) else act


def _is_bidding(parse: Parse, cue: range, words: Sequence[str], tables: ActWords) -> bool:
    """Return whether somebody is told to do something: "told them to keep quiet"."""
    if not any(parse.lowers[token] in tables.addressing for token in cue):
        return False
    if "to" not in words[:_WHOM]:
        return False
    whom = words[: words.index("to")]
    if whom == ["not"]:
        return True
    verbs = tables.classes["aux"] | tables.classes["knowing"] | tables.classes["governing"]
    return verbs.isdisjoint(whom) and not any(word.endswith("ed") for word in whom)


def _is_flat(parse: Parse, cue: range, words: Sequence[str], tables: ActWords) -> bool:
    """Return whether who insists says that something is not so: "insisted nobody was hurt"."""
    if tables.classes["flat"].isdisjoint(parse.lowers[cue.start : cue.stop]):
        return False
    return not tables.classes["not"].isdisjoint(words[:_FLAT_WITHIN])


def _plea(words: Sequence[str]) -> Act:
    """Return what who pleads does: in court he answers a charge, elsewhere he asks."""
    if words[:2] == ["not", "guilty"]:
        return "denies"
    return "states" if words[:1] == ["guilty"] else "asks"


def _undone(words: Sequence[str], by_cue: CueAct | None, tables: ActWords) -> Act:
    """Return the act of what was not said; of "would not" and "comment" the verb is the content."""
    if by_cue is None and len(words) == 1:
        by_cue = _by_cue(words, tables, negated=True)
    return by_cue.act if by_cue else "states"


def _is_query(parse: Parse, cue: range, words: Sequence[str]) -> bool:
    """Return whether somebody is questioned about something: "question her about the report".

    Who questions a report, or whether it is sound, disputes it.
    """
    if not any(parse.lowers[token].startswith("question") for token in cue):
        return False
    after = parse.lowers[cue.stop : cue.stop + 1]
    told = "about" in after and not _QUESTION.isdisjoint(words[:1])
    return told or "about" in words[:_OPENING]


def _by_opening(words: Sequence[str], tables: ActWords) -> Act:
    """Return the act of the noun that a content opens with ("repeated his call for")."""
    for place in range(min(_OPENING, len(words))):
        for entry in tables.cues.get(words[place], ()):
            if entry.firmness == "firm" and phrase_at(words, place, entry.rest):
                return entry.act
    return "states"


def _by_source(parse: Parse, attribution: Attribution, tables: ActWords) -> Act:
    """Return "accuses" for what a lawsuit or a prosecutor says, else "states"."""
    if attribution.source is None:
        return "states"
    source = [parse.lowers[token] for token in _tokens(parse, attribution.source)]
    past = not _FORMER.isdisjoint(source)
    return "accuses" if not past and not tables.accusing.isdisjoint(source) else "states"


def _is_asked(parse: Parse, cue: range) -> bool:
    """Return whether the sentence of a cue opens with "Asked whether ...", or tells the question.

    "The Echo asked how the hall was doing and he said it was full" has question and answer.
    """
    if not cue:
        return False
    first = parse.sentences[parse.sentence_of[cue.start]].first
    before = tuple(parse.lowers[first : cue.start])
    if before[:1] == ("asked",) or before[:2] == ("when", "asked"):
        return True
    return any(
        word == "asked"
        and (
            not _QUESTION.isdisjoint(before[place + 1 : place + 1 + _ASKED_WITHIN])
            or (before[place - 1] in _PASSIVE and "about" in before[place + 1 : place + 3])
        )
        for place, word in enumerate(before)
    )


def _without_days(parse: Parse, cue: range, tables: ActWords) -> list[str]:
    """Return the words of a cue without the day it names ("called Friday for")."""
    days = tables.classes["day"]
    return [word for word in parse.lowers[cue.start : cue.stop] if word not in days]


def _by_cue(
    words: Sequence[str], tables: ActWords, content: Sequence[str] = (), *, negated: bool
) -> CueAct | None:
    """Return what the cue makes of the statement; of several words the firm one counts.

    The end of a cue may open the *content*: "offered" with "to pay", "called" with "for her head".
    """
    further = (*words, *(word for word in content[:1] if word in _CUE_ENDS))
    weaker: CueAct | None = None
    for place, word in enumerate(words):
        for entry in tables.cues.get(word, ()):
            if (entry.firmness == "negated") is not negated:
                continue
            if not phrase_at(further, place, entry.rest):
                continue
            if entry.firmness in ("firm", "negated", "object"):
                return entry
            if weaker is None or (weaker.firmness == "lean" and entry.firmness != "lean"):
                weaker = entry
    return weaker


_WIDEST_ADVERB = 3
"""Words from "'d" to its verb: "she'd never really asked"."""
_UNREAD = frozenset("\"',;:-[]()")
"""Marks that no pattern looks at; a comma may also be where a cue interrupted."""
_CONTRACTED: Mapping[str, tuple[str, ...]] = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "i'm": ("i", "am"),
}
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("n't", "not"),
    ("'ll", "will"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'d", "would"),
)


def _content_words(
    parse: Parse, attribution: Attribution, tables: ActWords, others: Sequence[Span] = ()
) -> list[str]:
    """Return the folded words of a content but for *others*; contractions spelt out, no marks."""
    words: list[str] = []
    foreign = {token for span in others for token in _tokens(parse, span)}
    for piece in attribution.content:
        for token in _tokens(parse, piece):
            if token in foreign:
                continue
            word = parse.lowers[token]
            if word == "one" and words[-1:] == ["no"]:
                words[-1] = "nobody"
            elif word in _CONTRACTED or ("'" in word and len(word) > 1):
                words += _spelt_out(word)
                if word.endswith("'d") and _had_done(parse, token, tables):
                    words[-1] = "had"
            elif word not in _UNREAD:
                words.append(word)
    return words


def _had_done(parse: Parse, token: int, tables: ActWords) -> bool:
    """Return whether "'d" before a participle is "had": "she'd seen it", not "she'd see it"."""
    passed = tables.classes["adverb"] | {"not"}
    for word in parse.lowers[token + 1 : token + 1 + _WIDEST_ADVERB]:
        if word not in passed:
            regular = word.endswith("ed") and not word.endswith("eed")
            return regular or word in tables.classes["participle"]
    return False


def _spelt_out(word: str) -> tuple[str, ...]:
    known = _CONTRACTED.get(word)
    if known is not None:
        return known
    for ending, full in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending), full
    if word in ("he's", "she's", "it's", "that's", "there's", "who's"):
        return word[:-2], "is"
    return (word,)


def _by_content(words: Sequence[str], found: Sequence[Act], mode: Mode, tables: ActWords) -> Act:
    for act in _BEFORE_BLAME:
        if act in found:
            return act
    if mode != "indirect" and words and words[-1] == "?":
        return "asks"
    if "accuses" in found or blames(words, tables):
        return "accuses"
    for act in _AFTER_BLAME:
        if act in found:
            return "threatens" if act == "announces" and _is_condition(words) else act
    return "states"
