"""The rules by which one statement is taken to answer another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.ids import ArticleId, SpeakerId
from onrecord.link.aims import Aim, shared_weight
from onrecord.link.centre import replies_to_centre
from onrecord.link.charges import Charges, charges_of
from onrecord.link.following import links_going_on
from onrecord.link.nearby import links_nearby
from onrecord.link.questions import is_in_a_deed, links_inside, links_to_questions
from onrecord.link.refusals import refusals
from onrecord.link.replies import Link, is_about, link, overlap
from onrecord.records import Act
from onrecord.resources import Resources

__all__ = ["links_of"]

_ANSWERABLE: Mapping[Act, frozenset[Act]] = {
    "denies": frozenset(("accuses", "announces")),
    "disputes": frozenset(("accuses", "asks", "announces")),
    "apologises": frozenset(("accuses",)),
    "supports": frozenset(("accuses",)),
}
_SHARED = 0.9
"""Weight of shared words from which two statements speak of the same thing: one rare word."""
_SAME_WORDS = 1.5
"""Weight of shared words from which a denial may be of what somebody says of nobody by name."""
_SAME_SHARE = 0.3
"""Share of the telling words of the longer one that both must hold for that."""
_NEAR = 1500
"""Characters, some five paragraphs, within which a reply follows what it answers."""
_LEAD = 0.3
"""By how much the likeliest charge must lead the next for a reply to be linked at all."""
_AT_LAW = 2.0
"""What it counts that a plea, or a word against a prosecution, meets a charge brought at law."""
_LEAST_WORDS = 4
"""Words of a charge: fewer are a name or a noun cut from one."""
_GENERAL = 3
"""How many accusations of one article a general denial answers: the nearest before it."""


def links_of(aims: Sequence[Aim], resources: Resources) -> Iterator[Link]:
    """Return the links between the statements of a story; *aims* come in order."""
    by_article: dict[ArticleId, list[Aim]] = defaultdict(list)
    articles: dict[str, set[ArticleId]] = defaultdict(set)
    for aim in aims:
        by_article[aim.statement.article_id].append(aim)
        articles[aim.key].add(aim.statement.article_id)
    carried = {key: len(held) for key, held in articles.items()}
    first = [
        one
        for one in _first_links(aims, by_article, carried, resources)
        if not is_in_a_deed(one.answering, one.answered)
    ]
    linked = {one.answering.statement.id for one in first}
    # What a charge is about goes for less than a charge that is in the reply's own words.
    central = [
        one
        for one in replies_to_centre(by_article, carried)
        if one.answering.statement.id not in linked
        and not is_in_a_deed(one.answering, one.answered)
    ]
    found = first + central
    yield from found
    by_place: dict[ArticleId, list[Link]] = defaultdict(list)
    for one in found:
        by_place[one.answering.statement.article_id].append(one)
    for article, links in by_place.items():
        yield from links_going_on(by_article[article], links)


def _first_links(
    aims: Sequence[Aim],
    by_article: Mapping[ArticleId, Sequence[Aim]],
    carried: Mapping[str, int],
    resources: Resources,
) -> Iterator[Link]:
    for here in by_article.values():
        yield from links_to_questions(here)
        yield from links_inside(here)
        yield from links_nearby(here, carried, resources)
    yield from refusals(aims, carried)
    charges = charges_of(aims)
    for aim in aims:
        if aim.statement.act in _ANSWERABLE and aim.voices:
            here = by_article[aim.statement.article_id]
            yield from _to_charge(aim, here, charges.about(aim), carried, resources)
            yield from _to_same_words(aim, charges)


def _to_charge(
    aim: Aim,
    here: Sequence[Aim],
    everywhere: Sequence[Aim],
    carried: Mapping[str, int],
    resources: Resources,
) -> Iterator[Link]:
    """Link a reply to the charge against its speaker: in its own article, else elsewhere."""
    general = _is_general(aim, resources)
    own = frozenset(other.key for other in here)
    linked = False
    for place, pool in (("here", here), ("elsewhere", everywhere)):
        if aim.statement.act == "supports" and _is_charged(aim.about, here):
            return  # what is supported may be the person under attack, not the charge
        charges = [other for other in pool if _meets(aim, other)]
        if place == "elsewhere":
            charges = [
                other for other in charges if _is_firm(aim, other, carried, own, general=general)
            ]
        if linked:
            # What is denied in so many words elsewhere is answered too, and the case that several
            # articles carry, whichever charge of its own article a plea answers.
            charges = [
                other
                for other in charges
                if _is_denied_in_words(aim, other) or _is_the_case(aim, other, carried)
            ]
        keys = _chosen(aim, charges, carried, general=general and place == "here")
        linked = linked or bool(keys)
        yield from (link(aim, one, f"charge-{place}", 0.7) for one in _members(charges, keys))
    if general and not linked:
        charges = [other for other in everywhere if _meets(aim, other)]
        keys = _chosen(aim, charges, carried, general=True)
        yield from (link(aim, one, "charge-generic", 0.4) for one in _members(charges, keys))


def _to_same_words(aim: Aim, charges: Charges) -> Iterator[Link]:
    """Link a denial, with low confidence, to accusations of nobody by name in its own words.

    "She was ordered to sign a certificate" may be what "I told nobody to sign that certificate"
    denies: to list it as unanswered would be the worse mistake.
    """
    if aim.statement.act != "denies":
        return
    for other in charges.in_words_of(aim):
        if other.statement.act != "accuses" or other.charged or other.key == aim.key:
            continue
        if not other.voices & aim.voices and _says_the_same(aim, other):
            yield link(aim, other, "charge-words", 0.35)


def _says_the_same(aim: Aim, other: Aim) -> bool:
    """Return whether two statements share telling words, and not only as long texts do."""
    most = max(sum(aim.terms.values()), sum(other.terms.values()))
    return shared_weight(aim, other) >= max(_SAME_WORDS, _SAME_SHARE * most)


def _is_denied_in_words(aim: Aim, other: Aim) -> bool:
    return aim.statement.act == "denies" and shared_weight(aim, other) >= 2 * _SHARED


def _is_the_case(aim: Aim, other: Aim, carried: Mapping[str, int]) -> bool:
    return aim.at_law and other.at_law and carried[other.key] > 1


def _is_charged(people: frozenset[SpeakerId], here: Sequence[Aim]) -> bool:
    """Return whether somebody in the article accuses, or asks something of, one of *people*."""
    return any(
        other.statement.act in ("accuses", "asks", "disputes") and other.charged & people
        for other in here
    )


def _is_general(aim: Aim, resources: Resources) -> bool:
    """Return whether a denial speaks of all charges ("denied the allegations")."""
    general = resources.words("generic_charges")
    return aim.statement.act == "denies" and aim.terms.keys() <= general


def _meets(aim: Aim, other: Aim) -> bool:
    """Return whether *other* charges the speaker of *aim*, who may be answering it."""
    if other.statement.act not in _ANSWERABLE[aim.statement.act]:
        return False
    if other.voices & aim.voices or other.key == aim.key or overlap(aim, other):
        return False
    if other.statement.act == "announces" and not other.at_law:
        return False
    mutual = is_about(other, aim) and is_about(aim, other)
    if aim.statement.act == "disputes" and not (aim.at_law and other.at_law):
        return False  # whom a dispute answers it rarely says: see `docs/responses.md`
    charged = aim.statement.act != "supports" and bool(_charged(aim, other) & aim.voices)
    if mutual or (charged and other.statement.act != "asks"):
        return True
    return is_about(aim, other) and _takes_up(aim, other)


def _charged(aim: Aim, other: Aim) -> frozenset[SpeakerId]:
    """Return whom a charge meets: at law, as a plea answers it, whoever it names."""
    return other.about if aim.at_law and other.at_law else other.charged


def _takes_up(aim: Aim, other: Aim) -> bool:
    """Return whether a reply that names the speaker of *other* takes up what *other* says.

    "I did not tell Quill to sign" answers Quill's "I was told to sign", which names nobody.
    Whoever apologises to a person or backs one answers what that person says beside it.
    """
    if aim.statement.act == "supports" and not aim.charged & other.voices:
        return False  # a body that shares a word of its name, the boss of whom is spoken of
    if aim.statement.act in ("apologises", "supports"):
        return aim.statement.article_id == other.statement.article_id
    return shared_weight(aim, other) >= _SHARED


def _is_firm(
    aim: Aim, other: Aim, carried: Mapping[str, int], own: frozenset[str], *, general: bool
) -> bool:
    """Return whether a charge in another article is the one that a reply can only mean.

    It is in the reply's words; or several articles carry it, and the reply's own does too (*own*
    are the utterances there), or the reply names no charge of its own.
    """
    if aim.statement.act not in ("denies", "disputes", "apologises"):
        return False
    if shared_weight(aim, other) >= _SHARED:
        return True
    plain = general or aim.at_law or aim.statement.act == "apologises"
    return carried[other.key] > 1 and (plain or other.key in own)


def _chosen(
    aim: Aim, charges: Sequence[Aim], carried: Mapping[str, int], *, general: bool
) -> list[str]:
    """Return the keys of the charges that a reply answers; none where it could be several."""
    if not charges:
        return []
    scores: dict[str, float] = {}
    for charge in charges:
        scores[charge.key] = max(scores.get(charge.key, 0.0), _score(aim, charge, carried))
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    if general:
        return ranked[:_GENERAL]
    rivals = {key for key in ranked if scores[ranked[0]] - scores[key] < _LEAD}
    if len(rivals) == 1 or _is_one_case(aim, [one for one in charges if one.key in rivals]):
        return ranked[:1]
    return []


def _members(charges: Sequence[Aim], keys: Sequence[str]) -> list[Aim]:
    """Return the charges of the utterances with *keys*, without those that are a name cut from one.

    Where nothing else carries an utterance, they stay.
    """
    found = [one for one in charges if one.key in keys]
    whole = [one for one in found if len(one.statement.text.split()) >= _LEAST_WORDS]
    return whole + [one for one in found if all(one.key != other.key for other in whole)]


def _is_one_case(aim: Aim, charges: Sequence[Aim]) -> bool:
    """Return whether charges are one speaker's case at law in several wordings, for a plea."""
    voices = {charge.voices for charge in charges}
    at_law = aim.at_law and all(charge.at_law for charge in charges)
    return at_law and len(voices) == 1 and frozenset() not in voices


def _score(aim: Aim, charge: Aim, carried: Mapping[str, int]) -> float:
    score = (
        shared_weight(aim, charge) + 1.5 * (carried[charge.key] - 1) + 2.0 * is_about(aim, charge)
    )
    score += _AT_LAW * (aim.at_law and charge.at_law)
    if charge.statement.article_id == aim.statement.article_id and charge.start < aim.start:
        score += max(0.0, 1.0 - (aim.start - charge.start) / _NEAR)
    return score
