"""Tells which patterns of a description arguments can be checked against."""

from __future__ import annotations

from ..runtime.checks import compile_pattern


def is_usable_pattern(pattern: str) -> bool:
    """Whether the runtime can hold a string to a pattern of ECMA-262."""
    return compile_pattern(pattern) is not None
