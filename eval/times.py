"""Score expressions of time against TIMEX3 annotations, dates only.

    python eval/times.py ../shared/data/tempeval3 [--errors]

An expression counts as found where it overlaps a gold one, and as right where its value is equal
too (TempEval-3's relaxed match and value F1; the day of writing is given and not counted).
Only gold of type DATE is wanted; what we find inside gold of another type is left out.
"""

import argparse
import datetime as dt
import html
import re
from collections import Counter
from pathlib import Path

from onrecord.annotate.time_words import time_words_of
from onrecord.annotate.times import find_times
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId
from onrecord.records import Article
from onrecord.resources import load_resources

_TAG = re.compile(r"<[^>]*>")


def read_document(path: Path):
    """Return text, day of writing, and the gold: (start, end, type, value)."""
    source = path.read_text(encoding="utf-8", errors="replace")
    creation = re.search(r"<TIMEX3[^>]*CREATION_TIME[^>]*>", source)
    day = dt.date.fromisoformat(re.search(r'value="(\d{4}-\d\d-\d\d)', creation.group()).group(1))
    body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
    text, gold, open_at, last = "", [], None, 0
    for tag in _TAG.finditer(body):
        text += html.unescape(body[last : tag.start()])
        last = tag.end()
        if tag.group().startswith("<TIMEX3"):
            open_at = (len(text), dict(re.findall(r'(\w+)="([^"]*)"', tag.group())))
        elif tag.group() == "</TIMEX3>" and open_at:
            start, fields = open_at
            gold.append((start, len(text), fields["type"], fields["value"]))
            open_at = None
    return text + html.unescape(body[last:]), day, gold


def found_in(text, day, resources):
    tables = time_words_of(resources)
    article = Article(id=ArticleId("a"), locator="a", text=text, text_sha256="")
    parsed = parse(article, resources)
    for one in find_times(parsed, range(len(parsed.words)), day, tables):
        yield *parsed.span(one.first, one.last), one.value, one.rule


def match_document(path, resources, wrong):
    """Return how many dates a document has, we found, overlap, and are right."""
    text, day, gold = read_document(path)
    dates = [row for row in gold if row[2] == "DATE"]
    others = [row for row in gold if row[2] != "DATE"]
    ours = [
        row
        for row in found_in(text, day, resources)
        if not any(row[0] < end and start < row[1] for start, end, *_ in others)
    ]
    used, right = set(), 0
    for start, end, _, value in dates:
        words = " ".join(text[start:end].lower().split())
        overlapping = (n for n, row in enumerate(ours) if row[0] < end and start < row[1])
        match = next((n for n in overlapping if n not in used), None)
        if match is None:
            wrong["missed", words, value, ""] += 1
            continue
        used.add(match)
        right += ours[match][2] == value
        if ours[match][2] != value:
            wrong["value", words, value, f"{ours[match][2]} ({ours[match][3]})"] += 1
    for n, row in enumerate(ours):
        if n not in used:
            wrong["extra", " ".join(text[row[0] : row[1]].lower().split()), "", row[3]] += 1
    return Counter(wanted=len(dates), got=len(ours), found=len(used), right=right)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    resources = load_resources()
    wrong, total = Counter(), Counter()
    for path in sorted(options.data.rglob("*.tml")):
        total += match_document(path, resources, wrong)
    for name, hits in (("relaxed", total["found"]), ("value", total["right"])):
        precision, recall = hits / total["got"], hits / total["wanted"]
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:8} P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}")
    print(f"{total['wanted']} dates, {total['got']} found")
    if options.errors:
        for (kind, words, value, ours), count in wrong.most_common(150):
            print(count, kind, repr(words), value, ours)


if __name__ == "__main__":
    main()
