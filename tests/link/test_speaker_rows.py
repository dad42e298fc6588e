"""What the rows of speakers and identities say: names, roles, handles, and what stays open."""

from onrecord.ids import StoryId
from onrecord.link.speakers import resolve_speakers
from onrecord.resources import load_resources
from speaker_cases import make_annotation, resolve_case

RESOURCES = load_resources()


def resolve(*marked, embeds=()):
    case = {"articles": list(marked), "embeds": embeds}
    return resolve_case(case)


def named(resolution, name):
    return next(row for row in resolution.speakers if row.name == name)


def test_the_canonical_name_is_the_fullest_without_honorific():
    resolution, _ = resolve(
        "[1 Ms. Quennell] said so. Marta Quennell was late.", "[2 Marta R. Quennell] said so."
    )
    row = named(resolution, "Marta R. Quennell")
    assert set(row.names) >= {"Quennell", "Ms. Quennell", "Marta Quennell", "Marta R. Quennell"}


def test_a_role_is_as_printed_with_its_article():
    resolution, _ = resolve(
        "[1 Marta Quennell] said so.", "[2 Marta Quennell, a retired nurse,] said so."
    )
    row = named(resolution, "Marta Quennell")
    assert (row.role, row.role_article_id) == ("a retired nurse", "article1")


def test_a_role_is_not_cut_at_the_dot_of_a_title():
    resolution, _ = resolve("[1 Saul Brandt, a lawyer for Mr. Ruiz,] said so.")
    assert named(resolution, "Saul Brandt").role == "a lawyer for Mr. Ruiz"


def test_letters_of_two_scripts_are_flagged_and_joined_with_nobody():
    resolution, by_mark = resolve("[1 Paul Renner] said so.", "[2 Pаul Renner] said so.")
    assert by_mark["1"].speakers != by_mark["2"].speakers
    flagged = [row for row in resolution.identities if "mixed-script" in row.method]
    assert {row.judgement for row in flagged} == {"unsure"}
    assert {row.speaker_id for row in flagged} == set(by_mark["2"].speakers)


def test_an_open_name_lists_each_who_it_could_be():
    resolution, by_mark = resolve(
        "[1 Ana Ruiz] said so.", "[2 Pablo Ruiz] said so.", "It rained. [3 Ruiz] said so."
    )
    open_rows = [row for row in resolution.identities if row.judgement == "unsure"]
    both = {*by_mark["1"].speakers, *by_mark["2"].speakers}
    assert {row.speaker_id for row in open_rows} == both
    assert by_mark["3"].speakers == ()


def test_an_open_pronoun_lists_each_who_it_could_be():
    resolution, _ = resolve("Mr. Hallam and Mr. Osei met at noon. [1 He] said the gate was open.")
    open_rows = [row for row in resolution.identities if row.judgement == "unsure"]
    names = {row.id: row.name for row in resolution.speakers}
    assert {names[row.speaker_id] for row in open_rows} == {"Hallam", "Osei"}


def test_the_handle_of_a_post_belongs_to_its_author():
    resolution, _ = resolve(
        "The alarm rang. — [1 Marta Quennell] (@mq) June 4",
        embeds=[{"words": "The alarm rang.", "author": "Marta Quennell", "handle": "@mq"}],
    )
    assert named(resolution, "Marta Quennell").handles == ("@mq",)


def test_a_document_speaks_for_its_author():
    _, by_mark = resolve("[1 Marta Quennell] spoke. [2 A letter from Marta Quennell] said so.")
    assert by_mark["1"].speakers == by_mark["2"].speakers


def test_who_passes_the_words_on_is_the_relayer():
    text = "[1 Marta Quennell] said through a spokesman that the alarm rang."
    annotation = make_annotation(0, text, RESOURCES)
    resolution = resolve_speakers(StoryId("s"), [annotation], RESOURCES)
    names = {row.id: row.name for row in resolution.speakers}
    statement = resolution.statements[0]
    assert [names[one] for one in statement.speakers] == ["Marta Quennell"]


def test_nothing_in_the_rows_says_what_titles_and_pronouns_agree_on():
    resolution, _ = resolve("[1 Ms. Quennell] said so. [2 She] left.")
    fields = {name for row in resolution.speakers for name in row.__struct_fields__}
    assert fields == {
        "id", "story_id", "name", "names", "kind", "role", "role_article_id", "handles",
    }  # fmt: skip
