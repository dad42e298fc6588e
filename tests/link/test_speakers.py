"""Language cases of who is who, and the laws of joining speakers."""

import pytest

from speaker_cases import load, verdict

PASSING = [
    pytest.param(case, id=f"{name}-{number}-{case['phenomenon']}")
    for name in ("in-the-wild", "synthetic", "negative")
    for number, case in enumerate(load(f"{name}.json"))
]


@pytest.mark.parametrize("case", PASSING)
def test_speakers_of_a_case_are_who_they_should_be(case):
    assert verdict(case) == ""


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", load("known-failures.json"), ids=lambda case: case["phenomenon"])
def test_known_failures_are_still_failures(case):
    assert verdict(case) == ""
