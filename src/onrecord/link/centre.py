"""What is said back to the charges that an article is about."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.ids import ArticleId, SpeakerId
from onrecord.link.aims import Aim
from onrecord.link.replies import Link, holds, link, overlap
from onrecord.records import Act, Reply

__all__ = ["is_charge", "replies_to_centre"]

_LEAST = 3.0
"""Weight of a charge from which on an article is about it."""
_BEHIND = 3.0
"""How far behind the weightiest charge another may be and still be what the article is about."""
_CENTRAL = 6
"""Charges that an article may be about at most."""
_FURTHER_DOWN = 800
"""Characters down an article that weigh as much as a telling word of its headline."""
_DEEPEST = 3.0
_LEAST_WORDS = 4
"""Words of a charge that can be answered: fewer are a name or a noun cut from one."""
_NEAR = 500
"""Characters before a reply within which another charge is answered rather than the central one."""
_LOOK_BACK = 10
_STEM = 5
"""Letters by which words of one kin are known ("racism", "racist")."""
_TELLING = 0.5
"""Weight of a word that says what is spoken of."""
_POINTING = frozenset(("that", "these", "this", "those"))
_COUNTER: frozenset[Act] = frozenset(("accuses", "asks", "threatens"))
_REPLIES: frozenset[Act] = frozenset(("denies", "disputes"))
_OF_A_CASE: frozenset[Act] = frozenset(
    ("accuses", "asks", "denies", "disputes", "states", "supports")
)
_GOES_ON: frozenset[Act] = frozenset(("accuses", "denies", "disputes", "threatens"))
_GOES_ON_PLAINLY = _GOES_ON | frozenset(("asks", "states"))
_LINES = 2
"""Line ends between two paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charge:
    """A charge with all that its speaker charges in the article."""

    aim: Aim
    weight: float
    charged: frozenset[SpeakerId]
    side: frozenset[str]
    marks: frozenset[str]

    @property
    def is_case(self) -> bool:
        return self.aim.at_law or self.aim.brings_case

    def named_by(self, aim: Aim) -> bool:
        """Return whether *aim* speaks of who makes the charge."""
        apart = not aim.side & self.side
        return bool(aim.about & self.aim.voices) or (apart and bool(aim.marks & self.side))

    def meets(self, aim: Aim) -> bool:
        """Return whether the speaker of *aim* is charged."""
        apart = not aim.side & self.side
        return bool(self.charged & aim.voices) or (apart and bool(self.marks & aim.side))


def is_charge(aim: Aim) -> bool:
    """Return whether a statement puts something on somebody: blame, a demand, a case at law."""
    act = aim.statement.act
    return act in ("accuses", "asks", "threatens") or (act == "announces" and aim.at_law)


def replies_to_centre(
    by_article: Mapping[ArticleId, Sequence[Aim]], carried: Mapping[str, int]
) -> Iterator[Link]:
    """Yield the replies of those whom the central charges of their article meet.

    What an article is about stands in headlines, is carried by other articles, and stands high
    up. Of a speaker who blames and demands it is the demand.
    """
    spread = _spread(by_article)
    for here in by_article.values():
        charges = _charges(here, spread, carried)
        if charges:
            yield from _replies(charges, here)


def _spread(by_article: Mapping[ArticleId, Sequence[Aim]]) -> Mapping[SpeakerId, int]:
    """Return in how many articles each speaker charges somebody."""
    articles: dict[SpeakerId, set[ArticleId]] = defaultdict(set)
    for article, here in by_article.items():
        for aim in here:
            for voice in aim.voices if is_charge(aim) else ():
                articles[voice].add(article)
    return {voice: len(found) for voice, found in articles.items()}


def _charges(
    here: Sequence[Aim], spread: Mapping[SpeakerId, int], carried: Mapping[str, int]
) -> list[_Charge]:
    """Return what may be answered, in order of weight."""
    found = [aim for aim in here if aim.voices and is_charge(aim) and not aim.is_question]
    kept = [
        aim
        for place, aim in enumerate(found)
        if len(aim.statement.text.split()) >= _LEAST_WORDS
        # A charge inside another is what is charged: the other is a report of it.
        and not any(holds(aim, other) for other in found[place + 1 : place + 4])
    ]
    own: dict[SpeakerId, list[Aim]] = defaultdict(list)
    for aim in found:
        for voice in aim.voices:
            own[voice].append(aim)
    meets = {voice: _meets(charges) for voice, charges in own.items()}
    charges = [
        _Charge(
            aim=aim,
            weight=_weight(aim, spread, carried),
            charged=frozenset().union(*(meets[voice][0] for voice in aim.voices)),
            side=frozenset().union(*(meets[voice][1] for voice in aim.voices)),
            marks=frozenset().union(*(meets[voice][2] for voice in aim.voices)),
        )
        for aim in kept
    ]
    return sorted(charges, key=lambda charge: -charge.weight)


def _meets(
    charges: Sequence[Aim],
) -> tuple[frozenset[SpeakerId], frozenset[str], frozenset[str]]:
    """Return whom charges of one speaker meet, the speaker's side, and the words in them."""
    return (
        frozenset().union(*(aim.about if aim.at_law else aim.charged for aim in charges)),
        frozenset().union(*(aim.side for aim in charges)),
        frozenset().union(*(aim.marks for aim in charges)),
    )


def _weight(aim: Aim, spread: Mapping[SpeakerId, int], carried: Mapping[str, int]) -> float:
    """Return how much speaks for a charge as the one that its article is about."""
    articles = max(spread[voice] for voice in aim.voices)
    depth = min(_DEEPEST, aim.start / _FURTHER_DOWN)
    return aim.headline + 2 * (carried[aim.key] - 1) + (articles - 1) / 2 - depth


def _replies(charges: Sequence[_Charge], here: Sequence[Aim]) -> Iterator[Link]:
    last: tuple[Aim, _Charge] | None = None
    least = max(_LEAST, charges[0].weight - _BEHIND)
    central = [charge for charge in charges if charge.weight >= least][:_CENTRAL]
    cases = [
        charge
        for charge in charges
        if charge.is_case and charge.aim.statement.act in ("accuses", "announces")
    ][:_CENTRAL]
    in_order = sorted(charges, key=lambda charge: charge.aim.start)
    for place, aim in enumerate(here):
        found = None
        if aim.voices and not any(
            _is_claim_inside(aim, one) for one in here[place + 1 : place + 4]
        ):
            found = _answered(aim, charges[0], central, cases, in_order)
        if found is not None:
            yield found[0]
            # What others say of a case they may say of anything next.
            last = (aim, found[1]) if found[0].method != "case-named" else None
        elif last is not None and _goes_on(aim, *last):
            yield link(aim, last[1].aim, "central-more", 0.5)
            last = (aim, last[1])
        else:
            last = None


def _is_claim_inside(aim: Aim, other: Aim) -> bool:
    return holds(aim, other) and not aim.voices & other.voices


def _answered(
    aim: Aim,
    first: _Charge,
    central: Sequence[_Charge],
    cases: Sequence[_Charge],
    in_order: Sequence[_Charge],
) -> tuple[Link, _Charge] | None:
    """Return the link of a reply to the charge it answers, and that charge."""
    if not (aim.brings_case or first.aim.voices & aim.voices or first.side & aim.side):
        met = [charge for charge in central if _is_open_to(aim, charge) and charge.meets(aim)]
        if aim.statement.act in _COUNTER:
            found = _countered(aim, met)
        elif met and (aim.statement.act in _REPLIES or aim.defends):
            found = _replied_to(aim, met, in_order)
        else:
            found = None
        if found is not None:
            return found
    return _case_named(aim, cases)


def _countered(aim: Aim, met: Sequence[_Charge]) -> tuple[Link, _Charge] | None:
    """Return the charge of whom *aim* accuses in turn, or the case that it speaks against."""
    for charge in met:
        at_law = aim.statement.act == "accuses" and aim.at_law and charge.is_case
        if at_law or charge.named_by(aim) or _is_beside(aim, charge):
            chosen = _demand(charge, met)
            return link(aim, chosen.aim, "charge-central", 0.7, reply="escalates"), chosen
    return None


def _is_beside(aim: Aim, charge: _Charge) -> bool:
    """Return whether the sentence of *aim* names who makes a charge, and *aim* charges back.

    "Its own resolution against the union, accusing the dockers of greed" is against the union.
    """
    return bool(charge.aim.voices & aim.beside) and not aim.is_question


def _case_named(aim: Aim, cases: Sequence[_Charge]) -> tuple[Link, _Charge] | None:
    """Return the weightiest case before words that are about a case ("these charges are ...")."""
    acting = aim.on_case and aim.by_name and not aim.brings_case
    if not acting or aim.statement.act not in _OF_A_CASE:
        return None
    chosen = next((charge for charge in cases if _is_open_to(aim, charge)), None)
    if chosen is None:
        return None
    reply: Reply | None = "answers" if aim.statement.act in _COUNTER else None
    return link(aim, chosen.aim, "case-named", 0.6, reply=reply), chosen


def _is_open_to(aim: Aim, charge: _Charge) -> bool:
    """Return whether *aim* stands after a charge of the other side."""
    other = charge.aim
    return (
        other.start < aim.start
        and not other.voices & aim.voices
        and not charge.side & aim.side
        and other.key != aim.key
        and not overlap(aim, other)
    )


def _demand(charge: _Charge, met: Sequence[_Charge]) -> _Charge:
    """Return the demand of the speaker of a charge, unless it is a case at law."""
    if charge.is_case:
        return charge
    own = (one for one in met if one.aim.voices & charge.aim.voices)
    return next((one for one in own if one.aim.statement.act == "asks"), charge)


def _replied_to(
    aim: Aim, met: Sequence[_Charge], in_order: Sequence[_Charge]
) -> tuple[Link, _Charge] | None:
    """Return the charge that a denial or dispute of the charged answers, where it is about one.

    Blame just before it is answered rather than the central charge.
    """
    stop = bisect_left(in_order, aim.start, key=lambda charge: charge.aim.start)
    before = in_order[max(0, stop - _LOOK_BACK) : stop]
    near = [
        charge
        for charge in sorted(before, key=lambda charge: -charge.weight)
        if aim.start - charge.aim.sentence.end < _NEAR
        and charge.aim.statement.act == "accuses"
        and _is_open_to(aim, charge)
        and charge.meets(aim)
    ]
    chosen = next((charge for charge in near if _is_on(aim, charge)), None)
    if chosen is None:
        central = next((charge for charge in met if _is_on(aim, charge)), None)
        chosen = _demand(central, met) if central else None
    return (link(aim, chosen.aim, "central-reply", 0.6), chosen) if chosen else None


def _is_on(aim: Aim, charge: _Charge) -> bool:
    """Return whether a reply is about a charge: by who makes it, by its words, by pointing."""
    if charge.named_by(aim) or (aim.at_law and charge.is_case):
        return True
    if aim.defends or _stems(aim) & _stems(charge.aim):
        return True
    if aim.statement.act == "denies":
        return False
    words = aim.statement.text.lower().split()[1:6]
    return aim.statement.mode == "direct" or not _POINTING.isdisjoint(words)


def _stems(aim: Aim) -> set[str]:
    return {word[:_STEM] for word, weight in aim.terms.items() if weight >= _TELLING}


def _goes_on(aim: Aim, last: Aim, charge: _Charge) -> bool:
    """Return whether the same speaker goes on, in the same paragraph or the next.

    Quoted words in the same paragraph go on whatever they do.
    """
    lines = aim.lines[0] - last.lines[1]
    if lines > _LINES or aim.voices != last.voices:
        return False
    quoted = lines == 0 and aim.statement.mode in ("direct", "mixed")
    if quoted or charge.named_by(aim):
        return aim.statement.act in _GOES_ON_PLAINLY
    return aim.statement.act in _GOES_ON
