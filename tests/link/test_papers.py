"""Documents are their author's across a story only where that is plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.papers import authored
from onrecord.link.persons import ChainKey
from onrecord.records import Chain

NOUNS = frozenset(["letter", "resolution"])


def _letter(noun="letter"):
    return Chain(number=0, name=f"the {noun}", names=(), kind="unnamed", document=noun)


def _person(name, *wrote):
    return Chain(number=1, name=name, names=(name,), kind="person", wrote=wrote)


@pytest.mark.parametrize(
    ("chains", "root", "wanted"),
    [
        ({"a0": _letter(), "a1": _person("Ruiz"), "b1": _person("Ruiz", "letter")}, "a1", "a1"),
        ({"a0": _letter(), "b1": _person("Ruiz", "letter")}, "b1", None),
        ({"a0": _letter("report"), "a1": _person("Ruiz", "report")}, "a1", None),
        (
            {"a0": _letter(), "a1": _person("Ruiz", "letter"), "a2": _person("Lund", "letter")},
            "a1",
            None,
        ),
    ],
    ids=["named in both", "author not named here", "stories have many reports", "two authors"],
)
def test_a_document_is_its_only_authors(chains, root, wanted):
    keys = {name: ChainKey(name[0], int(name[1])) for name in chains}
    roots = {key: key for key in keys.values()} | {
        keys[name]: keys[root] for name, chain in chains.items() if chain.name == "Ruiz"
    }
    found = authored({keys[name]: chain for name, chain in chains.items()}, roots, NOUNS)
    assert found.get(keys["a0"]) == (keys[wanted] if wanted else None)


@given(st.lists(st.sampled_from(["letter", "resolution", "report", ""]), max_size=6))
def test_only_documents_move_and_only_to_authors(wrote):
    chains = {
        ChainKey("a", number): _person(f"P{number}", *filter(None, [noun]))
        for number, noun in enumerate(wrote)
    }
    chains[ChainKey("a", 99)] = _letter()
    found = authored(chains, {key: key for key in chains}, NOUNS)
    assert set(found) <= {ChainKey("a", 99)}
    assert len(found) == (wrote.count("letter") == 1)
