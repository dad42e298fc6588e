"""Shared set-up: Hypothesis profiles, and a small set of articles to run whole."""

import json
import os

import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

QUILL = (
    "Harbour inspector Mara Quill said the crane was never tested. "
    "“I was told to sign the letter before the barge came in,” Quill said."
)
BRANDT = (
    "Minister Teo Brandt denied the claim on Tuesday. “Nobody was told to sign anything,” "
    "Brandt said.\n\n“I was told to sign the letter,” Quill told the Echo."
)


@pytest.fixture
def rows():
    """Three input rows about one invented story."""
    return [
        {"id": "a", "outlet": "Ferry Post", "title": "Crane untested, says inspector",
         "published": "2026-04-18", "text": QUILL},
        {"id": "b", "outlet": "Harbour Echo", "title": "Minister denies claim about crane",
         "published": "2026-04-19", "text": BRANDT},
        {"id": "c", "outlet": "Radio Quay", "title": "Dog show moved to the park",
         "published": "2026-01-02", "text": "The dog show moves to the park, Ada Penn said."},
    ]  # fmt: skip


@pytest.fixture
def articles_file(tmp_path, rows):
    """The rows as a JSON lines file."""
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path
