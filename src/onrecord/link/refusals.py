"""Refusals to do what somebody is called on to do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from onrecord.ids import ArticleId
from onrecord.link.aims import Aim
from onrecord.link.replies import Link, is_about, link, overlap

__all__ = ["refusals"]

_DEMANDS = 20
"""Demands among which a refusal finds its own, the weightiest first."""


def refusals(aims: Sequence[Aim], carried: Mapping[str, int]) -> Iterator[Link]:
    """Yield who will not go, apologise or cancel, with the demand to do so.

    "Roe said she would not step down" answers "The union called on Roe to resign" in its article,
    else in another of the story. Of several demands it is the one that most articles carry and
    that headlines speak of most.
    """
    demands = [aim for aim in aims if aim.statement.act == "asks" and aim.deeds]
    demands.sort(key=lambda aim: -aim.headline - carried[aim.key])
    by_article: dict[ArticleId, list[Aim]] = defaultdict(list)
    for demand in demands:
        by_article[demand.statement.article_id].append(demand)
    for aim in aims:
        if not aim.refused or not aim.voices:
            continue
        here = by_article.get(aim.statement.article_id, [])
        for pool, confidence in ((here, 0.7), (demands, 0.5)):
            found = next((one for one in pool[:_DEMANDS] if _answers(aim, one)), None)
            if found is not None:
                yield link(aim, found, "refusal", confidence, reply="declines")
                break


def _answers(aim: Aim, demand: Aim) -> bool:
    """Return whether *aim* refuses what *demand* asks of its speaker."""
    if demand.voices & aim.voices or demand.key == aim.key or overlap(aim, demand):
        return False
    return bool(aim.refused & demand.deeds) and is_about(demand, aim)
