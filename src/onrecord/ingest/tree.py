"""Characters of a page to an element tree, with limits checked before the parser sees them.

The parser keeps zero-width and bidirectional characters and reads text nodes of any length,
but it stops without a word below a depth, and takes quadratic time over the attributes of one
tag. Both are therefore measured first.
"""

import re
from itertools import accumulate, islice

from lxml import etree, html

from onrecord.errors import described
from onrecord.ingest.reasons import Unreadable

__all__ = ["MAX_ATTRIBUTES", "MAX_DEPTH", "MAX_PASSAGE", "MAX_TAGS", "parse_tree"]

# The parser drops what is nested deeper than 2,048 elements; real pages stay below 150.
MAX_DEPTH = 1500
# The parser takes 0.2 s for 16,000 attributes on one tag and 5 s for 64,000.
MAX_ATTRIBUTES = 10_000

# Characters between two tags. A book is below 2 million; 30 million take 8 s and 600 MB.
MAX_PASSAGE = 12_000_000
# Tags, opening and closing. Of 769 saved pages the largest has 9,769.
MAX_TAGS = 300_000

_EDGE_TAGS = (
    "button",
    "label",
    "aside",
    "nav",
    "footer",
    "form",
    "figure",
    "svg",
    "symbol",
    "select",
)
_NEARLY_ALL = 0.7

_LARGE = 1_000_000

_TAG = re.compile(r"</?[a-zA-Z]")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_ATTRIBUTE = re.compile(r"\s[^\s=<>\"'/]{1,100}")
# Only elements that no parser closes by itself add to the depth for good.
_NESTING = re.compile(
    r"<(/?)(?:(?:div|span|section|article|main|aside|header|footer|nav|figure|ul|ol|dl|table|tbody|b|i"
    r"|u|em|strong|font|blockquote|center|form|fieldset|details|small|big|sub|sup|code|a|svg|g)\b"
    r"|[a-z]+-)[^<>]*>",
    re.IGNORECASE,
)
# Characters that no XML tree can hold; browsers show a replacement for most of them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def parse_tree(text: str) -> html.HtmlElement:
    """Return the root element of the page *text*.

    Raises:
        Unreadable: `too_large`, `too_deep`, `too_many_attributes`, `empty` or `parser_failed`.
    """
    _check(text)
    # A declaration of an encoding contradicts a decoded string; a NUL ends the text for libxml2.
    cleaned = _CONTROLS.sub("\ufffd", _DECLARATION.sub("", text).replace("\f", " "))
    # Comments left inside a paragraph (frameworks put them between words) make trafilatura lose it.
    parser = html.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_pis=True, remove_comments=True
    )
    try:
        root = html.document_fromstring(cleaned.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        if len(cleaned) > _LARGE:
            # What the parser says when it is denied memory; pages of this size are not empty.
            raise MemoryError from error
        raise Unreadable("empty", "the page has no element") from error
    except (AssertionError, ValueError, MemoryError) as error:
        raise Unreadable("parser_failed", described(error)) from error
    _unwrap(root)
    return root


def _unwrap(root: html.HtmlElement) -> None:
    """Drop the tag, not the content, of elements at the page's edge that hold nearly all of it.

    A button or side column that was never closed swallows the article: browsers close it, this
    parser does not, and every reader leaves such elements out.
    """
    held: dict[html.HtmlElement, int] = {}
    total = 0
    for paragraph in root.iter("p"):
        length = len(paragraph.text_content())
        total += length
        for above in paragraph.iterancestors(*_EDGE_TAGS):
            held[above] = held.get(above, 0) + length
    for node, length in held.items():
        if length > _NEARLY_ALL * total:
            node.drop_tag()


def _check(text: str) -> None:
    # Counted, not timed: what is refused here is refused on every machine.
    if text.count("<") > MAX_TAGS and any(islice(_TAG.finditer(text), MAX_TAGS, None)):
        raise Unreadable("too_large", f"more than {MAX_TAGS} tags")
    if _has_endless_passage(text):
        raise Unreadable("too_large", f"more than {MAX_PASSAGE} characters without a tag")
    for tag in _LONG_TAG.finditer(text):
        end = text.find(">", tag.end())
        names = _ATTRIBUTE.findall(text, tag.start(), end if end > 0 else tag.end())
        if len(names) > MAX_ATTRIBUTES:
            raise Unreadable("too_many_attributes", f"{len(names)} attributes on one tag")
    if text.count("<") <= MAX_DEPTH:
        return
    steps = (-1 if found[1] else 1 for found in _NESTING.finditer(text))
    deepest = max(accumulate(steps), default=0)
    if deepest > MAX_DEPTH:
        raise Unreadable("too_deep", f"about {deepest} elements inside one another")


def _has_endless_passage(text: str) -> bool:
    """Return whether a text without a tag is too long; an image inside a tag is none."""
    # One that is too long covers one of these places: no need to look at every tag.
    for place in range(MAX_PASSAGE, len(text), MAX_PASSAGE):
        start = max(text.rfind(mark, 0, place) for mark in "<>")
        ends = (text.find(mark, place) for mark in "<>")
        end = min((end for end in ends if end >= 0), default=len(text))
        opened = start >= 0 and text[start] == "<"
        if end - start - 1 > MAX_PASSAGE and not opened:
            return True
    return False
