# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Rules of the API description that arguments are held to before they are sent.

UNSET passes every check, and so does None: what may be null is a question of types,
and whoever sends the value decides what None means there.
"""

from __future__ import annotations

import re
from functools import cache

from .errors import InvalidArgument
from .kinds import describe, is_array, is_object, is_sequence
from .model import Model, to_json
from .unset import UNSET


def check_str(
    name: str,
    value: object,
    *,
    min_length: int = 0,
    max_length: int | None = None,
    pattern: str | None = None,
) -> None:
    """Check a string; lengths are in characters, the pattern is one of ECMA-262."""
    if value is UNSET or value is None:
        return
    if not isinstance(value, str):
        raise InvalidArgument(name, f"must be a string, not {describe(value)}")
    _check_size(name, len(value), min_length, max_length, ("character", "characters"))
    if pattern is not None:
        compiled = compile_pattern(pattern)
        if compiled is not None and not compiled.search(value):
            raise InvalidArgument(name, f"must match {pattern}")


def check_number(
    name: str,
    value: object,
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    exclusive_minimum: float | None = None,
    exclusive_maximum: float | None = None,
    multiple_of: float | None = None,
) -> None:
    if value is UNSET or value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidArgument(name, f"must be a number, not {describe(value)}")
    if minimum is not None and not value >= minimum:
        raise InvalidArgument(name, f"must be at least {minimum}")
    if maximum is not None and not value <= maximum:
        raise InvalidArgument(name, f"must be at most {maximum}")
    if exclusive_minimum is not None and not value > exclusive_minimum:
        raise InvalidArgument(name, f"must be greater than {exclusive_minimum}")
    if exclusive_maximum is not None and not value < exclusive_maximum:
        raise InvalidArgument(name, f"must be less than {exclusive_maximum}")
    if multiple_of is not None and not _is_multiple(value, multiple_of):
        raise InvalidArgument(name, f"must be a multiple of {multiple_of}")


def check_array(
    name: str,
    value: object,
    *,
    min_items: int = 0,
    max_items: int | None = None,
    unique: bool = False,
) -> None:
    if value is UNSET or value is None:
        return
    if not is_sequence(value):
        raise InvalidArgument(name, f"must be an array, not {describe(value)}")
    _check_size(name, len(value), min_items, max_items, ("item", "items"))
    if unique and len({_identity(item) for item in to_json(value)}) < len(value):
        raise InvalidArgument(name, "must not hold an item twice")


def check_object(
    name: str,
    value: object,
    *,
    min_properties: int = 0,
    max_properties: int | None = None,
) -> None:
    if value is UNSET or value is None:
        return
    if not (is_object(value) or isinstance(value, Model)):
        raise InvalidArgument(name, f"must be an object, not {describe(value)}")
    units = ("property", "properties")
    _check_size(name, len(to_json(value)), min_properties, max_properties, units)


def check_choice(name: str, value: object, *choices: str | float | bool | None) -> None:
    if value is UNSET or value is None:
        return
    if not any(_identity(value) == _identity(choice) for choice in choices):
        known = ", ".join(str(to_json(choice)) for choice in choices)
        raise InvalidArgument(name, f"must be one of: {known}")


def check_choices(
    name: str, value: object, *choices: str | float | bool | None
) -> None:
    """Check each item of an array."""
    if is_sequence(value):
        for item in value:
            check_choice(name, item, *choices)


@cache
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """Compile a pattern of ECMA-262, or give None where Python can't express it."""
    try:
        return re.compile(re.sub(_ECMA, _to_python, pattern, flags=re.DOTALL), re.ASCII)
    except (re.error, OverflowError):
        return None


_ECMA = r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?<(?![=!])|\$"
"""What may differ in Python, and what must be skipped in looking for it."""


def _to_python(match: re.Match[str]) -> str:
    return {"$": r"\Z", "(?<": "(?P<"}.get(match[0], match[0])


def _check_size(
    name: str, size: int, least: int, most: int | None, units: tuple[str, str]
) -> None:
    if size < least:
        problem = f"must have at least {least} {units[least != 1]}"
        raise InvalidArgument(name, problem)
    if most is not None and size > most:
        problem = f"must have at most {most} {units[most != 1]}"
        raise InvalidArgument(name, problem)


def _is_multiple(value: float, factor: float) -> bool:
    if isinstance(value, int) and isinstance(factor, int):
        return value % factor == 0
    from fractions import Fraction

    try:
        # 0.3 is meant as the decimal number that it was written as.
        return Fraction(repr(value)) % Fraction(repr(factor)) == 0
    except ValueError:
        return False


def _identity(value: object) -> object:
    """A key that is equal for what JSON Schema calls equal (2020-12 Core, 4.2.2)."""
    if isinstance(value, bool):
        return (bool, value)
    if is_array(value):
        return (list, *(_identity(item) for item in value))
    if is_object(value):
        return frozenset((key, _identity(item)) for key, item in value.items())
    return value
