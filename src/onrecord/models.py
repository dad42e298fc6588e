"""Trained models: found, checked against the digests they were shipped with, loaded once.

The files lie in `data/models/`; their card there says what they were trained on. Loading needs
the packages `onnxruntime` and `tokenizers` (extra `model`); without them the rules work alone.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ResourceError

__all__ = ["UNSURE", "TaggerModel", "load_tagger", "make_tagger", "shipped"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_FOLDER = files("onrecord.data") / "models" / "attribution"
_PACKAGES = ("onnxruntime", "tokenizers")
_DIGESTS = {
    "decoder.json": "e71ceab225699f7c929df9935d8260b7f935aba3d51ac765f9d8794b6bb58904",
    "model.onnx": "d390cd0fecaa1ccb135959c4f7e891ebdd8f638f8b13955347786bbdcff09d10",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of the shipped files: another byte is another model, and is refused."""


UNSURE = 0.008
"""Mistakes of the rules in a word, eight in a thousand: the fast tier reads blocks above it (`docs/models.md`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerModel:
    """The attribution model with all that its decoding needs; equal where digests are equal."""

    name: str
    digest: str
    window: int = field(compare=False)
    """Subwords of a window at most; a longer block is cut after a sentence."""
    packed: int = field(compare=False)
    """Subwords up to which several blocks share a window."""
    transition: Floats = field(compare=False)
    """Score of going from a tag to the next; shape [7, 7]."""
    begin: Floats = field(compare=False)
    """Score of beginning with a tag; shape [7]."""
    confidence: tuple[float, ...] = field(compare=False)
    """Weights of the calibrated confidence, constant first."""
    unsure: float = 0.0
    """Mistakes of the rules in a word from which on the model reads a block; 0 reads every block."""
    tokenizer: Any = field(compare=False)
    session: Any = field(compare=False)

    def encode(self, texts: Sequence[str]) -> list[Any]:
        """Return the subwords of each text, with `ids` and character `offsets`."""
        encoded: list[Any] = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return encoded

    def run(self, ids: Ints, quote: Ints, shape: Ints, first: Ints) -> tuple[Floats, ...]:
        """Return the scores of one window: tags, speech, links (see `tagger.Scores`)."""
        given = {"ids": ids, "quote": quote, "shape": shape, "first": first}
        return tuple(self.session.run(None, given))


def shipped() -> bool:
    """Return whether the model can run here: its packages and its files are there."""
    return all(find_spec(name) for name in _PACKAGES) and all(
        (_FOLDER / name).is_file() for name in _DIGESTS
    )


@cache
def load_tagger() -> TaggerModel:
    """Return the shipped attribution model.

    Raises:
        ResourceError: a package or a file is missing, or a file is not the one shipped.
    """
    if not all(find_spec(name) for name in _PACKAGES):
        raise ResourceError("the model tier needs onnxruntime and tokenizers: onrecord[model]")
    raw = {name: _checked(name, digest) for name, digest in _DIGESTS.items()}
    return make_tagger(raw, sha256("".join(_DIGESTS.values()).encode()).hexdigest())


def make_tagger(raw: dict[str, bytes], digest: str) -> TaggerModel:
    """Return the model made of the bytes of its files; `load_tagger` checks them first."""
    # Builds from 1.32 on report each session to their maker, who is looked up in the network as
    # soon as the library is there, and keep a device id in the user's cache folder. The variable
    # stops both; the call stops what is left where a host program has imported it already.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415 - heavy and optional, so only where a model is run

    onnxruntime.disable_telemetry_events()
    from tokenizers import Tokenizer  # noqa: PLC0415 - as above

    settings = json.loads(raw["decoder.json"])
    tokenizer = Tokenizer.from_str(raw["tokenizer.json"].decode())
    # The file asks for truncation at 128 and padding to 128: text would be lost silently.
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    # One thread: sums are always made in one order, and workers do not fight for cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return TaggerModel(
        name=settings["name"],
        digest=digest,
        window=settings["window"],
        packed=settings["packed"],
        transition=np.asarray(settings["transition"], np.float32),
        begin=np.asarray(settings["begin"], np.float32),
        confidence=tuple(settings["confidence"]),
        tokenizer=tokenizer,
        session=onnxruntime.InferenceSession(
            raw["model.onnx"], options, providers=["CPUExecutionProvider"]
        ),
    )


def _checked(name: str, digest: str) -> bytes:
    path = _FOLDER / name
    if not path.is_file():
        raise ResourceError(f"the attribution model lacks {name}; install onrecord again")
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != digest:
        raise ResourceError(f"{name} of the attribution model is not the shipped one: {found}")
    return content
