"""Lets the stack grow as deep as descriptions are nested."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

_DEEPEST = 20_000
"""Frames; a description may be nested 500 levels deep, at several frames a level."""


@contextmanager
def deep_recursion() -> Generator[None]:
    """Raise Python's limit while the block runs; its frames are not the C stack's."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
