"""Counter-accusations: words against whoever brings the charge that a story is about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import ArticleId, SpeakerId
from onrecord.link.aims import Aim
from onrecord.link.replies import Link, link, overlap
from onrecord.records import Act

__all__ = ["counter_accusations", "is_charge"]

_ARTICLES = 2
"""Articles that must carry charges of one speaker before a story is about them."""
_FURTHER_DOWN = 800
"""Characters down an article that weigh as much as one more article with charges."""
_DEEPEST = 3.0
_COUNTER: frozenset[Act] = frozenset(("accuses", "threatens"))
_GOES_ON: frozenset[Act] = frozenset(("accuses", "asks", "denies", "disputes", "threatens"))
_LINES = 2
"""Line ends between two paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Party:
    """Who brings the charge that an article is about, and all that they charge in it."""

    charge: Aim
    charges: Sequence[Aim]
    voices: frozenset[SpeakerId]
    charged: frozenset[SpeakerId]
    side: frozenset[str]
    marks: frozenset[str]


def is_charge(aim: Aim) -> bool:
    """Return whether a statement puts something on somebody: blame, a demand, a case at law."""
    act = aim.statement.act
    return act in ("accuses", "asks", "threatens") or (act == "announces" and aim.at_law)


def counter_accusations(
    by_article: Mapping[ArticleId, Sequence[Aim]], carried: Mapping[str, int]
) -> Iterator[Link]:
    """Yield accusations of those whom the central charge of their article meets.

    Each side speaks of the other. The charge is the one whose speaker brings charges in most
    articles, which more articles carry, and which stands higher up: it was there first. Of a
    speaker who blames and demands it is the demand.
    """
    spread = _spread(by_article)
    for here in by_article.values():
        party = _party(here, spread, carried)
        if party is not None:
            yield from _against(party, here)


def _spread(by_article: Mapping[ArticleId, Sequence[Aim]]) -> Mapping[SpeakerId, int]:
    """Return in how many articles each speaker charges somebody."""
    articles: dict[SpeakerId, set[ArticleId]] = defaultdict(set)
    for article, here in by_article.items():
        for aim in here:
            for voice in aim.voices if is_charge(aim) else ():
                articles[voice].add(article)
    return {voice: len(found) for voice, found in articles.items()}


def _party(
    here: Sequence[Aim], spread: Mapping[SpeakerId, int], carried: Mapping[str, int]
) -> _Party | None:
    weights: list[tuple[float, int, Aim]] = []
    charges = [aim for aim in here if aim.voices and is_charge(aim)]
    for number, aim in enumerate(charges):
        articles = max(spread[voice] for voice in aim.voices)
        if articles >= _ARTICLES:
            depth = min(_DEEPEST, aim.start / _FURTHER_DOWN)
            weights.append((articles + 2 * (carried[aim.key] - 1) - depth, -number, aim))
    if not weights:
        return None
    weights.sort(key=lambda weight: weight[:2], reverse=True)
    central = weights[0][2]
    own = [aim for aim in charges if aim.voices & central.voices]
    demands = [aim for _, _, aim in weights if aim in own and aim.statement.act == "asks"]
    return _Party(
        charge=demands[0] if demands else central,
        charges=own,
        voices=central.voices,
        charged=frozenset().union(*(aim.charged for aim in own)),
        side=frozenset().union(*(aim.side for aim in own)),
        marks=frozenset().union(*(aim.marks for aim in own)),
    )


def _against(party: _Party, here: Sequence[Aim]) -> Iterator[Link]:
    last: Aim | None = None
    for aim in here:
        if _is_against(party, aim):
            yield link(aim, party.charge, "charge-central", 0.7)
            last = aim
        elif last is not None and _goes_on(aim, last):
            yield link(aim, party.charge, "charge-central", 0.5)
            last = aim
        else:
            last = None


def _is_against(party: _Party, aim: Aim) -> bool:
    if aim.statement.act not in _COUNTER or aim.voices & party.voices:
        return False
    if aim.start < party.charges[0].start or aim.key == party.charge.key:
        return False
    if any(overlap(aim, charge) for charge in party.charges):
        return False
    apart = not aim.side & party.side
    names = bool(aim.charged & party.voices) or (apart and bool(aim.marks & party.side))
    meets = bool(party.charged & aim.voices) or (apart and bool(party.marks & aim.side))
    return names and meets


def _goes_on(aim: Aim, last: Aim) -> bool:
    """Return whether the same speaker goes on, in the same paragraph or the next."""
    near = aim.lines[0] - last.lines[1] <= _LINES
    return near and aim.voices == last.voices and aim.statement.act in _GOES_ON
