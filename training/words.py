"""Words of a text and what marks and letters say about each; `onrecord.annotate.shapes` does the same at run time."""

import re

# A word keeps inner apostrophes, hyphens and dots; any other visible character stands alone.
WORD = re.compile(r"\w+(?:['’\-.]\w+)*|[^\w\s]")
# One spelling for all marks before the subwords are cut (same length, so offsets hold).
FOLD = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "＂": '"', "‘": "'", "’": "'"}
)
OPENERS = "“„«"
CLOSERS = "”»"
STRAIGHT = '"＂'
MARKS = OPENERS + CLOSERS + STRAIGHT

OUTSIDE, SHORT, MIDDLE, LONG, OPEN, CLOSE, UNCLOSED = range(7)
N_QUOTE = 7
LOWER, TITLE, UPPER, MIXED, DIGIT, PUNCT = range(6)
N_SHAPE = 6


def shape(word):
    if not word[0].isalnum():
        return PUNCT
    if word[0].isdigit():
        return DIGIT
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[0].isupper() else MIXED


def quote_states(words):
    """State of each word of one paragraph: outside, inside (by length), opening, closing, unclosed."""
    states = [OUTSIDE] * len(words)
    opened = -1
    for i, w in enumerate(words):
        if w not in MARKS:
            continue
        if opened >= 0 and (w in CLOSERS or w in STRAIGHT):
            n = i - opened - 1
            inside = SHORT if n <= 2 else MIDDLE if n <= 7 else LONG
            states[opened] = OPEN
            states[opened + 1 : i] = [inside] * n
            states[i] = CLOSE
            opened = -1
        elif w in OPENERS or w in STRAIGHT:
            if opened < 0:
                opened = i
        else:
            states[i] = CLOSE
    if opened >= 0:
        states[opened] = OPEN
        states[opened + 1 :] = [UNCLOSED] * (len(words) - opened - 1)
    return states
