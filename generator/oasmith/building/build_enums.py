"""Builds the types of constants and enums."""

from __future__ import annotations

from ..reading.spec import NO_ANNOTATIONS, JsonType, Schema
from .api import (
    AnyType,
    BooleanType,
    ConstantType,
    EnumType,
    NullType,
    NumberType,
    Type,
)
from .build_unions import add_nullable
from .builder import Builder, declare_alias


def build_constant(value: object) -> Type:
    match value:
        case None:
            return NullType()
        case str() | int():
            return ConstantType(value)
        case float():
            return NumberType()
        case _:
            return AnyType()


def build_enum(builder: Builder, schema: Schema) -> Type | None:
    """Build an enum of what the types allow; None when the types alone tell more."""
    values = [value for value in schema.enum or () if value is not None]
    if not values:
        return NullType()
    found: Type
    if all(isinstance(value, bool) for value in values):
        found = ConstantType(values[0]) if len(set(values)) == 1 else BooleanType()
    elif all(type(value) in (str, int) for value in values):
        allowed = [value for value in values if _fits(value, schema.types)]
        if not allowed:
            return None
        found = EnumType(tuple(dict.fromkeys(allowed)))
        if len(allowed) > 1 and schema.pointer not in builder.dissolving:
            found = declare_alias(builder, schema.pointer, found, NO_ANNOTATIONS)
    else:
        return None
    return add_nullable(found) if len(values) < len(schema.enum or ()) else found


def _fits(value: object, types: tuple[JsonType, ...]) -> bool:
    if isinstance(value, str):
        return not types or "string" in types
    return not types or "integer" in types or "number" in types
