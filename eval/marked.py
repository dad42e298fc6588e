"""Stories of our own, marked up by hand: `stories/*.txt` to the JSON of annotated stories.

    python eval/marked.py eval/stories OUT
    onrecord compile OUT/articles.jsonl -o RUN
    onrecord export RUN --out EXPORT
    python ../shared/eval/score_record.py OUT/stories EXPORT

People, outlets and places are invented. A file begins with one line a speaker (id, kind, name, other
names); then, for each article, a line `=== letter | outlet | day | headline`, the text with marks,
`---`, and one line a statement: number, utterance (`-` for none), speakers, act, and `via=` and
`for=`. `{S1 ...}` marks the source, `{C1 ...}` the cue, `{X1 ...}` the content of statement 1; marks nest,
and `{S1,2 ...}` belongs to two. The JSON is that of `record-gold`, without carriages and responses.
"""

import json
import re
import sys
from functools import cache
from pathlib import Path

ACTS = frozenset(
    [
        "accuses",
        "announces",
        "answers",
        "apologises",
        "asks",
        "declines",
        "denies",
        "disputes",
        "states",
        "supports",
        "threatens",
    ]
)
KINDS = frozenset(("person", "organisation", "group", "text", "unnamed"))
MARK = re.compile(r"\{([SCX])(\d+(?:,[SCX]?\d+)*) ")


def stories(folder):
    """Return the stories under *folder*, by name."""
    return {path.stem: parse(path) for path in sorted(Path(folder).glob("*.txt"))}


def parse(path):
    """Return one story.

    Raises:
        ValueError: the mark-up is broken; the message says where.
    """
    head, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    people = [person(line, path) for line in head.splitlines() if "|" in line]
    known = {row["id"] for row in people}
    articles, statements, groups = [], [], {}
    for part in parts:
        article, rows = read_article(path.stem, part)
        articles.append(article)
        for row, utterance in rows:
            if strangers := {*row["speaker"], *row["via"], *row["on_behalf"]} - known:
                raise ValueError(f"{path.stem} {row['id']}: unknown {sorted(strangers)}")
            statements.append(row)
            if utterance != "-":
                groups.setdefault(utterance, []).append(row["id"])
    size = {row["id"]: sum(e - s for s, e in row["content"]) for row in statements}
    utterances = [
        {"id": name, "statements": ids, "fullest": max(ids, key=size.get)}
        for name, ids in groups.items()
        if len(ids) > 1
    ]
    return {
        "story": path.stem,
        "articles": articles,
        "speakers": people,
        "statements": statements,
        "utterances": utterances,
        "carriages": [],
        "responses": [],
    }


def person(line, path):
    number, kind, name, names = (*(part.strip() for part in line.split("|")), "", "")[:4]
    if kind not in KINDS:
        raise ValueError(f"{path.stem}: {number} is of no kind known: {kind!r}")
    others = [other.strip() for other in names.split(";") if other.strip()]
    return {"id": number, "kind": kind, "name": name, "names": others}


def read_article(story, part):
    first, body = part.split("\n", 1)
    letter, outlet, published, title = (cell.strip() for cell in first.split("|", 3))
    text, table = body.split("\n---\n")
    text, spans = unmarked(text.strip("\n"), f"{story} {letter}")
    key = f"{story}_{letter}"
    rows = [statement(line, letter, key, text, spans) for line in table.strip().splitlines()]
    article = {
        "id": key,
        "outlet": outlet,
        "title": title,
        "published": published,
        "url": None,
        "text": text,
    }
    return article, rows


def unmarked(marked, where):
    """Return the text, and (kind, number, start, end) of each mark."""
    text, opened, spans = [], [], []
    at = 0
    while at < len(marked):
        if mark := MARK.match(marked, at):
            opened.append((mark[1], re.findall(r"\d+", mark[2]), len(text)))
            at = mark.end()
            continue
        if marked[at] == "}":
            if not opened:
                raise ValueError(f"{where}: nothing to close at {marked[at - 30 : at + 1]!r}")
            kind, numbers, start = opened.pop()
            spans += [(kind, int(number), start, len(text)) for number in numbers]
        elif marked[at] == "{":
            raise ValueError(f"{where}: no mark at {marked[at : at + 30]!r}")
        else:
            text.append(marked[at])
        at += 1
    if opened:
        raise ValueError(f"{where}: not closed: {opened}")
    return "".join(text), spans


def statement(line, letter, article, text, spans):
    number, utterance, speakers, act, *more = line.split()
    given = dict(pair.split("=", 1) for pair in more)
    if act not in ACTS:
        raise ValueError(f"{article} {number}: no such act: {act!r}")

    def marks(kind):
        return sorted([s, e] for k, n, s, e in spans if k == kind and n == int(number))

    content, source, cue = map(marks, "XSC")
    if not content or len(source) > 1 or len(cue) > 1:
        raise ValueError(f"{article} {number}: one or more X, at most one S and one C wanted")
    row = {
        "id": letter + number,
        "article": article,
        "speaker": [] if speakers == "-" else speakers.split(","),
        "via": given["via"].split(",") if "via" in given else [],
        "on_behalf": given["for"].split(",") if "for" in given else [],
        "mode": mode_of(text, content),
        "act": act,
        "hedges": [],
        "medium": None,
        "content": content,
        "source": source[0] if source else None,
        "cue": cue[0] if cue else None,
    }
    return row, utterance


def mode_of(text, pieces):
    """Return direct, mixed or indirect by how much of the pieces stands in quotation marks."""
    inside = quoted(text)
    letters = [inside[k] for s, e in pieces for k in range(s, e) if text[k].isalnum()]
    if letters and all(letters):
        return "direct"
    return "mixed" if any(letters) else "indirect"


@cache
def quoted(text):
    """Return of each character whether it stands in quotation marks."""
    inside, opened = [], False
    for character in text:
        opened = (opened or character == "“") and character != "\n"
        inside.append(opened)
        opened = opened and character != "”"
    return inside


def write(folder, out):
    """Write `articles.jsonl` and `stories/*.json` under *out*, as `record-gold` has them."""
    found = stories(folder)
    (out / "stories").mkdir(parents=True, exist_ok=True)
    for name, story in found.items():
        text = json.dumps(story, ensure_ascii=False)
        (out / "stories" / f"{name}.json").write_text(text, encoding="utf-8")
    rows = [row for story in found.values() for row in story["articles"]]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / "articles.jsonl").write_text(lines, encoding="utf-8")
    return found


def main(folder, out):
    found = write(folder, Path(out))
    statements = sum(len(story["statements"]) for story in found.values())
    articles = sum(len(story["articles"]) for story in found.values())
    print(
        f"{len(found)} stories, {articles} articles, {statements} statements, {across(found)} utterances across outlets"
    )


def across(found):
    """Return how many utterances statements of two outlets or more carry."""
    count = 0
    for story in found.values():
        article = {row["id"]: row["article"] for row in story["statements"]}
        outlet = {row["id"]: row["outlet"] for row in story["articles"]}
        for row in story["utterances"]:
            count += len({outlet[article[number]] for number in row["statements"]}) > 1
    return count


if __name__ == "__main__":
    main(*sys.argv[1:])
