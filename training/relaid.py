"""Read the weights of a graph of the first layout back into a checkpoint, to lay them out anew.

    git show 014d4e6:src/onrecord/data/models/attribution/model.onnx > first.onnx
    python training/relaid.py first.onnx relaid.pt
    python training/export.py relaid.pt WEIGHTS OUT --data ../shared/data/polnear

The shipped graph was made so from that of the training run, whose checkpoint was not kept: nothing was
trained again. What int8 had rounded there stays as it was; `export.py` then fits int8 as it does for any checkpoint.
"""

import argparse

import numpy as np
import onnx
import torch
from model import HIDDEN, LAYERS, Tagger
from onnx import numpy_helper

HEADS = {
    "tags": "tags",
    "cue_class": "cue",
    "left": "left",
    "right": "right",
    "right_bias": "rb",
    "none": "none",
}


def weights(path):
    """The state of a `Tagger` with the weights of the graph at *path*; its CRF is in no graph and stays empty."""
    given = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    state = {k: v.numpy().copy() for k, v in Tagger().state_dict().items()}

    def put(name, weight, bias=None):
        state[name + ".weight"] = weight
        if bias is not None:
            state[name + ".bias"] = bias

    def matrix(name):
        w = given[name + ".q"].astype(np.float32) * given[name + ".s"]
        if name + ".apart" in given:
            w = np.concatenate([w, given[name + ".apart"]])
        return w.T, given[name + ".b"]

    put("encoder.word", given["word.q"].astype(np.float32) * given["word.s"])
    put("encoder.position", given["position"])  # with the kind, of which there is one
    put("encoder.kind", np.zeros((2, HIDDEN), np.float32))
    for name in ("quote", "shape"):
        put("encoder." + name, given[name + ".w"])
    put("encoder.norm", given["norm.g"], given["norm.h"])
    for number in range(LAYERS):
        ours, theirs = f"encoder.layers.{number}.", f"layer{number}."
        three, bias = matrix(theirs + "qkv")
        for place, name in enumerate("qkv"):
            part = slice(place * HIDDEN, (place + 1) * HIDDEN)
            put(ours + name, three[part], bias[part])
        for name in ("o", "up", "down"):
            put(ours + name, *matrix(theirs + name))
        for norm, short in (("norm1", "n1"), ("norm2", "n2")):
            put(ours + norm, given[f"{theirs}{short}.g"], given[f"{theirs}{short}.h"])
    for name, short in HEADS.items():
        put("heads." + name, given[short + ".w"].T, given[short + ".b"])
    state["heads.distance"] = given["distance"].T
    return {k: torch.from_numpy(np.array(v)) for k, v in state.items()}


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("graph")
    p.add_argument("out", help="checkpoint to write")
    a = p.parse_args()
    torch.save({"ema": weights(a.graph), "step": 0}, a.out)
