"""The record as linked data in the words of schema.org: who is quoted where, and who replied.

The context is written out in the file, so that nothing is fetched to read it. There is no
ClaimReview and no rating: what somebody alleges is a `Claim` of theirs, found in these articles.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from onrecord import __version__
from onrecord.records import (
    Article,
    Copy,
    Reply,
    Reprint,
    Response,
    Speaker,
    SpeakerKind,
    Statement,
    StoryRecord,
    Utterance,
)

__all__ = ["CONTEXT", "PROGRAM", "Node", "name_of", "nodes_of"]

Node = dict[str, Any]

CONTEXT: Final[Node] = {
    "@vocab": "https://schema.org/",
    "record": "urn:onrecord:term:",
    **{
        name: {"@id": f"https://schema.org/{name}", "@type": "@id"}
        for name in ("agent", "appearance", "archivedAt", "object", "result", "url")
    },
}
"""Words without a prefix are of schema.org; `record:` are columns of the tables, as they are."""

PROGRAM: Final[Node] = {
    "@id": "urn:onrecord:program",
    "@type": "SoftwareApplication",
    "name": "onrecord",
    "softwareVersion": __version__,
}

_TYPES: Final[Mapping[SpeakerKind, str]] = {
    "person": "Person",
    "organisation": "Organization",
    # One or several, not named: schema.org has no class for that which says no more.
    "group": "Thing",
    "unnamed": "Thing",
}
_ACTIONS: Final[Mapping[Reply, str]] = {
    "denies": "DisagreeAction",
    "disputes": "DisagreeAction",
    "supports": "AgreeAction",
}


def name_of(kind: str, row_id: str) -> str:
    """Return the address of a row: the same in every export that has the row.

    >>> name_of("statement", "3f2a")
    'urn:onrecord:statement:3f2a'
    """
    return f"urn:onrecord:{kind}:{row_id}"


def nodes_of(record: StoryRecord, *, text: bool) -> Iterator[Node]:
    """Yield the nodes of one story; without *text* no wording of the articles."""
    originals = {row.article_id: row for row in record.copies}
    for article in record.articles:
        yield _article(article, originals.get(article.id), text=text)
    for speaker in record.speakers:
        yield _speaker(speaker)
    for utterance in record.utterances:
        yield _utterance(utterance)
    claims = _claims(record, text=text)
    carriages = {row.statement_id: list(row.types) for row in record.carriages}
    reprints = {row.statement_id: row for row in record.reprints}
    for statement in record.statements:
        node = _quotation(statement, text=text) | _known(types_=carriages.get(statement.id))
        if statement.id in reprints:
            node |= _reprint(reprints[statement.id])
        if statement.act == "accuses":
            node["interpretedAsClaim"] = {"@id": _claim_name(statement)}
        yield node
    yield from claims
    speakers = {row.id: row.speakers for row in record.statements}
    for response in record.responses:
        yield _reply(response, speakers.get(response.answering, ()))


def _known(**values: Any) -> Node:
    """Return what is known of *values*; a trailing underscore stands for the prefix `record:`."""
    return {
        f"record:{name[:-1]}" if name.endswith("_") else name: value
        for name, value in values.items()
        if value not in (None, "", [], ())
    }


def _links(kind: str, ids: tuple[str, ...]) -> list[Node]:
    return [{"@id": name_of(kind, one)} for one in ids]


def _article(article: Article, copy: Copy | None, *, text: bool) -> Node:
    outlet = {"@type": "NewsMediaOrganization", "name": article.outlet} if article.outlet else None
    return {
        "@id": name_of("article", article.id),
        "@type": "NewsArticle",
        **_known(
            url=article.url,
            headline=article.title if text else None,
            datePublished=article.published,
            dateModified=article.modified,
            author=[{"@type": "Person", "name": name} for name in article.byline],
            publisher=outlet,
            inLanguage=article.language,
            isBasedOn=_links("article", (copy.original_id,)) if copy else [],
            copy_=copy.kind if copy else None,
            text_sha256_=article.text_sha256,
        ),
    }


def _speaker(speaker: Speaker) -> Node:
    others = [*(name for name in speaker.names if name != speaker.name), *speaker.handles]
    return {
        "@id": name_of("speaker", speaker.id),
        "@type": _TYPES[speaker.kind],
        "name": speaker.name,
        **_known(alternateName=others, description=speaker.role, kind_=speaker.kind),
    }


def _utterance(utterance: Utterance) -> Node:
    return {
        "@id": name_of("utterance", utterance.id),
        "@type": "CreativeWork",
        **_known(
            creator=_links("speaker", utterance.speakers),
            fullest_=_links("statement", (utterance.fullest,)),
            outlets_=utterance.outlets,
        ),
    }


def _quotation(statement: Statement, *, text: bool) -> Node:
    said = statement.said
    utterance = (statement.utterance_id,) if statement.utterance_id else ()
    return {
        "@id": name_of("statement", statement.id),
        "@type": "Quotation",
        **_known(
            text=statement.text if text else None,
            creator=_links("speaker", statement.speakers),
            isPartOf=_links("article", (statement.article_id,)),
            isBasedOn=_links("utterance", utterance),
            dateCreated=said.start if said and said.start == said.end else None,
            said_=f"{said.start}/{said.end}" if said else None,
            act_=statement.act,
            mode_=statement.mode,
            via_=_links("speaker", statement.via),
            on_behalf_=_links("speaker", statement.on_behalf),
            within_=_links("statement", (statement.within,) if statement.within else ()),
            answer_status_=statement.answer_status,
            content_=[f"{span.start}-{span.end}" for span in statement.content],
            confidence_=statement.confidence,
            method_=statement.method,
        ),
    }


def _reprint(reprint: Reprint) -> Node:
    """Return what a quotation says of an earlier story that printed its words first."""
    return _known(
        first_print_=_links("statement", (reprint.first,)),
        wording_=reprint.wording,
        reprint_confidence_=reprint.confidence,
    )


def _claim_name(statement: Statement) -> str:
    return name_of("claim", statement.utterance_id or statement.id)


def _claims(record: StoryRecord, *, text: bool) -> Iterator[Node]:
    """Yield what is alleged, once for all articles that carry it; whose it is, and where it is."""
    found: dict[str, list[Statement]] = {}
    for statement in record.statements:
        if statement.act == "accuses":
            found.setdefault(_claim_name(statement), []).append(statement)
    published = {row.id: (row.published or "9", row.id) for row in record.articles}
    fullest = {row.fullest for row in record.utterances}
    for name, rows in sorted(found.items()):
        longest = min(rows, key=lambda row: (row.id not in fullest, -len(row.text), row.id))
        articles = sorted({row.article_id for row in rows}, key=lambda one: published[one])
        yield {
            "@id": name,
            "@type": "Claim",
            "claimInterpreter": {"@id": PROGRAM["@id"]},
            **_known(
                text=longest.text if text else None,
                author=_links("speaker", longest.speakers),
                appearance=_links("article", tuple(articles)),
                firstAppearance=_links("article", tuple(articles[:1])),
            ),
        }


def _reply(response: Response, speakers: tuple[str, ...]) -> Node:
    return {
        "@id": name_of("response", f"{response.answering}:{response.answered}"),
        "@type": _ACTIONS.get(response.reply, "ReplyAction"),
        **_known(
            agent=_links("speaker", speakers),
            object=_links("statement", (response.answered,)),
            result=_links("statement", (response.answering,)),
            reply_=response.reply,
            confidence_=response.confidence,
            method_=response.method,
        ),
    }
