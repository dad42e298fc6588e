"""From the rows of a run to one HTML file that needs nothing else."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec.structs import asdict

from onrecord.config import Settings, Wire
from onrecord.naming import is_mixed_script
from onrecord.records import Reject, StoryRecord
from onrecord.report import dates, markup
from onrecord.report.highlight import highlight
from onrecord.report.initials import initialled
from onrecord.report.page import StoryPage, story_page
from onrecord.resources import load_resources
from onrecord.runs import Manifest
from onrecord.views import words
from onrecord.visible import visible

__all__ = ["Choices", "render", "render_split", "story_file"]


_SPARE = re.compile(r"""("[^"]*")| ?([{};]) ?|(?<=[:,]) ()""")  # spaces, but none in a string
_PROPERTY = re.compile(r"--[a-z]+")  # custom properties of the style sheet
_CONTEXT = 80  # characters on each side: about a clause


class Choices(NamedTuple):
    """What the reader of a report is shown, and how."""

    excerpts: bool = False
    """Of the articles only the statements, with a few words around each."""
    initials: bool = False
    """Private people by their initials."""
    contact: str = ""
    """Where objections go."""
    wire: Wire = "keep"
    """What becomes of statements in copies of another outlet's text."""
    tables: tuple[tuple[str, str], ...] = ()
    """Names of tables that were written beside the report, with their addresses from it."""


def render(
    records: Sequence[StoryRecord],
    rejects: Sequence[Reject],
    manifest: Manifest,
    choices: Choices = Choices(),  # noqa: B008 - immutable
) -> str:
    """Return the report of *records* as one HTML document.

    It loads nothing, runs without scripts, and says of every row where it stands in which
    article. Stories come in the order given; several get a list of contents.
    """
    many = len(records) > 1
    prefixes = [f"r{number}-" if many else "" for number in range(1, len(records) + 1)]
    pages = _pages(records, prefixes, choices)
    return _document(records, pages, rejects, manifest, choices, many=many)


def render_split(
    records: Sequence[StoryRecord],
    rejects: Sequence[Reject],
    manifest: Manifest,
    choices: Choices = Choices(),  # noqa: B008 - immutable
) -> Iterator[tuple[str, str]]:
    """Yield the report of *records* as files, one a story: name and HTML document.

    The list of stories, `index.html`, comes last: where it is, everything that it links to is.
    """
    for record in records:
        pages = _pages([record], [""], choices)
        yield (
            story_file(record),
            _document([record], pages, rejects, manifest, choices, home="index.html"),
        )
    pages = _pages(records, [""] * len(records), choices)
    links = [story_file(record) for record in records]
    yield (
        "index.html",
        _document(records, pages, rejects, manifest, choices, many=True, links=links),
    )


def story_file(record: StoryRecord) -> str:
    """Return the name of the file of a story: the same in every run that has the story."""
    return f"story-{record.story.id[:12]}.html"


def _pages(
    records: Sequence[StoryRecord], prefixes: Sequence[str], choices: Choices
) -> list[StoryPage]:
    context = _CONTEXT if choices.excerpts else None
    return [
        story_page(record, prefix, context=context, wire=choices.wire)
        for record, prefix in zip(records, prefixes, strict=True)
    ]


def _document(
    records: Sequence[StoryRecord],
    pages: Sequence[StoryPage],
    rejects: Sequence[Reject],
    manifest: Manifest,
    choices: Choices,
    *,
    many: bool = False,
    home: str = "",
    links: Sequence[str] = (),
) -> str:
    style, script = _asset("style.css"), _asset("script.js")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            pages=pages,
            many=many,
            home=home,
            links=links,
            excerpts=choices.excerpts,
            initials=choices.initials,
            contact=choices.contact,
            wire=choices.wire,
            tables=choices.tables,
            title=_title(pages),
            settings=_settings(manifest.settings),
            rejects=rejects,
            manifest=manifest,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_digest(style),
            script_hash=_digest(script),
        )
    )
    if not choices.initials:
        return page
    return initialled(page, records, load_resources(manifest.settings.language))[0]


def _settings(settings: Settings) -> list[tuple[str, str]]:
    """Return what the record was made with: the main choices, and others where they were made."""
    usual = asdict(Settings())
    return [
        (name, str(value))
        for name, value in asdict(settings).items()
        if name in ("language", "tier", "wire") or value != usual[name]
    ]


def _title(pages: Sequence[StoryPage]) -> str:
    """Return the title of the document: a headline with its outlet, or a count."""
    if len(pages) == 1 and pages[0].title_article:
        headline = visible(f"“{pages[0].title_article.title}” ({pages[0].outlet_title})")
        return f"{headline} · on record"
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
    environment.tests["mixed_script"] = is_mixed_script
    environment.globals |= {
        "words": words,
        "passage_link": markup.passage_link,
        "highlight": highlight,
    }
    return environment


@cache
def _asset(name: str) -> str:
    """Return a style sheet or script without its comments and what it can spare of their length.

    That is white space, and in a style sheet the names of its custom properties.
    """
    text = (files("onrecord.report") / "templates" / name).read_text(encoding="utf-8")
    text = re.sub(r"/\*[^*]*\*/", "", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not name.endswith(".css"):
        return "\n".join(lines)
    style = _SPARE.sub(lambda found: found[1] or found[2], "".join(lines)).replace(";}", "}")
    names = sorted(set(_PROPERTY.findall(style)))
    short = {name: f"--{number:x}" for number, name in enumerate(names)}
    return _PROPERTY.sub(lambda found: short[found[0]], style)


def _digest(text: str) -> str:
    """Return the source expression that allows *text* under the content security policy."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
