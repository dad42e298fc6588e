"""Read a safetensors file of float32 tensors with numpy alone."""

import json
import struct
from pathlib import Path

import numpy as np


def read_safetensors(path):
    with Path(path).open("rb") as f:
        (n,) = struct.unpack("<Q", f.read(8))
        head = json.loads(f.read(n))
        body = f.read()
    out = {}
    for name, info in head.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        dtype = {"F32": np.float32, "I64": np.int64}[info["dtype"]]
        out[name] = np.frombuffer(body[a:b], dtype).reshape(info["shape"]).copy()
    return out
