"""The pages that follow from the code are what the code says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_generated_pages_are_current():
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_page_of_the_site_can_be_reached():
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    text = "".join((ROOT / "docs" / name).read_text("utf-8") for name in sorted(pages))
    assert [name for name in sorted(pages - {"index.md"}) if f"({name})" not in text] == []
