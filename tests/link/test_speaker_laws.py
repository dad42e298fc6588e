"""Laws of joining speakers: order does not matter, and more articles do not split anybody."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ids import StoryId
from onrecord.link.speakers import resolve_speakers
from onrecord.naming import Name, family_key, is_mixed_script, name_of, one_edit, plain, sound
from onrecord.resources import load_resources
from speaker_cases import make_annotation

RESOURCES = load_resources()
POOL = (
    "[1 Marta Quennell] said the alarm rang. [2 Mayor Jonah Whitlock] said the park was sold.",
    "[1 Ms. Quennell] said nobody came. [2 Whitlock] said the price was fair. [3 He] laughed.",
    "[1 Marta R. Quennell, a retired nurse,] said it rang twice. [2 A colleague] said it did not.",
    "Jonah Whitlock was late. [1 The mayor] said so. [2 Officials] said he was not.",
    "[1 Quennell] said nobody came. [2 The Harbour Safety Authority] said it had rung.",
    "[1 The HSA] said it had rung. [2 A colleague] said nobody came.",
    "[1 Jonah Whitlok] said the park was sold. [2 The indictment] says it was given away.",
)
RIVAL = "[1 Hugh Quennell] said the alarm never rang. [2 Mrs. Whitlock] said the park was hers."


@cache
def annotation(text):
    return make_annotation(text, text, RESOURCES)


def speakers_of(texts):
    """Return the speakers of each statement, by article and mark."""
    resolution = resolve_speakers(StoryId("s"), [annotation(text) for text in texts], RESOURCES)
    return {(row.article_id, row.id): row.speakers for row in resolution.statements}


subsets = st.lists(st.sampled_from(POOL), min_size=1, unique=True)


@given(texts=st.permutations((*POOL, RIVAL)))
def test_the_order_of_articles_does_not_matter(texts):
    ordered = [annotation(text) for text in (*POOL, RIVAL)]
    shuffled = [annotation(text) for text in texts]
    first = resolve_speakers(StoryId("s"), ordered, RESOURCES)
    second = resolve_speakers(StoryId("s"), shuffled, RESOURCES)
    assert first.speakers == second.speakers
    assert first.identities == second.identities
    assert sorted(first.statements, key=repr) == sorted(second.statements, key=repr)


@given(texts=subsets, extra=st.sampled_from(POOL))
def test_an_article_without_new_people_splits_nobody(texts, extra):
    before = speakers_of(texts)
    after = speakers_of(dict.fromkeys([*texts, extra]))
    for left in before:
        for right in before:
            if before[left] == before[right] != ():
                assert after[left] == after[right]


@given(texts=subsets)
def test_a_rival_of_the_same_name_joins_nobody_who_was_apart(texts):
    before = speakers_of(texts)
    after = speakers_of([*texts, RIVAL])
    for left in before:
        for right in before:
            if before[left] != before[right]:
                assert not set(after[left]) & set(after[right])


@given(texts=subsets)
def test_unnamed_people_never_cross_articles(texts):
    resolution = resolve_speakers(StoryId("s"), [annotation(text) for text in texts], RESOURCES)
    unnamed = {row.id for row in resolution.speakers if row.kind == "unnamed"}
    where = {}
    for row in resolution.identities:
        if row.speaker_id in unnamed:
            assert where.setdefault(row.speaker_id, row.article_id) == row.article_id


@given(texts=subsets)
def test_every_speaker_and_identity_is_known(texts):
    resolution = resolve_speakers(StoryId("s"), [annotation(text) for text in texts], RESOURCES)
    known = {row.id for row in resolution.speakers}
    assert len(known) == len(resolution.speakers)
    assert {row.speaker_id for row in resolution.identities} <= known
    assert {one for row in resolution.statements for one in row.speakers} <= known


words = st.text("abcdehkoqstuwyzÄÉñøŁßæŽışАяд-’.", min_size=1, max_size=12)


@given(word=words)
def test_a_folded_word_folds_to_itself(word):
    assert plain(plain(word)) == plain(word)


@given(left=words, right=words)
def test_one_edit_is_symmetric(left, right):
    assert one_edit(left, right) == one_edit(right, left)


@given(words=st.lists(words, min_size=1, max_size=4))
def test_a_name_never_loses_its_family_name(words):
    name = name_of(words, frozenset({"jr"}), frozenset({"de"}))
    assert name.words or not any(map(plain, words))
    if name.words:
        assert family_key(name.family) == sound(name.family.rpartition(" ")[2]) or "-" in words[-1]
        assert name.suffix in ("", "jr")


@pytest.mark.parametrize(
    "name",
    [
        "Pаul",
        "Ｐaul",
        "Рaul",
        "Jο Marr",
        "Αnna",
        "\U0001d40faul",
        "Ꭺnna",
        "山田 Иван",
        "Ana Раух",
        "µarr",
    ],
)
def test_letters_of_two_scripts_are_seen(name):
    assert is_mixed_script(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ñandú", "X Æ A-12", "Ångström", "A\u030angstro\u0308m", "\u212bngstrom", "山田 Taro", "高橋みなみ",
        "タロー山田", "ﾀﾛｰ Taro", "김민수 Kim", "Mª José", "nº 5", "Иван Петров", "Павел", "Kahoʻolawe", "Ｐａｕｌ", "",
    ],
)  # fmt: skip
def test_names_of_one_script_or_of_scripts_that_go_together_are_not_flagged(name):
    assert not is_mixed_script(name)


def test_speakers_with_one_name_in_two_cases_have_two_ids():
    texts = ("[1 Officials] said the alarm rang.", "Later [1 officials] said nobody came.")
    resolution = resolve_speakers(StoryId("s"), [annotation(text) for text in texts], RESOURCES)
    assert len({row.id for row in resolution.speakers}) == 2


def test_a_name_without_words_has_no_family_name() -> None:
    """A title or a mark alone can be printed like a name; its article must not be lost."""
    assert Name(words=()).family == ""
    assert Name(words=()).given == ""
