"""An invented story in four outlets and a wire agency, small enough to know by heart.

Mara Quill, an engineer, says that she was told to sign a letter about a crane; Teo Brandt, the
harbour master, denies it. One outlet cuts the denial in mid-sentence, one retells it, one does
not have it; an unnamed docker's allegation has no answer.
"""

from factories import (
    make_article,
    make_carriage,
    make_copy,
    make_difference,
    make_identity,
    make_record,
    make_response,
    make_speaker,
    make_statement,
    make_utterance,
    span,
    word_edits,
)
from onrecord.config import Settings
from onrecord.records import DateRange, StoryRecord
from onrecord.runs import InputCount, Manifest
from onrecord.spans import Span

POST = make_article(
    "The crane on Brindle quay was in use on Friday.\n"
    "“I was told to sign the letter, and I was told not to read it,” said Mara Quill, an engineer.\n"
    "Teo Brandt, the harbour master, replied: “None of that is so. Nobody was told to sign.”\n"
    "“The crane has stood still since March,” said a docker. “They keep two sets of books,” he added.\n"
    "The work cost £40 million.",
    title="Engineer ‘told to sign’ crane letter",
    published="2026-04-18T09:30:00+01:00",
    published_precision="second",
    url="https://ferrypost.example/crane-letter",
    byline=("Ina Marsh",),
)
ECHO = make_article(
    "Mr Brandt answered on Saturday.\n"
    "“None of that is so. Nobody was told to sign, and the minutes will show it,” he said.\n"
    "Quill had said that she was told to sign a letter unread.\n"
    "Mr Brandt wants the letter to be published.\n"
    "The bill, about £42 million, was paid.",
    outlet="Harbour Echo",
    title="Harbour master: ‘None of that is so’",
    published="2026-04-19",
    url="https://echo.example/none-of-that",
)
WIRE = make_article(
    "BRINDLE (NWire) - “I was told to sign the letter,” engineer Mara Quill said on Friday.\n"
    "Brandt rejected her account.\n"
    "His lawyer, Jo Vance, said that Brandt may go to court.",
    outlet="NWire",
    title="Engineer says she was told to sign",
    published="2026-04-19",
)
COAST = make_article(
    WIRE.text,
    outlet="Coast Daily",
    title="Told to sign",
    published="2026-04-20",
    url="https://coast.example/told",
)

QUILL = make_speaker("Mara Quill", names=("Mara Quill", "Quill"), role="an engineer")
BRANDT = make_speaker("Teo Brandt", names=("Teo Brandt", "Mr Brandt"), role="the harbour master")
VANCE = make_speaker("Jo Vance", role="lawyer")
DOCKER = make_speaker("a docker", kind="unnamed")

FRIDAY = DateRange(start="2026-04-17", end="2026-04-17", precision="day", rule="weekday")
SATURDAY = DateRange(start="2026-04-18", end="2026-04-18", precision="day", rule="weekday")


def _by(*speakers: object) -> tuple[str, ...]:
    return tuple(speaker.id for speaker in speakers)


_U1, _U2, _U3 = "1" * 32, "2" * 32, "3" * 32
TOLD_POST = make_statement(
    POST,
    "“I was told to sign the letter, and I was told not to read it,”",
    source="Mara Quill, an engineer",
    cue="said",
    act="accuses",
    speakers=_by(QUILL),
    said=FRIDAY,
    utterance_id=_U1,
    answer_status="same_article",
)
TOLD_ECHO = make_statement(
    ECHO,
    "she was told to sign a letter unread",
    source="Quill",
    cue="said",
    act="accuses",
    speakers=_by(QUILL),
    utterance_id=_U1,
    answer_status="same_article",
)
TOLD_WIRE = make_statement(
    WIRE,
    "“I was told to sign the letter,”",
    source="engineer Mara Quill",
    cue="said",
    act="accuses",
    speakers=_by(QUILL),
    said=FRIDAY,
    utterance_id=_U1,
    answer_status="same_article",
)
TOLD_COAST = make_statement(
    COAST,
    "“I was told to sign the letter,”",
    source="engineer Mara Quill",
    cue="said",
    act="accuses",
    speakers=_by(QUILL),
    said=FRIDAY,
    utterance_id=_U1,
    answer_status="same_article",
)
DENIAL_ECHO = make_statement(
    ECHO,
    "“None of that is so. Nobody was told to sign, and the minutes will show it,”",
    source=span(ECHO, "he", 2),
    cue=span(ECHO, "said"),
    act="denies",
    speakers=_by(BRANDT),
    said=SATURDAY,
    utterance_id=_U2,
)
DENIAL_POST = make_statement(
    POST,
    "“None of that is so. Nobody was told to sign.”",
    source="Teo Brandt, the harbour master",
    cue="replied",
    act="denies",
    speakers=_by(BRANDT),
    utterance_id=_U2,
)
DENIAL_WIRE = make_statement(
    WIRE,
    "her account",
    source="Brandt",
    cue="rejected",
    act="denies",
    speakers=_by(BRANDT),
    utterance_id=_U2,
)
DENIAL_COAST = make_statement(
    COAST,
    "her account",
    source="Brandt",
    cue="rejected",
    act="denies",
    speakers=_by(BRANDT),
    utterance_id=_U2,
)
STOOD = make_statement(
    POST,
    "“The crane has stood still since March,”",
    source="a docker",
    cue=span(POST, "said", 2),
    speakers=_by(DOCKER),
)
BOOKS = make_statement(
    POST,
    "“They keep two sets of books,”",
    source=span(POST, "he", 6),
    cue="added",
    act="accuses",
    speakers=_by(DOCKER),
    answer_status="none_found",
    confidence=0.4,
)
COURT_WIRE = make_statement(
    WIRE,
    "Brandt may go to court",
    source="His lawyer, Jo Vance,",
    cue=span(WIRE, "said", 2),
    act="threatens",
    hedges="may",
    utterance_id=_U3,
    speakers=_by(VANCE),
    on_behalf=_by(BRANDT),
)
COURT_COAST = make_statement(
    COAST,
    "Brandt may go to court",
    source="His lawyer, Jo Vance,",
    cue=span(COAST, "said", 2),
    act="threatens",
    hedges="may",
    utterance_id=_U3,
    speakers=_by(VANCE),
    on_behalf=_by(BRANDT),
)
WANTS = make_statement(
    ECHO,
    "the letter to be published",
    source="Mr Brandt",
    cue="wants",
    cue_class="attitude",
    speakers=_by(BRANDT),
)


def _cut(ours: object, article: object, fullest: object, base: object) -> object:
    return word_edits(base, _whole(fullest), article, _whole(ours))


def _whole(statement: object) -> Span:
    return Span(statement.content[0].start, statement.content[-1].end)


def harbour_story() -> StoryRecord:
    """Return the record of the story, as a careful reader would compile it."""
    told = make_utterance(TOLD_POST, TOLD_ECHO, TOLD_WIRE, TOLD_COAST, id=_U1, outlets=3)
    denial = make_utterance(DENIAL_ECHO, DENIAL_POST, DENIAL_WIRE, DENIAL_COAST, id=_U2, outlets=3)
    court = make_utterance(COURT_WIRE, COURT_COAST, id=_U3, outlets=1)
    edits = _cut(DENIAL_POST, POST, DENIAL_ECHO, ECHO)
    shorter = _cut(TOLD_WIRE, WIRE, TOLD_POST, POST)
    return make_record(
        articles=[POST, ECHO, WIRE, COAST],
        statements=[
            TOLD_POST,
            TOLD_ECHO,
            TOLD_WIRE,
            TOLD_COAST,
            DENIAL_ECHO,
            DENIAL_POST,
            DENIAL_WIRE,
            DENIAL_COAST,
            STOOD,
            BOOKS,
            COURT_WIRE,
            COURT_COAST,
            WANTS,
        ],
        speakers=[QUILL, BRANDT, VANCE, DOCKER],
        identities=[
            make_identity(POST, QUILL, "Mara Quill"),
            make_identity(POST, BRANDT, "Teo Brandt"),
            make_identity(WIRE, BRANDT, "Brandt may").__class__(
                article_id=WIRE.id,
                span=span(WIRE, "Brandt", 2),
                mention="name",
                speaker_id=BRANDT.id,
                judgement="same",
                method="name",
            ),
        ],
        utterances=[told, denial, court],
        carriages=[
            make_carriage(told, TOLD_POST),
            make_carriage(told, TOLD_ECHO, ["INDIRECT"]),
            make_carriage(told, TOLD_WIRE, ["CUT_TAIL"], edits=shorter),
            make_carriage(
                told,
                TOLD_COAST,
                ["CUT_TAIL"],
                edits=_cut(TOLD_COAST, COAST, TOLD_POST, POST),
                independent=False,
            ),
            make_carriage(denial, DENIAL_ECHO),
            make_carriage(denial, DENIAL_POST, ["CUT_TAIL", "CUT_MID_SENTENCE"], edits=edits),
            make_carriage(denial, DENIAL_WIRE, ["PARAPHRASE"]),
            make_carriage(denial, DENIAL_COAST, ["PARAPHRASE"], independent=False),
            make_carriage(court, COURT_WIRE),
            make_carriage(court, COURT_COAST, ["VERBATIM"], independent=False),
        ],
        responses=[
            make_response(DENIAL_ECHO, TOLD_ECHO),
            make_response(DENIAL_POST, TOLD_POST),
            make_response(DENIAL_WIRE, TOLD_WIRE),
            make_response(DENIAL_COAST, TOLD_COAST),
        ],
        copies=[make_copy(COAST, WIRE, agency="NWire")],
        differences=[
            make_difference(
                "cost of the work",
                (POST, "£40 million", "40000000"),
                (ECHO, "about £42 million", "42000000"),
            )
        ],
    )


HOSTILE = (
    "</script><script>window.fired = 1</script><img src=x onerror='window.fired = 1'>"
    "\"'><b>\u202ebold"
)
"""Text that would run if it ever became markup, and that turns what follows it round."""


def hostile_story() -> StoryRecord:
    """Return a story with markup in every field that can hold text."""
    article = make_article(
        f"{HOSTILE} said: “{HOSTILE}”",
        outlet=HOSTILE,
        title=HOSTILE,
        byline=(HOSTILE,),
        published=HOSTILE,
        modified=HOSTILE,
        url="javascript:window.fired=1",
        language='en" onload="window.fired=1',
        locator=HOSTILE,
        truncated=True,
        truncated_why=HOSTILE,
    )
    speaker = make_speaker(HOSTILE, names=(HOSTILE, HOSTILE + "2"), role=HOSTILE)
    statement = make_statement(
        article,
        f"“{HOSTILE}”",
        source=HOSTILE,
        cue="said",
        hedges=HOSTILE,
        medium=HOSTILE,
        method=HOSTILE,
        act="accuses",
        speakers=(speaker.id,),
    )
    return make_record(
        articles=[article], statements=[statement], speakers=[speaker], title=HOSTILE
    )


def spoofed_story() -> StoryRecord:
    """Return a story whose names and wording pretend: other scripts, controls, right to left."""
    names = (
        "Pаul Marr",
        "Ana Ångström",
        "山田 Taro",
        "שירה כהן",
        "Jo\u202eraM",
        "Al\u200bbert Penn",
    )
    text = " ".join(f"“The crane fell, \U000e0041{name},” {name} said." for name in names)
    article = make_article(
        text,
        outlet="עיתון \u2066Ferry Post",
        title="\u202eenarC eht",
        url="https://ferry.example@elsewhere.example/",
    )
    speakers = [make_speaker(name, names=(name,)) for name in names]
    rows = [
        make_statement(article, f"The crane fell, \U000e0041{name}", source=name, cue="said",
                       speakers=(speaker.id,))
        for name, speaker in zip(names, speakers, strict=True)
    ]  # fmt: skip
    return make_record(articles=[article], statements=rows, speakers=speakers, title=article.title)


def make_manifest(**fields: object) -> Manifest:
    """Return the manifest of a small run."""
    defaults: dict[str, object] = {
        "tier": "rules",
        "settings": Settings(),
        "resources": "c" * 32,
        "inputs": (InputCount(input="pages", read=4, rejected=1),),
    }
    return Manifest(**(defaults | fields))
