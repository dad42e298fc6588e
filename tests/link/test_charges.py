from factories import make_article, make_speaker, make_statement
from onrecord.link.aims import aims_of
from onrecord.link.charges import charges_of
from onrecord.resources import load_resources

QUILL, BRANDT = make_speaker("Mara Quill"), make_speaker("Teo Brandt")
VANCE = make_speaker("Jude Vance")
ARTICLE = make_article(
    "Mara Quill said Teo Brandt hid the crane report. Jude Vance said nobody hid a crane. "
    "Brandt denied hiding the crane. Brandt said the weather was fine."
)


def looked_up():
    rows = [
        make_statement(ARTICLE, words, act=act, speakers=(speaker.id,))
        for words, act, speaker in (
            ("Teo Brandt hid the crane report", "accuses", QUILL),
            ("nobody hid a crane", "accuses", VANCE),
            ("hiding the crane", "denies", BRANDT),
            ("the weather was fine", "states", BRANDT),
        )
    ]
    aims = aims_of({ARTICLE.id: ARTICLE}, rows, (QUILL, BRANDT, VANCE), (), load_resources("en"))
    return aims, charges_of(aims)


def test_charges_are_found_by_whom_they_meet() -> None:
    aims, charges = looked_up()
    assert charges.about(aims[2]) == [aims[0]]


def test_charges_are_found_by_their_words() -> None:
    aims, charges = looked_up()
    assert charges.in_words_of(aims[2]) == aims[:2]


def test_what_charges_nobody_is_not_found() -> None:
    aims, charges = looked_up()
    assert aims[3] not in (*charges.about(aims[3]), *charges.in_words_of(aims[3]))
