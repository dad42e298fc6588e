"""A store moves to a newer version whole, after a backup, or not at all."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from onrecord.adding import add, open_run, write_store_run
from onrecord.check import check_run
from onrecord.errors import StoreError
from onrecord.store.file import Store
from onrecord.store.schema import VERSION, connect, is_store, migrate, version_of


@pytest.fixture
def store(articles_file, tmp_path):
    path = tmp_path / "desk.store"
    add([str(articles_file)], path)
    return path


@pytest.fixture(params=sorted((Path(__file__).parent / "golden").glob("*.store.gz")))
def golden(request, tmp_path):
    """A store as an earlier version wrote it; one file a version, never rewritten."""
    path = tmp_path / "desk.store"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_a_store_of_an_earlier_version_is_brought_forward(golden, tmp_path):
    before = sqlite3.connect(golden).execute("SELECT count(*) FROM article").fetchone()[0]
    with pytest.raises(StoreError, match="brings it forward"):
        write_store_run(golden, tmp_path / "RUN")
    assert add([], golden, tier="rules") == 0
    assert list(tmp_path.glob("desk.store.backup-v*"))
    with Store.open(golden) as held:
        assert len(held.readings()) == before
    with open_run(golden) as run:
        assert check_run(run) == []
        assert (run / "statements.jsonl").read_text("utf-8").count("\n") > 1


def add_column(base):
    base.execute("ALTER TABLE article ADD COLUMN note TEXT")


def test_steps_run_in_one_transaction_after_a_backup(store):
    base = connect(store, write=True)
    backup = migrate(base, store, VERSION, {VERSION: add_column}, to=VERSION + 1)
    assert base.execute("PRAGMA user_version").fetchone()[0] == VERSION + 1
    assert base.execute("SELECT count(note) FROM article").fetchone()[0] == 0
    with Store.open(backup) as held:
        assert len(held.readings()) == 3


def test_a_failing_step_leaves_the_store_as_it_was(store):
    def fails(base):
        add_column(base)
        raise RuntimeError("planted")

    base = connect(store, write=True)
    with pytest.raises(RuntimeError):
        migrate(base, store, VERSION, {VERSION: fails}, to=VERSION + 1)
    assert version_of(base, store) == VERSION
    assert "note" not in str(base.execute("SELECT sql FROM sqlite_master").fetchall())


def test_a_newer_store_is_refused(store):
    base = sqlite3.connect(store)
    base.execute("PRAGMA user_version=99")
    base.close()
    for write in (False, True):
        with pytest.raises(StoreError, match="upgrade onrecord"):
            Store.open(store, write=write)


def test_a_store_is_known_by_its_mark(store, articles_file, tmp_path):
    assert is_store(store)
    assert not is_store(articles_file)
    assert not is_store(tmp_path)


def test_a_store_without_an_index_of_quotations_gets_one(tmp_path):
    path = tmp_path / "desk.store"
    golden = Path(__file__).parent / "golden" / "v3.store.gz"
    path.write_bytes(gzip.decompress(golden.read_bytes()))
    Store.open(path, write=True).__exit__(None, None, None)  # brought forward, then stopped
    with pytest.raises(StoreError, match="not up to date"):
        write_store_run(path, tmp_path / "RUN")
    add([], path, tier="rules")
    with open_run(path) as run:
        assert (run / "reprints.jsonl").read_text("utf-8").count("\n") == 1
