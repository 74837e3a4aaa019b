"""What an API means: its operations and the types of what they take and give.

No Python text stands here, and no identifier: those are made from this model later.
Types that have a name of their own are declarations, known by the JSON pointer at
which their schema stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..document import Document, Pointer
from ..reading.spec import (
    NO_CONSTRAINTS,
    Constraints,
    Encoding,
    ParameterPlace,
    SecurityScheme,
    Server,
    Tag,
    Value,
)
from .answer_shapes import Envelope, Failure, Paging

Scalar = str | int | float | bool | None

StringFormat = Literal["text", "date-time", "date", "time", "uuid", "byte", "decimal"]


@dataclass(frozen=True, slots=True)
class AnyType:
    """Every JSON value."""


@dataclass(frozen=True, slots=True)
class NullType:
    """Nothing but null."""


@dataclass(frozen=True, slots=True)
class BooleanType:
    pass


@dataclass(frozen=True, slots=True)
class IntegerType:
    pass


@dataclass(frozen=True, slots=True)
class NumberType:
    pass


@dataclass(frozen=True, slots=True)
class StringType:
    format: StringFormat = "text"


@dataclass(frozen=True, slots=True)
class BinaryType:
    """Bytes that are no JSON: a file in a form, or a whole body."""


@dataclass(frozen=True, slots=True)
class ConstantType:
    """One value, which a response is held to."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class EnumType:
    """Some strings or integers; a response may hold others of their kind."""

    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NullableType:
    type: Type


@dataclass(frozen=True, slots=True)
class ListType:
    item: Type


@dataclass(frozen=True, slots=True)
class TupleType:
    """An array of so many items, each with a type of its own."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class PrefixType:
    """An array of any length, whose first items have types of their own."""

    prefix: tuple[Type, ...]
    rest: Type


@dataclass(frozen=True, slots=True)
class MapType:
    """An object whose property names are data."""

    value: Type


@dataclass(frozen=True, slots=True)
class UnionType:
    """One of several types, told apart by a tag or else tried in order."""

    variants: tuple[Type, ...]
    tag: Tagging | None = None


@dataclass(frozen=True, slots=True)
class Tagging:
    """A string property that tells which variant an object is."""

    property: str
    variants: tuple[tuple[str, Type], ...]
    otherwise: Type | None = None
    """What an object is that has no tag, or one that is not known."""


@dataclass(frozen=True, slots=True)
class DeclaredType:
    """A type that is declared elsewhere, under its pointer."""

    pointer: Pointer


Type = (
    AnyType
    | NullType
    | BooleanType
    | IntegerType
    | NumberType
    | StringType
    | BinaryType
    | ConstantType
    | EnumType
    | NullableType
    | ListType
    | TupleType
    | PrefixType
    | MapType
    | UnionType
    | DeclaredType
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """What a description says in words."""

    title: str = ""
    text: str = ""
    constraints: Constraints = NO_CONSTRAINTS
    default: Value | None = None
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    pointer: Pointer
    name: str
    type: Type
    required: bool
    read_only: bool
    write_only: bool
    doc: Doc
    preset: str | None = None
    """What it holds in a new object, unless it is told otherwise: the object's tag."""


@dataclass(frozen=True, slots=True)
class ObjectDeclaration:
    pointer: Pointer
    properties: tuple[Property, ...]
    additional: Type | None
    """What properties that are not named must be, where something is said."""

    doc: Doc


@dataclass(frozen=True, slots=True)
class AliasDeclaration:
    """A type that deserves a name: an enum, a union, or one that holds itself."""

    pointer: Pointer
    type: Type
    doc: Doc


Declaration = ObjectDeclaration | AliasDeclaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    pointer: Pointer
    name: str
    place: ParameterPlace
    required: bool
    type: Type
    style: str
    explode: bool
    allow_reserved: bool
    content_type: str | None
    doc: Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonBody:
    pointer: Pointer
    content_type: str
    type: Type
    required: bool
    fields: tuple[Property, ...] | None
    """The properties, where they are passed one by one."""

    doc: Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBody:
    """A form, url-encoded or of several parts; its properties are passed one by one."""

    pointer: Pointer
    content_type: str
    required: bool
    fields: tuple[Property, ...]
    encoding: Mapping[str, Encoding]
    doc: Doc

    @property
    def multipart(self) -> bool:
        return self.content_type.startswith("multipart/")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBody:
    """Text or bytes that are sent as they are."""

    pointer: Pointer
    content_type: str
    required: bool
    text: bool
    doc: Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesBody:
    """JSON Lines, a line for each item."""

    pointer: Pointer
    content_type: str
    required: bool
    item: Type
    doc: Doc


Body = JsonBody | FormBody | RawBody | LinesBody


@dataclass(frozen=True, slots=True)
class JsonContent:
    type: Type
    envelope: Envelope | None = None
    """What of it is returned, where that is not all of it."""

    failure: Failure | None = None
    """How it tells that the operation failed, where the status is a success."""

    @property
    def returned(self) -> Type:
        return self.envelope.returns if self.envelope else self.type


@dataclass(frozen=True, slots=True)
class TextContent:
    pass


@dataclass(frozen=True, slots=True)
class BytesContent:
    pass


@dataclass(frozen=True, slots=True)
class StreamContent:
    """Items that are given as they arrive."""

    form: Literal["lines", "sequence", "events", "text events", "event objects"]
    item: Type
    """Of an event: what its data is, or all of it where it is given as an object."""


Content = JsonContent | TextContent | BytesContent | StreamContent


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """A header of an answer, as it is read."""

    pointer: Pointer
    name: str
    type: Type
    explode: bool
    delimiter: str
    is_json: bool
    doc: Doc


@dataclass(frozen=True, slots=True)
class Response:
    pointer: Pointer
    status: str
    content: tuple[tuple[str, Content], ...]
    """What is in the body by media type; nothing where the body is empty."""

    headers: tuple[ResponseHeader, ...]
    """What is described of a success; the headers of errors have no types."""

    is_error: bool
    doc: Doc
    is_download: bool = False
    """Whether it is what a redirect leads to, of which the description says nothing."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What makes an operation one of several ways to call the same one."""

    of: Pointer
    """The operation that it is another way of."""

    content_type: str | None
    """The media type that the body is sent in; None for that of the operation."""

    streams: bool = False
    """Whether it gives item by item what the operation gives as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    pointer: Pointer
    variant: Variant | None
    """None for the operation as it is called first of all."""

    method: str
    path: str
    operation_id: str | None
    tags: tuple[str, ...]
    summary: str
    doc: Doc
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: tuple[Response, ...]
    headers: tuple[ResponseHeader, ...]
    """Those of all successes together, unless it is one of several ways."""

    security: tuple[tuple[str, ...], ...]
    server: str | None
    paging: Paging | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    document: Document
    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    schemes: tuple[SecurityScheme, ...]
    operations: tuple[Operation, ...]
    declarations: Mapping[Pointer, Declaration]
