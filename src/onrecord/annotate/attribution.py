"""From cues and quotation marks to source, cue and content: the rules tier."""

from dataclasses import replace

from onrecord.annotate.bare import bare_drafts
from onrecord.annotate.clauses import drafts_of_unit, inner_drafts
from onrecord.annotate.drafts import Context, Draft
from onrecord.annotate.found import Attribution, Parse, Quotation
from onrecord.annotate.labelled import labelled_drafts, signed_drafts
from onrecord.annotate.lexicon import lexicon_of
from onrecord.annotate.nominal import inner_nominal_drafts, nominal_drafts
from onrecord.annotate.opened import opened_drafts
from onrecord.annotate.ordering import finish
from onrecord.annotate.posts import post_drafts
from onrecord.annotate.units import inner_units_of, units_of
from onrecord.records import Article
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["attribute"]


def attribute(
    article: Article, parse: Parse, quotations: tuple[Quotation, ...], resources: Resources
) -> tuple[Attribution, ...]:
    """Return the attributions of an article in text order of their first content."""
    lexicon = lexicon_of(resources)
    # A headline sums up what the text says in full; it is no statement of its own.
    headings = {block.span.start for block in article.blocks if block.kind == "heading"}
    context = Context(
        parse=parse,
        quotations=quotations,
        lexicon=lexicon,
        units=[
            unit
            for unit in units_of(parse, quotations, lexicon)
            if parse.blocks[unit.block].start not in headings
        ],
    )
    drafts: list[Draft] = post_drafts(article, context)
    posts = [draft.content[0] for draft in drafts]
    for number in range(len(context.units)):
        cuts: list[int] = []
        drafts += nominal_drafts(context, number, cuts)
        drafts += drafts_of_unit(context, number, cuts)
        drafts += opened_drafts(context, number)
    drafts += labelled_drafts(context, resources.words("label-words"))
    drafts += signed_drafts(context)
    drafts += bare_drafts(context, drafts)
    inside = replace(context, units=inner_units_of(parse, quotations, lexicon))
    for number in range(len(inside.units)):
        drafts += inner_drafts(inside, number)
        drafts += inner_nominal_drafts(inside, number)
    kept = [draft for draft in drafts if draft.mode == "embedded" or not _inside(draft, posts)]
    return finish(context, kept, resources)


def _inside(draft: Draft, posts: list[Span]) -> bool:
    """Return whether a draft takes words of an embedded post for its own sentence."""
    return any(post.overlaps(span) for post in posts for span in draft.content)
