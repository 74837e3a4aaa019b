# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What kind of value something is."""

from __future__ import annotations

from typing import Any, TypeGuard

from .unset import UNSET


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_sequence(value: object) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    """Whether it is what an argument may be that JSON has as an array."""
    return isinstance(value, list | tuple)


def describe(value: object) -> str:
    """Say what kind of value it is, and nothing of its content."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "a string"
        case int():
            return "an integer"
        case float():
            return "a number"
        case list():
            return "an array"
        case dict():
            return "an object"
        case _:
            return "nothing" if value is UNSET else f"a {type(value).__name__}"
