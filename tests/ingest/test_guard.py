"""No document takes the run down: limits of time and memory, and a child that dies."""

import os
import signal

import pytest

from ingest.pages import page
from onrecord.ingest import guard
from onrecord.ingest.documents import Document, Limits
from onrecord.ingest.inputs import read_document
from onrecord.ingest.reading import read_here
from onrecord.records import Article, Reject
from onrecord.resources import load_resources

RESOURCES = load_resources()

pytestmark = pytest.mark.skipif(not guard.can_guard(), reason="needs POSIX limits")


def document(data=None, **limits):
    data = page() if data is None else data
    return Document(locator="p.html", format="page", data=data, limits=Limits(**limits))


def test_a_page_reads_the_same_in_the_child_and_here():
    assert read_document(document(), RESOURCES) == read_here(document(), RESOURCES)


def test_a_row_with_a_page_is_read_in_the_child():
    row = Document(locator="r", format="row", data=b'{"html": "<p>x"}')
    assert read_document(row, RESOURCES) == read_here(row, RESOURCES)


def test_a_child_that_was_killed_is_replaced():
    assert isinstance(read_document(document(), RESOURCES), Article)
    os.kill(guard._guard("en")._child.pid, signal.SIGSEGV)
    assert isinstance(read_document(document(), RESOURCES), Article)


def test_a_child_of_a_large_parent_is_not_worn_at_once():
    large = bytearray(500_000_000)  # the parent's memory is not the child's
    large[::4096] = b"x" * len(large[::4096])
    read_document(document(memory_megabytes=400), RESOURCES)
    guard._guard("en").stop()
    read_document(document(), RESOURCES)
    assert guard._guard("en")._child is not None


def test_a_page_that_takes_too_long_is_a_reject_and_the_next_one_is_read():
    late = read_document(document(wall_seconds=0), RESOURCES)
    assert (late.reason, late.locator) == ("time_limit", "p.html")
    assert isinstance(read_document(document(), RESOURCES), Article)


def test_a_page_that_takes_too_much_memory_is_a_reject():
    large = page("<p>" + "word " * 2_000_000 + "</p>")
    item = read_document(document(large, memory_megabytes=20), RESOURCES)
    assert isinstance(item, Reject)
    assert item.reason in ("memory_limit", "crashed")
    assert isinstance(read_document(document(), RESOURCES), Article)
