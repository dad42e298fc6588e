"""Compare the codecs that are found with those that html5lib's tests name.

    python eval/trust/encodings.py [../shared/data/hostile/html5lib-tests/encoding]

Prints each disagreement in which the text differs, and how many tests agree.
"""

import argparse
import sys
from pathlib import Path

from onrecord.ingest.decoding import decode_page


def main() -> int:
    """Run and print; 1 where fewer than 98 of 100 agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path("../shared/data/hostile/html5lib-tests/encoding")
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    right = total = 0
    for path in sorted(parser.parse_args().folder.glob("*.dat")):
        for test in path.read_bytes().split(b"#data\n")[1:]:
            data, _, rest = test.partition(b"#encoding\n")
            data, wanted = data.rstrip(b"\n"), rest.strip().split(b"\n")[0].decode("ascii")
            text, found = decode_page(data)
            same = text == data.decode(wanted, "replace").removeprefix("\ufeff")
            total += 1
            right += same
            if not same:
                print(f"{path.name}: wanted {wanted}, found {found}: {data[:60]!r}")
    print(f"{right} of {total} texts as wanted")
    return 0 if right >= 0.98 * total else 1


if __name__ == "__main__":
    sys.exit(main())
