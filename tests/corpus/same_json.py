"""Compares JSON values: the same, the same in another spelling, or not the same."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from uuid import UUID

from oasmith.document import is_array, is_object

_NANOSECONDS = re.compile(r"(\.\d{6})\d+")


def is_same(first: object, second: object) -> bool:
    """Whether two values are equal; numbers are by value, and no boolean is one."""
    return _compare(first, second, lambda a, b: False)


def is_respelled(first: object, second: object) -> bool:
    """Whether values are equal but for strings that say the same in another way.

    Those are times, decimal numbers and base64.
    """
    return _compare(first, second, _says_the_same)


def first_difference(first: object, second: object, pointer: str = "") -> str:
    """Where two values differ first, and how; empty if they don't."""
    if is_same(first, second):
        return ""
    parts: list[tuple[object, object, object]] = []
    if is_object(first) and is_object(second):
        lost = [key for key in first if key not in second]
        new = [key for key in second if key not in first]
        if lost or new:
            return f"at {pointer or '/'}: lost {lost}, new {new}"
        parts = [(key, value, second[key]) for key, value in first.items()]
    elif is_array(first) and is_array(second) and len(first) == len(second):
        parts = [
            (at, a, b) for at, (a, b) in enumerate(zip(first, second, strict=True))
        ]
    told = (first_difference(a, b, f"{pointer}/{key}") for key, a, b in parts)
    at_this_place = f"at {pointer or '/'}: {first!r} became {second!r}"
    return next(filter(None, told), at_this_place)


def _compare(
    first: object, second: object, same_text: Callable[[str, str], bool]
) -> bool:
    if is_object(first) and is_object(second):
        return first.keys() == second.keys() and all(
            _compare(value, second[key], same_text) for key, value in first.items()
        )
    if is_array(first) and is_array(second):
        return len(first) == len(second) and all(
            _compare(a, b, same_text) for a, b in zip(first, second, strict=True)
        )
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, str) and isinstance(second, str):
        return first == second or same_text(first, second)
    return first == second


def _says_the_same(first: str, second: str) -> bool:
    for read in (_read_datetime, _read_time, UUID, Decimal, _read_base64):
        try:
            if read(first) == read(second):
                return True
        except (ValueError, InvalidOperation, binascii.Error):
            continue
    return False


def _read_datetime(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(_NANOSECONDS.sub(r"\1", text.upper()))


def _read_time(text: str) -> dt.time:
    return dt.time.fromisoformat(_NANOSECONDS.sub(r"\1", text.upper()))


def _read_base64(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
