"""Speed and memory of the index of quotations, from the entries of the stories to the reprints.

    python bench/quotation_index.py                      # 100,000 and 300,000 quotations
    python bench/quotation_index.py --quotations 10000

Entries are made up: 20 words each, ten a story, by one of 5,000 speakers; one in twenty has the
words of an entry of an earlier story. They are made anew whenever the table is read, so memory is
that of the index. Each figure is of a process of its own.
"""

import argparse
import random
import resource
import subprocess
import sys
import time

from onrecord.engines.meeting import meet
from onrecord.link.exemplars import seeds_of
from onrecord.pipeline import REPRINTS
from onrecord.records import Exemplar
from onrecord.resources import load_resources

A_STORY, WORDS, SPEAKERS, AGAIN, VOCABULARY = 10, 20, 5000, 20, 20_000


class Stories:
    """A table of stories with made-up quotations, each made when it is read."""

    def __init__(self, quotations, resources):
        self.count, self.resources, self.took = quotations // A_STORY, resources, 0.0

    def narrow(self, row):
        for number in range(self.count):
            start = time.process_time()
            made = row(exemplars=tuple(self.entry(number, place) for place in range(A_STORY)))
            self.took += time.process_time() - start
            yield made

    def entry(self, story, place):
        source = story * A_STORY + place
        if source % AGAIN == 0:
            source //= 2
        dice = random.Random(source)  # noqa: S311 - words, no secret
        who = f"speaker {dice.randrange(SPEAKERS)}"
        words = " ".join(f"w{word}" for word in dice.choices(range(VOCABULARY), k=WORDS))
        day = f"{2001 + story * 50 // self.count}-01-01"
        return Exemplar(
            story_id=f"{story:032d}",
            who=who,
            words=words,
            seeds=tuple(seeds_of(who, words, self.resources)),
            statements=(f"{story}-{place}",),
            printed=(day,),
            outlet=None,
            latest=day,
        )


def measure(quotations):
    table = Stories(quotations, load_resources())
    start = time.process_time()
    found = sum(1 for _ in meet(table, REPRINTS, table.resources))
    took = time.process_time() - start - table.took
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{quotations:,} quotations  {found:,} reprints  {took:.1f} s  "
        f"{quotations / took:,.0f} a second  {memory:,.0f} MB",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quotations", type=int, nargs="*", default=[100_000, 300_000])
    counts = parser.parse_args().quotations
    if len(counts) == 1:
        measure(counts[0])
    for count in counts if len(counts) > 1 else []:
        subprocess.run([sys.executable, __file__, "--quotations", str(count)], check=True)


if __name__ == "__main__":
    main()
