"""No document takes the run down: limits of time and memory, and a child that dies."""

import os
import signal

import pytest

from ingest.pages import page
from onrecord.config import Settings
from onrecord.ingest import guard
from onrecord.ingest.documents import Document, Limits
from onrecord.ingest.inputs import list_documents, read_document
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


def test_a_page_that_takes_too_long_is_not_tried_twice(monkeypatch):
    asked = []
    ask = guard._Guard.ask
    monkeypatch.setattr(guard._Guard, "ask", lambda *a, **k: (asked.append(k), ask(*a, **k))[1])
    read_document(document(wall_seconds=0), RESOURCES)
    assert asked == [{"fresh": False}]


@pytest.mark.parametrize(
    ("state", "spent", "outcome"),
    [("R", 0.0, 20), ("D", 0.0, 20), ("S", 0.0, 0), ("R", 5.0, 0)],
    ids=["kept from work", "waiting for its memory", "asleep", "has had its time"],
)
def test_a_child_that_others_keep_from_work_is_waited_for(monkeypatch, state, spent, outcome):
    clock, times = [0.0], [0.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(guard, "_processor_seconds", lambda _child: times[0])
    monkeypatch.setattr(guard, "_state", lambda _child: state)
    wait = guard._Patience(1, Limits(cpu_seconds=5, wall_seconds=30), 30)
    times[0], rounds = spent, 0
    with pytest.raises(TimeoutError):  # noqa: PT012 - until it is lost
        while True:
            clock[0] += wait.left()
            rounds += 1
    assert rounds == 1 + outcome


def test_the_processor_time_of_a_child_is_told():
    read_document(document(), RESOURCES)
    child = guard._guard("en")._child.pid
    assert guard._state(child) in ("-", "R", "S", "D")
    assert guard._processor_seconds(child) != 0
    assert guard._processor_seconds(1 << 30) is None


def test_both_attempts_share_one_time_of_waiting(monkeypatch):
    given = []

    def dying(_guard, _document, seconds, *, fresh):
        given.append((seconds, fresh))
        raise guard._BrokenChildError("crashed", "died", seconds - 4)

    monkeypatch.setattr(guard._Guard, "ask", dying)
    assert read_document(document(wall_seconds=9), RESOURCES).reason == "crashed"
    assert given == [(9, False), (5, True)]


def test_a_child_that_cannot_start_is_a_reject(monkeypatch):
    guard._guard("en").stop()
    monkeypatch.setattr(guard.sys, "executable", "/bin/false")
    item = read_document(document(), RESOURCES)
    assert (item.reason, item.detail) == ("crashed", "the reader could not be started")


@pytest.mark.parametrize(
    "middle",
    ["word " * 2_500_000, "<br>" * 300_001],
    ids=["a passage without an end", "tags without an end"],
)
def test_what_no_article_is_as_long_as_is_refused_before_it_is_parsed(middle):
    item = read_document(document(page(f"<p>{middle}</p>")), RESOURCES)
    assert item.reason == "too_large"


def test_a_long_picture_inside_a_tag_is_no_passage():
    data = page(f'<p><img src="data:image/png;base64,{"A" * 12_500_000}"></p>')
    assert isinstance(read_document(document(data), RESOURCES), Article)


def test_a_page_that_takes_too_much_memory_is_a_reject():
    large = page("<p>" + "word " * 2_000_000 + "</p>")
    item = read_document(document(large, memory_megabytes=20), RESOURCES)
    assert isinstance(item, Reject)
    assert item.reason in ("memory_limit", "crashed")
    assert isinstance(read_document(document(), RESOURCES), Article)


def test_the_limits_are_settings():
    limits = Limits.of(Settings(page_seconds=2, page_megabytes=100))
    assert limits == Limits(cpu_seconds=2, wall_seconds=12, memory_megabytes=100)
    assert Limits.of(Settings()) == Limits()


def test_documents_carry_the_limits_that_were_asked_for(tmp_path):
    (tmp_path / "a.html").write_bytes(page())
    (document,) = list_documents([str(tmp_path)], None, Limits(cpu_seconds=2))
    assert document.limits.cpu_seconds == 2
