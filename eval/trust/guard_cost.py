"""Measure what reading pages in a guarded child costs.

    python eval/trust/guard_cost.py [../shared/data/article-extraction-benchmark/html]

Reads every page of the folder in this process and in the child, three times each,
and prints the shortest processor times and the difference.
"""

import argparse
import gzip
import resource
import sys
import time
from pathlib import Path

from onrecord.ingest import guard
from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import read_document
from onrecord.ingest.reading import read_here
from onrecord.resources import Resources, load_resources


def here(documents: list[Document], resources: Resources) -> float:
    """Return the processor time of reading in this process."""
    start = time.process_time()
    for document in documents:
        read_here(document, resources)
    return time.process_time() - start


def guarded(documents: list[Document], resources: Resources) -> float:
    """Return the processor time of reading in a new child, both processes together."""
    before = children_seconds()
    start = time.process_time()
    for document in documents:
        read_document(document, resources)
    guard._guard(resources.language).stop()  # noqa: SLF001 - its time counts once it has ended
    return time.process_time() - start + children_seconds() - before


def children_seconds() -> float:
    """Return the processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path("../shared/data/article-extraction-benchmark/html")
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    folder = parser.parse_args().folder
    resources = load_resources()
    documents = [
        Document(locator=path.name, format="page", data=gzip.decompress(path.read_bytes()))
        for path in sorted(folder.glob("*.html.gz"))
    ]
    read_here(documents[0], resources)  # imports the readers
    plain = min(here(documents, resources) for _ in range(3))
    start = min(guarded(documents[:1], resources) for _ in range(3))
    safe = min(guarded(documents, resources) for _ in range(3)) - start
    print(
        f"{len(documents)} pages, processor time: here {plain:.2f} s, guarded {safe:.2f} s, "
        f"cost {safe / plain - 1:.1%}, start of a child {start:.2f} s; "
        f"{len(documents) / plain:.0f} pages a second"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
