"""Count where the ends of hand-linked responses stand.

    python eval/response_shapes.py ../shared/data/record-gold/stories

Links count once per pair of utterances. Printed: all; those with carriages of both ends in one
article; those to the most carried accusation, demand, threat or announcement of their story; those
to a statement inside the reply; and statements by act, with those that answer something.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

CHARGES = ("accuses", "asks", "announces", "threatens")


def holds(left, right) -> bool:
    """Return whether a piece of *left* covers one of *right*."""
    return left["article"] == right["article"] and any(
        start <= first and last <= end
        for start, end in left["content"]
        for first, last in right["content"]
    )


def count(gold, shapes: Counter[str], acts: dict[str, Counter[str]]) -> None:
    group = {one: row["id"] for row in gold["utterances"] for one in row["statements"]}
    members = defaultdict(list)
    for row in gold["statements"]:
        members[group.get(row["id"], row["id"])].append(row)
    carried = {key: len({row["article"] for row in rows}) for key, rows in members.items()}
    charges = [
        key
        for key, rows in members.items()
        if Counter(row["act"] for row in rows).most_common(1)[0][0] in CHARGES
    ]
    central = min(charges, key=lambda key: (-carried[key], -len(members[key])), default=None)
    links = {
        (group.get(row["from"], row["from"]), group.get(row["to"], row["to"]))
        for row in gold["responses"]
    }
    answering = {left for left, _ in links}
    for left, right in links:
        pairs = [(one, other) for one in members[left] for other in members[right]]
        shapes["links"] += 1
        shapes["one article"] += any(one["article"] == other["article"] for one, other in pairs)
        shapes["central"] += right == central
        shapes["inside"] += any(holds(one, other) for one, other in pairs)
    for key, rows in members.items():
        for row in rows:
            acts[row["act"]]["statements"] += 1
            acts[row["act"]]["answering"] += key in answering


def main() -> None:
    shapes: Counter[str] = Counter()
    acts: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        count(json.loads(path.read_text(encoding="utf-8")), shapes, acts)
    for shape, number in shapes.items():
        print(f"{shape:12} {number}")
    for act, row in sorted(acts.items()):
        print(f"{act:12} {row['statements']} statements, {row['answering']} answer something")


if __name__ == "__main__":
    main()
