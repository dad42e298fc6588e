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
    # quotations of each style, closed and not, nested and not
    '"a" ', "'a' ", "‘a’ ", "«a» ", "„a“ ", "``a'' ", "‹a›", "”", "’", "''", "“‘a’” ", "“‘", "a”, ", '"a," he said. ',
    "“A b,” said Jo Marr. ", "“A b c.” ", "“A,” he said, “b.” ", "“A b c d e f.”\n\n", "“A b c d e f.\n\n", "[a] ",
    "...", "… ", "(a ", "([", "[(a)] ", "((a) b) ", "{[(", ")]}",
    # names, titles, lists
    "A B, C D and ", "Jo Marr, ", "Jo Marr and ", "Jo and ", "Mr ", "Mr. Marr ", "Mrs. Marr said. ", "Dr Jo Marr said ",
    "Mayor Jo Marr ", "Jo Marr's ", "Jo ", "McX ", "O'A ", "Jo-", "J. R. ", "Lowmere Council said. ", "Marr & ", "Jr. ",
    "the mayor said. ", "the mayor of ", "his lawyer said. ", "officials said. ", "police said ", "he ", "she said ",
    "they said. ", "he told her ", "who said ", "which ", "the board's ", "Jo Marr told Al Penn that ", "Ed Ax said. He said. ",
    "“A,” the mayor said. ", "the indictment says ", "a spokesman for ", "through his lawyer ", "said Jo", "denied ",
    # numbers, dates, marks, addresses
    "1,000 ", "12.5% ", "$1", "£5m ", "10-", "1/2/2020 ", "3 May 2020 ", "on Monday ", "last week ", "at 5 p.m. ", "2020 ",
    "U.S. ", "U.S.", "e.g. ", "No. ", "—", " – ", "--", " - ", "_", "*", "~", "|", "•", "• a\n", "- a\n", "> a\n", "1. a\n",
    "https://a.b/c?d=e&f ", "www.a.b ", "@ab ", "@a: ", "#a ", "a.b.c", "a@b.c ", "A B C ", "JO MARR ", "JO MARR: ", "I ",
    "\n\n", "\n\n\n", "\r\n", "a\n", "A.\n\n", "\u200d", "\u2060a", "\u00ad", "\ufeff", "\u2028", "\u3000", "\u0301", "日本", "\U0001f600",
    "not ", "no ", "allegedly ", "if ", "to ", "was ", "has said that ", "says: ", "Q: a? A: b. ", "? ", "! ", "a? ",
)  # fmt: skip
# Here each repetition has a word of its own in the place of the star: people, groups, quotations.
VARIED = (
    "* said. ", "Jo * said. ", "Jo * said. He said. ", "Jo *, ", "Jo *, Al * and ", "Mr. * denied. ",
    "“A *,” said Jo *. ", "“A *,” the mayor said. ", "* officials said. ", "the * said. ", "a * spokesman said. ",
    "the * Council said. ", "Mayor Jo *, his lawyer, said. ", "* told * that * said ", "@* said. ", "the * report says ",
    "Jo * said it. The board said it. ", "Jo *'s lawyer said. ", "Jo *: a\n\n", "JO *: a b.\n\n", "* ", "a * b. ",
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


def word(number):
    """Return a capitalised word for a number, another one for each."""
    letters = []
    while number or not letters:
        number, letter = divmod(number, 26)
        letters.append(chr(97 + letter))
    return "Ke" + "".join(letters)


def pumped(unit, characters):
    """Return *unit* again and again; one with a star says another word each time."""
    if unit not in VARIED:
        return unit * (characters // len(unit))
    parts, length = [], 0
    while length < characters:
        parts.append(unit.replace("*", word(len(parts))))
        length += len(parts[-1])
    return "".join(parts)


def fault_of(unit, longest):
    """Return what is wrong with texts that repeat *unit*, or None."""
    took = []
    for share in (16, 4, 1):
        text = ORDINARY + pumped(unit, longest // share) + "\n\n" + ORDINARY
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
    faults = 0
    for unit in (*UNITS, *VARIED):
        fault = fault_of(unit, longest)
        if fault:
            faults += 1
            print(f"{unit!r}: {fault}", flush=True)
    print(f"{len(UNITS) + len(VARIED)} units to {longest} characters: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
