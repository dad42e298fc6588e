"""Occasions: the same words said again on another day are another utterance.

A stock line ("we do not discuss cases before the court") returns for months. Only dates tell one
occasion from the next: days said that exclude each other, or a long time between articles.
"""

from collections.abc import Mapping, Sequence

from onrecord.ids import ArticleId
from onrecord.link.days import published_day
from onrecord.link.wording import Wording, weigher
from onrecord.records import Article, DateRange, Statement
from onrecord.resources import Resources

__all__ = ["by_occasion", "on_other_days", "published_apart"]

_SAME_OCCASION_DAYS = 14
_STOCK_WEIGHT = 14.0
"""Words this heavy are one utterance whenever they are printed, unless days said speak against."""
_DAYS = ("day", "second")

Member = tuple[Statement, Wording]


def on_other_days(one: Statement, other: Statement) -> bool:
    """Return whether two statements were said on days, known to the day, that differ."""
    left, right = _day_said(one), _day_said(other)
    if left is None or right is None:
        return False
    return left.end < right.start or right.end < left.start


def published_apart(one: Article, other: Article) -> bool:
    """Return whether more than two weeks lie between two articles, as far as is known."""
    left, right = published_day(one.published), published_day(other.published)
    return left is not None and right is not None and abs(left - right) > _SAME_OCCASION_DAYS


def by_occasion(
    members: Sequence[Member], articles: Mapping[ArticleId, Article], resources: Resources
) -> list[list[Member]]:
    """Split statements of equal wording where their days show that it was said again.

    The order is that of publication. Light words are cut where more than two weeks pass, and any
    words where a day said excludes the one before. In each part a statement that gives the day
    comes first.
    """
    if len(members) == 1:
        return [list(members)]
    stock = sum(map(weigher(resources), members[0][1].keys)) < _STOCK_WEIGHT
    ordered = sorted(members, key=lambda member: _place(member[0], articles))
    parts: list[list[Member]] = []
    dated: Statement | None = None
    for member in ordered:
        row = member[0]
        new = (
            not parts
            or (dated is not None and on_other_days(dated, row))
            or (stock and _is_later(parts[-1][-1][0], row, articles))
        )
        if new:
            parts.append([])
            dated = None
        parts[-1].append(member)
        dated = row if _day_said(row) else dated
    return [sorted(part, key=lambda member: _rank(member[0])) for part in parts]


def _is_later(one: Statement, other: Statement, articles: Mapping[ArticleId, Article]) -> bool:
    return published_apart(articles[one.article_id], articles[other.article_id])


def _place(row: Statement, articles: Mapping[ArticleId, Article]) -> tuple[int, str, str]:
    said = _day_said(row)
    return published_day(articles[row.article_id].published) or 0, said.end if said else "", row.id


def _rank(row: Statement) -> tuple[bool, str]:
    return _day_said(row) is None, row.id


def _day_said(row: Statement) -> DateRange | None:
    said = row.said
    return said if said is not None and said.precision in _DAYS else None
