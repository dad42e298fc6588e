"""A small fingerprint of an article, enough to find its copies and its story."""

from collections import Counter

from onrecord.records import Annotation, Sketch
from onrecord.resources import Resources

__all__ = ["sketch"]


def sketch(annotation: Annotation, resources: Resources) -> Sketch:
    """Return the fingerprint of an annotated article."""
    del resources
    article = annotation.article
    words = article.text.split()
    return Sketch(
        article_id=article.id,
        outlet=article.outlet,
        published=article.published,
        title=article.title,
        words=len(words),
        terms=tuple(sorted(Counter(words).items())),
        shingles=(),
    )
