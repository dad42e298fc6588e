"""What the speaker of a reply goes on to say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from onrecord.ids import StatementId
from onrecord.link.aims import Aim
from onrecord.link.replies import Link, holds, link
from onrecord.records import Act

__all__ = ["links_going_on"]

_LEADS = frozenset(
    (
        "called-untrue",
        "charge-central",
        "charge-elsewhere",
        "charge-here",
        "named-words",
        "spoken-back",
    )
)
"""Methods by which a reply is linked that its speaker may go on with."""
_GOES_ON: frozenset[Act] = frozenset(("accuses", "denies", "disputes", "states"))
_AHEAD = 4
"""Statements after a reply among which its speaker goes on."""
_ADJACENT = 4
"""Characters between a paragraph and the quotation that opens the next one."""
_LINES = 2
"""Line ends between two paragraphs."""


def links_going_on(here: Sequence[Aim], found: Sequence[Link]) -> Iterator[Link]:
    """Yield further words of a reply in its paragraph, and a quotation that opens the next one.

    *here* are the statements of an article in order, *found* the links of its statements.
    """
    by_answer: dict[StatementId, list[Link]] = defaultdict(list)
    for one in found:
        by_answer[one.answering.statement.id].append(one)
    for place, reply in enumerate(here):
        led = [one for one in by_answer.get(reply.statement.id, ()) if _leads(one)]
        if led:
            for aim in _added(reply, here[place + 1 : place + 1 + _AHEAD], by_answer.keys()):
                yield from (link(aim, one.answered, "goes-on", 0.5) for one in led)


def _added(reply: Aim, after: Sequence[Aim], linked: AbstractSet[StatementId]) -> Iterator[Aim]:
    """Yield what the speaker of a reply adds and no other rule links."""
    last = reply
    for aim in after:
        if holds(last, aim) and aim.voices != reply.voices:
            continue
        if aim.statement.id in linked or not _goes_on(aim, last):
            return
        yield aim
        if aim.lines[0] != last.lines[1]:
            return
        last = aim


def _leads(one: Link) -> bool:
    return one.method in _LEADS and one.reply not in ("supports", "apologises")


def _goes_on(aim: Aim, last: Aim) -> bool:
    if aim.voices != last.voices or aim.statement.act not in _GOES_ON:
        return False
    if aim.statement.content[0].start < last.statement.content[-1].end:
        return False
    if aim.lines[0] == last.lines[1]:
        return True
    opens = aim.start - last.sentence.end <= _ADJACENT and aim.lines[0] - last.lines[1] <= _LINES
    return opens and aim.statement.mode == "direct"
