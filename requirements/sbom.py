"""Keep of a bill of materials (CycloneDX, JSON) what is the same on every machine.

    cyclonedx-py environment ... | python requirements/sbom.py > requirements/sbom.cdx.json

`make sbom` runs it. What installs the packages is not part of the product, and addresses of
package registries differ from place to place; name, version and licence of a package identify it,
and the digests of its files stand in `requirements/run.lock`.
"""

import json
import sys

INSTALLERS = {"pip", "setuptools"}


def main():
    bill = json.load(sys.stdin)
    kept = [one for one in bill["components"] if one["name"] not in INSTALLERS]
    refs = {one["bom-ref"] for one in kept} | {bill["metadata"]["component"]["bom-ref"]}
    bill["components"] = [plain(one) for one in kept]
    bill["metadata"] = {"component": plain(bill["metadata"]["component"])}
    bill["dependencies"] = [
        {"ref": one["ref"], "dependsOn": sorted(refs & set(one.get("dependsOn", ())))}
        for one in bill["dependencies"]
        if one["ref"] in refs
    ]
    json.dump(bill, sys.stdout, indent=1, ensure_ascii=False)
    print()


def plain(component):
    dropped = ("externalReferences", "properties", "description")
    return {field: value for field, value in component.items() if field not in dropped}


if __name__ == "__main__":
    main()
