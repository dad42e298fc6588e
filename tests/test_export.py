"""What an export holds, format by format."""

import csv
import hashlib
import json

import pyarrow.parquet as pq
import pytest

from anniversaries import CRANE, TRIAL, write_rows
from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.errors import StoreError
from onrecord.export import FORMATS, export_run
from onrecord.export.tables import _cell
from onrecord.records import Copy, Statement
from onrecord.runs import TABLES, read_table


@pytest.fixture
def run(articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    return tmp_path / "RUN"


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "jsonld"])
def test_every_table_is_written(run, tmp_path, kind):
    counts = export_run(run, tmp_path / "out", kind=kind)
    assert set(counts) == set(TABLES)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "manifest.json",
        *(f"{name}.{kind}" for name in TABLES),
    }


def test_json_lines_are_the_runs_own_bytes(run, tmp_path):
    export_run(run, tmp_path / "out", kind="jsonl")
    for name in TABLES:
        assert (tmp_path / "out" / f"{name}.jsonl").read_bytes() == (
            run / f"{name}.jsonl"
        ).read_bytes()


def test_parquet_gives_the_rows_back(run, tmp_path):
    export_run(run, tmp_path / "out", kind="parquet")
    held = [row.id for row in read_table(run, "statements", Statement)]
    table = pq.read_table(tmp_path / "out" / "statements.parquet")
    assert table.column("id").to_pylist() == held
    assert table.column("content").to_pylist()[0][0][0] >= 0


def test_csv_cells_cannot_be_formulas(articles_file, rows, tmp_path):
    dangers = [
        *("=1+1", "+1", "-1", "@A1", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠A1", "﹦1"),
        *(" =1+1", '"=1+1"', "'=1+1", "\u00a0@A1", "\n+1", "\u200b=1", "\ufeff-1", " \t' =1"),
    ]
    hostile = [{**rows[0], "id": danger, "outlet": danger} for danger in dangers]
    articles_file.write_text("".join(json.dumps(row) + "\n" for row in hostile), "utf-8")
    compile_run([str(articles_file)], tmp_path / "RUN", Settings())
    export_run(tmp_path / "RUN", tmp_path / "out", kind="csv")
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as file:
        cells = [row["outlet"] for row in csv.DictReader(file)]
    assert sorted(cells) == sorted(f"'{danger}" for danger in dangers)


def test_csv_cells_that_are_none_stay_as_they_are():
    texts = ["", " a", '"a" = b', "a=1", "1-2", "“=a”", "’-", "…", "[-1]", " "]
    assert [_cell(text) for text in texts] == texts
    assert [_cell(-1), _cell(-0.5), _cell(None)] == [-1, -0.5, None]


def test_a_byte_order_mark_on_request(run, tmp_path):
    export_run(run, tmp_path / "out", kind="csv", bom=True)
    assert (tmp_path / "out" / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_without_text_no_wording_remains(run, tmp_path, rows):
    export_run(run, tmp_path / "out", kind="jsonl", text=False)
    held = "".join(path.read_text("utf-8") for path in (tmp_path / "out").glob("*.jsonl"))
    assert "told to sign" in rows[0]["text"]
    assert "told to sign" not in held


def _name_in_manifest(run, part):
    manifest = json.loads((run / "manifest.json").read_bytes())
    data = (run / f"{part}.jsonl").read_bytes()
    manifest["tables"][part]["sha256"] = hashlib.sha256(data).hexdigest()
    (run / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_without_attitudes_nothing_names_them(run, tmp_path):
    path = run / "statements.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for number, line in enumerate(lines):
        line["cue_class"] = "speech" if number else "attitude"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    _name_in_manifest(run, "statements")
    counts = export_run(run, tmp_path / "out", kind="jsonl", attitudes=False)
    assert counts["statements"] == len(lines) - 1
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "out").glob("*.jsonl"))
    assert lines[0]["id"] not in written


def test_without_nested_statements_only_the_outer_ones_are_left(run, tmp_path):
    path = run / "statements.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines[1:]:
        line["within"] = lines[0]["id"]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    _name_in_manifest(run, "statements")
    export_run(run, tmp_path / "out", kind="jsonl", nested=False)
    written = (tmp_path / "out" / "statements.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in written] == [lines[0]["id"]]


def test_an_export_that_was_cut_short_has_no_manifest_and_no_half_table(run, tmp_path, monkeypatch):
    out = tmp_path / "out"
    export_run(run, out, kind="jsonl")
    whole = {path.name: path.read_bytes() for path in out.iterdir()}

    def fails(row):
        raise OSError("planted")

    monkeypatch.setattr("onrecord.export.tables.encode_line", fails)
    with pytest.raises(OSError, match="planted"):
        export_run(run, out, kind="jsonl")
    left = {
        path.name: path.read_bytes() for path in out.glob("*.json*") if path.suffix != ".partial"
    }
    assert left == {name: data for name, data in whole.items() if name != "manifest.json"}


def test_an_export_does_not_overwrite_its_run(run):
    with pytest.raises(StoreError, match="the run itself"):
        export_run(run, run, kind="jsonl")


@pytest.fixture
def wire_run(tmp_path):
    """A text of an agency, an outlet that carries it, and one with a text of its own."""
    line = "Mara Quill said the crane had been checked twice in the week before it fell. "
    body = line + "\n" + "The harbour was closed for the rest of the day and reopened at dawn. " * 8
    rows = [
        {
            "id": "a",
            "outlet": "Northwire",
            "published": "2026-04-18",
            "title": "Crane",
            "text": body,
        },
        {"id": "b", "outlet": "Echo", "published": "2026-04-19", "title": "Crane", "text": body},
        {
            "id": "c",
            "outlet": "Post",
            "published": "2026-04-19",
            "title": "Crane fell at the harbour",
            "text": "Mara Quill said nobody had looked at the harbour crane since March.",
        },
    ]
    path = tmp_path / "wire.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    compile_run([str(path)], tmp_path / "RUN", Settings(tier="rules"))
    return tmp_path / "RUN"


def test_copies_are_kept_left_out_or_alone(wire_run, tmp_path):
    (copy,) = read_table(wire_run, "copies", Copy)
    held = {}
    for wire in ("keep", "collapse", "only"):
        counts = export_run(wire_run, tmp_path / wire, kind="jsonl", wire=wire)
        lines = (tmp_path / wire / "statements.jsonl").read_text("utf-8").splitlines()
        held[wire] = {json.loads(line)["id"]: json.loads(line)["article_id"] for line in lines}
        assert counts["articles"] == 3
    assert held["collapse"] | held["only"] == held["keep"]
    assert set(held["only"].values()) == {copy.article_id}
    assert copy.article_id not in held["collapse"].values()
    assert len(held["collapse"]) == 2


def test_a_reprint_goes_with_its_statements(tmp_path):
    rows = write_rows(tmp_path / "rows.jsonl", [CRANE, TRIAL])
    compile_run([rows], tmp_path / "RUN", Settings(tier="rules"))
    for wire, count in (("keep", 1), ("only", 0)):  # no article is a copy
        counts = export_run(tmp_path / "RUN", tmp_path / wire, kind="parquet", wire=wire)
        assert counts["reprints"] == count
