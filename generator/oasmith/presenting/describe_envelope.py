"""Describes an envelope for tools that answer as the API does, such as fakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from ..building.answer_shapes import Envelope, Failure
from ..building.api import (
    AliasDeclaration,
    AnyType,
    BinaryType,
    BooleanType,
    ConstantType,
    Declaration,
    DeclaredType,
    EnumType,
    IntegerType,
    JsonContent,
    ListType,
    MapType,
    NullableType,
    NullType,
    NumberType,
    ObjectDeclaration,
    PrefixType,
    StringType,
    TupleType,
    Type,
    UnionType,
)
from ..document import Pointer

_Declarations = Mapping[Pointer, Declaration]


def describe_envelope(
    content: JsonContent, envelope: Envelope, declarations: _Declarations
) -> dict[str, Any]:
    """Tell the members of an envelope, and what else is in it at least."""
    failure, result = content.failure, envelope.result.name
    return {
        "result": result,
        "required": envelope.is_required,
        "nullable": isinstance(content.type, NullableType),
        "success": failure and failure.success,
        "errors": failure and failure.errors and failure.errors.name,
        "frame": _make_frame(content, result, declarations),
    }


def describe_failure(
    content: JsonContent, failure: Failure, declarations: _Declarations
) -> dict[str, Any]:
    """Tell the members by which an answer without a result says that it failed."""
    return {
        "success": failure.success,
        "errors": failure.errors and failure.errors.name,
        "frame": _make_frame(content, None, declarations),
    }


def _make_frame(
    content: JsonContent, result: str | None, declarations: _Declarations
) -> dict[str, Any] | None:
    """The least that a success is but for its result; None if that is not known."""
    match content.type:
        case DeclaredType(pointer) | NullableType(DeclaredType(pointer)):
            declared = declarations[pointer]
        case _:
            return None
    if not isinstance(declared, ObjectDeclaration):
        return None
    success = content.failure and content.failure.success
    frame: dict[str, Any] = {}
    try:
        for item in declared.properties:
            if item.name == result:
                continue
            if item.name == success and isinstance(item.type, BooleanType):
                frame[item.name] = True
            elif item.required:
                frame[item.name] = _least(item.type, declarations, ())
    except _Unknown:
        return None
    return frame


class _Unknown(Exception):
    """Nothing can be made up that says nothing."""


def _least(
    built: Type, declarations: _Declarations, above: tuple[Pointer, ...]
) -> object:
    """The JSON value of a type that says least.

    Raises:
        _Unknown: None is sure to be of the type.
    """
    match built:
        case AnyType() | NullType() | NullableType():
            return None
        case BooleanType():
            return False
        case IntegerType() | NumberType():
            return 0
        case StringType("text"):
            return ""
        case ConstantType(value):
            return value
        case EnumType(values):
            return values[0]
        case ListType() | PrefixType():
            return []
        case MapType():
            return {}
        case TupleType(items):
            return [_least(each, declarations, above) for each in items]
        case DeclaredType(pointer):
            return _least_declared(pointer, declarations, above)
        case StringType() | BinaryType() | UnionType():
            raise _Unknown
        case _:
            assert_never(built)


def _least_declared(
    pointer: Pointer, declarations: _Declarations, above: tuple[Pointer, ...]
) -> object:
    if pointer in above:
        raise _Unknown
    above = (*above, pointer)
    declared = declarations[pointer]
    if isinstance(declared, AliasDeclaration):
        return _least(declared.type, declarations, above)
    return {
        item.name: item.preset or _least(item.type, declarations, above)
        for item in declared.properties
        if item.required and not item.write_only
    }
