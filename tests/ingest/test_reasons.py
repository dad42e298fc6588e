"""The reasons of rejects are a closed, documented list."""

import re
from pathlib import Path

from onrecord.ingest.reasons import REASONS

DOCS = Path(__file__).parents[2] / "docs" / "errors.md"


def test_every_reason_is_documented_with_its_meaning():
    documented = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", DOCS.read_text(), re.MULTILINE))
    assert documented == REASONS
