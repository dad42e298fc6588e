"""A store takes in what is new, keeps it, and gives the same record as a run."""

import contextlib
import json
import sqlite3
import threading

import pytest

from onrecord.adding import add, check, open_run, write_store_run
from onrecord.check import check_run
from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.errors import StoreError
from onrecord.runs import TABLES
from onrecord.store.file import Store


def tables(folder):
    return {name: (folder / f"{name}.jsonl").read_bytes() for name in TABLES}


@pytest.fixture
def store(articles_file, tmp_path):
    path = tmp_path / "desk.store"
    assert add([str(articles_file)], path) == 3
    return path


def test_a_store_and_a_run_give_the_same_tables(store, articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    write_store_run(store, tmp_path / "FROM")
    assert tables(tmp_path / "FROM") == tables(tmp_path / "RUN")
    assert (tmp_path / "FROM" / "manifest.json").read_bytes() == (
        tmp_path / "RUN" / "manifest.json"
    ).read_bytes()


def test_adding_twice_changes_nothing(store, articles_file):
    assert add([str(articles_file)], store) == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_one_at_a_time_is_the_same_as_all_at_once(order, rows, store, tmp_path):
    path = tmp_path / "slow.store"
    source = tmp_path / "articles.jsonl"
    lines = [json.dumps(row) + "\n" for row in rows]
    for count in range(1, 4):
        kept = {order[number] for number in range(count)}
        # Lines keep their numbers, so that locators are the same in both stores.
        source.write_text("".join(lines[n] if n in kept else "\n" for n in range(3)), "utf-8")
        assert add([str(source)], path) == 1
    with open_run(path) as slow, open_run(store) as fast:
        assert tables(slow) == tables(fast)


def test_only_stories_that_changed_are_compiled_again(store, articles_file, rows, monkeypatch):
    compiled = []
    keep = Store.keep_story
    monkeypatch.setattr(
        Store, "keep_story", lambda self, *rest: (compiled.append(1), keep(self, *rest))
    )
    article = {"id": "d", "outlet": "Quay Times", "text": "A library opened, Ola Finch said."}
    articles_file.write_text("".join(json.dumps(row) + "\n" for row in [*rows, article]), "utf-8")
    add([str(articles_file)], store)
    with Store.open(store) as held:
        stories = len(held.story_digests())
    assert 0 < len(compiled) < stories


def test_another_version_compiles_every_story_again(store, monkeypatch):
    compiled = []
    keep = Store.keep_story
    monkeypatch.setattr(
        Store, "keep_story", lambda self, *rest: (compiled.append(1), keep(self, *rest))
    )
    with Store.open(store) as held:
        stories = len(held.story_digests())
    add([], store)
    assert not compiled
    for module in ("adding", "store.keeping"):
        monkeypatch.setattr(f"onrecord.{module}.__version__", "99")
    add([], store)
    assert len(compiled) == stories


def test_a_store_holds_every_promise_of_the_record(store):
    with open_run(store) as run:
        assert check_run(run) == []


def test_rejects_are_kept_and_counted(store, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x"}\n', "utf-8")
    add([str(bad)], store)
    outcome = write_store_run(store, tmp_path / "RUN")
    assert [reject.reason for reject in outcome.rejects] == ["no_text"]
    assert sum(count.rejected for count in outcome.manifest.inputs) == 1


def test_a_second_writer_gets_one_clear_line(store):
    with (
        Store.open(store, write=True),
        pytest.raises(StoreError, match="another onrecord is writing"),
        Store.open(store, write=True),
    ):
        pass


def test_a_writer_waits_for_another_where_told_to(store, articles_file):
    held = Store.open(store, write=True)
    # The connection is this thread's own: only the lock is let go of by the other.
    timer = threading.Timer(0.3, held._lock.close)
    timer.start()
    assert add([str(articles_file)], store, wait=60) == 0
    timer.join()


def test_readers_are_not_blocked_by_a_writer(store):
    with Store.open(store, write=True) as writer, writer.transaction() as base:
        base.execute("INSERT OR REPLACE INTO state VALUES ('half', 'done')")
        with Store.open(store) as reader:
            assert reader.state("half") is None
            assert len(reader.readings()) == 3


def test_a_link_to_a_store_is_the_store_itself(store, tmp_path):
    link = tmp_path / "elsewhere" / "link.store"
    link.parent.mkdir()
    link.symlink_to(store)
    with (
        Store.open(store, write=True),
        pytest.raises(StoreError, match="another onrecord is writing"),
        Store.open(link, write=True),
    ):
        pass
    assert sorted(link.parent.iterdir()) == [link]


def test_a_store_where_nothing_can_be_written_is_read(store, monkeypatch):
    monkeypatch.setattr("onrecord.store.file.os.access", lambda *_: False)
    store.chmod(0o444)
    before = sorted(store.parent.iterdir())
    with Store.open(store) as held:
        assert len(held.readings()) == 3
        assert sorted(store.parent.iterdir()) == before  # no log, no shared memory


def test_an_empty_file_is_no_store_yet(tmp_path, articles_file):
    path = tmp_path / "new.store"
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        Store.open(path)
    assert add([str(articles_file)], path) == 3


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "UPDATE article SET data = CAST(replace(data, 'tested', 'tasted') AS BLOB)",
            "not the one that was",
        ),
        ("UPDATE article SET data = x'00'", "cannot be read"),
        ("UPDATE statement SET words = 'harbour'", "does not fit"),
        ("DELETE FROM statement", "does not have the words"),
    ],
)
def test_damage_that_no_export_shows_is_found(store, change, found):
    assert check(store) == []
    with contextlib.closing(sqlite3.connect(store)) as base, base:
        base.execute(change)
    assert any(found in problem.what for problem in check(store))


def test_a_record_that_cannot_be_read_costs_one_line(store, tmp_path):
    with contextlib.closing(sqlite3.connect(store)) as base, base:
        base.execute("UPDATE story SET data = x'81'")
    with pytest.raises(StoreError, match="is damaged"):
        write_store_run(store, tmp_path / "RUN")


def test_an_absent_store_is_named(tmp_path):
    with pytest.raises(StoreError, match="no such store"):
        Store.open(tmp_path / "absent.store")


def test_other_files_are_refused_and_left_alone(tmp_path, articles_file):
    text = tmp_path / "notes.txt"
    text.write_text("not a store, but quite long enough to be read as a header" * 20, "utf-8")
    with pytest.raises(StoreError, match="not a store"):
        add([str(articles_file)], text)
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE mine (x)")
    with pytest.raises(StoreError, match="another program"):
        add([str(articles_file)], other)


def test_a_record_that_is_not_current_is_not_exported(store):
    with Store.open(store, write=True) as held:
        held.set_state(record="older")
    with pytest.raises(StoreError, match="not up to date"):
        write_store_run(store, store.with_name("RUN"))
    add([], store)
    assert write_store_run(store, store.with_name("RUN")).manifest


def test_a_store_keeps_the_settings_it_was_made_with(articles_file, tmp_path):
    path, alias = tmp_path / "desk.store", (("Mara Quill", "The Inspector"),)
    add([str(articles_file)], path, tier="rules", aliases=alias)
    assert add([], path) == 0
    made = write_store_run(path, tmp_path / "RUN").manifest
    assert made.tier == "rules"
    assert made.settings == Settings(tier="rules", aliases=alias)


def test_a_reader_has_the_last_record_while_inputs_come_in(store, articles_file, rows, tmp_path):
    """Whether the writer is at work or was killed: what is not linked is counted, and told."""
    before = write_store_run(store, tmp_path / "BEFORE")
    more = {"id": "d", "outlet": "Quay Times", "text": "A library opened, Ola Finch said."}
    articles_file.write_text("".join(json.dumps(row) + "\n" for row in [*rows, more]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.adding.link_record", _killed)
        with pytest.raises(KeyboardInterrupt):
            add([str(articles_file)], store)
    during = write_store_run(store, tmp_path / "DURING")
    assert (before.waiting, during.waiting) == (0, 1)
    assert tables(tmp_path / "DURING") == tables(tmp_path / "BEFORE")
    assert during.manifest == before.manifest
    told = []
    with open_run(store, told.append):
        assert "1 inputs are not yet part" in told[0]
    assert add([str(articles_file)], store) == 0
    assert write_store_run(store, tmp_path / "AFTER").manifest.tables["articles"].rows == 4


def _killed(*_):
    raise KeyboardInterrupt


def test_a_reader_sees_one_state_of_the_store(store, articles_file, rows):
    with Store.open(store) as reader:
        held = reader.fingerprint()
        articles_file.write_text(json.dumps(rows[0] | {"text": "Ola Finch said no."}), "utf-8")
        add([str(articles_file)], store)
        assert reader.fingerprint() == held
    with Store.open(store) as reader:
        assert reader.fingerprint() != held


def test_what_sqlite_reports_becomes_one_line(store):
    with (
        pytest.raises(StoreError, match="acknowledged is safe"),
        Store.open(store, write=True),
    ):
        raise sqlite3.OperationalError("disk I/O error")
    with Store.open(store, write=True):
        pass  # the next writer is let in
