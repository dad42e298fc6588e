"""Date expressions to ranges of days, resolved against the article's own date."""

from onrecord.annotate.found import Attribution, Parse
from onrecord.records import Article, DateRange
from onrecord.resources import Resources

__all__ = ["said_when"]


def said_when(
    article: Article, parse: Parse, attribution: Attribution, resources: Resources
) -> DateRange | None:
    """Return when the words were said as the text tells it, or None where it does not."""
    del article, parse, attribution, resources
    return None
