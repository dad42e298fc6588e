"""A model is the one that was shipped, or it is refused."""

import os
import subprocess
import sys
from hashlib import sha256
from importlib.resources import files

import pytest

from onrecord import models
from onrecord.errors import ResourceError
from onrecord.models import load_tagger

FOLDER = files("onrecord.data") / "models" / "attribution"


@pytest.fixture
def copied(tmp_path, monkeypatch):
    for name in models._DIGESTS:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.setattr(models, "_FOLDER", tmp_path)
    load_tagger.cache_clear()
    yield tmp_path
    load_tagger.cache_clear()


def test_the_card_gives_the_digest_of_every_file():
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, digest in models._DIGESTS.items():
        assert sha256((FOLDER / name).read_bytes()).hexdigest() == digest
        assert f"| `{name}` |" in card
        assert digest in card


def test_the_files_stay_small():
    assert sum(len((FOLDER / name).read_bytes()) for name in models._DIGESTS) < 30_000_000


@pytest.mark.parametrize("name", sorted(models._DIGESTS))
def test_a_changed_byte_is_refused(copied, name):
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(ResourceError, match=name):
        load_tagger()


def test_a_missing_file_is_refused_and_known(copied):
    (copied / "decoder.json").unlink()
    assert not models.shipped()
    with pytest.raises(ResourceError, match=r"decoder\.json"):
        load_tagger()


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(models, "find_spec", lambda _: None)
    load_tagger.cache_clear()
    assert not models.shipped()
    with pytest.raises(ResourceError, match="onnxruntime"):
        load_tagger()
    load_tagger.cache_clear()


def test_it_is_loaded_once():
    assert load_tagger() is load_tagger()


def test_the_library_that_runs_it_keeps_no_device_id_and_so_reports_nothing(tmp_path):
    home = dict.fromkeys(("HOME", "XDG_CACHE_HOME"), str(tmp_path))
    kept = {name: text for name, text in os.environ.items() if not name.startswith("ORT_")}
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    loads = "from onrecord.models import load_tagger; load_tagger()"
    subprocess.run([sys.executable, "-c", loads], env=kept | home | path, check=True)
    assert list(tmp_path.rglob("*")) == []
