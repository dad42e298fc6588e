"""A search finds what was said by its words, and nothing that it must not find."""

import json
import sqlite3

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from factories import make_article, make_record, make_statement
from onrecord.adding import add, erase
from onrecord.cli import main
from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.errors import InputError, StoreError
from onrecord.folding import words_of
from onrecord.runs import Manifest, write_run
from onrecord.spans import Span
from onrecord.store.file import Store
from onrecord.store.searching import Wanted, find, marks_in, open_index, parse_query

RULES = Settings(tier="rules")


@pytest.fixture
def store(articles_file, tmp_path):
    path = tmp_path / "desk.store"
    add([str(articles_file)], path, tier="rules")
    return path


def texts(path, query="", limit=100, **wanted):
    with open_index(path) as index:
        hits = find(index, Wanted(phrases=parse_query(query), **wanted), limit)
        rows = [(key, row) for key, story in hits.rows for row in story.statements if row.id == key]
        assert len(rows) == min(hits.total, limit)
        return [row.text for _, row in rows]


def call(*words, **rest):
    return CliRunner().invoke(main, ["search", *map(str, words)], **rest)


def test_every_word_must_stand_in_the_statement(store):
    assert len(texts(store, "letter sign")) == 2
    assert texts(store, "letter tested") == []
    assert texts(store, "NOBODY") == ["“Nobody was told to sign anything,”"]


def test_a_phrase_stands_in_a_row(store):
    assert len(texts(store, "“sign the letter”")) == 2
    assert texts(store, '"letter the sign"') == []


def test_names_are_options_not_words(store):
    assert texts(store, "Quill") == []
    assert texts(store, "denies") == []
    assert texts(store, speaker="brandt", act="denies")
    assert len(texts(store, "letter", outlet="Harbour Echo")) == 1
    assert texts(store, "letter", speaker="Ada Penn") == []


def test_a_phrase_does_not_run_from_one_name_into_the_next(tmp_path):
    source = tmp_path / "two.jsonl"
    row = {"text": "Mara Quill and Teo Brandt said the crane was gone."}
    source.write_text(json.dumps(row), "utf-8")
    add([str(source)], tmp_path / "two.store", tier="rules")
    assert texts(tmp_path / "two.store", speaker="Teo Brandt")
    assert texts(tmp_path / "two.store", speaker="Quill Teo") == []


def test_a_run_is_searched_like_a_store(store, articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", RULES)
    for words in (["letter"], ["--speaker", "Quill"], ["never tested"]):
        shown = call(store, *words, "--json").stdout
        assert shown
        assert shown == call(tmp_path / "RUN", *words, "--json").stdout


@pytest.mark.parametrize(
    "sign",
    ["AND", "NOT letter", "sign OR", "sig*", "words:sign", "NEAR(sign letter)", "-x"],
)
def test_no_sign_has_a_meaning_of_its_own(store, sign):
    assert texts(store, sign) == []


@given(st.text())
def test_any_query_is_words_or_one_clear_error(text):
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE VIRTUAL TABLE search USING fts5 (words, tokenize='unicode61')")
        try:
            phrases = parse_query(text)
        except InputError:
            return
        for phrase in phrases:
            assert all(word and '"' not in word for word in phrase)
            base.execute("SELECT * FROM search WHERE search MATCH ?", (f'"{" ".join(phrase)}"',))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('"sign it', "the phrase has no end"),
        ("***", "there is no word in"),
        ("", "nothing to look for"),
        ("a " * 200, "more than 100 words"),
    ],
)
def test_a_bad_query_costs_one_clear_line(store, query, message):
    done = call(store, query)
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


@given(st.text(alphabet="aAéß’\u00ad\u200b .,“”\n"), st.text(alphabet="aAéß", min_size=1))
def test_marks_are_places_of_the_words(text, word):
    phrases = parse_query(word)
    marks = marks_in(text, phrases)
    for mark in marks:
        assert parse_query(mark.of(text))
    found = [item for item, _, _ in words_of(text)]
    if phrases[0][0] in found:
        assert marks


def test_accents_and_what_cannot_be_seen_do_not_hide_a_word():
    assert marks_in("the ca\u00adfe\u0301 is", parse_query("CAFE")) == [Span(4, 10)]
    assert marks_in("Don’t", parse_query("don't")) == [Span(0, 5)]


def test_hits_are_marked_and_dated_and_name_their_place(store):
    head, wording, answer, place = call(store, '"sign the letter"').stdout.split("\n")[:4]
    assert head.startswith("2026-04-19  Harbour Echo  Mara Quill ")
    assert wording == "    “I was told to **sign the letter**,”"
    assert answer.strip()
    assert " characters " in place


def test_json_gives_places_in_the_article(store, rows):
    shown = json.loads(call(store, "letter", "--outlet", "Ferry Post", "--json").stdout)
    text = rows[0]["text"]
    assert " … ".join(text[start:end] for start, end in shown["content"]) == shown["text"]
    assert [shown["text"][start:end] for start, end in shown["marks"]] == ["letter"]


def test_what_is_not_shown_is_said(store):
    assert "2 of" in call(store, "the", "--limit", "2").stderr
    done = call(store, "letter", "--speaker", "Ada Penn")
    assert done.stderr == "nothing found\nwithout --speaker there are 2\n"


def test_no_text_of_a_page_gives_orders_to_a_terminal(tmp_path):
    source = tmp_path / "rows.jsonl"
    row = {
        "text": "“It is\x1b[2J gone \x9b31m\u202e in the night,” Ada Penn said on Friday.",
        "outlet": "Ferry\x1b]0;x\x07 Post",
        "url": "https://ferry.example/\x1b[31m",
    }
    source.write_text(json.dumps(row), "utf-8")
    add([str(source)], tmp_path / "desk.store", tier="rules")
    for options in ((), ("--json",)):
        shown = call(tmp_path / "desk.store", "gone", *options).output
        assert "gone" in shown
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown)


def test_hidden_text_is_not_found_as_something_seen(tmp_path):
    text = "Mara Quill said the crane was safe. Ada Penn said the crane was a weapon."
    article = make_article(text, hidden=(Span(text.index("Ada"), len(text)),))
    said = [make_statement(article, words) for words in ("the crane was safe", "a weapon")]
    record = make_record(articles=[article], statements=said)
    manifest = Manifest(tier="rules", settings=RULES, resources="", inputs=())
    run = tmp_path / "RUN"
    write_run(run, [record], [], [], manifest)
    assert texts(run, "crane") == ["the crane was safe"]
    assert texts(run, "weapon") == []
    done = call(run, "weapon")
    assert (done.stdout, done.exit_code) == ("", 0)
    assert "1 more in text that readers of the page do not see" in done.stderr
    assert "not visible to readers" in call(run, "weapon", "--hidden").stdout


def test_erased_words_are_not_found(store):
    erase(store, people=["Mara Quill"])
    assert texts(store, speaker="Quill") == []
    assert texts(store, speaker="Brandt")


def test_nothing_is_found_while_an_erasure_is_under_way(store, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.adding._black_out", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(store, people=["Mara Quill"])
    with pytest.raises(StoreError, match="not up to date"):
        texts(store, speaker="Quill")


def test_a_search_is_not_blocked_by_a_writer_and_sees_the_record_before(store):
    with Store.open(store, write=True) as writer, writer.transaction():
        writer.forget_stories(sorted(writer.story_digests()))
        assert len(texts(store, "letter")) == 2


def test_words_of_a_story_that_changed_are_found_once(store, articles_file, rows):
    rows[0]["text"] += " “The letter is lost,” Quill said."
    articles_file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    add([str(articles_file)], store)
    assert len(texts(store, "lost")) == 1
