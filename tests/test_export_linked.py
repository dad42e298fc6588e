"""Linked data: everything named is there, every place gives its words, and nothing judges."""

import json

import pytest
from msgspec.structs import replace

from factories import make_article, make_record, make_statement
from onrecord.compiling import compile_run
from onrecord.config import Settings
from onrecord.export import annotations, export_run, graph
from stories import harbour_story


def ids_in(value):
    """Return every address that a node names besides its own."""
    if isinstance(value, list):
        return [one for item in value for one in ids_in(item)]
    if isinstance(value, dict):
        own = [value["@id"]] if set(value) == {"@id"} else []
        return own + [one for item in value.values() for one in ids_in(item)]
    return []


@pytest.fixture(scope="module")
def nodes():
    return list(graph.nodes_of(harbour_story(), text=True))


def test_every_address_that_is_named_is_a_node(nodes):
    known = {node["@id"] for node in nodes} | {graph.PROGRAM["@id"]}
    assert set(ids_in(nodes)) <= known
    assert len({node["@id"] for node in nodes}) == len(nodes)


def test_each_row_of_the_story_has_its_node(nodes):
    record = harbour_story()
    kinds = [node["@type"] for node in nodes]
    assert kinds.count("NewsArticle") == len(record.articles)
    assert kinds.count("Quotation") == len(record.statements)
    assert sum(kind.endswith("Action") for kind in kinds) == len(record.responses)


def test_an_allegation_is_a_claim_of_its_speaker_and_nothing_is_rated(nodes):
    record = harbour_story()
    accusing = [row for row in record.statements if row.act == "accuses"]
    claims = {node["@id"]: node for node in nodes if node["@type"] == "Claim"}
    named = {node["interpretedAsClaim"]["@id"] for node in nodes if "interpretedAsClaim" in node}
    assert named == set(claims)
    assert accusing
    for claim in claims.values():
        assert claim["author"]
        assert claim["firstAppearance"] == claim["appearance"][:1]
    written = json.dumps(nodes).lower()
    assert "review" not in written
    assert "rating" not in written


def test_the_context_needs_no_other_file():
    assert all(isinstance(value, str | dict) for value in graph.CONTEXT.values())
    assert graph.CONTEXT["@vocab"] == "https://schema.org/"


def test_an_annotation_gives_back_its_words_in_code_points():
    article = make_article("😀 “It was 𝐬afe 👩‍👩‍👧,” she said. “It is.”")
    statement = make_statement(article, ["“It was 𝐬afe 👩‍👩‍👧,”", "“It is.”"])
    record = make_record(articles=[article], statements=[statement])
    (note,) = annotations.annotations_of(record, text=True)
    for target in note["target"]:
        quote, place = target["selector"]
        assert quote["exact"] == article.text[place["start"] : place["end"]]
        assert (quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")) in article.text
    assert len(note["target"]) == 2


def test_an_answer_is_an_annotation_on_what_it_answers():
    record = harbour_story()
    notes = list(annotations.annotations_of(record, text=True))
    known = {note["id"] for note in notes}
    replies = [note for note in notes if note["motivation"] in ("replying", "linking")]
    assert len(replies) == len(record.responses)
    assert all(note["target"] in known for note in replies)


def test_without_text_places_stay_and_words_go():
    record = harbour_story()
    words = [row.text for row in record.statements]
    written = json.dumps(
        [*graph.nodes_of(record, text=False), *annotations.annotations_of(record, text=False)],
        ensure_ascii=False,
    )
    assert not [one for one in words if one in written]
    assert "TextPositionSelector" in written
    assert "TextQuoteSelector" not in written


def test_what_is_not_known_is_left_out():
    article = replace(make_article("It was safe."), url=None, title=None, published=None)
    record = make_record(articles=[article], statements=[make_statement(article, "It was safe")])
    node, *_ = graph.nodes_of(record, text=True)
    assert None not in node.values()
    (note,) = annotations.annotations_of(record, text=True)
    assert note["target"][0]["source"] == graph.name_of("article", article.id)


def test_both_files_are_json_and_the_same_each_time(articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", Settings(tier="rules"))
    counts = export_run(tmp_path / "RUN", tmp_path / "one", kind="jsonld")
    export_run(tmp_path / "RUN", tmp_path / "two", kind="jsonld")
    for name, part, count in (
        ("record", "@graph", "nodes"),
        ("annotations", "items", "annotations"),
    ):
        data = (tmp_path / "one" / f"{name}.jsonld").read_bytes()
        assert data == (tmp_path / "two" / f"{name}.jsonld").read_bytes()
        assert len(json.loads(data)[part]) == counts[count] > 0
    assert (tmp_path / "one" / "manifest.json").is_file()


def test_statements_that_are_not_wanted_are_in_neither_file(articles_file, tmp_path):
    compile_run([str(articles_file)], tmp_path / "RUN", Settings(tier="rules"))
    counts = export_run(tmp_path / "RUN", tmp_path / "out", kind="jsonld", wire="only")
    assert counts["annotations"] == 0
    assert '"Quotation"' not in (tmp_path / "out" / "record.jsonld").read_text("utf-8")
