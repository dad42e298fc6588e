"""The words in which the record is shown: neutral, fixed, and one list for every door."""

from typing import Final

from onrecord.records import (
    Act,
    AnswerStatus,
    CarriageType,
    CopyKind,
    Precision,
    Reply,
    ReprintWording,
)

__all__ = [
    "ACTS",
    "ANSWERS",
    "CHANGES",
    "COPIES",
    "LETTERS",
    "MIXED_SCRIPT",
    "NOT_FOUND",
    "PRECISIONS",
    "REPLIES",
    "REPRINTS",
    "UNSURE_OCCASION",
    "sureness",
]

ACTS: Final[dict[Act, str]] = {
    "states": "says",
    "accuses": "accuses",
    "denies": "denies",
    "supports": "supports",
    "disputes": "disputes",
    "announces": "announces",
    "threatens": "threatens",
    "asks": "asks",
    "answers": "answers",
    "apologises": "apologises",
    "declines": "declines to comment",
}

REPLIES: Final[dict[Reply, str]] = {
    "denies": "denies",
    "supports": "supports",
    "disputes": "disputes",
    "answers": "answers",
    "apologises": "apologises",
    "declines": "declines to comment",
    "escalates": "escalates",
}

COPIES: Final[dict[CopyKind, str]] = {
    "wire": "wire copy, not counted",
    "revision": "in a later version of the article",
    "republication": "copy of another outlet’s text, not counted",
}

REPRINTS: Final[dict[ReprintWording, str]] = {
    "same": "first printed on",
    "part": "first printed, as part of more, on",
    "fuller": "first printed, in part, on",
    "reworded": "first printed, with some other words, on",
}

UNSURE_OCCASION: Final = 0.6
"""Confidence of a reprint below which the report says that it is unsure."""

ANSWERS: Final[dict[AnswerStatus, str]] = {
    "same_article": "answered in the same article",
    "elsewhere": "answered in another article held",
    "declined": "comment declined, as printed",
    "no_reply_reported": "the outlet reports no reply",
    "none_found": "no answer found in the articles held",
}

LETTERS: Final[dict[str, str]] = {
    "V": "verbatim: the words of the longest printed form, in quotation marks",
    "C": "cut: some of those words are left out",
    "A": "words differ: added, replaced or in another order",
    "P": "paraphrase or indirect speech: wholly or partly in the outlet’s words",
}

MIXED_SCRIPT: Final = "(letters of more than one script)"

NOT_FOUND: Final = "not found in this article"
"""The one way to speak of absence: one copy is held at a time, and reading misses things."""

CHANGES: Final[dict[CarriageType, tuple[str, str]]] = {
    "VERBATIM": ("V", "same words"),
    "SURFACE": ("V", "same words, other typography"),
    "CASE": ("V", "capitals differ"),
    "PUNCT": ("V", "punctuation differs"),
    "SPELLING": ("V", "spelling differs"),
    "CUT_HEAD": ("C", "beginning left out"),
    "CUT_TAIL": ("C", "end left out"),
    "CUT_MID_SENTENCE": ("C", "cut in mid-sentence"),
    "DROPS_QUALIFIER": ("C", "a qualifier is left out"),
    "ELLIPSIS": ("C", "words left out, marked by the outlet"),
    "SILENT_DROP": ("C", "words left out inside, without a mark"),
    "BRACKET_INSERT": ("A", "words added in brackets"),
    "BRACKET_SUBST": ("A", "words replaced by words in brackets"),
    "CENSOR": ("A", "a word is masked"),
    "INSERT": ("A", "words added"),
    "SUBST": ("A", "words differ"),
    "TENSE": ("A", "tense differs"),
    "INFLECTION": ("A", "form of a word differs"),
    "FUNCTION": ("A", "a small word differs"),
    "PRONOUN": ("A", "a pronoun differs"),
    "SYNONYM": ("A", "a word of like meaning"),
    "NAME": ("A", "a name differs"),
    "NEGATION": ("A", "a negation differs"),
    "NUMBER": ("A", "a number differs"),
    "HEDGE": ("A", "a hedge differs"),
    "REORDER": ("A", "order differs"),
    "SPLICE": ("A", "two passages joined into one"),
    "UNQUOTED": ("P", "partly outside quotation marks"),
    "INDIRECT": ("P", "indirect speech"),
    "PARAPHRASE": ("P", "paraphrase"),
    "REQUOTE": ("V", "quoted inside another statement"),
}
"""Per type: the letter of the matrix, and the words for the variant."""

PRECISIONS: Final[dict[Precision, str]] = {
    "second": "",
    "day": "",
    "month": "day not stated",
    "year": "month not stated",
}

_CLEAR: Final = 0.8  # chosen, not fitted: four in five
_LIKELY: Final = 0.5  # even odds


def sureness(confidence: float) -> str:
    """Return one of three words for a confidence from 0 to 1.

    >>> sureness(0.9), sureness(0.6), sureness(0.2)
    ('clear', 'likely', 'unsure')
    """
    if confidence >= _CLEAR:
        return "clear"
    return "likely" if confidence >= _LIKELY else "unsure"
