"""The record as W3C Web Annotations: each statement a note on the words of its article."""

from collections.abc import Iterator
from typing import Any, Final

from onrecord.export.graph import PROGRAM, Node, name_of
from onrecord.records import Article, Response, Statement, StoryRecord
from onrecord.spans import Span

__all__ = ["annotations_of", "page_head"]

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32
"""Characters before and after the words, by which they are found where their place has moved."""


def page_head() -> Node:
    """Return the page of annotations without its items."""
    return {"@context": _CONTEXT, "id": "urn:onrecord:annotations", "type": "AnnotationPage"}


def annotations_of(record: StoryRecord, *, text: bool) -> Iterator[Node]:
    """Yield the annotations of one story; without *text* places only, no words."""
    articles = {row.id: row for row in record.articles}
    for statement in record.statements:
        yield _statement(statement, articles[statement.article_id], text=text)
    for response in record.responses:
        yield _response(response)


def _statement(statement: Statement, article: Article, *, text: bool) -> Node:
    whose = [_identified(name_of("speaker", one)) for one in statement.speakers]
    return {
        "id": name_of("statement", statement.id),
        "type": "Annotation",
        "motivation": ["classifying", *(["identifying"] if whose else [])],
        "generator": {"id": PROGRAM["@id"], "type": "Software", "name": PROGRAM["name"]},
        "body": [_classified(statement.act), *whose],
        "target": [_target(article, span, text=text) for span in statement.content],
    }


def _response(response: Response) -> Node:
    return {
        "id": name_of("response", f"{response.answering}:{response.answered}"),
        "type": "Annotation",
        # To support somebody is no reply to them.
        "motivation": "linking" if response.reply == "supports" else "replying",
        "body": [
            {
                "type": "SpecificResource",
                "purpose": "linking",
                "source": name_of("statement", response.answering),
            },
            _classified(response.reply),
        ],
        "target": name_of("statement", response.answered),
    }


def _classified(word: str) -> Node:
    return {"type": "TextualBody", "purpose": "classifying", "value": word, "format": "text/plain"}


def _identified(source: str) -> Node:
    return {"type": "SpecificResource", "purpose": "identifying", "source": source}


def _target(article: Article, span: Span, *, text: bool) -> Node:
    """Return the place of *span*: code points of the text as read, which the record holds."""
    place: list[dict[str, Any]] = [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    ]
    if text:
        around = {
            "prefix": article.text[max(0, span.start - _AROUND) : span.start],
            "suffix": article.text[span.end : span.end + _AROUND],
        }
        known = {name: words for name, words in around.items() if words}
        quote = {"type": "TextQuoteSelector", "exact": span.of(article.text), **known}
        place.insert(0, quote)
    return {
        "type": "SpecificResource",
        "source": article.url or name_of("article", article.id),
        "scope": name_of("article", article.id),
        "selector": place,
    }
