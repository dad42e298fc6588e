"""Score who a pronoun source stands for, on gold coreference of GUM and MEANTIME.

    python eval/score_pronouns.py ../shared/data [--errors]

Items are the third-person pronouns (he, she, they, it) that are the subject of a verb of saying and
whose gold chain holds a name. The package gets the plain text and one statement whose source is
the pronoun; it gets no gold mention and no gold name. An answer is right where a name of the chosen
chain overlaps a name of the gold chain. Coverage = items with an answer; accuracy = right answers
among them. "I", "we" and "you" are turn-takers in interviews, not third persons, and left out.
"""

import argparse
from collections import Counter
from pathlib import Path

from coreference_gold import read_gum, read_meantime

from onrecord.annotate.coreference import resolve
from onrecord.annotate.tokens import parse
from onrecord.ids import ArticleId, StatementId
from onrecord.records import Article, Statement
from onrecord.resources import load_resources
from onrecord.spans import Span


def statements_of(document, article):
    """Return a statement for each pronoun: its content is the quotation or clause beside it."""
    for pronoun in document.pronouns:
        source = Span(pronoun.start, pronoun.end)
        line = document.text.rfind("\n", 0, source.start) + 1
        before = document.text[line : source.start].rstrip()
        quoted = before.endswith(('"', "”", "''"))
        mark = max(before.rfind(m, 0, len(before) - 1) for m in ('"', "“", "``")) if quoted else -1
        if mark >= 0:
            content = Span(line + mark, line + len(before))
        else:
            stop = document.text.find("\n", source.end)
            content = Span(source.end, stop if stop > 0 else len(document.text))
        yield Statement(
            id=StatementId(f"{source.start}"),
            article_id=article.id,
            source=source,
            content=(content,),
            text=content.of(document.text),
            mode="direct" if mark >= 0 else "indirect",
            confidence=1.0,
            method="gold",
        )


def score(documents, resources, *, errors):
    counts = Counter()
    for document in documents:
        named = {mention.chain for mention in document.mentions if mention.is_name}
        document.pronouns = [one for one in document.pronouns if one.chain in named]
        if not document.pronouns:
            continue
        article = Article(
            id=ArticleId(document.name), locator="", text=document.text, text_sha256=""
        )
        statements = tuple(statements_of(document, article))
        found = resolve(article, parse(article, resources), statements, resources)
        voices = {voice.statement_id: voice for voice in found.voices}
        for pronoun in document.pronouns:
            voice = voices.get(StatementId(f"{pronoun.start}"))
            verdict = judge(document, pronoun, voice, found)
            word = document.text[pronoun.start : pronoun.end].lower()
            counts[verdict] += 1
            counts[verdict, word] += 1
            if errors and verdict != "right":
                print(verdict, document.name, word, shown(document, pronoun, voice, found))
    return counts


def judge(document, pronoun, voice, found):
    if voice is None or not voice.speakers:
        return "open"
    names = [m.span for m in found.mentions if m.chain in voice.speakers and m.kind == "name"]
    gold = [m for m in document.mentions if m.chain == pronoun.chain and m.is_name]
    hit = any(m.start < span.end and span.start < m.end for m in gold for span in names)
    return "right" if hit else "wrong"


def shown(document, pronoun, voice, found):
    gold = next(m for m in document.mentions if m.chain == pronoun.chain and m.is_name)
    numbers = (voice.speakers or voice.candidates) if voice else ()
    names = [chain.name for chain in found.chains if chain.number in numbers]
    text = document.text[max(0, pronoun.start - 160) : pronoun.end + 20].replace("\n", " / ")
    return f"gold {document.text[gold.start : gold.end]!r} got {names} in …{text!r}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--errors", action="store_true")
    options = arguments.parse_args()
    resources = load_resources()
    total = Counter()
    meantime = options.data / "meantime/data/meantime_newsreader_english_oct15"
    sets = {
        "gum-news": read_gum(options.data / "gum-news/dep"),
        "meantime": read_meantime(meantime / "intra_cross-doc_annotation"),
    }
    for name, documents in sets.items():
        counts = score(documents, resources, errors=options.errors)
        report(name, counts)
        total += counts
    report("both", total)
    for word in ("he", "she", "they", "it"):
        report(f"  {word}", Counter({k[0]: v for k, v in total.items() if k[1:] == (word,)}))


def report(name, counts):
    items = counts["right"] + counts["wrong"] + counts["open"]
    answered = counts["right"] + counts["wrong"]
    accuracy = 100 * counts["right"] / answered if answered else 0.0
    coverage = 100 * answered / items if items else 0.0
    print(f"{name:10s} items {items:4d}  accuracy {accuracy:5.1f}  coverage {coverage:5.1f}")


if __name__ == "__main__":
    main()
