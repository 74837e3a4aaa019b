"""OpenAPI as typed data, the same for every version of it.

Whatever 2.0, 3.0, 3.1 and 3.2 say differently has one shape here. References to
schemas are kept, since schemas may refer to themselves; all others are followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..answer_rules import PaginationRule
from ..document import Document, Pointer
from ..runtime.errors import InvalidArgument
from ..runtime.request import check_base_url

JsonType = Literal["object", "array", "string", "integer", "number", "boolean"]
ParameterPlace = Literal["path", "query", "header", "cookie", "querystring"]


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value that the description gives, where "none given" is None."""

    json: Any


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a value must keep to, besides its type; None where nothing is said."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is said of a schema without changing which values it takes."""

    title: str = ""
    description: str = ""
    default: Value | None = None
    examples: tuple[Value, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False


NO_ANNOTATIONS = Annotations()


@dataclass(frozen=True, slots=True)
class Discriminator:
    property: str
    mapping: tuple[tuple[str, Pointer], ...] = ()
    """Tag to the schema that it stands for, in the document's order."""

    default: Pointer | None = None
    """The schema of what has no tag, or one that stands for nothing."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Schema:
    """A JSON Schema; what says nothing takes every value.

    A schema that is a reference has only annotations beside it.
    """

    pointer: Pointer
    reference: Pointer | None = None
    never: bool = False
    """No value is valid: the schema ``false``."""

    types: tuple[JsonType, ...] = ()
    """The types allowed besides null; none named means any."""

    nullable: bool = False
    format: str = ""
    enum: tuple[Any, ...] | None = None
    constant: Value | None = None
    properties: tuple[tuple[str, Schema], ...] = ()
    required: tuple[str, ...] = ()
    additional: Schema | None = None
    """What properties that are not named must be, where something is said."""

    pattern_properties: tuple[tuple[str, Schema], ...] = ()
    items: Schema | None = None
    prefix_items: tuple[Schema, ...] = ()
    all_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    discriminator: Discriminator | None = None
    constraints: Constraints = NO_CONSTRAINTS
    annotations: Annotations = NO_ANNOTATIONS


@dataclass(frozen=True, slots=True)
class Family:
    """What a schema and those that extend it are told apart by."""

    discriminator: Discriminator
    """The schema's own, or the one that it inherits."""

    heirs: tuple[Pointer, ...]
    """The schemas that extend it directly."""


@dataclass(frozen=True, slots=True)
class Header:
    pointer: Pointer
    name: str
    schema: Schema
    description: str
    required: bool = False
    explode: bool = False
    delimiter: str = ","
    """What stands between the items of an array."""

    content_type: str | None = None
    """The media type that the value is written in, instead of a style."""

    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form is sent."""

    content_type: str | None
    style: str | None
    explode: bool | None
    allow_reserved: bool
    headers: tuple[Header, ...]
    is_nested: bool = False
    """Whether it has encodings of what is in the property (OpenAPI 3.2)."""

    @property
    def sole_type(self) -> str | None:
        """The content type, where it is one and not a list or a range of them."""
        is_one = self.content_type and not {",", "*"} & {*self.content_type}
        return self.content_type if is_one else None

    @property
    def is_styled(self) -> bool:
        """Whether it is written by a style, and not by its content type."""
        styled = self.style is not None or self.explode is not None
        return styled or self.allow_reserved

    @property
    def is_exploded(self) -> bool:
        """Whether the style writes each item or member by itself."""
        if self.style == "deepObject":
            return True
        return self.style in (None, "form") if self.explode is None else self.explode


@dataclass(frozen=True, slots=True)
class Example:
    """What a body may be; without a value where that stands in another file."""

    pointer: Pointer
    value: Value | None
    is_serialized: bool = False
    """Whether the value is the text that is sent (OpenAPI 3.2)."""


@dataclass(frozen=True, slots=True)
class MediaType:
    pointer: Pointer
    content_type: str
    """As written, with its parameters: "text/plain; charset=utf-8"."""

    schema: Schema | None
    item_schema: Schema | None = None
    """What each item of a sequence is (OpenAPI 3.2)."""

    encoding: Mapping[str, Encoding] = field(default_factory=dict[str, Encoding])
    is_positional: bool = False
    """Whether it has encodings of parts by their position (OpenAPI 3.2)."""

    untyped_is_binary: bool = False
    """Whether parts are bytes of which no type is said (since OpenAPI 3.1)."""

    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    pointer: Pointer
    name: str
    place: ParameterPlace
    required: bool
    schema: Schema
    style: str
    explode: bool
    allow_reserved: bool = False
    allow_empty: bool = False
    content_type: str | None = None
    """The media type that the value is written in, instead of a style."""

    description: str = ""
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class RequestBody:
    pointer: Pointer
    required: bool
    description: str
    content: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True)
class Response:
    pointer: Pointer
    status: str
    """A code, a range such as "4XX", or "default"."""

    description: str
    headers: tuple[Header, ...]
    content: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """What stands for a "{name}" in the URL of a server."""

    pointer: Pointer
    name: str
    default: str
    choices: tuple[str, ...]
    """All that it may be, the default included; none where nothing is said."""

    description: str


@dataclass(frozen=True, slots=True)
class Server:
    template: str
    """The URL as it is written; it may be relative."""

    description: str
    variables: tuple[ServerVariable, ...] = ()
    """Those that stand in the template, in its order."""

    @property
    def url(self) -> str:
        """The URL with the defaults of its variables filled in."""
        url = self.template
        for each in self.variables:
            url = url.replace(f"{{{each.name}}}", each.default)
        return url

    @property
    def is_whole(self) -> bool:
        """Whether requests can go to the URL: it is absolute, and nothing is left to
        fill in."""
        return self.is_absolute and not self.problem

    @property
    def is_absolute(self) -> bool:
        """Whether it says all that a URL needs, be it right or wrong."""
        return self.url.startswith(("http://", "https://")) and not (
            {"{", "}"} & set(self.url)
        )

    @property
    def problem(self) -> str:
        """Why no paths can be added to the URL, as a client would say it, or ""."""
        try:
            check_base_url(self.url)
        except InvalidArgument as error:
            return error.problem
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    pointer: Pointer
    method: str
    path: str
    operation_id: str | None
    tags: tuple[str, ...]
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[tuple[str, ...], ...]
    """Alternatives; each names the schemes that it needs together."""

    servers: tuple[Server, ...]
    """Those of the operation or its path; none where the document's are meant."""

    pagination: PaginationRule | None = None
    """How its answers go on, by an extension."""


@dataclass(frozen=True, slots=True)
class BearerScheme:
    """A token in the Authorization header, whoever handed it out."""

    kind: Literal["http-bearer", "oauth2", "openid-connect"]

    token_url: str | None = None
    """Where an OAuth 2 client without a user's browser gets its tokens."""


@dataclass(frozen=True, slots=True)
class BasicScheme:
    """A user name and a password (RFC 7617)."""


@dataclass(frozen=True, slots=True)
class ApiKeyScheme:
    place: Literal["header", "query", "cookie"]
    name: str


@dataclass(frozen=True, slots=True)
class MutualTlsScheme:
    """A client certificate: the transport's affair."""


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    pointer: Pointer
    name: str
    description: str
    means: BearerScheme | BasicScheme | ApiKeyScheme | MutualTlsScheme
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    document: Document
    """What it was read from; it knows where pointers stand."""

    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    schemes: tuple[SecurityScheme, ...]
    operations: tuple[Operation, ...]
    schemas: Mapping[Pointer, Schema]
    """Every schema that a reference points at, and those that extend one of these."""

    families: Mapping[Pointer, Family]
    """The schemas that others extend, and that a discriminator tells these from."""
