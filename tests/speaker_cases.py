"""Speaker cases: short marked articles, and which marks are one speaker.

In a case, `[1 Ana Ruiz] said ...` marks the source of a statement as mark 1; what it says is the
quotation of its sentence, else the rest of the sentence. `[1! told]` marks the cue of a statement
without source. `join` lists marks that are one
speaker, `apart` marks that are two, `unsure` marks that must stay undecided, `none` marks that
must have no speaker, `name` the canonical names.
"""

import json
import re
from pathlib import Path

from onrecord.annotate.coreference import resolve
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId, StatementId, StoryId
from onrecord.link.speakers import resolve_speakers
from onrecord.records import Annotation, Article, Embed, Statement
from onrecord.resources import load_resources
from onrecord.spans import Span, join_spans

CASES = Path(__file__).parent / "cases" / "speakers"
_MARK = re.compile(r"\[(\d+!?) ([^\]]*)\]")
_QUOTED = re.compile(r"[“\"]([^”\"\n]+)[”\"]")
_SENTENCE = re.compile(r"(?:[^.!?“\"\n]|\.(?! [A-Z“\"])(?=.)|[“\"][^”\"\n]*[”\"])+")


def load(name):
    """Return the cases of a file."""
    return json.loads((CASES / name).read_text("utf-8"))


def read_marks(marked):
    """Return the text without marks, and the span of each mark."""
    text, spans, last = "", {}, 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans[match.group(1)] = Span(len(text), len(text) + len(match.group(2)))
        text += match.group(2)
        last = match.end()
    return text + marked[last:], spans


def content_of(text, source):
    """Return the content of the statement of *source*: its sentence's quotation or the rest."""
    start = text.rfind("\n", 0, source.start) + 1
    end = text.find("\n", source.end)
    end = len(text) if end < 0 else end
    quoted = [m for m in _QUOTED.finditer(text, start, end) if not _inside(m, source)]
    near = [m for m in quoted if _near(text, m, source)]
    if near:
        return "direct", Span(near[0].start(), near[0].end())
    stop = re.compile(r"\.(?= |$)|\n|$").search(text, source.end, end)
    if len(text[source.end : stop.start()].split()) == 1:  # "Two were hurt, they added."
        begin = max(start, text.rfind(". ", start, source.start) + 2)
        if begin < source.start - 2:
            return "indirect", Span(begin, source.start - 2)
    return "indirect", Span(source.end + 1, max(source.end + 2, stop.start()))


def _inside(match, source):
    return match.start() <= source.start < match.end()


def _near(text, match, source):
    """Return whether no sentence ends between a quotation and a source."""
    between = (
        text[match.end() : source.start]
        if match.end() <= source.start
        else text[source.end : match.start()]
    )
    return not re.search(r"(?<!Mr)(?<!Mrs)(?<!Dr)(?<! [A-Z])[.!?] ", between + " ")


def make_annotation(number, marked, resources, embeds=()):
    """Return the annotation of a marked article, and its statement ids by mark."""
    text, spans = read_marks(marked)
    article = Article(
        id=ArticleId(f"article{number}"),
        locator=str(number),
        text=text,
        text_sha256="",
        embeds=tuple(
            Embed(
                span=Span(text.index(row["words"]), text.index(row["words"]) + len(row["words"])),
                author=row.get("author"),
                handle=row.get("handle"),
            )
            for row in embeds
        ),
    )
    statements = []
    for mark, source in spans.items():
        mode, content = content_of(text, source)
        is_cue = mark.endswith("!")
        statements.append(
            Statement(
                id=StatementId(mark.rstrip("!")),
                article_id=article.id,
                source=None if is_cue else source,
                cue=source if is_cue else None,
                content=(content,),
                text=join_spans(text, (content,)),
                mode=mode,
                confidence=1.0,
                method="case",
            )
        )
    found = resolve(article, parse(article, resources), tuple(statements), resources)
    return Annotation(
        article=article,
        statements=tuple(statements),
        mentions=found.mentions,
        chains=found.chains,
        voices=found.voices,
    )


def resolve_case(case, order=None):
    """Return the resolution of a case's articles, and its statements by mark."""
    resources = load_resources("en", tuple(map(tuple, case.get("aliases", ()))))
    numbered = list(enumerate(case["articles"]))
    rows = [
        make_annotation(number, marked, resources, case.get("embeds", ()) if number == 0 else ())
        for number, marked in (order(numbered) if order else numbered)
    ]
    resolution = resolve_speakers(StoryId("story"), rows, resources)
    return resolution, {row.id: row for row in resolution.statements}


def verdict(case):
    """Return what is wrong with the resolution of a case, in words; empty where all is right."""
    resolution, by_mark = resolve_case(case)
    names = {row.id: row.name for row in resolution.speakers}
    who = {mark: sorted(names[one] for one in row.speakers) for mark, row in by_mark.items()}
    ids = {mark: set(row.speakers) for mark, row in by_mark.items()}
    wrong = [
        f"{left} {who[left]} and {right} {who[right]} should be one"
        for left, right in case.get("join", ())
        if not ids[left] or ids[left] != ids[right]
    ]
    wrong += [
        f"{left} {who[left]} and {right} {who[right]} should be two"
        for left, right in case.get("apart", ())
        if ids[left] & ids[right] or not ids[left] or not ids[right]
    ]
    wrong += [f"{mark} is {who[mark]}, not open" for mark in case.get("unsure", ()) if who[mark]]
    wrong += [
        f"{mark} is {who[mark]}, not {wanted}"
        for mark, wanted in case.get("name", {}).items()
        if who[mark] != sorted([wanted] if isinstance(wanted, str) else wanted)
    ]
    wrong += [
        f"{mark} is not on behalf of {wanted}"
        for mark, wanted in case.get("on_behalf", {}).items()
        if [names[one] for one in by_mark[mark].on_behalf] != [wanted]
    ]
    return "; ".join(wrong)
