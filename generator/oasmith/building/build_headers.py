"""Builds the headers that an operation is answered with, as far as they are typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..reading.spec import Header, Response
from .api import (
    AnyType,
    BinaryType,
    ConstantType,
    DeclaredType,
    EnumType,
    ListType,
    MapType,
    NullableType,
    NullType,
    ObjectDeclaration,
    PrefixType,
    ResponseHeader,
    StringType,
    TupleType,
    Type,
    UnionType,
)
from .api import Response as BuiltResponse
from .build_docs import build_doc
from .build_types import build_type
from .builder import Builder
from .media_types import is_json


def build_headers(builder: Builder, response: Response) -> tuple[ResponseHeader, ...]:
    """Build the headers of a response; Content-Type is none (OpenAPI 3.1.2, 4.17.1)."""
    return tuple(
        _build_header(builder, each)
        for each in response.headers
        if each.name.lower() != "content-type"
    )


def merge_headers(
    builder: Builder, responses: Iterable[BuiltResponse]
) -> tuple[ResponseHeader, ...]:
    """Put the headers of all responses together; names differ in more than case."""
    merged: dict[str, ResponseHeader] = {}
    for header in (each for response in responses for each in response.headers):
        first = merged.setdefault(header.name.lower(), header)
        if _reading_of(first) != _reading_of(header):
            merged[header.name.lower()] = _as_text(first)
            _warn(
                builder,
                header,
                f'the header "{header.name}" is given as text, as its type depends on '
                "the status",
            )
    return tuple(merged.values())


def _build_header(builder: Builder, header: Header) -> ResponseHeader:
    doc = build_doc(builder, header.schema, header.description)
    is_written = header.content_type is not None and is_json(header.content_type)
    described = build_type(builder, header.schema)
    built = ResponseHeader(
        pointer=header.pointer,
        name=header.name,
        type=described if is_written else _without_null(described),
        explode=header.explode,
        delimiter=header.delimiter,
        is_json=is_written,
        doc=replace(doc, deprecated=doc.deprecated or header.deprecated),
    )
    has_style = header.content_type is None
    readable = _is_simple if has_style else _is_scalar
    if is_written or readable(builder, built.type):
        return built
    message = "is given as text, not as what its schema describes"
    _warn(builder, built, f'the header "{header.name}" {message}')
    return _as_text(built)


def _as_text(header: ResponseHeader) -> ResponseHeader:
    return replace(header, type=StringType(), explode=False, is_json=False)


def _reading_of(header: ResponseHeader) -> object:
    """What the value of a header depends on, besides its text."""
    return header.type, header.explode, header.delimiter, header.is_json


def _warn(builder: Builder, header: ResponseHeader, message: str) -> None:
    node = builder.spec.document.node(header.pointer)
    builder.diagnostics.warning("unsupported-header", message, node)


def _without_null(built: Type) -> Type:
    """A header that is there is not null, and one of any type is text."""
    match built:
        case NullableType(inner):
            return _without_null(inner)
        case AnyType() | NullType() | BinaryType():
            return StringType()
        case ListType(item):
            return ListType(_without_null(item))
        case MapType(value):
            return MapType(_without_null(value))
        case _:
            return built


def _is_simple(builder: Builder, built: Type) -> bool:
    """Whether the style simple can write it: a scalar, or a flat array or object."""
    match built:
        case ListType(item) | MapType(item):
            return _is_scalar(builder, item)
        case DeclaredType(pointer):
            declared = builder.declarations.get(pointer)
            if isinstance(declared, ObjectDeclaration):
                return declared.additional is None and all(
                    _is_scalar(builder, each.type) for each in declared.properties
                )
            return _is_scalar(builder, built)
        case _:
            return _is_scalar(builder, built)


def _is_scalar(builder: Builder, built: Type) -> bool:
    match built:
        case TupleType() | PrefixType() | ListType() | MapType():
            return False
        case NullableType(inner):
            return _is_scalar(builder, inner)
        case UnionType(variants):
            return all(_is_scalar(builder, each) for each in variants)
        case DeclaredType(pointer):
            declared = builder.declarations.get(pointer)
            if declared is None or isinstance(declared, ObjectDeclaration):
                return False
            return isinstance(declared.type, EnumType | ConstantType)
        case _:
            return True
