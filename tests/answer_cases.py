"""Answer cases: marked statements of an article, and which of them answers which.

In a case, `[1S ...]` marks the source of statement 1, `[1C ...]` its cue and `[1T ...]` a piece
of its content; marks may hold marks. `said` gives the speaker and the act of each statement in
order, "" for nobody, `people` what is known of a speaker but the name, `mentions` whom other
words mean. Expected are `links`: from, to, reply and method.
"""

import json
import re
from collections import defaultdict
from pathlib import Path

from factories import STORY_ID, make_article, make_identity, make_speaker, make_statement, span
from onrecord.link.responses import find_responses
from onrecord.resources import load_resources
from onrecord.spans import Span

CASES = Path(__file__).parent / "cases" / "answers"
RESOURCES = load_resources("en")
_MARK = re.compile(r"\[(\d)([SCT]) |\]")


def load(name):
    """Return the cases of a file."""
    return json.loads((CASES / name).read_text("utf-8"))


def read_marks(marked):
    """Return the text without marks, and the spans by number and mark."""
    text, last = "", 0
    opened, spans = [], defaultdict(list)
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match.group(1):
            opened.append((int(match.group(1)), match.group(2), len(text)))
        else:
            number, mark, start = opened.pop()
            spans[number, mark].append(Span(start, len(text)))
    return text + marked[last:], spans


def statement_of(article, number, spans, speaker, act):
    """Return the statement with a number."""
    content = sorted(spans[number, "T"])
    row = make_statement(
        article,
        [piece.of(article.text) for piece in content],
        source=next(iter(spans[number, "S"]), None),
        cue=next(iter(spans[number, "C"]), None),
        speakers=(speaker.id,) if speaker else (),
        act=act,
    )
    assert row.content == tuple(content), "a wording of the content stands earlier in the text"
    return row


def links_of(case):
    """Return the links found in a case as the case writes them."""
    text, spans = read_marks(case["text"])
    article = make_article(text, title=case.get("title"))
    names = {name for name, _ in case["said"]} | set(case.get("people", ())) - {""}
    people = {
        name: make_speaker(name, **case.get("people", {}).get(name, {}))
        for name in sorted(names)
        if name
    }
    rows = [
        statement_of(article, number, spans, people.get(name), act)
        for number, (name, act) in enumerate(case["said"], 1)
    ]
    mentions = [
        make_identity(article, people[name], words)
        for words, name in case.get("mentions", {}).items()
        if span(article, words)
    ]
    found = find_responses(
        STORY_ID, {article.id: article}, rows, tuple(people.values()), mentions, RESOURCES
    )
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    return sorted(
        [numbers[row.answering], numbers[row.answered], row.reply, row.method]
        for row in found.responses
    )
