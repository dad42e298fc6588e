"""Content-hashed identifiers: the same row gets the same id in every run, order and machine."""

import hashlib
from typing import NewType

__all__ = [
    "ArticleId",
    "SpeakerId",
    "StatementId",
    "StoryId",
    "UtteranceId",
    "content_hash",
]

ArticleId = NewType("ArticleId", str)
StatementId = NewType("StatementId", str)
SpeakerId = NewType("SpeakerId", str)
StoryId = NewType("StoryId", str)
UtteranceId = NewType("UtteranceId", str)

_DIGEST_BYTES = 16  # 128 bits: no collision to be expected below 10^18 rows


def content_hash(kind: str, *parts: str) -> str:
    """Return 32 hexadecimal digits for *kind* and *parts*.

    Parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ.

    >>> content_hash("story", "a", "bc") == content_hash("story", "ab", "c")
    False
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in (kind, *parts):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
