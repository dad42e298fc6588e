"""The marked text of an article as nested elements, each naming the characters it covers."""

from typing import Final

from markupsafe import Markup

from onrecord.records import Article
from onrecord.report.markup import shown
from onrecord.report.page import StoryPage
from onrecord.views.marked import Mark, MarkedBlock, Role

__all__ = ["highlight"]

_CLASSES: Final[dict[Role, str]] = {"content": "c", "source": "s", "cue": "q", "hidden": "h"}


_OUR_CUT: Final = '<span class="cut" title="left out of this report"> […] </span>'


def highlight(page: StoryPage, article: Article, block: MarkedBlock) -> Markup:
    """Return the text of *block* with its marks; without the marks it is the text itself.

    Every mark names the half-open characters that it covers (`data-at`), so that each can be
    compared with the article's text. A mark that crosses another is closed and opened again.
    """
    writer = _Writer(page, article)
    for run in block.runs:
        writer.move(run.marks, run.span.start)
        text = str(shown(run.span.of(article.text)))
        before, after = run.cut == "before", run.cut == "after"
        writer.parts.append(_OUR_CUT * before + text + _OUR_CUT * after)
    writer.move((), block.runs[-1].span.end)
    return Markup("".join(writer.parts))  # noqa: S704 - text is escaped by `shown`, marks are ours


class _Writer:
    """HTML in the making, with the elements that are open at this place."""

    def __init__(self, page: StoryPage, article: Article) -> None:
        self.parts: list[str] = []
        self._open: list[tuple[Mark, int, int]] = []  # mark, where it opened, its part
        self._anchors = _anchors(page, article)

    def move(self, marks: tuple[Mark, ...], place: int) -> None:
        """Close and open elements so that exactly *marks* are open, outermost first."""
        kept = 0
        while kept < min(len(self._open), len(marks)) and self._open[kept][0] is marks[kept]:
            kept += 1
        while len(self._open) > kept:
            mark, start, part = self._open.pop()
            self.parts[part] = f'<span class="{_CLASSES[mark.role]}" data-at="{start}-{place}">'
            self.parts.append("</span>")
        for mark in marks[kept:]:
            if mark.role == "content" and mark.starts and mark.span.start == place:
                self.parts.append(self._anchors.get((mark.number, place), ""))
            self._open.append((mark, place, len(self.parts)))
            self.parts.append("")


def _anchors(page: StoryPage, article: Article) -> dict[tuple[int | None, int], str]:
    """Return the numbered link that stands before each content.

    Its number is drawn by the style sheet: an empty element leaves the text as it is, for
    copying and for comparing.
    """
    anchors: dict[tuple[int | None, int], str] = {}
    for statement in page.index.statements_in(article.id):
        item = page.index.item_of[statement.id]
        anchors[item.number, statement.content[0].start] = (
            f'<a class="l" id="{page.place_anchor(statement)}" href="#{page.item_anchor(item)}"'
            f' aria-label="statement s{item.number}" data-n="s{item.number}"></a>'
        )
    return anchors
