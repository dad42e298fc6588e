"""F1 of models on dev with intervals, and on the held-out articles: whole, and in the fast tier."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from reading import counts, load_scorer, model_in, sets

from onrecord.models import UNSURE
from onrecord.resources import load_resources

METRICS = {
    "speech.attribution": "attribution, cue of speech",
    "attribution": "attribution, all",
    "direct.attribution": "direct",
    "mixed.attribution": "mixed",
    "indirect.attribution": "indirect",
    "src_given_content": "source, given the content",
    "content.exact_w": "content, same words",
}
SAMPLES = 500


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--models", type=Path, nargs="+", required=True, help="folders of models")
    a.add_argument("--data", required=True)
    a.add_argument("--scorer", required=True)
    a = a.parse_args()
    scorer, rows, resources = load_scorer(a.scorer), sets(a.data), load_resources()
    print("| F1 | " + " | ".join(METRICS.values()) + " |")
    readers = [
        (f"{folder.name}, {tier}", replace(model_in(folder), unsure=unsure))
        for folder in a.models
        for tier, unsure in (("every block", 0.0), ("unsure blocks", UNSURE))
    ]
    for tier, reader in readers:
        for name in rows:
            parts = counts(rows[name], reader, resources, scorer)
            total, spread = scorer.total(parts), scorer.bootstrap(parts, SAMPLES)
            cells = [
                f"{100 * scorer.prf(total[key])[2]:.1f} "
                f"[{100 * spread[key][0]:.1f}, {100 * spread[key][1]:.1f}]"
                for key in METRICS
            ]
            print(f"| {tier}, {name} | " + " | ".join(cells) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
