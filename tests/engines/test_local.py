"""The number of workers, the order of the input and the hash seed change nothing."""

import itertools
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest

from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.engines.local import LocalEngine
from onrecord.errors import EngineError, OnrecordError
from onrecord.records import Copy, Row
from onrecord.stage import Group, Map


class Number(Row, frozen=True, kw_only=True):
    value: int


def double(row, resources):
    return Number(value=2 * row.value)


def add_up(name, rows, side, resources):
    return Number(value=sum(row.value for row in rows))


DOUBLE = Map(name="double", row=Number, out=Number, run=double, key=lambda r: f"{r.value:03d}")
ADD_UP = Group(name="sum", row=Number, side=Copy, out=Number, run=add_up)


def test_map_then_group():
    with LocalEngine(Settings()) as engine:
        doubled = engine.map([Number(value=n) for n in range(40)], DOUBLE)
        assert [row.value for row in doubled] == [2 * n for n in range(40)]
        groups = {"small": ["000", "002"], "large": ["078"]}
        sums = engine.group(doubled, groups, {}, ADD_UP)
        assert [row.value for row in sums] == [78, 2]


def test_a_table_of_another_engine_is_refused():
    with LocalEngine(Settings()) as engine, pytest.raises(OnrecordError):
        engine.group([Number(value=1)], {}, {}, ADD_UP)


def tables(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".jsonl"}


def test_workers_change_nothing(articles_file, tmp_path):
    one = compile_run([str(articles_file)], tmp_path / "one", Settings())
    two = compile_run([str(articles_file)], tmp_path / "two", Settings(), workers=2)
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    assert one.manifest == two.manifest


def test_a_worker_that_was_killed_costs_one_clear_line(articles_file, tmp_path, monkeypatch):
    batches = itertools.count()
    submit = ProcessPoolExecutor.submit

    def killing(pool, *work):
        answer = submit(pool, *work)
        if next(batches) == 0:
            for worker in list(pool._processes.values()):
                worker.kill()
        return answer

    monkeypatch.setattr(ProcessPoolExecutor, "submit", killing)
    with pytest.raises(EngineError, match="ended from outside"):
        compile_run([str(articles_file)], tmp_path / "RUN", Settings(), workers=2)


def test_the_order_of_the_input_changes_nothing(rows, tmp_path):
    digests = set()
    for seed in range(4):
        shuffled = random.Random(seed).sample(rows, len(rows))
        path = tmp_path / f"{seed}" / "articles.jsonl"
        path.parent.mkdir()
        path.write_text("".join(json.dumps(row) + "\n" for row in shuffled), "utf-8")
        outcome = compile_run([str(path)], tmp_path / f"run{seed}", Settings())
        counts = outcome.manifest.tables
        digests.add(tuple(counts[name].sha256 for name in counts if name != "articles"))
    assert len(digests) == 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "1", "2"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_hash_seed_and_time_zone_change_nothing(seed, zone, articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "here", Settings())
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    command = [sys.executable, "-m", "onrecord", "compile", str(articles_file), "-q", "-o"]
    subprocess.run([*command, str(tmp_path / "there")], env=environment, check=True)
    assert tables(tmp_path / "here") == tables(tmp_path / "there")
