# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Readers of an object's properties.

Each takes its property out of ``data``, so that what is left was read by none. The
type is compared, not tested by isinstance: json makes no subclasses, and it is faster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from .errors import DecodeError
from .mismatch import refuse
from .structures import map_of
from .unset import UNSET, Unset
from .values import decode_datetime, decode_int

T = TypeVar("T")

_read_iso = dt.datetime.fromisoformat


def required_str(data: dict[str, Any], key: str) -> str:
    value = data.pop(key, UNSET)
    if type(value) is str:
        return value
    return refuse("a string", value, key)


def optional_str(data: dict[str, Any], key: str) -> str | Unset:
    value = data.pop(key, UNSET)
    if type(value) is str or value is UNSET:
        return value
    return refuse("a string", value, key)


def required_int(data: dict[str, Any], key: str) -> int:
    value = data.pop(key, UNSET)
    return value if type(value) is int else _decode_at(key, value, decode_int)


def optional_int(data: dict[str, Any], key: str) -> int | Unset:
    value = data.pop(key, UNSET)
    if type(value) is int or value is UNSET:
        return value
    return _decode_at(key, value, decode_int)


def required_float(data: dict[str, Any], key: str) -> float:
    value = data.pop(key, UNSET)
    if type(value) is float or type(value) is int:
        return value
    return refuse("a number", value, key)


def optional_float(data: dict[str, Any], key: str) -> float | Unset:
    value = data.pop(key, UNSET)
    if type(value) is float or type(value) is int or value is UNSET:
        return value
    return refuse("a number", value, key)


def required_bool(data: dict[str, Any], key: str) -> bool:
    value = data.pop(key, UNSET)
    if value is True or value is False:
        return value
    return refuse("a boolean", value, key)


def optional_bool(data: dict[str, Any], key: str) -> bool | Unset:
    value = data.pop(key, UNSET)
    if value is True or value is False or value is UNSET:
        return value
    return refuse("a boolean", value, key)


def required_datetime(data: dict[str, Any], key: str) -> dt.datetime:
    value = data.pop(key, UNSET)
    if type(value) is str:
        size = len(value)
        # What nearly all are like, "2017-01-01T00:00:00Z" and with microseconds, by a
        # shorter way.
        if (size == 20 or size == 27) and value[10] == "T" and value[-1] == "Z":
            try:
                parsed = _read_iso(value)
            except ValueError:
                pass
            else:
                if size == 20 or parsed.microsecond:
                    return parsed
    return _decode_at(key, value, decode_datetime)


def optional_datetime(data: dict[str, Any], key: str) -> dt.datetime | Unset:
    return required_datetime(data, key) if key in data else UNSET


def required(data: dict[str, Any], key: str, decode: Callable[[Any], T]) -> T | Any:
    # "| Any" makes checkers infer T from where the result goes, which they must for
    # unions and for constants that are integers.
    return _decode_at(key, data.pop(key, UNSET), decode)


def optional(data: dict[str, Any], key: str, decode: Callable[[Any], T]) -> T | Any:
    """Read a property that may be absent, and is UNSET then."""
    value: object = data.pop(key, UNSET)
    return UNSET if value is UNSET else _decode_at(key, value, decode)


def decode_rest(data: dict[str, Any], decode: Callable[[Any], Any]) -> None:
    """Decode every property that is left, in place (additionalProperties)."""
    data.update(map_of(decode)(data))


def _decode_at(key: str, value: object, decode: Callable[[Any], T]) -> T:
    try:
        return decode(value)
    except DecodeError as error:
        error.inside(key)
        raise
