"""Builds the types of constants and enums."""

from __future__ import annotations

from collections.abc import Sequence

from ..reading.spec import NO_ANNOTATIONS, JsonType, Schema
from .api import (
    AnyType,
    BooleanType,
    ConstantType,
    EnumType,
    ListType,
    MapType,
    NullType,
    NumberType,
    Type,
)
from .build_unions import add_nullable, combine_variants
from .builder import Builder, declare_alias


def build_constant(schema: Schema, value: object) -> Type | None:
    """Build the type of one value; None when the rest of the schema tells more."""
    match value:
        case None:
            return NullType()
        case str() | int():
            return ConstantType(value)
        case list() if schema.items is not None or schema.prefix_items:
            return None
        case dict() if schema.properties or schema.additional is not None:
            return None
        case _:
            return _type_of_kind([value])


def build_enum(builder: Builder, schema: Schema) -> Type | None:
    """Build an enum of what the types allow; None when the types alone tell more."""
    listed = schema.enum or ()
    values = [_whole(value, schema.types) for value in listed if value is not None]
    if not values:
        return NullType()
    found: Type
    if all(isinstance(value, bool) for value in values):
        found = _type_of_bools(values)
    elif all(type(value) in (str, int) for value in values):
        allowed = [
            value
            for value in values
            if isinstance(value, str | int) and _fits(value, schema.types)
        ]
        if not allowed:
            return None
        found = EnumType(tuple(dict.fromkeys(allowed)))
        if len(allowed) > 1 and schema.pointer not in builder.dissolving:
            found = declare_alias(builder, schema.pointer, found, NO_ANNOTATIONS)
    elif schema.types:
        return None
    else:
        found = _type_of_kinds(values)
    return add_nullable(found) if len(values) < len(listed) else found


def _type_of_kinds(values: Sequence[object]) -> Type:
    """The type of values of several kinds; beside a float, integers are numbers."""
    has_floats = any(isinstance(value, float) for value in values)
    kinds: dict[type, list[object]] = {}
    for value in values:
        kind = type(value)
        kinds.setdefault(float if has_floats and kind is int else kind, []).append(
            value
        )
    return combine_variants(
        [
            NumberType() if kind is float else _type_of_kind(kinds[kind])
            for kind in kinds
        ]
    )


def _type_of_kind(values: Sequence[object]) -> Type:
    match values[0]:
        case bool():
            return _type_of_bools(values)
        case dict():
            return MapType(AnyType())
        case list():
            return ListType(AnyType())
        case float():
            return NumberType()
        case _:
            return EnumType(tuple(v for v in values if isinstance(v, str | int)))


def _type_of_bools(values: Sequence[object]) -> Type:
    return ConstantType(values[0] is True) if len(set(values)) == 1 else BooleanType()


def _whole(value: object, types: tuple[JsonType, ...]) -> object:
    """Read 1.0 as 1 where an integer is asked for."""
    if types == ("integer",) and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _fits(value: object, types: tuple[JsonType, ...]) -> bool:
    if isinstance(value, str):
        return not types or "string" in types
    return not types or "integer" in types or "number" in types
