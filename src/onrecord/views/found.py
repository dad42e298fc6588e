"""A statement that a search found, as a plain row: who said what, where, when, exact words."""

from collections.abc import Sequence

from onrecord.ids import ArticleId, StatementId, StoryId
from onrecord.records import Act, AnswerStatus, CueClass, Mode, Row, StoryRecord
from onrecord.spans import Span, any_overlap
from onrecord.views.index import index_story
from onrecord.views.people import who

__all__ = ["Found", "found"]


class Found(Row, frozen=True, kw_only=True):
    """One statement with what a reader needs to judge and to cite it."""

    statement_id: StatementId
    article_id: ArticleId
    story_id: StoryId | None
    speakers: tuple[str, ...]
    via: tuple[str, ...]
    on_behalf: tuple[str, ...]
    printed: str | None
    """Where no speaker is resolved: the source in the outlet's words."""
    candidates: tuple[str, ...]
    """Where it is unsure who speaks: the speakers it could be."""
    outlet: str
    published: str | None
    title: str | None
    url: str | None
    locator: str
    text: str
    marks: tuple[Span, ...]
    """Where the words that were looked for stand in `text`."""
    content: tuple[Span, ...]
    """Where the statement stands in the text of the article."""
    act: Act
    mode: Mode
    cue_class: CueClass
    answer_status: AnswerStatus | None
    hidden: bool
    """In text that a reader of the page does not see."""


def found(record: StoryRecord, statement_id: str, marks: Sequence[Span]) -> Found:
    """Return the row of a statement of *record*; *marks* are places in its text."""
    index = index_story(record)
    row = next(item for item in record.statements if item.id == statement_id)
    article, people = index.article_of(row), who(index, row)
    return Found(
        statement_id=row.id,
        article_id=row.article_id,
        story_id=row.story_id,
        speakers=tuple(speaker.name for speaker in people.speakers),
        via=tuple(speaker.name for speaker in people.via),
        on_behalf=tuple(speaker.name for speaker in people.on_behalf),
        printed=people.printed,
        candidates=tuple(speaker.name for speaker in people.candidates),
        outlet=index.outlet_of(row),
        published=article.published,
        title=article.title,
        url=article.url,
        locator=article.locator,
        text=row.text,
        marks=tuple(marks),
        content=row.content,
        act=row.act,
        mode=row.mode,
        cue_class=row.cue_class,
        answer_status=row.answer_status,
        hidden=any_overlap(row.content, article.hidden),
    )
