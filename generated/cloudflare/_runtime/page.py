# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""A page as it came, and what in it tells how the answers go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .answers import json_of
from .errors import DecodeError
from .kinds import describe, is_array, is_object
from .mismatch import Kept
from .response import Response
from .unset import UNSET


class Page:
    """A page as it came: the response, and the items in it."""

    def __init__(self, response: Response, items: Sequence[object]) -> None:
        self.response = response
        self.items = items
        self.is_again = False
        """Whether it was there before, and is not to be given."""
        self._json: Any = UNSET

    def find(self, pointer: str | None) -> Any:
        """The value at a JSON Pointer, in which "-1" is the last item of an array.

        UNSET stands for none.
        """
        if pointer is None or not self.response.content:
            return UNSET
        if self._json is UNSET:
            self._json = json_of(self.response)
        value = _unmarked(self._json)
        for key in _keys(pointer):
            if is_object(value):
                value = _unmarked(value.get(key, UNSET))
            elif is_array(value) and _is_index(key, len(value)):
                value = _unmarked(value[int(key)])
            else:
                return UNSET
        return value

    def find_number(self, pointer: str | None) -> int | None:
        """A whole number, if there is one; some APIs give it as a string.

        A negative one, which some APIs give for "unknown", is none.

        Raises:
            DecodeError: There is something else.
        """
        value = self.find(pointer)
        if value is UNSET or value is None:
            return None
        number = _whole(value)
        if number is None:
            raise DecodeError("a whole number", describe(value), *path_of(pointer))
        return number if number >= 0 else None

    def is_last(self, has_more: str | None) -> bool | None:
        """Whether no page follows, if the page says so.

        Raises:
            DecodeError: It says something else.
        """
        value = self.find(has_more)
        if value is UNSET or value is None:
            return None
        if isinstance(value, bool):
            return not value
        raise DecodeError("a boolean", describe(value), *path_of(has_more))


def path_of(pointer: str | None) -> list[str]:
    """The keys of a pointer as errors have them, from the inside outwards."""
    return _keys(pointer or "")[::-1]


def _keys(pointer: str) -> list[str]:
    """The keys of a JSON Pointer (RFC 6901 section 4)."""
    keys = pointer.split("/")[1:]
    return [key.replace("~1", "/").replace("~0", "~") for key in keys]


def _is_index(key: str, length: int) -> bool:
    return length > 0 if key == "-1" else key.isdecimal() and int(key) < length


def _unmarked(value: Any) -> Any:
    """A value that was kept as it is, or any other."""
    return value.value if isinstance(value, Kept) else value


def _whole(value: object) -> int | None:
    """The whole number that a value is, or spells with so few digits as a total has."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
