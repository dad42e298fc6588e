"""A run appears whole or not at all, and a damaged one says so in one line."""

import json
import os
from pathlib import Path

import pytest

from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.errors import InputError, StoreError
from onrecord.records import Statement
from onrecord.runs import (
    TABLES,
    read_manifest,
    read_stories,
    read_table,
    read_whole_manifest,
)


@pytest.fixture
def run(articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    return tmp_path / "RUN"


def test_a_run_has_every_table_sorted_by_id(run):
    assert {path.stem for path in run.glob("*.jsonl")} == set(TABLES)
    ids = [row.id for row in read_table(run, "statements", Statement)]
    assert ids
    assert ids == sorted(ids)


def test_the_record_comes_back_story_by_story(run):
    stories = read_stories(run)
    manifest = read_manifest(run)
    assert len(stories) == manifest.tables["stories"].rows
    for part in TABLES:
        if part not in ("stories", "rejects"):
            held = sum(len(getattr(story, part)) for story in stories)
            assert held == manifest.tables[part].rows


def test_every_input_is_counted(run, articles_file):
    (count,) = read_manifest(run).inputs
    assert (count.input, count.read, count.rejected) == (str(articles_file), 3, 0)


def test_a_second_run_replaces_the_first(run, articles_file):
    before = read_manifest(run)
    compile_run([str(articles_file)], run, Settings())
    assert read_manifest(run) == before
    assert [path.name for path in run.parent.glob("RUN*")] == ["RUN"]


def test_other_peoples_files_are_not_overwritten(articles_file, tmp_path):
    with pytest.raises(StoreError, match="other files"):
        compile_run([str(articles_file)], tmp_path, Settings())
    assert articles_file.exists()


def test_a_file_is_no_place_for_a_run(articles_file):
    with pytest.raises(StoreError, match="is a file"):
        compile_run([str(articles_file)], articles_file, Settings())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_or_a_device_is_no_place_for_a_run(articles_file, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StoreError, match="a device or a pipe"):
        compile_run([str(articles_file)], pipe, Settings())
    assert pipe.is_fifo()


def test_the_folder_one_is_in_is_no_place_for_a_run(articles_file, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for place in (".", ".."):
        with pytest.raises(StoreError, match="folder you are in"):
            compile_run([str(articles_file)], Path(place), Settings())


def test_a_failing_run_leaves_the_earlier_one(run, tmp_path):
    before = read_manifest(run)
    with pytest.raises(Exception, match="no such file"):
        compile_run([str(tmp_path / "absent.jsonl")], run, Settings())
    assert read_manifest(run) == before


def test_a_run_that_cannot_take_its_place_leaves_the_earlier_one(run, articles_file, monkeypatch):
    held = read_manifest(run)
    rename = Path.rename

    def fails(path, target):
        if path.name.endswith("-new"):
            raise OSError(5, "planted")
        return rename(path, target)

    articles_file.write_text('{"text": "Ada Penn said the crane was gone."}', "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fails)
        with pytest.raises(OSError, match="planted"):
            compile_run([str(articles_file)], run, Settings())
    assert read_manifest(run) == held
    compile_run([str(articles_file)], run, Settings())
    assert read_manifest(run).tables["articles"].rows == 1
    assert [path.name for path in sorted(run.parent.iterdir())] == ["RUN", "articles.jsonl"]


def test_a_kill_between_two_runs_loses_neither(run, articles_file):
    held = read_manifest(run)
    run.rename(run.with_name(".RUN.onrecord-old"))
    with pytest.raises(InputError, match="no such file"):
        compile_run([str(articles_file.with_name("absent"))], run, Settings())
    compile_run([str(articles_file)], run, Settings())
    assert read_manifest(run) == held
    assert not run.with_name(".RUN.onrecord-old").exists()


def test_folders_that_only_look_like_ours_are_left_alone(run, articles_file):
    mine = run.with_name("RUN.old")
    mine.mkdir()
    compile_run([str(articles_file)], run, Settings())
    assert mine.is_dir()


def test_a_damaged_line_is_named(run):
    path = run / "statements.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match=r"statements\.jsonl line \d+ is damaged"):
        list(read_table(run, "statements", Statement))


def test_a_folder_without_manifest_is_no_run(tmp_path):
    with pytest.raises(StoreError, match="is not a run"):
        read_manifest(tmp_path)


def test_a_newer_run_is_refused(run):
    path = run / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"schema": 1', '"schema": 99'), "utf-8")
    with pytest.raises(StoreError, match="upgrade onrecord"):
        read_manifest(run)


def test_a_run_from_before_a_table_is_one_without_its_rows(run):
    (run / "reprints.jsonl").unlink()
    with pytest.raises(StoreError, match="missing"):
        read_whole_manifest(run)
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    del manifest["tables"]["reprints"]
    (run / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert read_whole_manifest(run).tables.keys() == set(TABLES) - {"reprints"}
    assert not any(story.reprints for story in read_stories(run))
