# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Decoders made of others: arrays, maps, tuples, unions and constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, LiteralString, TypeVar, overload

from .errors import DecodeError
from .kinds import describe, is_array, is_object
from .mismatch import Kept, plain, refuse
from .model import Model
from .unset import UNSET, Unset

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
# Checkers forget which literal a string was, unless the bound asks for one.
Text = TypeVar("Text", bound="LiteralString | Unset | None")


def list_of(decode: Callable[[Any], T]) -> Callable[[object], list[T]]:
    def decode_list(value: object) -> list[T]:
        if not is_array(value):
            return refuse("an array", value)
        items: list[T] = []
        try:
            for item in value:
                items.append(decode(item))
        except DecodeError as error:
            error.inside(len(items))
            raise
        return items

    return decode_list


def map_of(decode: Callable[[Any], T]) -> Callable[[object], dict[str, T]]:
    def decode_map(value: object) -> dict[str, T]:
        if not is_object(value):
            return refuse("an object", value)
        items: dict[str, T] = {}
        key = ""
        try:
            for key, item in value.items():
                items[key] = decode(item)
        except DecodeError as error:
            error.inside(key)
            raise
        return items

    return decode_map


def items_of(
    *decoders: Callable[[Any], T], rest: Callable[[Any], T]
) -> Callable[[object], list[T]]:
    """Decode the first items of an array each by a decoder of its own (prefixItems).

    There may be fewer items than decoders (JSON Schema 2020-12, section 10.3.1.1).
    """

    def decode_items(value: object) -> list[T]:
        if not is_array(value):
            return refuse("an array", value)
        items: list[T] = []
        try:
            for index, item in enumerate(value):
                decode = decoders[index] if index < len(decoders) else rest
                items.append(decode(item))
        except DecodeError as error:
            error.inside(len(items))
            raise
        return items

    return decode_items


@overload
def tuple_of(a: Callable[[Any], A], /) -> Callable[[object], tuple[A]]: ...
@overload
def tuple_of(
    a: Callable[[Any], A], b: Callable[[Any], B], /
) -> Callable[[object], tuple[A, B]]: ...
@overload
def tuple_of(
    a: Callable[[Any], A], b: Callable[[Any], B], c: Callable[[Any], C], /
) -> Callable[[object], tuple[A, B, C]]: ...
@overload
def tuple_of(
    a: Callable[[Any], A],
    b: Callable[[Any], B],
    c: Callable[[Any], C],
    d: Callable[[Any], D],
    /,
) -> Callable[[object], tuple[A, B, C, D]]: ...
@overload
def tuple_of(*decoders: Callable[[Any], Any]) -> Callable[[object], Any]: ...
def tuple_of(*decoders: Callable[[Any], Any]) -> Callable[[object], Any]:
    """Decode an array of so many items, each by a decoder of its own."""

    def decode_tuple(value: object) -> Any:
        if not is_array(value):
            return refuse("an array", value)
        if len(value) != len(decoders):
            raise DecodeError(f"{len(decoders)} items", f"{len(value)} of them")
        items: list[Any] = []
        try:
            for decode, item in zip(decoders, value, strict=True):
                items.append(decode(item))
        except DecodeError as error:
            error.inside(len(items))
            raise
        return tuple(items)

    return decode_tuple


def nullable(decode: Callable[[Any], T]) -> Callable[[object], T | None]:
    def decode_nullable(value: object) -> T | None:
        return None if value is None else decode(value)

    return decode_nullable


@overload
def constant(expected: Literal[True]) -> Callable[[object], Literal[True]]: ...
@overload
def constant(expected: Literal[False]) -> Callable[[object], Literal[False]]: ...
@overload
def constant(expected: Text) -> Callable[[object], Text]: ...
@overload
def constant(expected: T) -> Callable[[object], T]: ...
def constant(expected: Any) -> Callable[[object], Any]:
    """Decode the one value that is allowed: a JSON scalar.

    ``true`` is not 1, but 1.0 is (JSON Schema 2020-12 Core, section 4.2.2).
    """

    def decode_constant(value: object) -> Any:
        boolean = isinstance(expected, bool) or isinstance(value, bool)
        if value is expected or (value == expected and not boolean):
            return expected
        name = f'"{expected}"' if isinstance(expected, str) else describe(expected)
        return refuse(name, value)

    return decode_constant


@overload
def one_of(
    a: Callable[[Any], A], b: Callable[[Any], B], /
) -> Callable[[object], A | B]: ...
@overload
def one_of(
    a: Callable[[Any], A], b: Callable[[Any], B], c: Callable[[Any], C], /
) -> Callable[[object], A | B | C]: ...
@overload
def one_of(
    a: Callable[[Any], A],
    b: Callable[[Any], B],
    c: Callable[[Any], C],
    d: Callable[[Any], D],
    /,
) -> Callable[[object], A | B | C | D]: ...
@overload
def one_of(*decoders: Callable[[Any], T]) -> Callable[[object], T]: ...
def one_of(*decoders: Callable[[Any], Any]) -> Callable[[object], Any]:
    """Decode by the first decoder that knows all there is, or else knows most of it.

    When none can decode, the error is the one of the decoder that came furthest.
    """

    def decode_union(value: object) -> Any:
        failures: list[DecodeError] = []
        decoded: list[Any] = []
        for decode in decoders:
            try:
                result = decode(value)
            except DecodeError as error:
                failures.append(error)
                continue
            if not _count_unknown(result):
                return result
            decoded.append(result)
        if decoded:
            return min(decoded, key=_count_unknown)
        furthest = max(failures, key=lambda error: error.depth)
        if furthest.depth:
            raise furthest
        names = dict.fromkeys(error.expected for error in failures)
        raise DecodeError(" or ".join(names), describe(value))

    return decode_union


def _count_unknown(result: object) -> int:
    """How many properties the description of a variant does not name."""
    return len(result.extra) if isinstance(result, Model) else 0


def tagged(
    name: str,
    decoders: Mapping[str, Callable[[Any], T]],
    *,
    otherwise: Callable[[Any], T] | None = None,
) -> Callable[[object], T]:
    """Decode an object by what its property ``name`` says (a discriminator).

    Args:
        name: The property.
        decoders: What decodes objects that have a tag, by tag.
        otherwise: What decodes objects of another tag, or of none.
    """

    def decode_tagged(value: object) -> T:
        if not is_object(value):
            return refuse("an object", value)
        tag: object = value.get(name, UNSET)
        if isinstance(tag, str) and tag in decoders:
            return decoders[tag](value)
        if otherwise is not None:
            return otherwise(value)
        if isinstance(tag, Kept):
            return refuse("", Kept(plain(value)))
        known = " or ".join(f'"{known}"' for known in decoders)
        got = "another string" if isinstance(tag, str) else describe(tag)
        raise DecodeError(known, got, name)

    return decode_tagged
