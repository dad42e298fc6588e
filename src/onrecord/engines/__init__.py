"""Where stages run."""

import gc

__all__ = ["collect_rarely"]

_YOUNG = 20_000
"""New objects at which cycles are looked for; Python's own 700 are made by a few sentences."""


def collect_rarely() -> None:
    """Look for cycles of objects less often in this process.

    Stages make rows and tuples, hardly ever cycles, so each search goes over what lives in vain.
    It is for processes that are our own: the command and its workers. The processes that parse
    pages, whose trees are cycles, keep Python's setting.
    """
    gc.set_threshold(_YOUNG)
