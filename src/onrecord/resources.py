"""Word lists and weights: read once per process, checked, and passed to every stage.

A `.txt` file under `data/<language>/` is a word list (one entry a line), a `.tsv` file a table
(fields between tabs); `#` starts a comment line. Stages never open a file.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from onrecord.config import Tier
from onrecord.errors import InputError, ResourceError
from onrecord.ids import content_hash
from onrecord.models import UNSURE, TaggerModel, load_tagger, shipped

__all__ = ["Resources", "load_resources", "read_aliases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Everything a stage may consult besides its rows; equal where the digests are equal."""

    language: str
    digest: str
    lists: Mapping[str, tuple[str, ...]] = field(compare=False)
    """Word lists by file name without ending, in file order."""
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(compare=False)
    """Pattern tables by file name without ending, in file order."""
    tagger: TaggerModel | None = field(default=None, compare=False)
    """The attribution model, where the tier asks for it."""

    def __hash__(self) -> int:
        """Return the hash of the digest: what equal resources have, and cheap to ask for."""
        return hash(self.digest)

    @property
    def tier(self) -> str:
        """What reads the articles: "rules", "model", or "fast" (the model where rules are unsure)."""
        if self.tagger is None:
            return "rules"
        return "fast" if self.tagger.unsure else "model"

    def words(self, name: str) -> frozenset[str]:
        """Return the word list *name* as a set.

        Raises:
            ResourceError: there is no such list.
        """
        if name not in self.lists:
            raise ResourceError(f"no word list {name!r} for language {self.language!r}")
        return _as_set(self, name)


@cache
def _as_set(resources: Resources, name: str) -> frozenset[str]:
    return frozenset(resources.lists[name])


def _entries(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_aliases(path: Path) -> tuple[tuple[str, ...], ...]:
    """Return the rows of an alias file: CSV, a name and then other names of the same speaker.

    A first row that starts with "name" is a heading.

    Raises:
        InputError: one alias is given to two names, or the file is no CSV in UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [[cell.strip() for cell in row] for row in csv.reader(stream)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: not a CSV file in UTF-8 ({error})") from error
    rows = [tuple(cell for cell in row if cell) for row in cells]
    if rows and rows[0] and rows[0][0].casefold() == "name":
        del rows[0]
    owner: dict[str, str] = {}
    for row in filter(None, rows):
        for form in row:
            if owner.setdefault(form.casefold(), row[0]) != row[0]:
                other = owner[form.casefold()]
                raise InputError(f"{path}: {form!r} is given to {other!r} and to {row[0]!r}")
    return tuple(filter(None, rows))


@cache
def load_resources(
    language: str = "en", aliases: tuple[tuple[str, ...], ...] = (), tier: Tier = "rules"
) -> Resources:
    """Return the word lists and tables for *language* (BCP 47, such as "en"), and the models.

    The tier "auto" takes the attribution model where it can run, and does without elsewhere;
    "fast" lets it read only what the rules are unsure of.

    *aliases* are the user's own rows of names of one speaker; they become the table `aliases`.

    Raises:
        ResourceError: nothing is shipped for the language, or *tier* asks for the model, which
            cannot run here, or one of its files is not the one that was shipped.
    """
    folder = files("onrecord.data") / language
    if not folder.is_dir():
        raise ResourceError(f"no word lists for language {language!r}; shipped: en")
    lists: dict[str, tuple[str, ...]] = {}
    tables: dict[str, tuple[tuple[str, ...], ...]] = {}
    parts: list[str] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        stem, _, ending = entry.name.rpartition(".")
        if ending not in ("txt", "tsv"):
            continue
        text = entry.read_text(encoding="utf-8")
        parts += [entry.name, text]
        lines = _entries(text)
        if ending == "txt":
            lists[stem] = tuple(line.strip() for line in lines)
        else:
            tables[stem] = tuple(tuple(line.split("\t")) for line in lines)
    tables["aliases"] = aliases
    parts += ["aliases", *("\t".join(row) for row in aliases)]
    wanted = tier in ("model", "fast") or (tier == "auto" and shipped())
    tagger = load_tagger() if wanted else None
    if tagger is not None:
        tagger = replace(tagger, unsure=UNSURE) if tier == "fast" else tagger
        parts += [tagger.name, tagger.digest, *([str(tagger.unsure)] if tagger.unsure else [])]
    return Resources(
        language=language,
        digest=content_hash("resources", *parts),
        lists=lists,
        tables=tables,
        tagger=tagger,
    )
