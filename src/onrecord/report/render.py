"""From the rows of a run to one HTML file that needs nothing else."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec.structs import asdict

from onrecord.records import Reject, StoryRecord
from onrecord.report import dates, markup
from onrecord.report.highlight import highlight
from onrecord.report.page import StoryPage, story_page
from onrecord.runs import Manifest
from onrecord.views import words

__all__ = ["render"]


_SPARE = re.compile(r"""("[^"]*")| ?([{};]) ?|(?<=[:,]) ()""")  # spaces, but none in a string
_CONTEXT = 80  # characters on each side: about a clause


def render(
    records: Sequence[StoryRecord],
    rejects: Sequence[Reject],
    manifest: Manifest,
    *,
    excerpts: bool = False,
    contact: str = "",
) -> str:
    """Return the report of *records* as one HTML document.

    It loads nothing, runs without scripts, and says of every row where it stands in which
    article. Stories come in the order given; several get a list of contents.

    With *excerpts*, articles are shown as their statements with a few words around each: for
    passing on what may be quoted, where the whole text may not. *contact* is where objections go.
    """
    many = len(records) > 1
    pages = [
        story_page(record, f"r{number}-" if many else "", context=_CONTEXT if excerpts else None)
        for number, record in enumerate(records, start=1)
    ]
    style, script = _asset("style.css"), _asset("script.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            pages=pages,
            many=many,
            excerpts=excerpts,
            contact=contact,
            title=_title(pages),
            settings=[(name, str(value)) for name, value in asdict(manifest.settings).items()],
            rejects=rejects,
            manifest=manifest,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_digest(style),
            script_hash=_digest(script),
        )
    )


def _title(pages: Sequence[StoryPage]) -> str:
    """Return the title of the document: a headline with its outlet, or a count."""
    if len(pages) == 1 and pages[0].title_article:
        return f"“{pages[0].title_article.title}” ({pages[0].outlet_title}) · on record"
    return f"{len(pages)} stories · on record"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": markup.shown,
        "excerpt": markup.excerpt,
        "day": dates.day_words,
        "range": dates.range_words,
        "page_link": markup.page_link,
        "sureness": words.sureness,
    }
    environment.globals |= {
        "words": words,
        "passage_link": markup.passage_link,
        "highlight": highlight,
    }
    return environment


@cache
def _asset(name: str) -> str:
    """Return a style sheet or script without its comments and what white space it can spare."""
    text = (files("onrecord.report") / "templates" / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*[^*]*\*/", "", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not name.endswith(".css"):
        return "\n".join(lines)
    return _SPARE.sub(lambda found: found[1] or found[2], "".join(lines)).replace(";}", "}")


def _digest(text: str) -> str:
    """Return the source expression that allows *text* under the content security policy."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
