"""Walks over the types that declarations and operations mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..document import Pointer
from .answer_shapes import Envelope, Failure
from .api import (
    Body,
    BytesContent,
    Declaration,
    DeclaredType,
    FormBody,
    JsonBody,
    JsonContent,
    LinesBody,
    ListType,
    MapType,
    NullableType,
    ObjectDeclaration,
    Operation,
    PrefixType,
    RawBody,
    StreamContent,
    TextContent,
    TupleType,
    Type,
    UnionType,
)


def types_in(built: Type) -> Iterator[Type]:
    """The types that a type consists of, itself included, declarations unopened."""
    yield built
    for part in parts_of(built):
        yield from types_in(part)


def parts_of(built: Type) -> tuple[Type, ...]:
    """The types that a type is made of at first hand."""
    match built:
        case NullableType(inner) | ListType(inner) | MapType(inner):
            return (inner,)
        case PrefixType(prefix, rest):
            return (*prefix, rest)
        case TupleType(items):
            return items
        case UnionType(variants):
            return variants
        case _:
            return ()


def types_sent(operation: Operation) -> Iterator[Type]:
    """The types of what an operation takes."""
    for parameter in operation.parameters:
        yield parameter.type
    yield from _body_types(operation.body)


def _body_types(body: Body | None) -> Iterator[Type]:
    match body:
        case JsonBody(fields=None, type=whole):
            yield whole
        case JsonBody(fields=fields) | FormBody(fields=fields):
            for item in fields or ():
                yield item.type
        case LinesBody(item=item):
            yield item
        case RawBody() | None:
            pass


def types_received(operation: Operation) -> Iterator[Type]:
    """The types of what an operation answers, errors included."""
    for response in operation.responses:
        for _, content in response.content:
            match content:
                case JsonContent(type=built) | StreamContent(item=built):
                    yield built
                case TextContent() | BytesContent():
                    pass
    for header in operation.headers:
        yield header.type


def envelopes_in(operation: Operation) -> Iterator[Envelope]:
    """The envelopes around what an operation returns."""
    for response in operation.responses:
        for _, content in response.content:
            if isinstance(content, JsonContent) and content.envelope is not None:
                yield content.envelope


def failures_in(operation: Operation) -> Iterator[Failure]:
    """How what an operation returns tells that it failed."""
    for response in operation.responses:
        for _, content in response.content:
            if isinstance(content, JsonContent) and content.failure is not None:
                yield content.failure


def types_of(declaration: Declaration) -> Iterator[Type]:
    """The types that a declaration mentions, unopened."""
    if not isinstance(declaration, ObjectDeclaration):
        yield declaration.type
        return
    for item in declaration.properties:
        yield item.type
    if declaration.additional is not None:
        yield declaration.additional


def reach_declarations(
    declarations: Mapping[Pointer, Declaration], starts: Iterable[Iterable[Type]]
) -> set[Pointer]:
    """The declarations that types lead to, directly or through others."""
    reached: set[Pointer] = set()
    waiting = [found for types in starts for found in types]
    while waiting:
        for part in types_in(waiting.pop()):
            if isinstance(part, DeclaredType) and part.pointer not in reached:
                reached.add(part.pointer)
                waiting.extend(types_of(declarations[part.pointer]))
    return reached
