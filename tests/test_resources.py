"""What the word lists and the user's own alias file give the stages."""

import pytest

from onrecord.errors import InputError
from onrecord.resources import load_resources, read_aliases


def write(tmp_path, text):
    path = tmp_path / "aliases.csv"
    path.write_text(text, "utf-8")
    return path


def test_an_alias_file_is_read_row_by_row_without_its_heading(tmp_path):
    path = write(tmp_path, "name,alias\nMarta Quennell,Velvetine,@mq\n\nIvo Lund, Captain Ivo\n")
    rows = (("Marta Quennell", "Velvetine", "@mq"), ("Ivo Lund", "Captain Ivo"))
    assert read_aliases(path) == rows


def test_an_alias_of_two_names_is_refused(tmp_path):
    path = write(tmp_path, "Marta Quennell,Velvetine\nIvo Lund,velvetine\n")
    with pytest.raises(InputError, match="velvetine"):
        read_aliases(path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(InputError):
        read_aliases(path)


def test_aliases_change_the_digest_of_the_resources():
    assert load_resources("en", (("A B", "C"),)).digest != load_resources().digest
