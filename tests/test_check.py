"""An intact run has no problem; each broken promise is found and named."""

import json

import pytest

from anniversaries import CRANE, TRIAL, write_rows
from onrecord.check import check_run
from onrecord.compiling import compile_run
from onrecord.config import Settings


@pytest.fixture
def run(articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    return tmp_path / "RUN"


def change(run, table, edit):
    path = run / f"{table}.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = edit(rows)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def first(**fields):
    return lambda rows: [{**rows[0], **fields}, *rows[1:]]


def test_an_intact_run_has_no_problem(run):
    assert check_run(run) == []


@pytest.mark.parametrize(
    ("table", "edit", "message"),
    [
        ("statements", first(content=[[0, 9999]]), "outside a text"),
        ("statements", first(text="words nobody printed"), "not the wording"),
        ("statements", first(speakers=["0" * 32]), "names speakers"),
        ("statements", first(utterance_id="0" * 32), "names utterances"),
        ("statements", first(act="accuses", answer_status=None), "answer status"),
        ("statements", lambda rows: rows[::-1], "out of order"),
        ("statements", lambda rows: [rows[0], *rows], "appears twice"),
        ("articles", first(text="another text"), "not the one hashed"),
        ("stories", lambda rows: rows[1:], "is in 0 stories"),
        ("articles", lambda rows: rows[1:], "which is not held"),
    ],
)
def test_a_broken_promise_is_named(run, table, edit, message):
    change(run, table, edit)
    problems = [str(problem) for problem in check_run(run)]
    assert any(message in problem for problem in problems), problems
    assert any("not the one the manifest names" in problem for problem in problems)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (first(first="0" * 32), "names statements"),
        (first(first_story_id="0" * 32), "not those of its two statements"),
        (first(published="2031-03-01"), "not so"),
        (first(outlet="Nobody's Gazette"), "not so"),
    ],
)
def test_a_first_print_that_is_none_is_named(tmp_path, edit, message):
    run = tmp_path / "RUN"
    rows = write_rows(tmp_path / "rows.jsonl", [CRANE, TRIAL])
    compile_run([rows], run, Settings(tier="rules"))
    assert check_run(run) == []
    change(run, "reprints", edit)
    assert any(message in str(problem) for problem in check_run(run))
