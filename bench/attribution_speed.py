"""Words a second of the rules tier of attribution alone: parse, quotation marks, attribution.

PYTHONPATH=src python bench/attribution_speed.py ../shared/data/polnear/dev.jsonl
"""

import json
import sys
import time
from pathlib import Path

from onrecord.annotate.attribution import attribute
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.ingest.files import article_from_row
from onrecord.resources import load_resources


def main():
    resources = load_resources("en")
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    articles = [article_from_row({"text": row["text"]}, "-", resources) for row in rows]
    words = sum(len(article.text.split()) for article in articles)
    best = min(seconds(articles, resources) for _ in range(3))
    print(f"{words:,} words in {best:.2f} s of CPU: {words / best:,.0f} words/s")


def seconds(articles, resources):
    start = time.process_time()
    for article in articles:
        tokens = parse(article, resources)
        attribute(article, tokens, find_quotations(tokens), resources)
    return time.process_time() - start


if __name__ == "__main__":
    main()
