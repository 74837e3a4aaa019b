"""Finds where the parts of a JSON text stand, without reading all of it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from json import JSONDecoder
from typing import NamedTuple

from .collector import collector_paused

_BLANK = re.compile(r"[ \t\r\n]*")
_decode = JSONDecoder().raw_decode


class _Place(NamedTuple):
    key: str
    offset: int
    """Of a member its key, of an item the item itself."""

    value: int
    """The offset of the value."""


class JsonPlaces:
    """The places of one text, which is known to be JSON.

    What stands beside the path that is asked for is skipped by json's own scanner, and
    no object or list is scanned twice.
    """

    def __init__(self, string: str) -> None:
        self._string = string
        self._scanned: dict[int, _Members] = {}

    def find(self, keys: list[str]) -> int:
        """Where the keys lead, as far as they lead anywhere."""
        start = _after_blank(self._string, 0)
        place = _Place("", start, start)
        with collector_paused():
            for key in keys:
                below = self._members(place.value).find(key)
                if below is None:
                    break
                place = below
        return place.offset

    def _members(self, offset: int) -> _Members:
        if offset not in self._scanned:
            self._scanned[offset] = _Members(self._string, offset)
        return self._scanned[offset]


class _Members:
    """The members of one object or list, scanned as far as they were asked for."""

    def __init__(self, string: str, offset: int) -> None:
        scan = {"{": _scan_object, "[": _scan_list}.get(string[offset], _scan_scalar)
        self._rest = scan(string, offset)
        self._found: dict[str, _Place] = {}

    def find(self, key: str) -> _Place | None:
        if key not in self._found:
            for place in self._rest:
                self._found[place.key] = place
                if place.key == key:
                    break
        return self._found.get(key)


def _scan_object(string: str, offset: int) -> Iterator[_Place]:
    at = _after_blank(string, offset + 1)
    while string[at] != "}":
        key, end = _decode(string, at)
        value = _after_blank(string, _after_blank(string, end) + 1)
        yield _Place(key, at, value)
        at = _after_value(string, value)


def _scan_list(string: str, offset: int) -> Iterator[_Place]:
    at = _after_blank(string, offset + 1)
    for index in count():
        if string[at] == "]":
            return
        yield _Place(str(index), at, at)
        at = _after_value(string, at)


def _scan_scalar(string: str, offset: int) -> Iterator[_Place]:
    return iter(())


def _after_value(string: str, offset: int) -> int:
    """Where the next member begins, or the bracket that ends them all."""
    end = _after_blank(string, _decode(string, offset)[1])
    return _after_blank(string, end + 1) if string[end] == "," else end


def _after_blank(string: str, offset: int) -> int:
    blank = _BLANK.match(string, offset)
    return blank.end() if blank else offset
