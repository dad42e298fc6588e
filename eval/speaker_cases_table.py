"""Print the table of speaker cases by phenomenon: how many, how many right.

    python eval/speaker_cases_table.py

Cases that expect two marks to be one speaker, or a name, count as *join*; cases that expect two
speakers, or nobody, as *keep apart*. Known failures are counted as wrong.
"""

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from speaker_cases import load, verdict


def main():
    counts = defaultdict(lambda: [0, 0, 0, 0])
    for name in ("in-the-wild", "synthetic", "negative", "known-failures"):
        for case in load(f"{name}.json"):
            apart = "apart" in case or "unsure" in case
            row = counts[case["phenomenon"]]
            row[2 * apart] += 1
            row[2 * apart + 1] += verdict(case) == ""
    print("| phenomenon | join | right | keep apart | right |")
    print("|---|---|---|---|---|")
    for phenomenon in sorted(counts):
        print(f"| {phenomenon} | " + " | ".join(str(n or "") for n in counts[phenomenon]) + " |")
    totals = [sum(row[n] for row in counts.values()) for n in range(4)]
    print("| **all** | " + " | ".join(f"**{n}**" for n in totals) + " |")


if __name__ == "__main__":
    main()
