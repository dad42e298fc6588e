"""What is erased is in no byte of the store, and does not come back."""

import json

import pytest

from onrecord.adding import add, erase, find_erased, open_run
from onrecord.check import check_run
from onrecord.errors import InputError, StoreError
from onrecord.records import Article, Reject
from onrecord.runs import read_manifest, read_table
from onrecord.store.erasing import BLACK
from onrecord.store.file import Store

URL = "https://ferry-post.example/crane"


@pytest.fixture
def source(articles_file, rows):
    rows[0] |= {"url": URL, "byline": ["Mara Quill"]}
    articles_file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return articles_file


@pytest.fixture
def store(source, tmp_path):
    path = tmp_path / "desk.store"
    add([str(source)], path)
    return path


def texts(store):
    with open_run(store) as run:
        assert check_run(run) == []
        return {row.given_id: row.text for row in read_table(run, "articles", Article)}


def test_an_erased_article_leaves_no_trace(store, tmp_path, rows):
    page = tmp_path / "erased.txt"
    page.write_text(rows[0]["text"], "utf-8")
    assert find_erased(store, [URL], [str(page)])
    assert erase(store, urls=[URL]) == (1, 0)
    assert find_erased(store, [URL], [str(page)]) == []
    assert sorted(texts(store)) == ["b", "c"]


def test_an_erased_article_does_not_come_back(store, source, tmp_path):
    erase(store, urls=[URL])
    moved = tmp_path / "moved.jsonl"
    moved.write_bytes(source.read_bytes())
    add([str(moved)], store)
    assert "a" not in texts(store)


def test_an_erased_name_is_blacked_out_everywhere(store, rows):
    erase(store, people=["Mara Quill"])
    assert find_erased(store, ["Mara Quill", "Quill"], []) == []
    held = texts(store)
    assert [len(held[row["id"]]) for row in rows] == [len(row["text"]) for row in rows]
    assert BLACK * len("Mara Quill") in held["a"]
    assert "Brandt" in held["b"]


def test_an_erased_name_stays_out_of_pages_added_later(store, tmp_path):
    erase(store, people=["Mara Quill"])
    later = tmp_path / "mara-quill.txt"
    later.write_text("The crane is back. Mara Quill said so on Friday, in the rain.", "utf-8")
    add([str(later)], store)
    assert find_erased(store, ["Quill"], []) == []
    assert any("in the rain" in text for text in texts(store).values())


def test_an_erased_name_leaves_the_names_of_files_that_could_not_be_read(source, tmp_path):
    bad = [tmp_path / "mara-quill.jsonl", tmp_path / "mara_quill.jsonl"]
    for path in bad:
        path.write_text('{"id": "x"}\n', "utf-8")
    store = tmp_path / "desk.store"
    add([str(source), str(bad[0]), str(bad[1])], store)
    erase(store, people=["Mara Quill"])
    assert find_erased(store, ["Mara-Quill", "Mara_Quill", "Quill"], []) == []
    with open_run(store) as run:
        assert sum(1 for _ in read_table(run, "rejects", Reject)) == 2
    later = tmp_path / "Mara Quill.jsonl"
    later.write_text('{"id": "y"}\n', "utf-8")
    add([str(later)], store)
    assert find_erased(store, ["Quill"], []) == []


def test_an_erased_name_leaves_the_names_of_unknown_columns(articles_file, rows, tmp_path):
    rows[0] |= {"Mara Quill": "a note"}
    articles_file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    add([str(articles_file)], tmp_path / "desk.store")
    erase(tmp_path / "desk.store", people=["Mara Quill"])
    assert find_erased(tmp_path / "desk.store", ["Quill"], []) == []


def test_what_is_not_there_cannot_be_erased(store):
    with pytest.raises(InputError, match="holds no article"):
        erase(store, urls=["https://nowhere.example/"])
    with pytest.raises(InputError, match="is not a name"):
        erase(store, people=["…"])


def test_a_store_that_is_not_there_is_not_clean(tmp_path):
    with pytest.raises(StoreError, match="no such store"):
        find_erased(tmp_path / "absent.store", ["Quill"], [])


def test_erasing_through_a_link_reaches_log_and_backups(store, tmp_path):
    backup = store.with_name("desk.store.backup-v1")
    backup.write_bytes(store.read_bytes())
    link = tmp_path / "elsewhere" / "link.store"
    link.parent.mkdir()
    link.symlink_to(store)
    assert {path.name for path, _ in find_erased(link, ["Quill"], [])} == {store.name, backup.name}
    erase(link, people=["Mara Quill"])
    assert find_erased(link, ["Quill"], []) == []
    assert not backup.exists()


def test_nothing_to_look_for_is_an_error(store):
    with pytest.raises(InputError, match="nothing to look for"):
        find_erased(store, [], [])


def test_an_erased_name_leaves_the_aliases_too(store):
    aliases = (("Mara Quill", "The Inspector"), ("Teo Brandt", "The Minister"))
    add([], store, aliases=aliases)
    erase(store, people=["Mara Quill"])
    add([], store, aliases=aliases)
    assert find_erased(store, ["Quill"], []) == []
    with open_run(store) as run:
        assert read_manifest(run).settings.aliases == aliases[1:]


@pytest.mark.parametrize("step", ["_black_out", "_link", "scrub"])
def test_an_erasure_that_was_killed_is_seen_to_its_end(step, store, rows, tmp_path):
    page = tmp_path / "erased.txt"
    page.write_text(rows[1]["text"], "utf-8")
    article = next(row for row, text in ids(store).items() if text == rows[1]["text"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"onrecord.adding.{step}", _killed)
        with pytest.raises(KeyboardInterrupt):
            erase(store, ids=[article], people=["Mara Quill"])
    if step != "scrub":
        with pytest.raises(StoreError, match="not up to date"), open_run(store):
            pass
    assert erase(store, ids=[article]) == (0, 0)
    assert find_erased(store, ["Mara Quill", "Quill"], [str(page)]) == []
    assert sorted(texts(store)) == ["a", "c"]


def _killed(*_):
    raise KeyboardInterrupt


def ids(store):
    with open_run(store) as run:
        return {row.id: row.text for row in read_table(run, "articles", Article)}


def test_an_erasure_is_not_done_while_a_reader_holds_what_was_erased(store, monkeypatch):
    monkeypatch.setattr("onrecord.store.schema._WAITS_MS", 50)
    with Store.open(store) as reader:
        assert reader.readings()
        with pytest.raises(StoreError, match="being read by another program"):
            erase(store, people=["Mara Quill"])
    assert erase(store, people=["Mara Quill"])[0] == 0
    assert find_erased(store, ["Mara Quill", "Quill"], []) == []
