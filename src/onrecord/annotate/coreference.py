"""Mentions of one referent within one article, and who speaks in each statement."""

from onrecord.annotate.found import Coreference, Parse
from onrecord.records import Article, Chain, Mention, Statement, Voice
from onrecord.resources import Resources

__all__ = ["resolve"]


def resolve(
    article: Article, parse: Parse, statements: tuple[Statement, ...], resources: Resources
) -> Coreference:
    """Return mentions, chains and voices of an article."""
    del article, resources
    numbers: dict[str, int] = {}
    mentions: list[Mention] = []
    voices: list[Voice] = []
    for statement in statements:
        if statement.source is None:
            continue
        name = statement.source.of(parse.text)
        number = numbers.setdefault(name, len(numbers))
        mentions.append(Mention(span=statement.source, kind="name", chain=number, method="same"))
        voices.append(Voice(statement_id=statement.id, speakers=(number,), method="source"))
    chains = tuple(
        Chain(number=number, name=name, names=(name,), kind="person")
        for name, number in numbers.items()
    )
    return Coreference(mentions=tuple(mentions), chains=chains, voices=tuple(voices))
