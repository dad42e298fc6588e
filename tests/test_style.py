"""House rules that linters do not know."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "onrecord"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_FILE, MAX_FUNCTION = 500, 60

BANNED_IMPORTS = {
    "pickle", "marshal", "shelve", "joblib", "dill", "socket", "urllib.request",
    "http.client", "requests", "httpx", "ftplib", "smtplib", "yaml",
}  # fmt: skip
BANNED_CALLS = {"eval", "exec", "__import__"}
VERDICTS = {
    "truthful", "liar", "lying", "credible", "credibility", "trustworthy", "reliability",
    "misleading", "debunked", "biased", "fake",
}  # fmt: skip


def names(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_files_and_functions_stay_small(path):
    source = path.read_text("utf-8")
    assert source.count("\n") <= MAX_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < MAX_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_nothing_unpickles_evaluates_or_opens_a_connection(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not BANNED_IMPORTS & {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.module not in BANNED_IMPORTS
            assert not BANNED_IMPORTS & {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in BANNED_CALLS


@pytest.mark.parametrize("path", MODULES, ids=names)
def test_modules_say_what_they_are_in_one_sentence(path):
    module = ast.parse(path.read_text("utf-8"))
    docstring = ast.get_docstring(module)
    assert docstring, "no docstring"
    assert docstring.splitlines()[0].endswith((".", ":"))


def test_no_field_or_column_passes_a_verdict():
    source = (PACKAGE / "records.py").read_text("utf-8").lower()
    assert not VERDICTS & set(re.findall(r"[a-z]+", source))
