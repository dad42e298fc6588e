"""One article to its annotation: the one stage that reads wording."""

from collections.abc import Iterator

from onrecord.annotate.acts import Character, characterise
from onrecord.annotate.amounts import find_amounts
from onrecord.annotate.attribution import attribute
from onrecord.annotate.coreference import resolve
from onrecord.annotate.corrections import without_corrections
from onrecord.annotate.dates import Said, said_when
from onrecord.annotate.found import Attribution, Parse
from onrecord.annotate.occasions import find_occasions
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.reasons import without_reasons
from onrecord.annotate.tagged import attribute_with_model
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId, StatementId, content_hash
from onrecord.records import Amount, Annotation, Article, Statement
from onrecord.resources import Resources
from onrecord.spans import Span, join_spans

__all__ = ["annotate"]


def annotate(article: Article, resources: Resources) -> Annotation:
    """Return the statements of *article*, who speaks in each, and the amounts it gives.

    The parse lives and dies here: only rows come out.
    """
    tokens = parse(article, resources)
    quotations = find_quotations(tokens)
    if resources.tagger is None:
        found = attribute(article, tokens, quotations, resources)
    else:
        found = attribute_with_model(article, tokens, quotations, resources, resources.tagger)
    found = without_corrections(found, tokens)
    attributions = _distinct(without_reasons(found, tokens, resources.words("leaving_words")))
    ids = [_statement_id(article.id, found.content) for found in attributions]
    said = [said_when(article, tokens, found, resources) for found in attributions]
    characters = _characters(article, tokens, attributions, resources)
    statements = tuple(
        _statement(article, found, (ids, number), said[number], characters[number])
        for number, found in enumerate(attributions)
    )
    people = resolve(article, tokens, statements, resources)
    return Annotation(
        article=article,
        statements=statements,
        mentions=people.mentions,
        chains=people.chains,
        voices=people.voices,
        amounts=(
            *find_amounts(article, tokens, statements, resources),
            *find_occasions(article, tokens, resources),
            *_days_of_saying(ids, said),
        ),
    )


def _characters(
    article: Article, tokens: Parse, attributions: tuple[Attribution, ...], resources: Resources
) -> list[Character]:
    """Return what each statement does; what it quotes of somebody else is not its own act."""
    others: dict[int, list[Span]] = {}
    for found in attributions:
        if found.within is not None and found.mode == "direct":
            others.setdefault(found.within, []).extend(found.content)
    return [
        characterise(article, tokens, found, resources, others.get(number, ()))
        for number, found in enumerate(attributions)
    ]


def _days_of_saying(ids: list[StatementId], said: list[Said | None]) -> Iterator[Amount]:
    """Yield the days that the text prints for its statements, for comparison between articles."""
    for statement_id, one in zip(ids, said, strict=True):
        if one is None or one.span is None or one.when.start != one.when.end:
            continue
        yield Amount(
            span=one.span,
            statement_id=statement_id,
            kind="said",
            value=one.when.start,
            unit=one.when.precision,
        )


def _distinct(attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """Refuse two attributions of the same words: the id of a statement is its content."""
    contents = [found.content for found in attributions]
    if len(set(contents)) == len(contents):
        return attributions
    message = "two attributions share their content spans"
    raise ValueError(message)


def _statement_id(article_id: ArticleId, content: tuple[Span, ...]) -> StatementId:
    places = (f"{span.start}-{span.end}" for span in content)
    return StatementId(content_hash("statement", article_id, *places))


def _statement(
    article: Article,
    found: Attribution,
    place: tuple[list[StatementId], int],
    said: Said | None,
    character: Character,
) -> Statement:
    ids, number = place
    return Statement(
        id=ids[number],
        article_id=article.id,
        source=found.source,
        cue=found.cue,
        content=found.content,
        text=join_spans(article.text, found.content),
        mode=found.mode,
        cue_class=found.cue_class,
        act=character.act,
        negated=character.negated,
        hedges=character.hedges,
        addressee=character.addressee,
        medium=character.medium,
        said=said.when if said else None,
        within=None if found.within is None else ids[found.within],
        confidence=round(found.confidence, 3),
        method=found.method,
    )
