"""Scalars by the core schema of YAML 1.2 (section 10.3.2), which has JSON's in it."""

from __future__ import annotations

import math
import re

Scalar = bool | int | float | str | None

CORE_TAG = "tag:yaml.org,2002:"
"""What `!!` stands for."""

_LONGEST_NUMBER = 3500
"""Characters; Python neither reads nor prints whole numbers over 4,300 digits."""

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGERS = (
    (10, re.compile(r"[-+]?[0-9]+")),
    (8, re.compile(r"0o[0-7]+")),
    (16, re.compile(r"0x[0-9a-fA-F]+")),
)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class BadScalar(Exception):
    """A scalar that can't stand in a description."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def read_plain(written: str) -> Scalar:
    """The value of a scalar without quotes or tag; what is nothing else is a string.

    Raises:
        BadScalar: It is infinite, not a number, or too long a number.
    """
    if written in _WORDS:
        return _WORDS[written]
    number = _read_number(written)
    return written if number is None else number


def read_tagged(tag: str, written: str) -> Scalar:
    """The value of a scalar that says its own type.

    Raises:
        BadScalar: The tag is none of the core schema's, or does not fit the text.
    """
    if tag in ("!", f"{CORE_TAG}str"):
        return written
    value = read_plain(written)
    match tag.removeprefix(CORE_TAG), value:
        case ("null", None) | ("bool", bool()) | ("float", float()):
            return value
        case "int", int() if not isinstance(value, bool):
            return value
        case "float", int() if not isinstance(value, bool):
            return read_float(str(value))
        case ("null" | "bool" | "int" | "float") as name, _:
            raise BadScalar("bad-scalar", f'"{written}" can\'t be read as !!{name}')
        case _:
            raise unknown_tag(tag)


def read_integer(written: str, base: int = 10) -> int:
    """A whole number of any size that Python can print.

    Raises:
        BadScalar: It is longer than that.
    """
    if len(written) > _LONGEST_NUMBER:
        limit = f"numbers are read up to {_LONGEST_NUMBER} characters"
        raise BadScalar("number-too-long", f"{limit}, this one has {len(written)}")
    return int(written, base)


def read_float(written: str) -> float:
    """A number with a fraction or an exponent.

    Raises:
        BadScalar: It is too large for a float.
    """
    value = float(written)
    if not math.isfinite(value):
        raise not_finite(written)
    return value


def not_finite(written: str) -> BadScalar:
    """The fault of a number that JSON can't write."""
    shown = written if len(written) <= 40 else f"{written[:40]}..."
    return BadScalar("not-finite", f'"{shown}" is not a finite number')


def unknown_tag(tag: str) -> BadScalar:
    """The fault of a tag that JSON has no type for."""
    shown = tag.replace(CORE_TAG, "!!")
    return BadScalar("unknown-tag", f'the tag "{shown}" has no meaning in OpenAPI')


def _read_number(written: str) -> int | float | None:
    for base, pattern in _INTEGERS:
        if pattern.fullmatch(written):
            return read_integer(written, base)
    if _FLOAT.fullmatch(written):
        return read_float(written)
    if _NOT_FINITE.fullmatch(written):
        raise not_finite(written)
    return None
