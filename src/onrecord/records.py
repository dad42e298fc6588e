"""The row types: the tables of a record, and the rows that travel between stages.

Rows are `msgspec.Struct` rather than dataclasses: equally frozen and typed, several times
smaller and faster, and they read and write JSON without a second schema. Inheritance from
`Row` only sets those options. Field names are the data contract (`docs/schema.md`); spans are
half-open code points into `Article.text`.
"""

from typing import Any, Literal

from msgspec import Struct, field

from onrecord.ids import ArticleId, SpeakerId, StatementId, StoryId, UtteranceId
from onrecord.spans import Span

__all__ = [
    "Act",
    "Again",
    "Amount",
    "Annotation",
    "AnswerStatus",
    "Article",
    "Block",
    "BlockKind",
    "Carriage",
    "CarriageType",
    "Chain",
    "Copy",
    "CopyKind",
    "CueClass",
    "DateRange",
    "Difference",
    "DifferenceValue",
    "Edit",
    "EditFlag",
    "EditOp",
    "Embed",
    "Exemplar",
    "Identity",
    "Judgement",
    "Mention",
    "MentionKind",
    "Mode",
    "Placement",
    "Precision",
    "Reject",
    "Reply",
    "Reprint",
    "ReprintWording",
    "Response",
    "Row",
    "Sketch",
    "Speaker",
    "SpeakerKind",
    "Statement",
    "Story",
    "StoryRecord",
    "Utterance",
    "Voice",
]

BlockKind = Literal["paragraph", "heading", "caption", "list", "blockquote", "embed", "boilerplate"]
Precision = Literal["second", "day", "month", "year"]
Mode = Literal["direct", "indirect", "mixed", "embedded"]
CueClass = Literal["speech", "attitude"]
Act = Literal[
    "states",
    "accuses",
    "denies",
    "supports",
    "disputes",
    "announces",
    "threatens",
    "asks",
    "answers",
    "apologises",
    "declines",
]
MentionKind = Literal["name", "title", "pronoun", "nominal"]
SpeakerKind = Literal["person", "organisation", "group", "unnamed"]
Judgement = Literal["same", "unsure"]
CopyKind = Literal["wire", "revision", "republication"]
Reply = Literal["denies", "supports", "disputes", "answers", "apologises", "declines", "escalates"]
ReprintWording = Literal["same", "part", "fuller", "reworded"]
EditOp = Literal["equal", "drop", "add", "replace"]
EditFlag = Literal["negation", "number", "hedge", "name"]
AnswerStatus = Literal["same_article", "elsewhere", "declined", "no_reply_reported", "none_found"]
CarriageType = Literal[
    "VERBATIM",
    "SURFACE",
    "CASE",
    "PUNCT",
    "SPELLING",
    "CUT_HEAD",
    "CUT_TAIL",
    "CUT_MID_SENTENCE",
    "DROPS_QUALIFIER",
    "ELLIPSIS",
    "SILENT_DROP",
    "BRACKET_INSERT",
    "BRACKET_SUBST",
    "CENSOR",
    "INSERT",
    "SUBST",
    "TENSE",
    "INFLECTION",
    "FUNCTION",
    "PRONOUN",
    "SYNONYM",
    "NAME",
    "NEGATION",
    "NUMBER",
    "HEDGE",
    "REORDER",
    "SPLICE",
    "UNQUOTED",
    "INDIRECT",
    "PARAPHRASE",
    "REQUOTE",
]


class Row(Struct, frozen=True, kw_only=True):
    """Base of all rows: frozen, keyword-only, compared by value."""


class DateRange(Row, frozen=True, kw_only=True):
    """Days (ISO 8601) between which something was said, both included."""

    start: str = field(name="from")
    end: str = field(name="to")
    precision: Precision
    rule: str


class Block(Row, frozen=True, kw_only=True):
    """A piece of an article's text with its part on the page."""

    kind: BlockKind
    span: Span


class Embed(Row, frozen=True, kw_only=True):
    """A post of another platform inside an article; `span` covers its words."""

    span: Span
    author: str | None = None
    handle: str | None = None
    posted: str | None = None


class Article(Row, frozen=True, kw_only=True):
    """One document as read: its text is final, every span of the record points into it."""

    id: ArticleId
    given_id: str | None = None
    locator: str
    story_id: StoryId | None = None
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    published_precision: Precision | None = None
    published_rule: str | None = None
    modified: str | None = None
    language: str | None = None
    text: str
    text_sha256: str
    blocks: tuple[Block, ...] = ()
    embeds: tuple[Embed, ...] = ()
    hidden: tuple[Span, ...] = ()
    truncated: bool = False
    truncated_why: str | None = None
    extra: dict[str, Any] = {}


class Reject(Row, frozen=True, kw_only=True):
    """An input that could not be read: `reason` is a word of the list in `docs/errors.md`."""

    locator: str
    reason: str
    detail: str


class Statement(Row, frozen=True, kw_only=True):
    """One attribution in one article. `link` fills in speakers, story, utterance, answers."""

    id: StatementId
    article_id: ArticleId
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...]
    text: str
    mode: Mode
    cue_class: CueClass = "speech"
    act: Act = "states"
    negated: bool = False
    hedges: tuple[Span, ...] = ()
    addressee: Span | None = None
    medium: str | None = None
    said: DateRange | None = None
    within: StatementId | None = None
    speakers: tuple[SpeakerId, ...] = ()
    via: tuple[SpeakerId, ...] = ()
    on_behalf: tuple[SpeakerId, ...] = ()
    story_id: StoryId | None = None
    utterance_id: UtteranceId | None = None
    answer_status: AnswerStatus | None = None
    """For `act` accuses: where the articles held have an answer; else null."""
    answers: tuple[StatementId, ...] = ()
    confidence: float
    method: str


class Mention(Row, frozen=True, kw_only=True):
    """Words of an article that refer to `chain`, a number that is local to the article."""

    span: Span
    kind: MentionKind
    chain: int
    judgement: Judgement = "same"
    method: str


class Chain(Row, frozen=True, kw_only=True):
    """All mentions of one referent within one article, and what they say of it as printed."""

    number: int
    name: str
    names: tuple[str, ...]
    kind: SpeakerKind
    role: str | None = None
    handles: tuple[str, ...] = ()
    document: str | None = None
    """The noun of a document that is nobody's by the text."""
    wrote: tuple[str, ...] = ()
    """The nouns of documents that are the referent's."""


class Voice(Row, frozen=True, kw_only=True):
    """Which chains speak in a statement; kept apart from it until speakers are resolved."""

    statement_id: StatementId
    speakers: tuple[int, ...] = ()
    via: tuple[int, ...] = ()
    on_behalf: tuple[int, ...] = ()
    judgement: Judgement = "same"
    candidates: tuple[int, ...] = ()
    """Where `unsure`: the chains it could be."""
    method: str


class Amount(Row, frozen=True, kw_only=True):
    """A quantity, count, day or place in an article, normalised for comparison."""

    span: Span
    statement_id: StatementId | None = None
    kind: str
    """`number`, `money`, `percent`, `duration`, `distance` ..., `date`, `place`, or `said` (a day)."""
    value: str
    unit: str | None = None
    qualifier: str | None = None
    """As printed: "at least", "about", "more than"."""
    about: tuple[str, ...] = ()
    """Folded content words near it that say what is counted, head noun first; of a day or place
    the noun and the verb of the event ("" where there is none), then the words around."""


class Annotation(Row, frozen=True, kw_only=True):
    """Everything that the within-article stage says of one article."""

    article: Article
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    voices: tuple[Voice, ...] = ()
    amounts: tuple[Amount, ...] = ()


class Sketch(Row, frozen=True, kw_only=True):
    """A small fingerprint of an article, enough to find its copies and its story."""

    article_id: ArticleId
    outlet: str | None
    published: str | None
    modified: str | None = None
    title: str | None
    words: int
    terms: bytes
    """64-bit hashes of the terms that weigh most, little-endian."""
    counts: bytes
    """How often each term occurs, title and lead counted more; 16-bit, little-endian."""
    shingles: bytes
    """Sampled hashes of 5-grams outside quotations, sorted; 64-bit, little-endian."""
    sampled: int
    """Only shingles that 2 to this power divides are kept."""
    agency: str | None = None
    """Named in the dateline or credit line."""


class Placement(Row, frozen=True, kw_only=True):
    """The story that an article belongs to."""

    article_id: ArticleId
    story_id: StoryId


class Speaker(Row, frozen=True, kw_only=True):
    """A person, organisation or group behind statements of one story."""

    id: SpeakerId
    story_id: StoryId
    name: str
    names: tuple[str, ...]
    kind: SpeakerKind
    role: str | None = None
    role_article_id: ArticleId | None = None
    handles: tuple[str, ...] = ()


class Identity(Row, frozen=True, kw_only=True):
    """The speaker that a mention refers to."""

    article_id: ArticleId
    span: Span
    mention: MentionKind
    speaker_id: SpeakerId
    judgement: Judgement
    method: str


class Utterance(Row, frozen=True, kw_only=True):
    """What was said once, carried by one or more statements."""

    id: UtteranceId
    story_id: StoryId
    speakers: tuple[SpeakerId, ...]
    fullest: StatementId
    statements: tuple[StatementId, ...]
    outlets: int
    """Independent outlets: copies of one wire text count once."""
    said: DateRange | None = None
    confidence: float
    method: str


class Edit(Row, frozen=True, kw_only=True):
    """One step of the script that turns the fullest wording into ours."""

    op: EditOp
    ours: Span | None = None
    fullest: Span | None = None
    flags: tuple[EditFlag, ...] = ()


class Carriage(Row, frozen=True, kw_only=True):
    """How a statement carries its utterance, against the fullest wording held."""

    utterance_id: UtteranceId
    statement_id: StatementId
    outlet: str | None
    types: tuple[CarriageType, ...]
    edits: tuple[Edit, ...] = ()
    independent: bool = True
    confidence: float
    method: str


class Exemplar(Row, frozen=True, kw_only=True):
    """A quotation of a story as the index of quotations keeps it; equal words are one.

    The days are ISO 8601: printed first, and between which days it can have been said.
    """

    story_id: StoryId
    who: str
    """The speakers' full names, folded."""
    words: str
    """The quoted words, folded; a bar stands where something was left out."""
    seeds: tuple[int, ...]
    """Hashes of the speaker with rare runs of words: what other stories find it by."""
    statements: tuple[StatementId, ...]
    """In the order of printing."""
    printed: tuple[str, ...]
    """The day on which each of them was printed."""
    outlet: str | None
    """Of the first."""
    earliest: str | None = None
    latest: str
    places: tuple[str, ...] = ()
    """Words of names of places that stand near the quotation, folded."""
    again: bool = False
    """Whether an article tells that it is said once more."""


class Reprint(Row, frozen=True, kw_only=True):
    """A statement of which the words were printed before, in another story."""

    statement_id: StatementId
    story_id: StoryId
    first: StatementId
    first_story_id: StoryId
    outlet: str | None
    """Of the first."""
    published: str
    wording: ReprintWording
    confidence: float
    method: str


class Again(Row, frozen=True, kw_only=True):
    """What a later story printed again of a statement: a reprint, seen from the first print."""

    statement_id: StatementId
    """The first print."""
    outlet: str | None
    """Of the later print."""
    published: str
    confidence: float


class Response(Row, frozen=True, kw_only=True):
    """A statement that answers another; columns `from` and `to`."""

    answering: StatementId = field(name="from")
    answered: StatementId = field(name="to")
    story_id: StoryId
    reply: Reply
    evidence: tuple[Span, ...]
    confidence: float
    method: str


class Copy(Row, frozen=True, kw_only=True):
    """An article whose own text comes from another."""

    article_id: ArticleId
    original_id: ArticleId
    kind: CopyKind
    agency: str | None = None
    shared: float
    method: str


class Story(Row, frozen=True, kw_only=True):
    """Articles on the same events; the title is a headline as one outlet printed it."""

    id: StoryId
    title: str | None
    title_article_id: ArticleId | None
    article_ids: tuple[ArticleId, ...]
    first: str | None = None
    last: str | None = None
    method: str


class DifferenceValue(Row, frozen=True, kw_only=True):
    """One account's value, with its place."""

    article_id: ArticleId
    statement_id: StatementId | None = None
    span: Span
    value: str
    unit: str | None = None
    qualifier: str | None = None


class Difference(Row, frozen=True, kw_only=True):
    """Values on which accounts of the same thing differ; agreement is not listed."""

    story_id: StoryId
    what: str
    values: tuple[DifferenceValue, ...]
    confidence: float
    method: str


class StoryRecord(Row, frozen=True, kw_only=True):
    """All rows of one story, each table sorted by id."""

    story: Story
    articles: tuple[Article, ...]
    copies: tuple[Copy, ...] = ()
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    identities: tuple[Identity, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    carriages: tuple[Carriage, ...] = ()
    responses: tuple[Response, ...] = ()
    differences: tuple[Difference, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    again: tuple[Again, ...] = ()
    """No table: the reprints of other stories whose first print stands in this one."""
    exemplars: tuple[Exemplar, ...] = ()
    """No table: what the index of quotations takes from the story."""
