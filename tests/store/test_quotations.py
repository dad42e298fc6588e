"""The index of quotations grows, moves and forgets with the stories; any order gives one result."""

import contextlib
import json
import random
import sqlite3
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anniversaries import (
    CRANE,
    CRANE_TOO,
    CUT,
    OTHER_RALLY,
    RALLY,
    TRIAL,
    UNDATED_RALLY,
    write_rows,
)
from onrecord.adding import add, check, erase, find_erased, open_run
from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.engines.meeting import meet
from onrecord.pipeline import REPRINTS, Exemplars
from onrecord.records import Exemplar
from onrecord.resources import load_resources
from onrecord.runs import TABLES
from onrecord.store.file import Store
from onrecord.store.quotations import TABLES as INDEX
from onrecord.store.quotations import forget_quotations, keep_quotations, meet_changed

RESOURCES = load_resources()


def tables(folder):
    return {name: (folder / f"{name}.jsonl").read_bytes() for name in TABLES}


def reprints(store):
    with Store.open(store) as held:
        return list(held.reprints())


@pytest.fixture
def files(tmp_path):
    rows = [CRANE, CRANE_TOO, TRIAL, CUT, RALLY, OTHER_RALLY, UNDATED_RALLY]
    return [write_rows(tmp_path / f"{row['id']}.jsonl", [row]) for row in rows]


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_adding_gives_the_reprints_of_one_run(files, tmp_path, seed):
    compile_run(files, tmp_path / "RUN", Settings(tier="rules"))
    store = tmp_path / "desk.store"
    for file in random.Random(seed).sample(files, len(files)):
        add([file], store, tier="rules")
    assert check(store) == []
    with open_run(store) as run:
        assert tables(run) == tables(tmp_path / "RUN")
        assert (run / "reprints.jsonl").read_bytes().count(b"\n") == 2


def test_an_erased_first_print_is_forgotten(files, tmp_path):
    store = tmp_path / "desk.store"
    add(files[:1] + files[2:3], store, tier="rules")
    (row,) = reprints(store)
    with open_run(store) as run:
        lines = (run / "articles.jsonl").read_text("utf-8").splitlines()
    first = next(row for row in map(json.loads, lines) if row["given_id"] == "crane")
    assert row.first_story_id == first["story_id"]
    erase(store, ids=[first["id"]])
    assert reprints(store) == []
    assert check(store) == []


def test_an_erased_name_leaves_no_trace_in_the_index(files, tmp_path):
    store = tmp_path / "desk.store"
    add(files[:1] + files[2:3], store, tier="rules")
    assert find_erased(store, ["mara quill"], [])
    erase(store, people=["Mara Quill"])
    assert find_erased(store, ["Mara Quill", "mara quill"], []) == []
    assert reprints(store) == []


@pytest.mark.parametrize(
    "damage", ["DELETE FROM exemplar", "DELETE FROM seed", "UPDATE seed SET hash = hash + 1"]
)
def test_a_damaged_index_is_found(files, tmp_path, damage):
    store = tmp_path / "desk.store"
    add(files[:1], store, tier="rules")
    with Store.open(store, write=True) as held:
        held.base.execute(damage)
    assert "quotations" in {problem.table for problem in check(store)}


def exemplar(story, number, seeds):
    words = "we told the port twice that the northern crane had never been tested under load"
    return Exemplar(
        story_id=story,
        who="mara quill",
        words=words,
        seeds=tuple(seeds),
        statements=(f"{story} {number}",),
        printed=(f"2031-03-{number + 1:02d}",),
        outlet=None,
        latest="2031-03-31",
    )


class Rows(NamedTuple):
    rows: list[Exemplars]

    def narrow(self, row):
        del row
        return iter(self.rows)


SEEDS = st.lists(st.frozensets(st.integers(1, 4), min_size=1, max_size=2), max_size=3)
STORIES = st.lists(st.tuples(st.sampled_from("abcde"), SEEDS), min_size=1, max_size=12)


@given(STORIES)
@settings(max_examples=60)
def test_after_any_changes_the_index_gives_what_all_at_once_gives(changes):
    stage = replace(REPRINTS, most=3)
    now = {}
    with contextlib.closing(sqlite3.connect("")) as base:
        base.executescript(INDEX)
        for number, (story, seeds) in enumerate(changes):
            forget_quotations(base, story)
            now[story] = [exemplar(story, number + at, sorted(s)) for at, s in enumerate(seeds)]
            keep_quotations(base, story, now[story])
            meet_changed(base, stage, RESOURCES)
        held = [row for (row,) in base.execute("SELECT statement_id FROM reprint")]
    table = Rows([Exemplars(exemplars=tuple(now[story])) for story in sorted(now)])
    assert sorted(held) == sorted(row.statement_id for row in meet(table, stage, RESOURCES))
