"""PolNeAR articles to windows of subwords, word features, tags and links."""

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from words import FOLD, OUTSIDE, PUNCT, WORD, quote_states, shape

TAGS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ROLES = ["source", "cue", "content"]
CLS, SEP, MASK = 101, 102, 103
BREAK = -1


def load_tokenizer(path):
    tok = Tokenizer.from_file(str(path))
    tok.no_truncation()
    tok.no_padding()
    return tok


@dataclass
class Paragraph:
    start: list  # word starts (characters)
    end: list
    quote: list
    shape: list
    ids: list  # subword ids
    word_of: list  # word index of each subword
    first: list  # index in ids of each word's first subword


@dataclass
class Document:
    id: str
    text: str
    paragraphs: list
    versions: list = field(default_factory=list)


def make_paragraph(text, a, b, encoding):
    start, end, words = [], [], []
    for m in WORD.finditer(text, a, b):
        start.append(m.start())
        end.append(m.end())
        words.append(m.group())
    if not words:
        return None
    ids, word_of, first = [], [], [-1] * len(words)
    w = 0
    for i, (s, _) in zip(encoding.ids, encoding.offsets, strict=False):
        while w + 1 < len(words) and start[w + 1] <= s + a:
            w += 1
        if first[w] < 0:
            first[w] = len(ids)
        ids.append(i)
        word_of.append(w)
    if not ids:
        return None
    last = 0
    for k, f in enumerate(first):  # a word without a subword of its own takes its neighbour's
        if f < 0:
            first[k] = last
        else:
            last = f
    return Paragraph(
        start, end, quote_states(words), [shape(w) for w in words], ids, word_of, first
    )


def paragraph_spans(text):
    out, pos = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((pos, pos + len(line)))
        pos += len(line) + 1
    return out


def make_document(row, tok):
    text = row["text"]
    spans = paragraph_spans(text)
    encs = tok.encode_batch([text[a:b].translate(FOLD) for a, b in spans], add_special_tokens=False)
    pars = [
        p for (a, b), e in zip(spans, encs, strict=False) if (p := make_paragraph(text, a, b, e))
    ]
    doc = Document(row["id"], text, pars)
    for atts in [row.get("attributions", []), *row.get("other_annotators", [])]:
        doc.versions.append(label(doc, atts))
    return doc


def label(doc, atts):
    """Tags of all words of the article, and the attribution each belongs to."""
    start = [s for p in doc.paragraphs for s in p.start]
    tags = np.zeros(len(start), np.int64)
    owner = [[] for _ in start]
    for k, a in enumerate(atts):
        for r, role in enumerate(ROLES):
            prev = -9
            for s, e in sorted(map(tuple, a[role])):
                lo, hi = np.searchsorted(start, [s, e])
                for w in range(lo, hi):
                    owner[w].append(k)
                    if tags[w] == 0:
                        tags[w] = 2 * r + (1 if w == lo and prev != w else 2)
                prev = hi
    return tags, owner, len(atts)


def windows(doc, limit, rng=None):
    """Pack paragraphs into windows of at most *limit* subwords, the first of random length.

    A window is a list of (paragraph, first word, end, words before the paragraph, subwords);
    a paragraph above the limit is cut at a word.
    """
    units = []
    base = 0
    for k, p in enumerate(doc.paragraphs):
        n = len(p.start)
        a = 0
        while a < n:
            b = n
            lo = p.first[a]
            if len(p.ids) - lo > limit - 2:
                b = max(a + 1, int(np.searchsorted(p.first, lo + limit - 2)))
            hi = p.first[b] if b < n else len(p.ids)
            units.append((k, a, b, base, hi - lo))
            a = b
        base += n
    out, cur, size = [], [], 1
    first_limit = limit
    if rng is not None:
        first_limit = rng.randint(limit // 4, limit)
    cap = first_limit
    for u in units:
        if cur and size + u[4] + 1 > cap:
            out.append(cur)
            cur, size, cap = [], 1, limit
        cur.append(u)
        size += u[4] + 1
    if cur:
        out.append(cur)
    return out


@dataclass
class Example:
    ids: np.ndarray
    quote: np.ndarray
    shape: np.ndarray
    first: np.ndarray  # subword position per word (breaks included)
    word: np.ndarray  # index of the word in the article, BREAK for a break
    tags: np.ndarray
    cue_class: np.ndarray  # -1 where no cue
    links: list  # (head, word, [target words])


def build(doc, version, units, speech=None):
    tags_all, owner_all, _ = doc.versions[version] if doc.versions else (None, None, 0)
    ids, quote, shp, first, word = [CLS], [OUTSIDE], [PUNCT], [], []
    for k, a, b, base, _ in units:
        p = doc.paragraphs[k]
        lo = p.first[a]
        hi = p.first[b] if b < len(p.start) else len(p.ids)
        off = len(ids) - lo
        for i in range(lo, hi):
            w = p.word_of[i]
            ids.append(p.ids[i])
            quote.append(p.quote[w])
            shp.append(p.shape[w])
        for w in range(a, b):
            first.append(p.first[w] + off)
            word.append(base + w)
        first.append(len(ids))
        word.append(BREAK)
        ids.append(SEP)
        quote.append(OUTSIDE)
        shp.append(PUNCT)
    word = np.array(word)
    ex = Example(
        np.array(ids), np.array(quote), np.array(shp), np.array(first), word, None, None, []
    )
    if tags_all is None:
        return ex
    tags = np.where(word >= 0, tags_all[np.maximum(word, 0)], 0)
    owners = [owner_all[w] if w >= 0 else [] for w in word]
    for i in range(1, len(word) - 1):  # a content that goes on across a break
        if (
            word[i] == BREAK
            and tags[i + 1] == 6
            and tags[i - 1] in (5, 6)
            and set(owners[i - 1]) & set(owners[i + 1])
        ):
            tags[i] = 6
    for i in range(len(word)):  # a span cut by the window, or laid over another one, begins anew
        if tags[i] and tags[i] % 2 == 0 and (i == 0 or tags[i - 1] not in (tags[i], tags[i] - 1)):
            tags[i] -= 1
    cls = np.full(len(word), -1)
    members = {}
    for i, ow in enumerate(owners):
        for k in ow:
            members.setdefault(k, ([], [], []))[(tags[i] - 1) // 2].append(i) if tags[i] else None
    for k, (src, cue, con) in members.items():
        is_speech = speech is not None and any(word_text(doc, word[i]) in speech for i in cue)
        for i in cue:
            cls[i] = int(is_speech)
        has_src = bool(src)
        whole = all_inside(owner_all, k, word)
        for i in con:
            if cue or whole:
                ex.links.append((0, i, tuple(cue)))
            if has_src or whole:
                ex.links.append((1, i, tuple(src)))
        for i in cue:
            if has_src or whole:
                ex.links.append((2, i, tuple(src)))
    ex.tags, ex.cue_class = tags, cls
    return ex


def word_text(doc, w):
    if not hasattr(doc, "flat"):
        doc.flat = [
            doc.text[s:e].lower()
            for p in doc.paragraphs
            for s, e in zip(p.start, p.end, strict=False)
        ]
    return doc.flat[w]


def all_inside(owner_all, k, word):
    """Whether every word of attribution *k* lies in the window (else a missing source is no evidence)."""
    key = id(owner_all)
    if key not in _COUNT:
        c = {}
        for ow in owner_all:
            for j in ow:
                c[j] = c.get(j, 0) + 1
        _COUNT[key] = c
    n = sum(1 for w in word if w >= 0 and k in owner_all[w])
    return n == _COUNT[key][k]


_COUNT = {}


def collate(examples):
    B = len(examples)
    T = max(len(e.ids) for e in examples)
    W = max(len(e.first) for e in examples)

    def z(n, v=0):
        return np.full((B, n), v, np.int64)

    out = {
        "ids": z(T),
        "quote": z(T),
        "shape": z(T),
        "mask": z(T),
        "first": z(W),
        "wmask": z(W),
        "tags": z(W),
        "cls": z(W, -1),
    }
    rows = [[], [], []]
    targets = [[], [], []]
    for b, e in enumerate(examples):
        t, w = len(e.ids), len(e.first)
        out["ids"][b, :t] = e.ids
        out["quote"][b, :t] = e.quote
        out["shape"][b, :t] = e.shape
        out["mask"][b, :t] = 1
        out["first"][b, :w] = e.first
        out["wmask"][b, :w] = 1
        if e.tags is not None:
            out["tags"][b, :w] = e.tags
            out["cls"][b, :w] = e.cue_class
        for h, i, tgt in e.links:
            rows[h].append((b, i))
            targets[h].append(tgt)
    out["rows"], out["targets"] = rows, targets
    return out


def read_rows(path):
    with Path(path).open(encoding="utf8") as f:
        return [json.loads(line) for line in f if line.strip()]


def held_out(ids, n=40):
    """Training articles that no weight is fitted on: the confidence is fitted on them."""
    ids = sorted(ids)
    random.Random(5).shuffle(ids)
    return set(ids[:n])


def load_documents(path, tok):
    return [make_document(r, tok) for r in read_rows(path)]


def epoch_batches(docs, speech, epoch, seed, limit, tokens, mask_rate):
    """All windows of one epoch in batches of at most *tokens* subwords; seeded."""
    rng = random.Random(seed * 1000 + epoch)
    examples = []
    for d in docs:
        version = (epoch + rng.randrange(len(d.versions))) % len(d.versions) if epoch else 0
        for u in windows(d, limit, rng):
            ex = build(d, version, u, speech)
            if mask_rate:
                hit = np.random.default_rng(rng.randrange(2**31)).random(len(ex.ids)) < mask_rate
                hit &= (ex.ids != CLS) & (ex.ids != SEP)
                ex.ids = np.where(hit, MASK, ex.ids)
            examples.append(ex)
    rng.shuffle(examples)
    examples.sort(key=lambda e: len(e.ids) // 32 + rng.random() * 3)
    batches, cur, longest = [], [], 0
    for e in examples:
        n = max(longest, len(e.ids))
        if cur and n * (len(cur) + 1) > tokens:
            batches.append(cur)
            cur, longest = [], 0
            n = len(e.ids)
        cur.append(e)
        longest = n
    if cur:
        batches.append(cur)
    rng.shuffle(batches)
    return batches
