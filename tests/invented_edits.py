"""Invented utterances, and every kind of alteration that outlets make to one.

An alteration takes the sentences of an utterance as lists of words and returns what an outlet
would print, with the types that this is. Nothing here was said by anybody.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from factories import make_article
from onrecord.records import Article, CarriageType, Statement
from onrecord.spans import Span, join_spans

UTTERANCES = (
    (
        "The harbour board knew in March that the north quay was sinking. "
        "We wrote to Director Velmar on 14 occasions, and he did not answer once. "
        "Three dockers were hurt because nobody closed the gate."
    ),
    (
        "I will support the new theatre if the council publishes its accounts. "
        "Our members paid 2,300 crowns for seats that do not exist. "
        "Mayor Osk Tamber promised us a refund in public."
    ),
    (
        "My client has never met these people. "
        "She returned the keys on 9 May and she signed a receipt for them. "
        "Inspector Brannock has that receipt, although he pretends otherwise."
    ),
    (
        "The club lost 41 players in seven years under this owner. "
        "They train on gravel while Chairman Rudd builds himself a villa. "
        "Supporters deserve an explanation before the season opens."
    ),
    (
        "Nobody at Corvane Mills told the night shift about the leak. "
        "I carried two colleagues down the stairs and the alarm stayed silent. "
        "Engineers had warned the managers about that valve in 12 reports."
    ),
)

QUALIFIERS = {
    "if",
    "because",
    "although",
    "while",
    "unless",
    "until",
    "but",
    "not",
    "never",
    "nobody",
}
FORCE = {"not", "never", "nobody", "allegedly", "may", "could"}


@dataclass
class Print:
    """What an outlet prints: sentences of words, and the alterations made so far."""

    sentences: list[list[str]]
    types: set[CarriageType] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)

    def text(self) -> str:
        return " ".join(" ".join(words) for words in self.sentences if words)


Alteration = Callable[[Print, random.Random], bool]


def bare(word: str) -> str:
    return word.strip(".,?!").lower()


def plain(words: list[str], first: int, last: int) -> bool:
    """Return whether words may be changed without touching a number, name or force word."""
    return all(
        word[0].islower()
        and word.isalpha()
        and bare(word) not in QUALIFIERS | FORCE
        and bare(word) not in {"three", "two", "seven", "once"}
        for word in words[first:last]
    )


def inner(printed: Print, chance: random.Random, size: int = 1) -> tuple[list[str], int] | None:
    """Return an untouched sentence and a place well inside it where plain words stand."""
    free = [n for n in range(len(printed.sentences)) if n not in printed.touched]
    chance.shuffle(free)
    for number in free:
        words = printed.sentences[number]
        places = [at for at in range(2, len(words) - size - 1) if plain(words, at, at + size)]
        if places:
            printed.touched.add(number)
            return words, chance.choice(places)
    return None


def swap(old: str, new: str, *types: CarriageType) -> Alteration:
    """Put *new* for the words *old*, wherever an untouched sentence has them."""

    def alter(printed: Print, chance: random.Random) -> bool:
        for number, words in enumerate(printed.sentences):
            line = f" {' '.join(words)} "
            if number not in printed.touched and f" {old} " in line:
                printed.sentences[number] = line.replace(f" {old} ", f" {new} ", 1).split()
                printed.touched.add(number)
                printed.types |= set(types)
                return True
        return False

    return alter


def cut_head(printed: Print, chance: random.Random) -> bool:
    if {0, 1} & printed.touched:
        return False
    printed.sentences[0] = []
    printed.touched.add(0)
    printed.types.add("CUT_HEAD")
    return True


def cut_head_mid(printed: Print, chance: random.Random) -> bool:
    words = printed.sentences[0]
    if 0 in printed.touched:
        return False
    at = chance.randrange(2, len(words) - 3)
    cut = {bare(word) for word in words[:at]}
    printed.types |= {"CUT_HEAD", "CUT_MID_SENTENCE"}
    if cut & (FORCE | QUALIFIERS):
        printed.types.add("DROPS_QUALIFIER")
    printed.sentences[0] = words[at:]
    printed.touched.add(0)
    return True


def cut_tail(printed: Print, chance: random.Random) -> bool:
    last = len(printed.sentences) - 1
    if last in printed.touched:
        return False
    printed.sentences[last] = []
    printed.touched.add(last)
    printed.types.add("CUT_TAIL")
    return True


def cut_tail_mid(printed: Print, chance: random.Random) -> bool:
    last = len(printed.sentences) - 1
    if last in printed.touched:
        return False
    words = printed.sentences[last]
    at = chance.randrange(3, len(words) - 1)
    printed.types |= {"CUT_TAIL", "CUT_MID_SENTENCE"}
    if {bare(word) for word in words[at:]} & (FORCE | QUALIFIERS):
        printed.types.add("DROPS_QUALIFIER")
    printed.sentences[last] = [*words[: at - 1], words[at - 1].strip(",") + "."]
    printed.touched.add(last)
    return True


def dropped(size: int, mark: str, type_: CarriageType) -> Alteration:
    def alter(printed: Print, chance: random.Random) -> bool:
        found = inner(printed, chance, size)
        if found is None:
            return False
        words, at = found
        words[at : at + size] = [mark] if mark else []
        printed.types.add(type_)
        return True

    return alter


def inserted(new: str, *types: CarriageType) -> Alteration:
    def alter(printed: Print, chance: random.Random) -> bool:
        found = inner(printed, chance)
        if found is None:
            return False
        words, at = found
        words[at:at] = new.split()
        printed.types |= set(types)
        return True

    return alter


def replaced(new: str, *types: CarriageType) -> Alteration:
    def alter(printed: Print, chance: random.Random) -> bool:
        found = inner(printed, chance)
        if found is None:
            return False
        words, at = found
        if len(words[at]) < 5:
            return False
        words[at] = new
        printed.types |= set(types)
        return True

    return alter


def splice(printed: Print, chance: random.Random) -> bool:
    """Leave out the end of the first sentence and the beginning of the second."""
    if {0, 1} & printed.touched:
        return False
    first, second = printed.sentences[:2]
    if not plain(first, len(first) - 3, len(first) - 1) or not plain(second, 1, 3):
        return False
    printed.sentences[0] = first[:-3]
    printed.sentences[1] = second[3:]
    printed.touched |= {0, 1}
    printed.types.add("SPLICE")
    return True


ALTERATIONS: dict[str, Alteration] = {
    "cut head": cut_head,
    "cut head in mid-sentence": cut_head_mid,
    "cut tail": cut_tail,
    "cut tail in mid-sentence": cut_tail_mid,
    "ellipsis": dropped(2, "...", "ELLIPSIS"),
    "bracketed ellipsis": dropped(2, "[…]", "ELLIPSIS"),
    "silent drop": dropped(2, "", "SILENT_DROP"),
    "insertion": inserted("zelmic fruncher", "INSERT"),
    "bracket": inserted("[the pilots]", "BRACKET_INSERT"),
    "hedge": inserted("allegedly", "INSERT", "HEDGE"),
    "negation": inserted("not", "INSERT", "NEGATION"),
    "new number": inserted("72", "INSERT", "NUMBER"),
    "censored": replaced("****", "CENSOR"),
    "expletive": replaced("[expletive]", "CENSOR"),
    "other word": replaced("plonquer", "SUBST"),
    "bracketed word": replaced("[plonquer]", "BRACKET_SUBST"),
    "number": swap("14", "40", "SUBST", "NUMBER"),
    "number word": swap("Three", "Four", "SUBST", "NUMBER"),
    "thousands": swap("2,300", "3,200", "SUBST", "NUMBER"),
    "number lost": swap("in 12 reports.", "in reports.", "SILENT_DROP", "NUMBER"),
    "negation lost": swap("did not answer", "did answer", "SILENT_DROP", "NEGATION"),
    "negation swapped": swap("has never met", "has ever met", "FUNCTION", "NEGATION"),
    "digits": swap("2,300", "2300", "SPELLING"),
    "number spelt": swap("seven", "7", "SPELLING"),
    "contraction": swap("did not answer", "didn't answer", "SPELLING"),
    "spelling": swap("harbour", "harbor", "SPELLING"),
    "spelling of another country": swap("theatre if", "theater if", "SPELLING"),
    "date turned": swap("9 May and", "May 9 and", "REORDER"),
    "capitals": swap("council publishes", "Council publishes", "CASE"),
    "comma": swap("occasions, and", "occasions and", "PUNCT"),
    "tense": swap("was sinking.", "is sinking.", "TENSE"),
    "tense of a verb": swap("deserve an", "deserved an", "TENSE"),
    "inflection": swap("accounts.", "account.", "INFLECTION"),
    "pronoun": swap("promised us", "promised them", "PRONOUN"),
    "function": swap("under this", "under the", "FUNCTION"),
    "synonym": swap("a receipt for", "a receipt for", "VERBATIM"),
    "synonym of a verb": swap("told the", "informed the", "SYNONYM"),
    "name": swap("Director Velmar", "Director Porrin", "NAME"),
    "other order": swap("managers about that", "about managers that", "REORDER"),
    "splice": splice,
}


def original(number: int) -> Print:
    return Print([[*line.split()] for line in UTTERANCES[number].replace(". ", ".\n").split("\n")])


def quoted(text: str, outlet: str) -> tuple[Article, Statement]:
    """Return an article that prints *text* as a direct quotation, and its statement."""
    article = make_article(f"“{text}” said the speaker at the gate.", outlet=outlet)
    content = (Span(1, 1 + len(text)),)
    return article, Statement(
        id=f"{outlet} 1",
        article_id=article.id,
        content=content,
        text=join_spans(article.text, content),
        mode="direct",
        confidence=1.0,
        method="by hand",
    )
