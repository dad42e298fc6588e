"""A store moves to a newer version whole, after a backup, or not at all."""

import sqlite3

import pytest

from onrecord.adding import add
from onrecord.errors import StoreError
from onrecord.store.file import Store
from onrecord.store.schema import connect, is_store, migrate, version_of


@pytest.fixture
def store(articles_file, tmp_path):
    path = tmp_path / "desk.store"
    add([str(articles_file)], path)
    return path


def add_column(base):
    base.execute("ALTER TABLE article ADD COLUMN note TEXT")


def test_steps_run_in_one_transaction_after_a_backup(store):
    base = connect(store, write=True)
    backup = migrate(base, store, 1, {1: add_column}, to=2)
    assert base.execute("PRAGMA user_version").fetchone()[0] == 2
    assert base.execute("SELECT count(note) FROM article").fetchone()[0] == 0
    with Store.open(backup) as held:
        assert len(held.readings()) == 3


def test_a_failing_step_leaves_the_store_as_it_was(store):
    def fails(base):
        add_column(base)
        raise RuntimeError("planted")

    base = connect(store, write=True)
    with pytest.raises(RuntimeError):
        migrate(base, store, 1, {1: fails}, to=2)
    assert version_of(base, store) == 1
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
