"""Where the words of a passive end, and what tells when and where it was said begins."""

from collections.abc import Sequence

from onrecord.annotate.lexicon import Adjuncts

__all__ = ["opens_adjunct"]


def opens_adjunct(words: Sequence[str], item: int, adjuncts: Adjuncts) -> bool:
    """Return whether a time, a room or a medium starts at *item*: "after the vote", "in court"."""
    word = words[item]
    if word not in adjuncts.before_times:
        return word in adjuncts.always
    after = words[item + 1] if item + 1 < len(words) else ""
    if after in adjuncts.times:
        return True
    placed = after.isdigit() or after in adjuncts.rooms
    return word == "in" and (placed or not adjuncts.media.isdisjoint(words[item + 2 : item + 3]))
