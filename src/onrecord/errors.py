"""Every exception that onrecord raises on purpose, as a tree.

OnrecordError
├── InputError      something the user gave cannot be used
├── SpanError       a span does not lie inside its text
├── ResourceError   a word list or a weight file is missing or not the one that was shipped
├── StoreError      a run on disk is missing, damaged or of another version
└── EngineError     a process that does part of the work is gone
"""

__all__ = [
    "EngineError",
    "InputError",
    "OnrecordError",
    "ResourceError",
    "SpanError",
    "StoreError",
    "described",
]

_LONGEST = 300
"""Characters of a message that is kept: one of a library can hold the article itself."""


class OnrecordError(Exception):
    """Base of all errors raised on purpose; its message is one line a user can act on."""


class InputError(OnrecordError, ValueError):
    """Something the user gave cannot be used."""


class SpanError(OnrecordError, ValueError):
    """A span does not lie inside its text."""


class ResourceError(OnrecordError):
    """A word list or a weight file is missing or not the one that was shipped."""


class StoreError(OnrecordError):
    """A run on disk is missing, damaged or of another version."""


class EngineError(OnrecordError):
    """A process that does part of the work is gone."""


def described(error: BaseException) -> str:
    """Return the kind of an error of a library and what it says, cut to a length for a table.

    >>> described(ValueError("no day"))
    'ValueError: no day'
    """
    return f"{type(error).__name__}: {error}"[:_LONGEST]
