"""Act cases: one marked attribution, and what its statement does.

In a case, `[S ...]` marks the source, `[C ...]` the cue, `[T ...]` a piece of the content; the
rest is context. Expected: `act`, and where given `negated`, `hedges`, `addressee`, `medium`.
"""

import json
import re
from pathlib import Path

from onrecord.annotate.acts import characterise
from onrecord.annotate.found import Attribution
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId
from onrecord.records import Article
from onrecord.resources import load_resources
from onrecord.spans import Span

CASES = Path(__file__).parent / "cases"
RESOURCES = load_resources("en")
_MARK = re.compile(r"\[([SCT]) ([^\]]*)\]")


def load(area, name):
    """Return the cases of a file."""
    return json.loads((CASES / area / name).read_text("utf-8"))


def read_marks(marked):
    """Return the text without marks, and the spans by mark."""
    text, spans, last = "", {"S": [], "C": [], "T": []}, 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans[match.group(1)].append(Span(len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        last = match.end()
    return text + marked[last:], spans


def attribution_of(case):
    """Return the article and the attribution that a case marks."""
    text, spans = read_marks(case["text"])
    article = Article(
        id=ArticleId("a"),
        locator="a.txt",
        published=case.get("published"),
        published_precision=case.get("published_precision", "day"),
        text=text,
        text_sha256="",
    )
    attribution = Attribution(
        source=next(iter(spans["S"]), None),
        cue=next(iter(spans["C"]), None),
        content=tuple(spans["T"]),
        mode=case.get("mode", "direct" if "“" in text else "indirect"),
        cue_class="speech",
        confidence=1.0,
        method="case",
    )
    return article, attribution


def character_of(case):
    """Return what the package says of a case, in the words of the text."""
    article, attribution = attribution_of(case)
    found = characterise(article, parse(article, RESOURCES), attribution, RESOURCES)
    return {
        "act": found.act,
        "negated": found.negated,
        "hedges": [span.of(article.text) for span in found.hedges],
        "addressee": found.addressee.of(article.text) if found.addressee else None,
        "medium": found.medium,
    }
