"""What a story's part of the report shows: the views of one record, with anchors to link them."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.config import Wire
from onrecord.ids import ArticleId, StatementId
from onrecord.records import Article, CopyKind, Statement, StoryRecord
from onrecord.report.dates import day_words
from onrecord.report.strip import Strip, draw
from onrecord.views.bases import Base, bases
from onrecord.views.carried import Column, Matrix, carried
from onrecord.views.findings import Altered, Differing, Only, altered, differing, only_here
from onrecord.views.index import Index, Item, index_story, outlet_name
from onrecord.views.marked import MarkedArticle, excerpts, marked
from onrecord.views.people import Member, Who, cast, who
from onrecord.views.threads import Threads, threads
from onrecord.views.timeline import Timeline, timeline
from onrecord.views.variants import Variant, glimpse, lead_in, variants
from onrecord.views.words import sureness

__all__ = ["StoryPage", "story_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """One story as the templates read it; every anchor starts with `prefix`."""

    prefix: str
    index: Index
    matrix: Matrix
    cast: tuple[Member, ...]
    threads: Threads
    timeline: Timeline
    strip: Strip | None
    altered: tuple[Altered, ...]
    only: tuple[Only, ...]
    differing: tuple[Differing, ...]
    articles: tuple[MarkedArticle, ...]
    variants: Mapping[int, tuple[Variant, ...]]
    title_article: Article | None
    places: Mapping[StatementId, int]
    numbers: Mapping[ArticleId, int]
    versions: Mapping[ArticleId, str]
    year: str | None
    """The year of publication, where all articles have the same."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Return everything that was said, in reading order."""
        return self.index.items

    @property
    def most(self) -> int:
        """Return how many lines a panel of the overview shows before it points further."""
        return 5

    @property
    def outlet_title(self) -> str:
        """Return the outlet whose headline names the story."""
        return outlet_name(self.title_article) if self.title_article else ""

    @property
    def copies(self) -> int:
        """Return the number of articles whose text is another outlet's."""
        return sum(row.kind != "revision" for row in self.index.copies.values())

    @property
    def revised(self) -> tuple[MarkedArticle, ...]:
        """Return the articles that are a later version of another one held."""
        return tuple(row for row in self.articles if row.copy and row.copy.kind == "revision")

    @property
    def speaking(self) -> int:
        """Return the number of speakers with at least one statement."""
        return sum(member.said > 0 for member in self.cast)

    @property
    def notes(self) -> tuple[tuple[Column, int], ...]:
        """Return the outlets that share a text with another, numbered for their notes."""
        rows = [row for row in self.matrix.columns if row.text_of or row.same_text]
        return tuple((row, number) for number, row in enumerate(rows, start=1))

    @property
    def retold(self) -> int:
        """Return how many cells of the matrix are paraphrase of what another outlet has too."""
        return sum(
            cell is not None and cell.letter == "P"
            for row in self.matrix.shared
            for cell in row.cells
        )

    @property
    def unsure_links(self) -> bool:
        """Return whether any cell of the matrix may carry another utterance."""
        return any(cell and cell.unsure for row in self.matrix.rows for cell in row.cells)

    @property
    def doubts(self) -> tuple[Statement, ...]:
        """Return the statements of which the record is unsure, in reading order."""
        return tuple(
            row for row in self.index.statements.values() if self.sureness(row) == "unsure"
        )

    def note(self, column: Column) -> int | None:
        """Return the number of the note to *column*, if it has one."""
        return next((number for row, number in self.notes if row is column), None)

    def glimpse(self, variant: Variant) -> Variant | None:
        """Return the weightiest change of *variant* in its context, or None."""
        return glimpse(variant)

    @property
    def outlets(self) -> int:
        """Return the number of outlets, wire copies included."""
        return len({outlet_name(row) for row in self.index.articles.values()})

    @property
    def denials(self) -> tuple[Item, ...]:
        """Return the items that deny or dispute something, denials first, in reading order."""
        found = [row for row in self.items if row.act in ("denies", "disputes")]
        return tuple(sorted(found, key=lambda row: row.act != "denies"))

    @property
    def unresolved(self) -> tuple[Item, ...]:
        """Return the items without a resolved speaker."""
        return tuple(row for row in self.items if not row.fullest.speakers)

    @property
    def sure(self) -> tuple[tuple[str, int], ...]:
        """Return how many items are clear, likely and unsure, leaving out what is none."""
        words = [self.sureness(item.fullest) for item in self.items]
        counts = [(word, words.count(word)) for word in ("clear", "likely", "unsure")]
        return tuple(row for row in counts if row[1])

    def answered_by(self, item: Item) -> tuple[tuple[Item, bool], ...]:
        """Return the items that *item* answers, in reading order, and whether that is unsure."""
        rows = (*self.threads.allegations, *self.threads.others)
        return tuple(
            (row.item, one.unsure)
            for row in rows
            for one in row.answers
            if one.item.number == item.number
        )

    def bases(self, item: Item) -> tuple[Base, ...]:
        """Return the wordings that can be the base of the comparison besides the fullest."""
        return bases(self.variants[item.number])

    def corrected(self, item: Item) -> tuple[Article, ...]:
        """Return the revised articles in which *item* reads otherwise than in the version before.

        Found in one version only counts too: the other may lack it, or it was missed there.
        """
        worded: dict[ArticleId, list[str]] = {}
        for row in item.statements:
            worded.setdefault(row.article_id, []).append(row.text)
        return tuple(
            row.article
            for row in self.revised
            if row.copy and worded.get(row.article.id) != worded.get(row.copy.original_id)
        )

    def day(self, date: str | None) -> str:
        """Return a date in words, without the year where the whole story has one year."""
        words = day_words(date)
        return words.removesuffix(f" {self.year}") if self.year and date != self.year else words

    def version(self, statement: Statement) -> str:
        """Return which version of its page prints *statement*, where several are held."""
        return self.versions.get(statement.article_id, "")

    def copy_kind(self, statement: Statement) -> CopyKind:
        """Return what kind of copy prints *statement*, which is not counted as a source."""
        copy = self.index.copies.get(statement.article_id)
        return copy.kind if copy else "republication"

    def item_anchor(self, item: Item) -> str:
        """Return the id of the card of *item*."""
        return f"{self.prefix}s{item.number}"

    def place_anchor(self, statement: Statement) -> str:
        """Return the id of the place of *statement* in the text of its article."""
        return f"{self.prefix}t{self.places[statement.id]}"

    def article_anchor(self, article_id: ArticleId) -> str:
        """Return the id of an article."""
        return f"{self.prefix}a{self.numbers[article_id]}"

    def article(self, statement: Statement) -> Article:
        """Return the article that prints *statement*."""
        return self.index.article_of(statement)

    def outlet(self, statement: Statement) -> str:
        """Return the outlet that prints *statement*."""
        return self.index.outlet_of(statement)

    def carriers(self, item: Item) -> tuple[tuple[Statement, int], ...]:
        """Return per article that carries *item* its first statement, and how many there are.

        Copies and later versions are left to `copied`.
        """
        rows: dict[ArticleId, list[Statement]] = {}
        for statement in item.statements:
            rows.setdefault(statement.article_id, []).append(statement)
        own = [found for found in rows.values() if found[0].article_id not in self.index.copies]
        return tuple((found[0], len(found)) for found in own or rows.values())

    def copied(self, item: Item) -> int:
        """Return how many copies and later versions carry *item* besides."""
        articles = {row.article_id for row in item.statements}
        return len(articles) - len(self.carriers(item))

    def lead_in(self, statement: Statement) -> str:
        """Return the cue before content that needs it to be read, else nothing."""
        return lead_in(self.index.article_of(statement), statement)

    def who(self, statement: Statement) -> Who:
        """Return who speaks in *statement*."""
        return who(self.index, statement)

    def sureness(self, statement: Statement) -> str:
        """Return clear, likely or unsure: of the attribution, and of who speaks."""
        return "unsure" if self.who(statement).candidates else sureness(statement.confidence)

    def paragraph(self, statement: Statement) -> int:
        """Return the number of the paragraph, from 1, in which *statement* begins."""
        start = statement.content[0].start
        blocks = self.article(statement).blocks
        kept = [row for row in blocks if row.kind != "boilerplate" and row.span.start <= start]
        return max(1, len(kept))


def story_page(
    record: StoryRecord, prefix: str, *, context: int | None = None, wire: Wire = "keep"
) -> StoryPage:
    """Return everything that the report shows of *record*.

    With *context*, of the articles only what is marked and so many characters around it; *wire*
    is what `index_story` takes.
    """
    index = index_story(record, wire=wire)
    matrix = carried(index)
    moments = timeline(index)
    title_id = record.story.title_article_id
    published = [row.published for row in index.articles.values() if row.published]
    texts = marked(index)
    if context is not None:
        texts = tuple(excerpts(row, context=context) for row in texts)
    years = {date[:4] for date in published}
    return StoryPage(
        prefix=prefix,
        index=index,
        matrix=matrix,
        cast=cast(index),
        threads=threads(index),
        timeline=moments,
        strip=draw(moments.dated, published),
        altered=altered(index),
        only=only_here(matrix),
        differing=differing(index),
        articles=texts,
        variants={item.number: variants(index, item) for item in index.items},
        title_article=index.articles.get(title_id) if title_id else None,
        places={row: number for number, row in enumerate(index.statements, start=1)},
        versions=_versions(index),
        year=years.pop() if len(years) == 1 else None,
        numbers={row: number for number, row in enumerate(index.articles, start=1)},
    )


def _versions(index: Index) -> dict[ArticleId, str]:
    """Return a word for each article of which another version is held."""
    versions = {}
    for copy in index.copies.values():
        if copy.kind == "revision":
            versions[copy.original_id] = "first version"
            versions[copy.article_id] = "revised version"
    return versions
