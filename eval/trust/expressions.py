"""Every regular expression of the package on texts of a megabyte that are made from its own parse.

    python eval/trust/expressions.py [--characters 1000000]

For each loop of an expression: the shortest way into it, then what it repeats, then something that
may not follow; and way and loop repeated together. Each text is searched and replaced in, or
matched where the package only matches, at a quarter of the length and whole, in a child that is
killed when one text takes a minute. Prints the expressions whose time grows faster than length (the whole taking
more than half a second and more than 8 times the quarter). Exits with 1 where there is one.
"""

import argparse
import multiprocessing
import sys
import time
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from expressions import expressions
from pumping import START, Automaton

ENDS = ("", "\0", "\n", "!", "a")
PATIENCE, NOTICED, GROWTH = 60.0, 0.5, 8.0


def way(machine, start, goal):
    """Return the shortest word that leads from one state to another."""
    came = {}
    queue = deque([(start, "\n")])
    while queue:
        state, before = queue.popleft()
        for char in machine.alphabet:
            for after in machine.steps(state, before, char) - came.keys():
                came[after] = (state, char)
                if after == goal:
                    return word_to(came, start, goal)
                queue.append((after, char))
    return None


def word_to(came, start, goal):
    state, letters = goal, []
    while not letters or state != start:
        state, char = came[state]
        letters.append(char)
    return "".join(reversed(letters))


def texts(pattern):
    """Yield what stands before, what is repeated and what ends each text for an expression."""
    machine = Automaton(pattern, bounded=False)
    seen = set()
    for loop in machine.loops:
        opening, unit = way(machine, START, loop) or "", way(machine, loop, loop)
        for head, repeated in (("", opening + unit), (opening, unit), ("\n", unit + "\n")):
            for end in ENDS:
                if (head, repeated, end) not in seen:
                    seen.add((head, repeated, end))
                    yield head, repeated, end


def seconds(one, text):
    """Return the processor time of what the package does with an expression."""
    start = time.process_time()
    if one.searched:
        one.pattern.search(text)
        one.pattern.sub(text[:0], text)
    else:
        (one.pattern.fullmatch if one.whole else one.pattern.match)(text)
    return time.process_time() - start


def measure(one, characters, results):
    """Send what is wrong with each text, or an empty line, and None after the last."""
    binary = isinstance(one.pattern.pattern, bytes)
    for head, repeated, end in texts(one.pattern):
        took = []
        for share in (4, 1):
            text = head + repeated * (characters // share // len(repeated)) + end
            took.append(seconds(one, text.encode("latin-1") if binary else text))
        grown = took[1] > NOTICED and took[1] > GROWTH * took[0]
        shape = f"{head!r} + n * {repeated!r} + {end!r}"
        results.send(f"{shape}: {took[0]:.2f} s, {took[1]:.2f} s" if grown else "")
    results.send(None)


def outcome(one, characters):
    """Return the faults of an expression, and the number of its texts."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=measure, args=(one, characters, theirs))
    child.start()
    theirs.close()
    lines = []
    try:
        while ours.poll(PATIENCE):
            line = ours.recv()
            if line is None:
                return [*filter(None, lines)], len(lines)
            lines.append(line)
        return [*filter(None, lines), "a text is not done after a minute"], len(lines)
    except EOFError:
        return [*filter(None, lines), "the child ended"], len(lines)
    finally:
        child.kill()
        child.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--characters", type=int, default=1_000_000)
    characters = parser.parse_args().characters
    faults = tried = 0
    for one in expressions():
        found, count = outcome(one, characters)
        tried += count
        faults += bool(found)
        for fault in found[:3]:
            print(f"{one.name}: {fault}", flush=True)
    print(f"{len(expressions())} expressions, {tried} texts of {characters}: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
