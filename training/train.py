"""Train the attribution tagger: two data-parallel processes, seeded, checkpoints of averaged weights."""

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from data import collate, epoch_batches, held_out, load_documents, load_tokenizer
from model import Tagger, load_pretrained

WEIGHTS_SHA = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def check(path, sha):
    got = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    if got != sha:
        sys.exit(f"{path}: sha256 is {got}, expected {sha}")


def tensors(b):
    return {k: torch.from_numpy(v) if isinstance(v, np.ndarray) else v for k, v in b.items()}


def save(path, step, model, ema, opt, names):
    tmp = Path(path).with_suffix(".tmp")
    torch.save(
        {
            "step": step,
            "ema": dict(zip(names, ema, strict=False)),
            "model": model.state_dict(),
            "opt": opt.state_dict(),
        },
        tmp,
    )
    tmp.rename(path)


def worker(rank, a, cfg):
    torch.set_num_threads(1)
    torch.manual_seed(cfg["seed"] + rank)
    os.environ["MASTER_ADDR"], os.environ["MASTER_PORT"] = "127.0.0.1", str(a.port)
    dist.init_process_group("gloo", rank=rank, world_size=cfg["processes"])
    tok = load_tokenizer(Path(a.minilm) / "tokenizer.json")
    docs = load_documents(Path(a.data) / "train.jsonl", tok)
    hold = held_out([d.id for d in docs])
    docs = [d for d in docs if d.id not in hold][: a.articles or None]
    speech = set((Path(__file__).parent / "speech_words.txt").read_text().split())
    model = Tagger(cfg["dropout"])
    load_pretrained(model, Path(a.minilm) / "model.safetensors")
    model.encoder.word.weight.requires_grad_(False)
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    names, params = [n for n, _ in named], [p for _, p in named]
    slow = [
        p for n, p in named if n.startswith("encoder.") and "quote" not in n and "shape" not in n
    ]
    ids = {id(p) for p in slow}
    fast = [p for p in params if id(p) not in ids]
    opt = torch.optim.AdamW(
        [{"params": slow, "lr": cfg["lr"]}, {"params": fast, "lr": cfg["lr_heads"]}],
        weight_decay=cfg["weight_decay"],
        betas=(0.9, 0.98),
    )
    peak = [g["lr"] for g in opt.param_groups]

    def epoch_of(e):
        return epoch_batches(
            docs, speech, e, cfg["seed"], cfg["window"], cfg["tokens"], cfg["mask_rate"]
        )

    per_epoch = len(epoch_of(0)) // cfg["processes"]
    total = a.steps or int(per_epoch * cfg["epochs"])
    # Without instructions of its own for them, a processor takes a minute for a step in bfloat16.
    half = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001 - no public name tells it
    step = 0
    ema = [p.detach().clone() for p in params]
    if a.resume:
        s = torch.load(a.resume, weights_only=True)
        model.load_state_dict(s["model"])
        opt.load_state_dict(s["opt"])
        ema, step = [s["ema"][n].clone() for n in names], s["step"]
    t0 = time.time()

    def say(*x):
        return print(f"{(time.time() - t0) / 60:6.1f}m", *x, flush=True) if rank == 0 else None

    say(
        f"{len(docs)} articles, {per_epoch} steps an epoch, {total} steps, {sum(p.numel() for p in params)} weights trained"
    )
    epoch, batches, acc, n_sub = -1, [], [], 0
    while step < total:
        e = step // per_epoch
        if e != epoch:
            epoch = e
            batches = epoch_of(e)
        # Other annotators' versions make some epochs a batch or two shorter than the first.
        place = (step % per_epoch) * cfg["processes"] + rank
        b = tensors(collate(batches[place % len(batches)]))
        scale = min(1.0, (step + 1) / cfg["warmup"]) * max(
            0.0, (total - step) / max(1, total - cfg["warmup"]) if step > cfg["warmup"] else 1.0
        )
        for g, lr in zip(opt.param_groups, peak, strict=False):
            g["lr"] = lr * scale
        model.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            loss, parts = model.loss(b, cfg["weights"])
        loss.backward()
        flat = torch.cat(
            [(p.grad if p.grad is not None else torch.zeros_like(p)).reshape(-1) for p in params]
        )
        dist.all_reduce(flat)
        flat /= cfg["processes"]
        flat *= min(1.0, cfg["clip"] / (float(flat.norm()) + 1e-6))
        at = 0
        for p in params:
            p.grad = flat[at : at + p.numel()].view_as(p)
            at += p.numel()
        opt.step()
        opt.zero_grad(set_to_none=True)
        step += 1
        if rank == 0:
            d = min(cfg["ema"], (1 + step) / (10 + step))
            torch._foreach_lerp_(ema, [p.detach() for p in params], 1 - d)
        acc.append(parts)
        n_sub += int(b["mask"].sum())
        if step % 25 == 0:
            m = np.mean(acc, 0)
            say(
                f"step {step} epoch {step / per_epoch:.2f} lr {opt.param_groups[0]['lr']:.2e} subwords {n_sub}",
                "tag, cue, links " + " ".join(f"{v:.4f}" for v in m),
            )
            acc = []
        if rank == 0 and (step % a.every == 0 or step == total):
            save(Path(a.out) / "last.pt", step, model, ema, opt, names)
            if step == total:
                torch.save(
                    {"step": step, "ema": dict(zip(names, ema, strict=False))},
                    Path(a.out) / "final.pt",
                )
    dist.barrier()
    dist.destroy_process_group()


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", required=True)
    p.add_argument("--minilm", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--config", default=str(Path(__file__).parent / "config.json"))
    p.add_argument("--resume")
    p.add_argument("--steps", type=int, default=0)
    p.add_argument("--articles", type=int, default=0)
    p.add_argument("--every", type=int, default=100)
    p.add_argument("--port", type=int, default=29517)
    a = p.parse_args()
    cfg = json.loads(Path(a.config).read_text())
    check(Path(a.minilm) / "model.safetensors", WEIGHTS_SHA)
    check(Path(a.minilm) / "tokenizer.json", TOKENIZER_SHA)
    Path(a.out).mkdir(parents=True, exist_ok=True)
    mp.spawn(worker, (a, cfg), cfg["processes"])


if __name__ == "__main__":
    main()
