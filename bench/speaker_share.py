"""Print the share of the within-article stage that names, roles and voices take.

    python bench/speaker_share.py ../shared/data/polnear/dev.jsonl [--tier model]

One core, CPU seconds; the first article is read once before to load word lists and weights.
"""

import argparse
import json
import time
from pathlib import Path

from onrecord.annotate import article as stage
from onrecord.ids import ArticleId
from onrecord.records import Article
from onrecord.resources import load_resources


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--tier", choices=("rules", "model"), default="rules")
    options = parser.parse_args()
    resources = load_resources("en", tier=options.tier)
    lines = options.articles.read_text("utf-8").splitlines()
    articles = [
        Article(id=ArticleId(str(number)), locator="", text=row["text"], text_sha256="")
        for number, row in enumerate(map(json.loads, lines))
    ]
    stage.annotate(articles[0], resources)
    spent = [0.0]
    resolve = stage.resolve

    def timed(*arguments):
        start = time.process_time()
        found = resolve(*arguments)
        spent[0] += time.process_time() - start
        return found

    stage.resolve = timed
    start = time.process_time()
    for article in articles:
        stage.annotate(article, resources)
    whole = time.process_time() - start
    words = sum(len(article.text.split()) for article in articles)
    share = 100 * spent[0] / whole
    print(
        f"{options.tier}: {words} words, {whole:.2f} s, speakers {spent[0]:.2f} s ({share:.1f} %)"
    )
    print(f"speakers: {1e6 * spent[0] / words:.1f} microseconds a word")


if __name__ == "__main__":
    main()
