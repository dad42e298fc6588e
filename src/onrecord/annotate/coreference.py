"""Mentions of one referent within one article, and who speaks in each statement.

Names are grouped first (`cast`), then the source of every statement is read (`parts`) and
resolved in text order (`voices`). What the text leaves open stays unsure, with its candidates.
"""

from onrecord.annotate.cast import assemble
from onrecord.annotate.found import Coreference, Parse
from onrecord.annotate.headlines import name_headlines
from onrecord.annotate.names import find_names, strip_epithets
from onrecord.annotate.personhood import name_bodies
from onrecord.annotate.referents import Referent
from onrecord.annotate.roles import find_roles
from onrecord.annotate.vocabulary import vocabulary_of
from onrecord.annotate.voices import Decision, Voices
from onrecord.records import Article, Chain, Mention, Statement, Voice
from onrecord.resources import Resources
from onrecord.spans import Span

__all__ = ["resolve"]


def resolve(
    article: Article, parse: Parse, statements: tuple[Statement, ...], resources: Resources
) -> Coreference:
    """Return mentions, chains and voices of an article."""
    vocabulary = vocabulary_of(resources)
    printed, headlines = find_names(parse, vocabulary)
    printed = strip_epithets(printed, vocabulary)
    cast = assemble(parse, printed, vocabulary)
    name_bodies(parse, printed, cast, vocabulary)
    find_roles(parse, printed, cast, vocabulary)
    names = sorted(printed + name_headlines(parse, headlines, cast), key=lambda name: name.first)
    voices = Voices(article, parse, names, cast, vocabulary, statements)
    decisions = voices.decide()
    kept = [referent for referent in cast.referents if referent.places]
    kept.sort(key=lambda referent: (referent.begins, referent.number))
    numbers = {referent.number: number for number, referent in enumerate(kept)}
    return Coreference(
        mentions=_mentions(parse, kept) + voices.open_mentions(numbers),
        chains=tuple(_chain(parse, referent, numbers) for referent in kept),
        voices=tuple(_voice(decision, numbers) for decision in decisions),
    )


def _mentions(parse: Parse, kept: list[Referent]) -> tuple[Mention, ...]:
    starts, ends = parse.starts, parse.ends
    found = {
        (place.first, place.last, chain): Mention(
            span=Span(starts[place.first], ends[place.last - 1]),
            kind=place.kind,
            chain=chain,
            method=place.method,
        )
        for chain, referent in enumerate(kept)
        for place in referent.places
    }
    return tuple([found[key] for key in sorted(found)])


def _chain(parse: Parse, referent: Referent, numbers: dict[int, int]) -> Chain:
    forms = [*referent.printed]
    if len(forms) > 1:
        forms.sort(key=lambda form: (-len(form.split()), form))
    role = referent.roles[0].span.of(parse.text) if referent.roles else None
    return Chain(
        number=numbers[referent.number],
        name=_fullest(referent, forms),
        names=tuple(forms),
        kind=referent.kind,
        role=role,
        handles=tuple(sorted(referent.handles)),
        document=referent.noun if referent.document else None,
        wrote=tuple(sorted(referent.wrote)),
    )


def _fullest(referent: Referent, forms: list[str]) -> str:
    """Return the fullest printed form, without an honorific where there is one without."""
    if len(forms) == 1:
        return forms[0]
    forms = [form for form in forms if form not in referent.honorific] or forms
    mixed = [form for form in forms if not form.isupper()]
    return (mixed or forms)[0]


def _voice(decision: Decision, numbers: dict[int, int]) -> Voice:
    def known(referents: tuple[Referent, ...]) -> tuple[int, ...]:
        if not referents:
            return ()
        return tuple(
            dict.fromkeys(numbers[one.number] for one in referents if one.number in numbers)
        )

    return Voice(
        statement_id=decision.statement_id,
        speakers=known(decision.speakers),
        via=known(decision.via),
        on_behalf=known(decision.on_behalf),
        judgement="unsure" if decision.candidates else "same",
        candidates=known(decision.candidates),
        method=decision.method,
    )
