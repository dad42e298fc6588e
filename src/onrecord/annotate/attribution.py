"""From cues and quotation marks to source, cue and content: the rules tier."""

from onrecord.annotate.found import Attribution, Parse, Quotation
from onrecord.records import Article
from onrecord.resources import Resources

__all__ = ["attribute"]


def attribute(
    article: Article, parse: Parse, quotations: tuple[Quotation, ...], resources: Resources
) -> tuple[Attribution, ...]:
    """Return the attributions of an article in text order of their first content."""
    del article, parse, resources
    return tuple(
        Attribution(
            source=None,
            cue=None,
            content=(quotation.outer,),
            mode="direct",
            cue_class="speech",
            confidence=0.5,
            method="rules:bare",
        )
        for quotation in quotations
    )
