"""Texts that repeat one unit, through everything that is done to an article outside a guarded child.

    python eval/trust/pump.py [--characters 160000]

For each of many units (characters and words that expressions and rules choke on) a text is read,
annotated and sketched at a sixteenth of the length, at a quarter and whole. Prints the units for
which a stage failed, and those whose time grows faster than length: the whole taking more than a
second and more than 8 times the quarter. Exits with 1 where there is one.
"""

import argparse
import signal
import sys
import time

from onrecord.annotate.article import annotate
from onrecord.ingest.files import article_from_text
from onrecord.link.sketch import sketch
from onrecord.resources import load_resources

UNITS = (
    "a", "A", "Aa", "Aa ", "a ", "A. ", "a.", "a-", "a,", "a's ", " ", "\n", "\n ", " \n", "\t", "1", "1,",
    "1 ", "1-", "1.", "1:", "-", ".", ",", ", ", '"', "“", "”", "“a", "“a” ", "'", "‘", "(", ")", "[", "<",
    ">", "<a ", "</", "&", "@", "a@", "a@a.", "#", "/", "http://", "{", ";", ":", "a:", "=", "A: ", "JO: a ",
    "said ", "said, ", "and ", "the ", "of ", "that ", "Mr. ", "Monday ", "May 1, ", "2020-01-01 ", "$1 million ",
    "\u200b", "\u202e", "\u00e9", "\0", "²", "A b said ", "said Jo Marr ", "Jo Marr said. ", "he said, “a” ",
    "according to ",
)  # fmt: skip
ORDINARY = "“The crane fell,” said Jo Marr: the board of Lowmere denied it.\n\n"
PATIENCE, NOTICED, GROWTH = 20.0, 1.0, 8.0
RESOURCES = load_resources()


def impatient(*_):
    """End what takes too long."""
    raise TimeoutError


def seconds(text):
    """Return the processor time of all that is done to *text*."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        sketch(annotate(article_from_text(text, "pumped", RESOURCES), RESOURCES), RESOURCES)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start


def fault_of(unit, longest):
    """Return what is wrong with texts that repeat *unit*, or None."""
    took = []
    for share in (16, 4, 1):
        text = ORDINARY + unit * (longest // share // len(unit)) + "\n\n" + ORDINARY
        try:
            took.append(seconds(text))
        except TimeoutError:
            return f"more than {PATIENCE:.0f} s for {longest // share} characters"
        except Exception as error:  # noqa: BLE001 - whatever it is, a stage failed
            return f"{type(error).__name__}: {error}"[:200]
    if took[2] > NOTICED and took[2] > GROWTH * took[1]:
        return ", ".join(f"{one:.2f} s" for one in took)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--characters", type=int, default=160_000)
    longest = parser.parse_args().characters
    signal.signal(signal.SIGPROF, impatient)
    seconds(ORDINARY)
    faults = {unit: fault for unit in UNITS if (fault := fault_of(unit, longest))}
    for unit, fault in faults.items():
        print(f"{unit!r}: {fault}")
    print(f"{len(UNITS)} units to {longest} characters: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
