"""What is shipped is what is locked."""

import json
import re
from pathlib import Path

REQUIREMENTS = Path(__file__).parent.parent / "requirements"


def locked():
    text = (REQUIREMENTS / "run.lock").read_text("utf-8")
    return {
        (name.casefold().replace("_", "-"), version)
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    }


def bill():
    return json.loads((REQUIREMENTS / "sbom.cdx.json").read_text("utf-8"))


def test_the_bill_of_materials_lists_just_what_is_locked():
    listed = {
        (one["name"].casefold().replace("_", "-"), one["version"]) for one in bill()["components"]
    }
    assert listed == locked(), "run: make sbom"


def test_the_bill_names_licences_and_no_address():
    text = (REQUIREMENTS / "sbom.cdx.json").read_text("utf-8")
    assert bill()["bomFormat"] == "CycloneDX"
    assert re.findall(r'"https?://[^"]*"', text) == re.findall(r'"http://cyclonedx.org[^"]*"', text)
    with_licence = [one for one in bill()["components"] if one.get("licenses")]
    assert len(with_licence) > len(bill()["components"]) / 2


def test_every_locked_package_has_digests_and_no_lock_records_an_address():
    for lock in ("run.lock", "dev.lock"):
        text = (REQUIREMENTS / lock).read_text("utf-8")
        pins = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)
        assert "://" not in text
