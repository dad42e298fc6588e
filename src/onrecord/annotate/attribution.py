"""From cues and quotation marks to source, cue and content: the rules tier."""

from onrecord.annotate.clauses import drafts_of_unit
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Attribution, Parse, Quotation
from onrecord.annotate.lexicon import lexicon_of
from onrecord.annotate.nominal import nominal_drafts
from onrecord.annotate.ordering import finish
from onrecord.annotate.posts import post_drafts
from onrecord.annotate.units import units_of
from onrecord.records import Article
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["attribute"]


def attribute(
    article: Article, parse: Parse, quotations: tuple[Quotation, ...], resources: Resources
) -> tuple[Attribution, ...]:
    """Return the attributions of an article in text order of their first content."""
    lexicon = lexicon_of(resources)
    context = Context(
        parse=parse,
        quotations=quotations,
        lexicon=lexicon,
        units=units_of(parse, quotations, lexicon),
    )
    drafts: list[Draft] = post_drafts(article, context)
    posts = [draft.content[0] for draft in drafts]
    for number in range(len(context.units)):
        cuts: list[int] = []
        drafts += nominal_drafts(context, number, cuts)
        drafts += drafts_of_unit(context, number, cuts)
    kept = [draft for draft in drafts if draft.mode == "embedded" or not _inside(draft, posts)]
    return finish(context, kept, resources)


def _inside(draft: Draft, posts: list[Span]) -> bool:
    """Return whether a draft takes words of an embedded post for its own sentence."""
    return any(post.overlaps(span) for post in posts for span in draft.content)
