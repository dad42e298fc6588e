"""Bytes to characters, in the order that browsers follow."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest.decoding import decode_page, decode_text, normalise


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (codecs.BOM_UTF8 + "“é”".encode(), "“é”"),
        (codecs.BOM_UTF16_LE + "<p>é".encode("utf-16-le"), "<p>é"),
        ("<p>harbour and quay".encode("utf-16-le"), "<p>harbour and quay"),
        (
            b'<meta charset="windows-1252"><p>\x93caf\xe9\x94',
            '<meta charset="windows-1252"><p>“café”',
        ),
        (b'<meta charset="iso-8859-1"><p>\x93caf\xe9\x94', '<meta charset="iso-8859-1"><p>“café”'),
        (b"<p>" + b"It was said " * 9 + b"\x93caf\xe9\x94", "<p>" + "It was said " * 9 + "“café”"),
        ('<meta charset="iso-8859-1"><p>“café”'.encode(), '<meta charset="iso-8859-1"><p>“café”'),
        (b'<meta charset="utf-7"><p>+ADw-script+AD4-', '<meta charset="utf-7"><p>+ADw-script+AD4-'),
        (b'<meta charset="no-such"><p>caf\xc3\xa9', '<meta charset="no-such"><p>café'),
    ],
)
def test_the_codec_is_found(data, text):
    assert decode_page(data)[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Bürgel, Señor Núñez, said: “I didn’t sign it.”\n",
        "“Moll a menti,” a déclaré Zoë Prévôt à l’Écho.",
    ],
)
def test_a_short_text_with_windows_quotation_marks_is_windows_1252(text):
    assert decode_text(text.encode("cp1252")) == (text, "cp1252")


def test_other_scripts_are_not_taken_for_it():
    for codec, text in (
        ("cp1251", "Мэр сказал: “Я не подписывал это письмо”."),
        ("shift_jis", "市長は「署名していない」と言った。市長は「署名していない」と言った。"),
    ):
        assert decode_text(text.encode(codec))[1] != "cp1252"


@given(st.binary())
def test_no_bytes_make_decoding_raise(data):
    normalise(decode_page(data)[0]).encode()
    normalise(decode_text(data)[0]).encode()


@given(st.text())
def test_utf8_text_comes_back(text):
    clean = normalise(text.lstrip("\ufeff"))
    if "\0" not in clean:
        assert decode_text(clean.encode())[0] == clean
