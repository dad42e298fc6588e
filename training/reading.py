"""What the scripts share: the sets, the scorer beside the data, and statements as it reads them."""

import importlib.util
import json
from pathlib import Path

import numpy as np
from data import held_out, read_rows

from onrecord.annotate import tagged
from onrecord.annotate.quotation import find_quotations
from onrecord.annotate.tokens import parse
from onrecord.ids import content_hash
from onrecord.models import make_tagger
from onrecord.records import Article


def load_scorer(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sets(data):
    """Dev, and the training articles that no weight is fitted on."""
    train = read_rows(Path(data) / "train.jsonl")
    hold = held_out([row["id"] for row in train])
    return {
        "dev": read_rows(Path(data) / "dev.jsonl"),
        "held out": [row for row in train if row["id"] in hold],
    }


def settings_of(graph, **changes):
    """What `decoder.json` says of a graph written by export.py, `crf.npz` beside it."""
    crf = np.load(Path(graph).with_name("crf.npz"))
    decoder = {"name": "attribution-minilm-2", "window": 254, "packed": 128}
    for key in ("transition", "begin"):
        decoder[key] = np.round(crf[key].astype(float), 5).tolist()
    return decoder | {"confidence": [0.0] * 8} | changes


def tagger_of(graph, tokenizer, decoder):
    raw = {
        "model.onnx": Path(graph).read_bytes(),
        "tokenizer.json": Path(tokenizer).read_bytes(),
        "decoder.json": json.dumps(decoder).encode(),
    }
    return make_tagger(raw, "")


def model_in(folder):
    """The model whose three files lie in a folder, as they are shipped."""
    decoder = json.loads((Path(folder) / "decoder.json").read_text())
    return tagger_of(Path(folder) / "model.onnx", Path(folder) / "tokenizer.json", decoder)


def parsed(text, resources):
    digest = content_hash(text)
    article = Article(id=digest, locator="", text=text, text_sha256=digest)
    return article, parse(article, resources)


def statements(text, model, resources):
    """The attributions of a text, read by the model."""
    article, tokens = parsed(text, resources)
    return tagged.attribute_with_model(article, tokens, find_quotations(tokens), resources, model)


def as_event(one):
    return {
        "source": [one.source] if one.source else [],
        "cue": [one.cue] if one.cue else [],
        "content": list(one.content),
    }


def right(row, found, scorer):
    """Whether content and source of each statement are those of a gold one (one to one, best first)."""
    document = scorer.Doc(row["text"])
    gold = [scorer.Att(document, event).tok for event in row["attributions"]]
    ours = [scorer.Att(document, as_event(one)).tok for one in found]
    pairs = scorer.greedy([g["content"] for g in gold], [o["content"] for o in ours])
    good = {j for i, j in pairs if scorer.source_ok(document, gold[i]["source"], ours[j]["source"])}
    return [number in good for number in range(len(found))]


def counts(rows, model, resources, scorer):
    """What the scorer counts in each article."""
    return [
        scorer.score_doc(
            scorer.Doc(row["text"]),
            row["attributions"],
            [as_event(one) for one in statements(row["text"], model, resources)],
        )
        for row in rows
    ]
