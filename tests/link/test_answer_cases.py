import pytest

from answer_cases import CASES, links_of, load

FILES = sorted(path.name for path in CASES.glob("*.json"))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for name in FILES for case in load(name)]
)
def test_who_answers_whom_in_cases(case) -> None:
    assert links_of(case) == sorted(case["links"])


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_cases_of_no_answer(name) -> None:
    cases = load(name)
    assert any(not case["links"] for case in cases)
    assert any(case["links"] for case in cases)
