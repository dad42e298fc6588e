"""Write the trained tagger as an int8 ONNX graph, built operator by operator."""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from data import build as build_example
from data import collate, load_tokenizer, make_document, read_rows, windows
from model import FAR, HEADS, HIDDEN, LINK, N_LINK, Tagger, load_pretrained
from onnx import TensorProto, helper, numpy_helper

MS = "com.microsoft"
OUTLIERS = 8
RATIO = 1.6  # of the largest input to the ninth: below it nothing is gained


class Graph:
    """Nodes and initializers under construction."""

    def __init__(self, precision):
        self.nodes, self.inits, self.n, self.precision = [], [], 0, precision

    def const(self, name, array):
        self.inits.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, inputs, n_out=1, domain="", **attrs):
        self.n += 1
        outs = [f"t{self.n}_{i}" for i in range(n_out)]
        self.nodes.append(
            helper.make_node(kind, inputs, outs, f"{kind}_{self.n}", domain=domain, **attrs)
        )
        return outs[0] if n_out == 1 else outs

    def linear(self, x, name, weight, bias, keep=False, few=0):
        """x @ weight.T + bias; int8 with one scale per output where the precision says so."""
        w = weight.T.astype(np.float32)
        if keep or self.precision == "fp32":
            y = self.op("MatMul", [x, self.const(name + ".w", w)])
            return y if bias is None else self.op("Add", [y, self.const(name + ".b", bias)])
        if self.precision == "int8":
            apart = None
            if few:  # the last inputs are far larger than the rest: they stay exact
                x, y = self.op(
                    "Split", [x, self.const(name + ".at", np.array([len(w) - few, few]))], 2, axis=2
                )
                apart = self.op("MatMul", [y, self.const(name + ".apart", w[-few:])])
                w = w[:-few]
            scale = np.abs(w).max(0) / 127
            q = np.clip(np.rint(w / scale), -127, 127).astype(np.int8)
            ins = [
                x,
                self.const(name + ".q", q),
                self.const(name + ".s", scale.astype(np.float32)),
                "",
            ]
            if bias is not None:
                ins.append(self.const(name + ".b", bias))
            y = self.op("DynamicQuantizeMatMul", ins, domain=MS)
            return y if apart is None else self.op("Add", [y, apart])
        block = int(self.precision[5:])
        K, N = w.shape
        wb = w.T.reshape(N, K // block, block)
        scale = np.abs(wb).max(2) / 127
        q = (np.clip(np.rint(wb / scale[..., None]), -128, 127) + 128).astype(np.uint8)
        y = self.op(
            "MatMulNBits",
            [x, self.const(name + ".q", q), self.const(name + ".s", scale.astype(np.float32))],
            domain=MS,
            K=K,
            N=N,
            bits=8,
            block_size=block,
            accuracy_level=4,
        )
        return self.op("Add", [y, self.const(name + ".b", bias)])

    def norm(self, x, skip, name, mod):
        """Layer normalization of x + skip; the mean and variance as products, which are far faster."""
        if skip is not None:
            x = self.op("Add", [x, skip])
        mean = self.op(
            "MatMul", [x, self.const(name + ".mean", np.full((HIDDEN, 1), 1 / HIDDEN, np.float32))]
        )
        x = self.op("Sub", [x, mean])
        var = self.op(
            "MatMul",
            [
                self.op("Mul", [x, x]),
                self.const(name + ".var", np.full((HIDDEN, 1), 1 / HIDDEN, np.float32)),
            ],
        )
        var = self.op("Add", [var, self.const(name + ".e", np.array(1e-12, np.float32))])
        rate = self.op("Reciprocal", [self.op("Sqrt", [var])])
        x = self.op(
            "Mul", [self.op("Mul", [x, rate]), self.const(name + ".g", mod.weight.detach().numpy())]
        )
        return self.op("Add", [x, self.const(name + ".h", mod.bias.detach().numpy())])


def reorder(m, peaks):
    """Move the columns with the largest inputs to the end; the function computed is the same."""
    total = sum(np.log(p) for n, p in peaks.items() if n.endswith((".qkv", ".up")))
    order = torch.from_numpy(np.argsort(total, kind="stable"))
    e, h = m.encoder, m.heads

    def rows(mod):
        return (
            setattr(mod.weight, "data", mod.weight.data[order]),
            setattr(mod.bias, "data", mod.bias.data[order]),
        )

    def cols(mod):
        return setattr(mod.weight, "data", mod.weight.data[:, order])

    for mod in (
        e.word,
        e.position,
        e.kind,
        e.quote,
        e.shape,
        h.tags,
        h.cue_class,
        h.left,
        h.right,
        h.right_bias,
        h.none,
    ):
        cols(mod)
    rows(e.norm)
    for i, layer in enumerate(e.layers):
        for mod in (layer.q, layer.k, layer.v, layer.up):
            cols(mod)
        for mod in (layer.o, layer.down, layer.norm1, layer.norm2):
            rows(mod)
        inner = torch.from_numpy(np.argsort(peaks[f"layer{i}.down"], kind="stable"))
        layer.up.weight.data, layer.up.bias.data = (
            layer.up.weight.data[inner],
            layer.up.bias.data[inner],
        )
        layer.down.weight.data = layer.down.weight.data[:, inner]


def parameters(mod):
    return [p.detach().numpy().astype(np.float32) for p in (mod.weight, mod.bias)]


def embedded(g, e):
    """The sum of what each subword is, where it stands and what marks and letters say."""

    def f(table):
        return table.weight.detach().numpy()

    word, zero = f(e.word), g.const("zero", np.array([0]))
    if g.precision == "fp32":
        x = g.op("Gather", [g.const("word", word), "ids"])
    else:
        scale = np.abs(word).max(1, keepdims=True) / 127
        q = g.op("Gather", [g.const("word.q", np.rint(word / scale).astype(np.int8)), "ids"])
        s = g.op("Gather", [g.const("word.s", scale.astype(np.float32)), "ids"])
        x = g.op("Mul", [g.op("Cast", [q], to=TensorProto.FLOAT), s])
    n = g.op("Shape", ["ids"], start=1, end=2)
    places = g.const("position", f(e.position) + f(e.kind)[0])
    x = g.op("Add", [x, g.op("Slice", [places, zero, n, zero])])
    for name in ("quote", "shape"):
        x = g.op("Add", [x, g.op("Gather", [g.const(name + ".w", f(getattr(e, name))), name])])
    return g.norm(x, None, "norm", e.norm)


def add_layer(g, x, layer, p, few):
    """One layer of the encoder; names of its weights begin with *p*."""

    def linear(x, name):
        mod = getattr(layer, name)
        return g.linear(x, p + name, *parameters(mod), few=few.get(p + name, 0))

    three = [parameters(mod) for mod in (layer.q, layer.k, layer.v)]
    w, b = (np.concatenate(part) for part in zip(*three, strict=True))
    qkv = g.linear(x, p + "qkv", w, b, few=few.get(p + "qkv", 0))
    q, k, v = g.op("Split", [qkv, g.const(p + "split", np.array([HIDDEN] * 3))], 3, axis=2)
    a = g.op("MultiHeadAttention", [q, k, v], domain=MS, num_heads=HEADS)
    x = g.norm(x, linear(a, "o"), p + "n1", layer.norm1)
    act = g.op("Gelu", [linear(x, "up")], domain=MS)
    return g.norm(x, linear(act, "down"), p + "n2", layer.norm2)


def add_heads(g, x, h):
    """Scores of tags, cue class and links from the states *x*, one word a row."""

    def linear(x, name):
        return g.linear(x, name, *parameters(getattr(h, name)), keep=True)

    def turned(x, perm):
        return g.op("Transpose", [x], perm=perm)

    zero, one, two = (g.const(f"n{n}", np.array([n])) for n in range(3))
    x = g.op("Gather", [g.op("Squeeze", [x, zero]), "first"])
    left, right = (g.op("Gelu", [linear(x, k)], domain=MS) for k in ("left", "right"))
    shape = g.const("heads", np.array([0, N_LINK, LINK]))
    a = turned(g.op("Reshape", [left, shape]), [1, 0, 2])
    b = turned(g.op("Reshape", [right, shape]), [1, 2, 0])
    s = g.op("Mul", [g.op("MatMul", [a, b]), g.const("root", np.array(LINK**-0.5, np.float32))])
    s = g.op("Add", [s, g.op("Unsqueeze", [turned(linear(x, "right_bias"), [1, 0]), one])])
    count = g.op("Squeeze", [g.op("Shape", ["first"])])
    at = g.op("Range", [g.const("from", np.array(0)), count, g.const("by", np.array(1))])
    far = g.op("Sub", [g.op("Unsqueeze", [at, zero]), g.op("Unsqueeze", [at, one])])
    far = g.op("Clip", [far, g.const("lo", np.array(-FAR)), g.const("hi", np.array(FAR))])
    far = g.op("Add", [far, g.const("far", np.array(FAR))])
    distance = g.const("distance", h.distance.detach().numpy())
    s = g.op("Add", [s, turned(g.op("Gather", [distance, far]), [2, 0, 1])])
    none = g.op("Unsqueeze", [turned(linear(x, "none"), [1, 0]), two])
    links = g.op("Concat", [s, none], axis=2)
    return {"tags_out": linear(x, "tags"), "cue_out": linear(x, "cue_class"), "links_out": links}


def finished(g, scores):
    """The model of a graph that gives *scores*, by name of the output."""
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    shapes = {"tags_out": ["W", 7], "cue_out": ["W", 1], "links_out": [N_LINK, "W", "V"]}
    for name, src in scores.items():
        g.nodes.append(helper.make_node("Identity", [src], [name]))
    ins = [helper.make_tensor_value_info(k, whole, [1, "T"]) for k in ("ids", "quote", "shape")]
    ins.append(helper.make_tensor_value_info("first", whole, ["W"]))
    outs = [helper.make_tensor_value_info(k, real, shapes[k]) for k in scores]
    model = helper.make_model(
        helper.make_graph(g.nodes, "attribution", ins, outs, g.inits),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)],
        producer_name="onrecord training",
    )
    model.ir_version = 9
    return model


def build(m, precision, peaks=None):
    few = {}
    if peaks:
        reorder(m, peaks)
        few = {
            name: OUTLIERS
            for name, p in peaks.items()
            if not name.endswith(".o") and np.sort(p)[-1] > RATIO * np.sort(p)[-1 - OUTLIERS]
        }

    g = Graph(precision)
    x = embedded(g, m.encoder)
    for number, layer in enumerate(m.encoder.layers):
        x = add_layer(g, x, layer, f"layer{number}.", few)
    return finished(g, add_heads(g, x, m.heads))


def measure_peaks(m, examples):
    """Largest absolute input of each column of each matrix, over *examples*."""
    peaks, hooks = {}, []

    def watch(name):
        def hook(_, given):
            top = given[0].abs().flatten(0, -2).amax(0).numpy()
            peaks[name] = np.maximum(peaks.get(name, 0), top)

        return hook

    for i, layer in enumerate(m.encoder.layers):
        for key in ("q", "o", "up", "down"):
            name = f"layer{i}.{'qkv' if key == 'q' else key}"
            hooks.append(getattr(layer, key).register_forward_pre_hook(watch(name)))
    with torch.no_grad():
        for e in examples:
            b = collate([e])
            m.words(
                {k: torch.from_numpy(v) if isinstance(v, np.ndarray) else v for k, v in b.items()}
            )
    for h in hooks:
        h.remove()
    return peaks


def calibration(data, tok, n=40):
    """Windows of the first *n* training articles."""
    return [
        build_example(d, 0, u)
        for r in read_rows(Path(data) / "train.jsonl")[:n]
        for d in [make_document({"id": r["id"], "text": r["text"]}, tok)]
        for u in windows(d, 254)
    ]


def load_tagger(checkpoint, minilm, key="ema"):
    m = Tagger()
    load_pretrained(m, Path(minilm) / "model.safetensors")
    s = torch.load(checkpoint, weights_only=True)
    m.load_state_dict(s[key], strict=False)
    return m.eval(), s["step"]


def crf_arrays(m):
    c = m.crf
    return (c.transition + c.bar).detach().numpy(), (c.begin + c.bar0).detach().numpy()


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("checkpoint")
    p.add_argument("minilm")
    p.add_argument("out", help="folder of the graph")
    p.add_argument("--precision", default="int8")
    p.add_argument("--data")
    a = p.parse_args()
    torch.set_num_threads(1)
    m, step = load_tagger(a.checkpoint, a.minilm)
    peaks = (
        measure_peaks(m, calibration(a.data, load_tokenizer(Path(a.minilm) / "tokenizer.json")))
        if a.data
        else None
    )
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(m, a.precision, peaks), out / "model.onnx")
    print((out / "model.onnx").stat().st_size, "bytes")
    np.savez(out / "crf.npz", **dict(zip(("transition", "begin"), crf_arrays(m), strict=True)))
    print("weights of step", step)
