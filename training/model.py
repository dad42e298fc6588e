"""MiniLM-L6 with word-level heads: tags under a CRF, cue class, links between words."""

import math

import numpy as np
import torch
from data import TAGS
from safetensors_lite import read_safetensors
from torch import nn
from torch.nn import functional as F
from words import N_QUOTE, N_SHAPE

HIDDEN, LAYERS, HEADS, INNER, LINK = 384, 6, 12, 1536, 96
N_LINK = 3  # content to cue, content to source, cue to source
FAR = 64
NEVER = -1e4


class Layer(nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        B, T, _ = x.shape

        def split(y):
            return y.view(B, T, HEADS, HIDDEN // HEADS).transpose(1, 2)

        a = F.scaled_dot_product_attention(
            split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask
        )
        x = self.norm1(x + self.drop(self.o(a.transpose(1, 2).reshape(B, T, HIDDEN))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, drop=0.1):
        super().__init__()
        self.word = nn.Embedding(30522, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.kind = nn.Embedding(2, HIDDEN)
        self.quote = nn.Embedding(N_QUOTE, HIDDEN)
        self.shape = nn.Embedding(N_SHAPE, HIDDEN)
        nn.init.zeros_(self.quote.weight)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.drop = nn.Dropout(drop)

    def forward(self, ids, quote, shape, mask):
        pos = torch.arange(ids.shape[1])
        x = (
            self.word(ids)
            + self.position(pos)
            + self.kind.weight[0]
            + self.quote(quote)
            + self.shape(shape)
        )
        x = self.drop(self.norm(x))
        m = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, NEVER)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            m = m.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, m)
        return x


def allowed():
    """Transitions that BIO permits, and tags that may begin a sequence."""
    ok = np.ones((len(TAGS), len(TAGS)), bool)
    for j, b in enumerate(TAGS):
        if b[0] == "I":
            for i, a in enumerate(TAGS):
                ok[i, j] = a[2:] == b[2:]
    return ok, np.array([t[0] != "I" for t in TAGS])


class Crf(nn.Module):
    def __init__(self):
        super().__init__()
        ok, begin = allowed()
        self.transition = nn.Parameter(torch.zeros(ok.shape))
        self.begin = nn.Parameter(torch.zeros(len(TAGS)))
        self.register_buffer("bar", torch.where(torch.tensor(ok), 0.0, NEVER))
        self.register_buffer("bar0", torch.where(torch.tensor(begin), 0.0, NEVER))

    def forward(self, e, tags, wmask):
        """Negative log likelihood of each sequence."""
        trans, begin = self.transition + self.bar, self.begin + self.bar0
        _B, W, _ = e.shape
        alpha = begin + e[:, 0]
        for t in range(1, W):
            nxt = torch.logsumexp(alpha[:, :, None] + trans, 1) + e[:, t]
            alpha = torch.where(wmask[:, t, None] > 0, nxt, alpha)
        gold = e.gather(2, tags[..., None]).squeeze(2) * wmask
        moves = trans[tags[:, :-1], tags[:, 1:]] * wmask[:, 1:]
        score = gold.sum(1) + moves.sum(1) + begin[tags[:, 0]]
        return torch.logsumexp(alpha, 1) - score


class Heads(nn.Module):
    def __init__(self, drop=0.1):
        super().__init__()
        self.tags = nn.Linear(HIDDEN, len(TAGS))
        self.cue_class = nn.Linear(HIDDEN, 1)
        self.left = nn.Linear(HIDDEN, N_LINK * LINK)
        self.right = nn.Linear(HIDDEN, N_LINK * LINK)
        self.right_bias = nn.Linear(HIDDEN, N_LINK)
        self.none = nn.Linear(HIDDEN, N_LINK)
        self.distance = nn.Parameter(torch.zeros(2 * FAR + 1, N_LINK))
        self.drop = nn.Dropout(drop)

    def links(self, x):
        """Scores [B, head, W, W + 1] of the word each word belongs to; the last column is "none"."""
        B, W, _ = x.shape

        def split(y):
            return y.view(B, W, N_LINK, LINK).transpose(1, 2)

        a, b = split(F.gelu(self.left(x))), split(F.gelu(self.right(x)))
        s = (
            a @ b.transpose(2, 3) / math.sqrt(LINK)
            + self.right_bias(x).transpose(1, 2)[:, :, None, :]
        )
        at = torch.arange(W)
        far = (at[None, :] - at[:, None]).clamp(-FAR, FAR) + FAR
        s = s + self.distance[far].permute(2, 0, 1)
        return torch.cat([s, self.none(x).transpose(1, 2)[..., None]], 3)


class Tagger(nn.Module):
    def __init__(self, drop=0.1):
        super().__init__()
        self.encoder, self.heads, self.crf = Encoder(drop), Heads(drop), Crf()

    def words(self, b):
        h = self.encoder(b["ids"], b["quote"], b["shape"], b["mask"])
        return h.gather(1, b["first"][..., None].expand(-1, -1, HIDDEN))

    def loss(self, b, weights):
        x = self.heads.drop(self.words(b))
        emissions = self.heads.tags(x).float()
        tag = self.crf(emissions, b["tags"], b["wmask"]).sum() / b["wmask"].sum()
        cue, link = cue_loss(self.heads, x, b), link_loss(self.heads, x, b)
        total = tag * weights["tag"] + cue * weights["cue"] + sum(link) * weights["link"]
        return total, [float(v.detach()) for v in (tag, cue, *link)]


def cue_loss(heads, x, b):
    at = b["cls"] >= 0
    if not at.any():
        return x.sum() * 0
    scores = heads.cue_class(x).float()[..., 0][at]
    return F.binary_cross_entropy_with_logits(scores, b["cls"][at].float())


def link_loss(heads, x, b):
    """Negative log probability of all right words together, for each kind of link."""
    s = heads.links(x).float()
    there = torch.cat([b["wmask"], torch.ones(len(s), 1, dtype=torch.long)], 1)
    s = s.masked_fill(there[:, None, None, :] == 0, NEVER)
    link = []
    for h in range(N_LINK):
        if not b["rows"][h]:
            link.append(x.sum() * 0)
            continue
        at = torch.tensor(b["rows"][h])
        rows = s[at[:, 0], h, at[:, 1]]
        hit = torch.full(rows.shape, NEVER)
        for i, tgt in enumerate(b["targets"][h]):
            hit[i, list(tgt) if tgt else -1] = 0.0
        link.append((torch.logsumexp(rows, 1) - torch.logsumexp(rows + hit, 1)).sum() / len(at))
    return link


def load_pretrained(model, path):
    """Copy the MiniLM weights into the encoder."""
    w = read_safetensors(path)
    e = model.encoder

    def put(p, k):
        return p.data.copy_(torch.tensor(w[k]))

    emb = "embeddings."
    put(e.word.weight, emb + "word_embeddings.weight")
    put(e.position.weight, emb + "position_embeddings.weight")
    put(e.kind.weight, emb + "token_type_embeddings.weight")
    put(e.norm.weight, emb + "LayerNorm.weight")
    put(e.norm.bias, emb + "LayerNorm.bias")
    names = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "o": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i, layer in enumerate(e.layers):
        for ours, theirs in names.items():
            put(getattr(layer, ours).weight, f"encoder.layer.{i}.{theirs}.weight")
            put(getattr(layer, ours).bias, f"encoder.layer.{i}.{theirs}.bias")
