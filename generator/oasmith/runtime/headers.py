# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Typed headers of answers, each read when somebody asks for it.

Values are read in the style "simple" (OpenAPI 3.1.2 section 4.12.2.3): "blue",
"blue,black", "R,100,G,200" or, exploded, "R=100,G=200".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, Self, TypeVar, overload

from .answers import load_json
from .errors import DecodeError
from .response import Response
from .unset import UNSET, Unset
from .values import decode_datetime

T = TypeVar("T")

_NUMBER = re.compile(r"(-?[0-9]{1,4000})(\.[0-9]+)?([eE][-+]?[0-9]{1,4})?")


class TypedHeaders:
    """The headers of an answer, by attributes that its class has for them."""

    __slots__ = ("_headers",)

    def __init__(self, headers: Mapping[str, str]) -> None:
        """Take headers by name in lower case, as responses and StatusError have."""
        self._headers = headers

    @classmethod
    def from_response(cls, response: Response) -> Self:
        return cls(response.headers)

    def read_header(self, name: str, read: Callable[[str], T]) -> T | Unset:
        """Read any header, by name.

        Raises:
            DecodeError: The value is not what ``read`` expects.
        """
        text = self._headers.get(name.lower())
        if text is None:
            return UNSET
        try:
            return read(text.strip())
        except DecodeError as error:
            below = f" at {error.pointer}" if error.pointer else ""
            expected = f'{error.expected} in the header "{name}"{below}'
            raise DecodeError(expected, error.got) from None


class TypedHeader(Generic[T]):
    """A header as an attribute: its value, or UNSET where it was not sent.

    Reading it raises DecodeError where the value is not what the description says.
    """

    def __init__(self, name: str, read: Callable[[str], T]) -> None:
        self._name = name
        self._read = read

    @overload
    def __get__(self, owner: None, kind: type[TypedHeaders]) -> Self: ...
    @overload
    def __get__(self, owner: TypedHeaders, kind: type[TypedHeaders]) -> T | Unset: ...
    def __get__(
        self, owner: TypedHeaders | None, kind: type[TypedHeaders]
    ) -> Self | T | Unset:
        if owner is None:
            return self
        return owner.read_header(self._name, self._read)


def header_scalar(decode: Callable[[object], T]) -> Callable[[str], T]:
    """Read a number or boolean; a string only where the decoder takes no other."""

    def read_scalar(text: str) -> T:
        value = _as_scalar(text)
        try:
            return decode(value)
        except DecodeError:
            if value is text:
                raise
        return decode(text)

    return read_scalar


def header_timestamp(text: str) -> dt.datetime:
    """Read a date-time of RFC 3339, or one as HTTP has it (RFC 9110 section 5.6.7)."""
    if text[:1].isalpha():
        from email.utils import parsedate_to_datetime

        try:
            return parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            pass
    return decode_datetime(text)


def header_items(
    read: Callable[[str], T], delimiter: str = ","
) -> Callable[[str], list[T]]:
    """Read an array of scalars."""

    def read_items(text: str) -> list[T]:
        return [read(item.strip()) for item in text.split(delimiter)] if text else []

    return read_items


def header_entries(
    read: Callable[[str], T], *, explode: bool = False
) -> Callable[[str], dict[str, T]]:
    """Read an object whose property names are data, and its values scalars."""

    def read_entries(text: str) -> dict[str, T]:
        return {key: read(value) for key, value in _pairs(text, explode).items()}

    return read_entries


def header_members(
    decode: Callable[[dict[str, Any]], T],
    scalars: Collection[str] = (),
    *,
    explode: bool = False,
) -> Callable[[str], T]:
    """Read an object; ``scalars`` are its properties that are no strings."""

    def read_members(text: str) -> T:
        pairs = _pairs(text, explode)
        return decode(
            {
                key: _as_scalar(value) if key in scalars else value
                for key, value in pairs.items()
            }
        )

    return read_members


def header_json(decode: Callable[[Any], T]) -> Callable[[str], T]:
    """Read a header that the description gives a JSON ``content``."""

    def read_json(text: str) -> T:
        try:
            value: Any = load_json(text)
        except (ValueError, RecursionError):
            raise DecodeError("JSON", "something else") from None
        return decode(value)

    return read_json


def _pairs(text: str, explode: bool) -> dict[str, str]:
    items = [item.strip() for item in text.split(",")] if text else []
    if explode:
        pairs = [item.partition("=") for item in items]
        if all(mark for _, mark, _ in pairs):
            return {key: value for key, _, value in pairs}
    elif len(items) % 2 == 0:
        return dict(zip(items[::2], items[1::2], strict=True))
    raise DecodeError("names with values", "something else")


def _as_scalar(text: str) -> object:
    """The number or boolean that a text stands for, or else the text itself."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    if number[2] is None and number[3] is None:
        return int(text)
    value = float(text)
    return value if abs(value) < float("inf") else text
