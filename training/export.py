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
RATIO = 1.6  # of the largest input to the next after them: below it nothing is gained


class Graph:
    """Nodes and initializers under construction."""

    def __init__(self, precision):
        self.nodes, self.inits, self.n, self.precision = [], {}, 0, precision

    def const(self, name, array):
        self.inits.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, inputs, n_out=1, domain="", **attrs):
        self.n += 1
        outs = [f"t{self.n}_{i}" for i in range(n_out)]
        self.nodes.append(
            helper.make_node(kind, inputs, outs, f"{kind}_{self.n}", domain=domain, **attrs)
        )
        return outs[0] if n_out == 1 else outs

    def linear(self, x, name, weight, bias, keep=False, few=0):
        """x @ weight.T + bias for rows *x*; int8 with one scale per output where the precision says so."""
        w = weight.T.astype(np.float32)
        if keep or self.precision == "fp32":
            y = self.op("MatMul", [x, self.const(name + ".w", w)])
            return self.op("Add", [y, self.const(name + ".b", bias)])
        apart = None
        if few:  # the last inputs are far larger than the rest: they stay exact
            at = self.const(name + ".at", np.array([len(w) - few, few]))
            x, apart = self.op("Split", [x, at], 2, axis=1)
            exact, w = self.const(name + ".apart", w[-few:]), w[:-few]
        scale = np.abs(w).max(0) / 127
        q = np.clip(np.rint(w / scale), -127, 127).astype(np.int8)
        ins = [x, self.const(name + ".q", q), self.const(name + ".s", scale.astype(np.float32))]
        y = self.op("DynamicQuantizeMatMul", [*ins, "", self.const(name + ".b", bias)], domain=MS)
        return self.op("Gemm", [apart, exact, y]) if few else y

    def norm(self, x, skip, name, mod):
        """Layer normalization of x + skip without its bias, which what reads it adds to its own.

        On rows less their mean it is the root-mean-square kind, of which the run time has a far faster kernel.
        """
        if skip is not None:
            x = self.op("Add", [x, skip])
        x = self.op("Sub", [x, self.op("ReduceMean", [x], axes=[-1])])
        gain = self.const(name + ".g", mod.weight.detach().numpy())
        return self.op("SimplifiedLayerNormalization", [x, gain], epsilon=1e-12, axis=-1)


def reorder(layer, peaks):
    """Move the inner columns with the largest values to the end; the function computed is the same."""
    order = torch.from_numpy(np.argsort(peaks, kind="stable"))
    up, down = layer.up, layer.down
    up.weight.data, up.bias.data = up.weight.data[order], up.bias.data[order]
    down.weight.data = down.weight.data[:, order]


def smooth(peaks):
    """Factor of each input by which int8 is made easier (SmoothQuant, Xiao et al. 2023, with a half)."""
    return np.maximum(peaks, 0.01).astype(np.float32) ** 0.5


def parameters(mod):
    return [p.detach().numpy().astype(np.float32) for p in (mod.weight, mod.bias)]


def embedded(g, e):
    """The sum of what each subword is, where it stands and what marks and letters say; a row each."""

    def f(table):
        return table.weight.detach().numpy()

    word, zero = f(e.word), g.const("zero", np.array([0]))
    ids, quote, shape = (g.op("Squeeze", [name, zero]) for name in ("ids", "quote", "shape"))
    if g.precision == "fp32":
        x = g.op("Gather", [g.const("word", word), ids])
    else:
        scale = np.abs(word).max(1, keepdims=True) / 127
        q = g.op("Gather", [g.const("word.q", np.rint(word / scale).astype(np.int8)), ids])
        s = g.op("Gather", [g.const("word.s", scale.astype(np.float32)), ids])
        x = g.op("Mul", [g.op("Cast", [q], to=TensorProto.FLOAT), s])
    n = g.op("Shape", ["ids"], start=1, end=2)
    places = g.const("position", f(e.position) + f(e.kind)[0])
    x = g.op("Add", [x, g.op("Slice", [places, zero, n, zero])])
    for name, of in (("quote", quote), ("shape", shape)):
        x = g.op("Add", [x, g.op("Gather", [g.const(name + ".w", f(getattr(e, name))), of])])
    return g.norm(x, None, "norm", e.norm)


def reading(g, x, name, weight, bias, before, peaks):
    """A linear map of rows of a norm, without its bias *before*: that becomes part of ours."""
    bias = bias + weight @ before
    if peaks:
        factor = smooth(peaks[name])
        x = g.op("Mul", [x, g.const(name + ".r", 1 / factor)])
        weight = weight * factor
    return g.linear(x, name, weight, bias)


def add_layer(g, x, layer, before, p, peaks, chosen=None):
    """One layer of the encoder; names of its weights begin with *p*.

    *before* is the bias that the rows *x* lack, and the bias of the second norm is lacking in what comes back.
    With *chosen* the layer ends with these rows only: no other is read after the last.
    """
    three = [parameters(mod) for mod in (layer.q, layer.k, layer.v)]
    out, after = parameters(layer.o)
    if peaks:  # attention is linear in the values, so that their factors cost nothing
        factor = smooth(peaks[p + "o"])
        three[2] = [three[2][0] / factor[:, None], three[2][1] / factor]
        out = out * factor
    w, b = (np.concatenate(part) for part in zip(*three, strict=True))
    qkv = g.op("Unsqueeze", [reading(g, x, p + "qkv", w, b, before, peaks), "zero"])
    q, k, v = g.op("Split", [qkv, g.const("three", np.array([HIDDEN] * 3))], 3, axis=2)
    a = g.op("MultiHeadAttention", [q, k, v], domain=MS, num_heads=HEADS)
    a = g.op("Squeeze", [a, "zero"])
    if chosen:
        a, x = (g.op("Gather", [rows, chosen]) for rows in (a, x))
    x = g.norm(x, g.linear(a, p + "o", out, after + before), p + "n1", layer.norm1)
    between = parameters(layer.norm1)[1]
    act = g.op("Gelu", [reading(g, x, p + "up", *parameters(layer.up), between, peaks)], domain=MS)
    w, b = parameters(layer.down)
    few = OUTLIERS if peaks and far_apart(peaks[p + "down"]) else 0
    return g.norm(x, g.linear(act, p + "down", w, b + between, few=few), p + "n2", layer.norm2)


def far_apart(peaks):
    top = np.sort(peaks)
    return top[-1] > RATIO * top[-1 - OUTLIERS]


def add_heads(g, x, h):
    """Scores of tags, cue class and links from the states *x*, one word a row."""

    def linear(x, name):
        return g.linear(x, name, *parameters(getattr(h, name)), keep=True)

    def turned(x, perm):
        return g.op("Transpose", [x], perm=perm)

    zero, one, two = (g.const(f"n{n}", np.array([n])) for n in range(3))
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
        helper.make_graph(g.nodes, "attribution", ins, outs, list(g.inits.values())),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)],
        producer_name="onrecord training",
    )
    model.ir_version = 9
    return model


def build(m, precision, peaks=None):
    """The graph of *m*; *peaks* (`measure_peaks`) are needed for int8."""
    if peaks:
        for number, layer in enumerate(m.encoder.layers):
            reorder(layer, peaks[f"layer{number}.down"])
    g = Graph(precision)
    x = embedded(g, m.encoder)
    before = parameters(m.encoder.norm)[1]
    for number, layer in enumerate(m.encoder.layers):
        chosen = "first" if layer is m.encoder.layers[-1] else None
        x = add_layer(g, x, layer, before, f"layer{number}.", peaks, chosen)
        before = parameters(layer.norm2)[1]
    x = g.op("Add", [x, g.const("last", before)])
    return finished(g, add_heads(g, x, m.heads))


def measure_peaks(m, examples):
    """Largest absolute input of each column of each matrix, over *examples*; of norms without their bias."""
    peaks, hooks = {}, []

    def watch(name, bias):
        def hook(_, given):
            top = (given[0] - bias).abs().flatten(0, -2).amax(0).numpy()
            peaks[name] = np.maximum(peaks.get(name, 0), top)

        return hook

    before = m.encoder.norm.bias
    for i, layer in enumerate(m.encoder.layers):
        bias = {"q": before, "o": 0, "up": layer.norm1.bias, "down": 0}
        for key, what in bias.items():
            name = f"layer{i}.{'qkv' if key == 'q' else key}"
            hooks.append(getattr(layer, key).register_forward_pre_hook(watch(name, what)))
        before = layer.norm2.bias
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
    p.add_argument("--precision", default="int8", choices=("int8", "fp32"))
    p.add_argument(
        "--data", required=True, help="folder of PolNeAR: int8 is fitted on its training articles"
    )
    a = p.parse_args()
    torch.set_num_threads(1)
    m, step = load_tagger(a.checkpoint, a.minilm)
    tokenizer = load_tokenizer(Path(a.minilm) / "tokenizer.json")
    peaks = measure_peaks(m, calibration(a.data, tokenizer)) if a.precision == "int8" else None
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(m, a.precision, peaks), out / "model.onnx")
    print((out / "model.onnx").stat().st_size, "bytes")
    np.savez(out / "crf.npz", **dict(zip(("transition", "begin"), crf_arrays(m), strict=True)))
    print("weights of step", step)
