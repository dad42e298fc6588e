"""Invented articles: random prose about invented places, so that nothing is anybody's text."""

import random
from collections.abc import Sequence

from onrecord.ids import content_hash
from onrecord.link.sketch import sketch
from onrecord.records import Annotation, Article, Sketch
from onrecord.resources import load_resources

ONSETS = ("b", "br", "d", "dr", "f", "g", "gl", "k", "l", "m", "n", "p", "pr", "s", "st", "t", "v")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
CODAS = ("l", "m", "n", "r", "rd", "st", "x", "th")
COMMON = [
    "the",
    "a",
    "of",
    "to",
    "in",
    "and",
    "for",
    "on",
    "with",
    "at",
    "from",
    "by",
    "it",
    "he",
    "she",
    "they",
    "was",
    "were",
    "has",
    "had",
    "that",
    "this",
    "will",
    "would",
    "could",
    "said",
    "year",
    "week",
    "city",
    "council",
    "plan",
    "people",
    "public",
    "new",
    "old",
    "first",
    "last",
    "after",
    "before",
]


def invented_word(chance: random.Random, syllables: int = 2) -> str:
    """Return a word that no language has."""
    return "".join(
        chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)
        for _ in range(syllables)
    )


class Topic:
    """A story's own vocabulary, from which any number of sentences can be drawn."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"topic {seed}")
        self.words = [invented_word(chance) for _ in range(40)]
        self.names = [invented_word(chance).capitalize() for _ in range(6)]

    def sentence(self, chance: random.Random) -> str:
        """Return a sentence of 8 to 20 words, two in five of them the topic's own."""
        words = [
            chance.choice(self.words + self.names)
            if chance.random() < 0.4
            else chance.choice(COMMON)
            for _ in range(chance.randint(8, 20))
        ]
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def prose(self, seed: int, sentences: int = 20) -> list[str]:
        """Return paragraphs of one to three sentences."""
        chance = random.Random(f"prose {seed} {self.words[0]}")
        lines = [self.sentence(chance) for _ in range(sentences)]
        paragraphs = []
        while lines:
            size = chance.randint(1, 3)
            paragraphs.append(" ".join(lines[:size]))
            lines = lines[size:]
        return paragraphs


def article(
    name: str,
    paragraphs: Sequence[str],
    *,
    outlet: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Article:
    """Return an article of *paragraphs*."""
    return Article(
        id=content_hash("article", name),
        locator=name,
        outlet=outlet,
        title=title,
        published=published,
        text="\n\n".join(paragraphs),
        text_sha256="",
    )


def sketch_of(row: Article) -> Sketch:
    """Return the sketch of an article of which only the text is known."""
    return sketch(Annotation(article=row), load_resources("en"))
