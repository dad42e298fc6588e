"""Rows made by hand: a text and some wordings in, valid rows with their offsets out.

article = make_article("Mara Quill said the crane was safe.")
statement = make_statement(article, "the crane was safe", source="Mara Quill", cue="said")
"""

import hashlib
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import chain

from onrecord.ids import SpeakerId, StoryId, UtteranceId, content_hash
from onrecord.records import (
    Article,
    Block,
    Carriage,
    CarriageType,
    Copy,
    Difference,
    DifferenceValue,
    Edit,
    EditOp,
    Identity,
    Reply,
    Response,
    Row,
    Speaker,
    Statement,
    Story,
    StoryRecord,
    Utterance,
)
from onrecord.spans import Span, join_spans

STORY_ID = StoryId("5" * 32)
Wordings = str | Sequence[str]


def span(article: Article | str, wording: str, occurrence: int = 1) -> Span:
    """Return where *wording* stands in the text, the n-th time; fail where it does not."""
    text = article if isinstance(article, str) else article.text
    start = -1
    for _ in range(occurrence):
        start = text.index(wording, start + 1)
    return Span(start, start + len(wording))


def spans(article: Article, wordings: Wordings) -> tuple[Span, ...]:
    pieces = [wordings] if isinstance(wordings, str) else wordings
    return tuple(span(article, piece) for piece in pieces)


def make_article(
    text: str,
    *,
    outlet: str | None = "Ferry Post",
    title: str | None = None,
    published: str | None = "2026-04-18",
    **fields: object,
) -> Article:
    """Return an article whose blocks are the paragraphs of *text* (one a line)."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", span=Span(start, start + len(line))))
        start += len(line) + 1
    defaults: dict[str, object] = {
        "id": content_hash("article", outlet or "", title or "", published or "", text),
        "locator": f"{(outlet or 'page').lower().replace(' ', '-')}.html",
        "story_id": STORY_ID,
        "published_precision": "day" if published else None,
        "language": "en",
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "blocks": tuple(blocks),
    }
    return Article(
        text=text, outlet=outlet, title=title, published=published, **(defaults | fields)
    )


def make_statement(
    article: Article,
    content: Wordings,
    *,
    source: str | Span | None = None,
    cue: str | Span | None = None,
    hedges: Wordings = (),
    **fields: object,
) -> Statement:
    """Return a statement of *article*; wordings are looked up in its text."""
    pieces = spans(article, content)
    direct = article.text[pieces[0].start] in "“\"'‘"
    defaults: dict[str, object] = {
        "id": content_hash("statement", article.id, *(f"{s}-{e}" for s, e in pieces)),
        "article_id": article.id,
        "text": join_spans(article.text, pieces),
        "mode": "direct" if direct else "indirect",
        "story_id": STORY_ID,
        "confidence": 0.9,
        "method": "cue:said",
    }
    return Statement(
        content=pieces,
        source=span(article, source) if isinstance(source, str) else source,
        cue=span(article, cue) if isinstance(cue, str) else cue,
        hedges=spans(article, hedges),
        **(defaults | fields),
    )


def make_speaker(name: str, *, names: Sequence[str] = (), **fields: object) -> Speaker:
    defaults: dict[str, object] = {
        "id": SpeakerId(content_hash("speaker", name)),
        "story_id": STORY_ID,
        "kind": "person",
    }
    return Speaker(name=name, names=tuple(names) or (name,), **(defaults | fields))


def make_identity(article: Article, speaker: Speaker, wording: str, **fields: object) -> Identity:
    defaults: dict[str, object] = {"mention": "name", "judgement": "same", "method": "name"}
    return Identity(
        article_id=article.id,
        span=span(article, wording),
        speaker_id=speaker.id,
        **(defaults | fields),
    )


def make_utterance(fullest: Statement, *others: Statement, **fields: object) -> Utterance:
    members = (fullest, *others)
    defaults: dict[str, object] = {
        "id": UtteranceId(content_hash("utterance", fullest.id)),
        "story_id": STORY_ID,
        "speakers": fullest.speakers,
        "outlets": len({row.article_id for row in members}),
        "said": fullest.said,
        "confidence": 0.9,
        "method": "words",
    }
    return Utterance(
        fullest=fullest.id,
        statements=tuple(sorted(row.id for row in members)),
        **(defaults | fields),
    )


def make_carriage(
    utterance: Utterance,
    statement: Statement,
    types: Sequence[CarriageType] = (),
    **fields: object,
) -> Carriage:
    defaults: dict[str, object] = {"outlet": None, "confidence": 0.9, "method": "words"}
    return Carriage(
        utterance_id=utterance.id,
        statement_id=statement.id,
        types=tuple(types),
        **(defaults | fields),
    )


def make_response(answering: Statement, answered: Statement, reply: Reply = "denies") -> Response:
    return Response(
        answering=answering.id,
        answered=answered.id,
        story_id=STORY_ID,
        reply=reply,
        evidence=answering.content,
        confidence=0.9,
        method="reply cue",
    )


def make_copy(article: Article, original: Article, **fields: object) -> Copy:
    defaults: dict[str, object] = {"kind": "wire", "shared": 1.0, "method": "shingles"}
    return Copy(article_id=article.id, original_id=original.id, **(defaults | fields))


def make_difference(what: str, *values: tuple[Article, str, str]) -> Difference:
    """Return a difference; each value is an article, the wording, and the value it gives."""
    return Difference(
        story_id=STORY_ID,
        what=what,
        values=tuple(
            DifferenceValue(article_id=article.id, span=span(article, wording), value=value)
            for article, wording, value in values
        ),
        confidence=0.9,
        method="amounts",
    )


def word_edits(fullest: Article, base: Span, article: Article, ours: Span) -> tuple[Edit, ...]:
    """Return a plain word diff of two spans, as an aligner would: whole words, with offsets."""
    left, right = _words(fullest.text, base), _words(article.text, ours)
    matcher = SequenceMatcher(
        None,
        [w.of(fullest.text) for w in left],
        [w.of(article.text) for w in right],
        autojunk=False,
    )
    names: dict[str, EditOp] = {"equal": "equal", "delete": "drop", "insert": "add"}
    return tuple(
        Edit(op=names.get(tag, "replace"), fullest=_hull(left[a:b]), ours=_hull(right[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    )


def _words(text: str, span: Span) -> list[Span]:
    words, start = [], None
    for place in range(span.start, span.end + 1):
        inside = place < span.end and (text[place].isalnum() or text[place] in "’'-,.")
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            words.append(Span(start, place))
            start = None
    return words


def _hull(words: Sequence[Span]) -> Span | None:
    return Span(words[0].start, words[-1].end) if words else None


def make_record(
    *,
    articles: Sequence[Article],
    title: str | None = None,
    title_article: Article | None = None,
    **tables: Sequence[Row],
) -> StoryRecord:
    """Return a story's record with each table sorted by id, as the pipeline leaves it."""
    dated = sorted(row.published for row in articles if row.published)
    story = Story(
        id=STORY_ID,
        title=title or (articles[0].title if articles else None),
        title_article_id=(title_article or articles[0]).id,
        article_ids=tuple(sorted(row.id for row in articles)),
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
        method="earliest headline",
    )
    rows = chain([("articles", articles)], tables.items())
    return StoryRecord(
        story=story,
        **{name: tuple(sorted(table, key=_row_id)) for name, table in rows},
    )


def _row_id(row: Row) -> str:
    return str(getattr(row, "id", ""))
