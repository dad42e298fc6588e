"""Settings of a run, as one frozen value that the manifest stores."""

from typing import Literal

from msgspec import Struct

__all__ = ["Settings", "Tier", "Wire"]

Tier = Literal["rules", "fast", "model", "auto"]
Wire = Literal["collapse", "keep", "only"]


class Settings(Struct, frozen=True, kw_only=True):
    """What a user can choose; anything that changes a result is here and in the manifest."""

    language: str = "en"
    """Language of the word lists; the only one shipped is English."""
    tier: Tier = "auto"
    """Attribution by rules alone, by the model where they are unsure, by the model, or by the model
    where it is installed."""
    wire: Wire = "collapse"
    """Count thirty copies of one agency text as one source, as thirty, or show only copies."""
    aliases: tuple[tuple[str, ...], ...] = ()
    """Rows of the user's alias file: names of one speaker, the first as it should be known."""
    page_seconds: int = 5
    """Processor time that reading one page may take; six times as much waiting, and more
    on a machine that is swamped."""
    page_megabytes: int = 768
    """Memory that reading one page may take, on top of the reader's own 150."""
