"""What each part of the model tier gives: one thing changed at a time, scored on dev and held-out articles."""

import argparse
import contextlib
import sys
from dataclasses import replace

from reading import counts, load_scorer, sets, settings_of, tagger_of

from onrecord.annotate import certainties, inner, joining, sourcing, tagged
from onrecord.annotate.decode import CONTENT, CUE, SOURCE
from onrecord.models import load_tagger
from onrecord.resources import load_resources

METRICS = [
    "speech.attribution",
    "attribution",
    "direct.attribution",
    "mixed.attribution",
    "indirect.attribution",
    "src_given_content",
    "content.exact_w",
]
RESOURCES = load_resources()


def nearest(spans, _):
    """Join as the first attempt did: each content to the nearest cue, each cue to the nearest source."""
    cues, sources = ([s for s in spans if s.role == role] for role in (CUE, SOURCE))

    def gap(a, b):
        return max(a.first - b.last, b.first - a.last, 0)

    groups = {}
    for content in (s for s in spans if s.role == CONTENT):
        groups.setdefault(min(cues, key=lambda c: gap(c, content), default=None), []).append(
            content
        )
    joined = []
    for cue, contents in groups.items():
        if cue is None:
            joined += [joining.Joined(None, None, (content,), 0.5, 0.5) for content in contents]
        else:
            source = min(sources, key=lambda s: gap(s, cue), default=None)
            joined.append(joining.Joined(source, cue, tuple(contents), 0.5, 0.5))
    return joined


CHANGES = {
    "shipped": [],
    "nearest cue and source in place of pointers": [(tagged, "join", nearest)],
    "no spans from pointers alone": [(joining, "_overlooked", lambda *_: [])],
    "further pieces of a statement at any share": [(joining, "_SHARE", 0.0)],
    "sources not cut before what says more of the speaker": [
        (sourcing, "_short", lambda _, source: source)
    ],
    "borders not moved to marks": [(certainties, "_snapped", lambda claims, *_: claims)],
    "pieces outside the marks of a quotation kept": [
        (certainties, "_without_narration", lambda _, contents, __: contents)
    ],
    "unsure statements kept": [(tagged, "_LEAST", 0.0)],
    "no transcripts": [(tagged, "labelled_blocks", lambda *_: [])],
    "no statements from the rules": [(tagged, "attribute", lambda *_: ())],
    "every block read": [(tagged, "worth_reading", lambda tokens, *_: [True] * len(tokens.blocks))],
    "all nested statements of the rules": [(inner, "_is_sure", lambda *_: True)],
}


@contextlib.contextmanager
def changed(changes):
    kept = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    yield
    for module, name, value in kept:
        setattr(module, name, value)


def score(rows, model, scorer):
    total = scorer.total(counts(rows, model, RESOURCES, scorer))
    return [100 * scorer.prf(total[metric])[2] for metric in METRICS]


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", required=True, help="graph written by export.py, crf.npz beside it")
    a.add_argument("--tokenizer", required=True)
    a.add_argument("--data", required=True)
    a.add_argument("--scorer", required=True)
    a.add_argument(
        "--packed", type=int, default=128, help="subwords up to which blocks share a window"
    )
    a.add_argument(
        "--unsure", type=float, default=0.0, help="threshold of the fast tier; 0 reads every block"
    )
    a.add_argument("--only", help="one line of the table")
    a = a.parse_args()
    decoder = settings_of(a.model, packed=a.packed, confidence=list(load_tagger().confidence))
    model = replace(tagger_of(a.model, a.tokenizer, decoder), unsure=a.unsure)
    scorer, rows = load_scorer(a.scorer), sets(a.data)
    print("| | " + " | ".join(METRICS) + " | speech.attribution, held out |")
    for name, changes in CHANGES.items():
        if a.only in (None, name):
            with changed(changes):
                here = [
                    *score(rows["dev"], model, scorer),
                    score(rows["held out"], model, scorer)[0],
                ]
            print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in here) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
