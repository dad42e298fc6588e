"""The command says what it did, and a bad input costs one clear line."""

import errno
import json
import os
import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from onrecord.cli import main


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words, **rest: CliRunner().invoke(main, [str(word) for word in words], **rest)


def test_help_names_every_command(call):
    shown = call("--help").output
    for name in main.commands:
        assert f"onrecord {name}" in shown
        assert call(name, "--help").exit_code == 0


def test_examples_in_the_help_stand_line_by_line(call):
    for words in ((), *((name,) for name in main.commands)):
        shown = call(*words, "--help").output
        assert "\\b" not in shown
        for line in shown.splitlines():
            assert line.count("onrecord report ") <= 1, line
    assert "\n      onrecord erase --store" in call("erase", "--help").output


def test_compile_check_export(call, articles_file):
    done = call("compile", articles_file, "-o", "RUN")
    assert done.exit_code == 0, done.output
    assert "3 articles" in done.stderr
    assert call("check", "RUN").exit_code == 0
    assert call("export", "RUN", "--out", "tables").exit_code == 0


def test_quiet_says_nothing(call, articles_file):
    done = call("compile", articles_file, "-o", "RUN", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")


def test_a_missing_input_costs_one_line(call):
    done = call("compile", "absent.jsonl", "-o", "RUN")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "absent.jsonl: no such file" in done.stderr


def test_input_read_twice_is_named_and_exits_with_3(call, rows, tmp_path):
    twice = tmp_path / "twice.jsonl"
    twice.write_text(json.dumps(rows[0]) + "\n" + json.dumps(rows[0]) + "\n", "utf-8")
    done = call("compile", twice, "-o", "RUN")
    assert done.exit_code == 3
    assert "duplicate: the same article as" in done.stderr
    assert call("check", "RUN").exit_code == 0


def test_no_input_is_a_usage_error(call):
    assert call("compile", "-o", "RUN").exit_code == 2


def test_a_broken_run_fails_the_check(call, articles_file, tmp_path):
    call("compile", articles_file, "-o", "RUN")
    path = tmp_path / "RUN" / "stories.jsonl"
    path.write_text("", "utf-8")
    done = call("check", "RUN")
    assert done.exit_code == 1
    assert "broken promises" in done.stderr


def test_a_folder_with_nothing_to_read_costs_one_line(call, tmp_path):
    (tmp_path / "empty").mkdir()
    done = call("compile", "empty", "-o", "RUN")
    assert done.exit_code == 1
    assert "empty: nothing to read" in done.stderr
    assert not (tmp_path / "RUN").exists()


def test_standard_input(call, articles_file):
    done = call("compile", "-", "-o", "RUN", input=articles_file.read_bytes())
    assert done.exit_code == 0, done.output
    assert "3 articles" in done.stderr


def test_one_step_report(call, articles_file, tmp_path):
    done = call("report", articles_file, "-o", "story.html")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "story.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "Crane untested, says inspector" in page


def test_the_report_of_a_run_is_the_report_of_its_inputs(call, articles_file, tmp_path):
    call("report", articles_file, "-o", "one.html")
    call("compile", articles_file, "-o", "RUN")
    call("report", "RUN", "-o", "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_report_of_nothing_readable_leaves_the_earlier_one(call, tmp_path):
    earlier = '<meta name="generator" content="onrecord">earlier'
    (tmp_path / "report.html").write_text(earlier, "utf-8")
    (tmp_path / "page.html").write_bytes(b"%PDF-1.7 not a page")
    done = call("report", "page.html")
    assert done.exit_code == 1
    assert "nothing to report: page.html: pdf: a PDF file" in done.stderr
    assert (tmp_path / "report.html").read_text("utf-8") == earlier


def test_a_report_never_takes_the_place_of_a_page(call, tmp_path):
    (tmp_path / "page.txt").write_text("Anna Birch said the ferry was late.", "utf-8")
    done = call("report", "page.txt", "-o", "page.txt")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "page.txt: is there and is no report" in done.stderr
    assert "the ferry was late" in (tmp_path / "page.txt").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_or_a_device_is_no_place_for_a_report_or_a_store(call, articles_file, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for done, what in (
        (call("report", articles_file, "-o", "pipe"), "is a device or a pipe"),
        (call("add", articles_file, "--store", "pipe"), "is no file that could be a store"),
    ):
        assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
        assert what in done.stderr
    assert (tmp_path / "pipe").is_fifo()
    assert [path.name for path in tmp_path.glob("pipe*")] == ["pipe"]


def test_a_file_given_twice_is_read_once(call, tmp_path):
    (tmp_path / "page.txt").write_text("Anna Birch said the ferry was late.", "utf-8")
    assert call("compile", "page.txt", "page.txt", tmp_path, "./page.txt", "-o", "RUN").exit_code
    assert call("compile", "page.txt", "page.txt", "./page.txt", "-o", "RUN").exit_code == 0
    assert call("check", "RUN").exit_code == 0


def test_what_the_program_wrote_is_no_input(call, tmp_path):
    (tmp_path / "page.txt").write_text("Anna Birch said the ferry was late.", "utf-8")
    call("report", ".", "-o", "story.html", "--tables", "tables")
    call("compile", "page.txt", "-o", "RUN")
    call("add", "page.txt", "--store", "desk.store")
    done = call("report", ".", "-o", "story.html")
    assert done.exit_code == 3
    assert done.stderr.startswith("1 article, 1 story")
    named = re.findall(r"not read: (\S+): own_output: onrecord wrote it itself", done.stderr)
    assert named == ["RUN", "desk.store", "story.html", "tables"]


@pytest.mark.parametrize("kind", ["run", "store"])
def test_options_of_reading_are_refused_where_all_is_read(call, tmp_path, kind):
    (tmp_path / "page.txt").write_text("Anna Birch said the ferry was late.", "utf-8")
    made = ("compile", "page.txt", "-o") if kind == "run" else ("add", "page.txt", "--store")
    call(*made, "held")
    done = call("report", "held", "--tier", "rules", "-o", "story.html")
    assert done.exit_code == 2
    assert "--tier is for reading pages" in done.stderr
    assert call("report", "held", "page.txt", "-o", "story.html").exit_code == 1
    assert not (tmp_path / "story.html").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "absent"),
        ("export", "absent", "--out", "tables"),
        ("erase", "--store", "absent", "--person", "Mara Quill"),
    ],
)
def test_a_run_or_store_that_is_not_there_is_named(call, tmp_path, words):
    done = call(*words)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "absent: no such" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["run", "store"])
def test_a_run_without_articles_makes_no_report(call, tmp_path, kind):
    (tmp_path / "page.txt").write_text("", "utf-8")
    if kind == "run":
        call("compile", "page.txt", "-o", "held")
    else:
        call("add", "page.txt", "--store", "held")
    done = call("report", "held")
    assert done.exit_code == 1
    (line,) = [row for row in done.stderr.splitlines() if row.startswith("onrecord: ")]
    assert "page.txt: empty: the file is empty; give saved pages" in line
    assert not (tmp_path / "report.html").exists()


def test_a_text_named_otherwise_is_read_as_what_it_is(call, tmp_path):
    (tmp_path / "x.pdf").write_text("The crane was safe, Mara Quill said.\n", "utf-8")
    assert call("report", "x.pdf").exit_code == 0
    assert "The crane was safe" in (tmp_path / "report.html").read_text("utf-8")


def test_a_report_without_statements_says_so(call, tmp_path):
    (tmp_path / "note.txt").write_text("A crane stands on the quay.\n", "utf-8")
    assert "no statement was found" in call("report", "note.txt").stderr


def test_tables_beside_a_report_are_linked_from_it(call, articles_file, tmp_path):
    done = call("report", articles_file, "-o", "story.html", "--tables", "my tables")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "story.html").read_text("utf-8")
    links = re.findall(r'href="(my%20tables/[a-z]+\.csv)"', page)
    assert "my%20tables/statements.csv" in links
    for link in links:
        assert (tmp_path / unquote(link)).read_text("utf-8").count("\n") > 1
    assert ".csv" not in _report_of(call, articles_file, tmp_path)


def test_tables_beside_the_pages_of_stories_are_linked_from_each(call, articles_file, tmp_path):
    done = call("report", articles_file, "--split", "pages", "--tables", "tables")
    assert done.exit_code == 0, done.output
    for path in (tmp_path / "pages").iterdir():
        assert 'href="../tables/statements.csv"' in path.read_text("utf-8")


@pytest.mark.parametrize("option", ["--excerpts", "--initials"])
def test_whole_texts_are_not_written_beside_a_report_to_pass_on(call, articles_file, option):
    assert call("report", articles_file, option, "--tables", "tables").exit_code == 2


def _report_of(call, articles_file, tmp_path):
    call("report", articles_file, "-o", "plain.html")
    return (tmp_path / "plain.html").read_text("utf-8")


def test_the_demo_comes_with_the_program(call, tmp_path):
    done = call("demo", "--pages", "pages")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "demo.html").stat().st_size > 20_000
    assert len(list((tmp_path / "pages").iterdir())) >= 12
    assert call("report", "pages", "-o", "same.html").exit_code == 0
    assert (tmp_path / "same.html").read_bytes() == (tmp_path / "demo.html").read_bytes()


def test_the_demo_names_its_pages_by_where_the_user_can_have_them(call, tmp_path):
    done = call("demo", "--tier", "rules")
    assert "onrecord demo --pages pages" in done.output
    page = (tmp_path / "demo.html").read_text("utf-8")
    assert "read from <bdi>pages/" in page
    assert str(files("onrecord")) not in page


def test_a_report_in_files_replaces_its_own_files_and_no_others(call, articles_file, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "story-0123456789ab.html").write_text("of an earlier run", "utf-8")
    done = call("report", articles_file, "--split", "pages")
    assert done.exit_code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "index.html"
    assert len(names) > 1
    assert "story-0123456789ab.html" not in names
    (folder / "notes.txt").write_text("mine", "utf-8")
    done = call("report", articles_file, "--split", "pages")
    assert done.exit_code == 1
    assert "notes.txt" in done.stderr
    assert (folder / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", ["report", "export"])
def test_a_cut_run_is_refused_before_anything_is_written(call, articles_file, tmp_path, command):
    run, out = tmp_path / "run", tmp_path / "out"
    call("compile", str(articles_file), "-o", str(run), "-q")
    (run / "statements.jsonl").write_bytes(b"")
    place = ("-o", str(out)) if command == "report" else ("--out", str(out))
    result = call(command, str(run), *place)
    assert result.exit_code == 1
    assert "statements.jsonl" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not out.exists()


def test_several_runs_make_no_report(call, articles_file, tmp_path):
    run = tmp_path / "run"
    call("compile", str(articles_file), "-o", str(run), "-q")
    result = call("report", str(run), str(run), "-o", str(tmp_path / "report.html"))
    assert result.exit_code == 1
    assert "one run" in result.stderr


def test_a_report_in_no_folder_costs_one_line(call, articles_file, tmp_path):
    result = call("report", str(articles_file), "-o", str(tmp_path / "nowhere" / "report.html"))
    assert result.exit_code == 1
    assert "no such folder for report.html" in result.stderr
    assert result.stderr.count("\n") == 1


def test_adding_names_what_cannot_be_read_and_goes_on(call, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.html").symlink_to(tmp_path / "gone.html")
    (pages / "b.txt").write_text("“We are late,” said Anna Birch of the line.")
    done = call("add", "pages", "--store", "desk.store")
    assert done.exit_code == 3
    assert "not read: pages/a.html: unreadable: No such file or directory" in done.output
    assert "2 new inputs" in done.output
    again = call("add", "pages", "--store", "desk.store")
    assert (again.exit_code, again.output) == (0, "desk.store: 0 new inputs\n")
    assert call("check", "desk.store").exit_code == 0


def _full(*_arguments, **_options):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("words", "failing"),
    [
        (("report", "page.txt", "-o", "story.html"), (Path, "write_text")),
        (("compile", "page.txt", "-o", "RUN"), (os, "fsync")),
    ],
)
def test_a_full_disk_is_said_of_what_was_asked_for_and_leaves_nothing(
    call, tmp_path, monkeypatch, words, failing
):
    (tmp_path / "page.txt").write_text("“We are late,” said Anna Birch of the line.")
    assert call(*words).exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    monkeypatch.setattr(*failing, _full)
    done = call(*words)
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].endswith(f"{words[-1]}: No space left on device")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_report_that_cannot_be_written_is_refused_before_the_work(call, tmp_path, monkeypatch):
    (tmp_path / "page.txt").write_text("“We are late,” said Anna Birch of the line.")
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = call("report", "page.txt", "-o", "story.html")
    assert done.exit_code == 1
    assert done.output == (
        "onrecord: story.html: nothing can be written to its folder; name another with -o\n"
    )
