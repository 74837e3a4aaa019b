"""Reads paths and operations of OpenAPI 3: parameters, bodies, responses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .diagnostics import Diagnostics
from .document import (
    Document,
    Node,
    Pointer,
    is_array,
    is_object,
    join_pointer,
    objects_in,
    pointer_of_reference,
)
from .read_schema import SchemaReader, read_schema
from .select import UNSELECTED, methods_of, operations_in, path_item_parts
from .spec import (
    Encoding,
    Header,
    MediaType,
    Operation,
    Parameter,
    ParameterPlace,
    RequestBody,
    Response,
    Schema,
    Server,
)

_PLACES: Mapping[str, ParameterPlace] = {
    "path": "path",
    "query": "query",
    "header": "header",
    "cookie": "cookie",
    "querystring": "querystring",
}

_DEFAULT_STYLES = {"path": "simple", "header": "simple", "query": "form"}

# OpenAPI 3.0.4 section 4.8.12.1: these header parameters shall be ignored.
_RESERVED_HEADERS = frozenset({"accept", "content-type", "authorization"})


@dataclass(frozen=True, slots=True)
class Reader:
    document: Document
    diagnostics: Diagnostics
    schema_reader: SchemaReader

    def node(self, pointer: Pointer) -> Node:
        return self.document.node(pointer)


def read_operations(reader: Reader) -> tuple[Operation, ...]:
    """Read every operation, in the document's order."""
    document = reader.document
    methods = methods_of(document)
    return tuple(
        _read_operation(reader, _Outer(path, part, place), method, raw, pointer)
        for path, item in objects_in(document.root.get("paths"))
        if not path.startswith("x-")
        for place, part in path_item_parts(document, item, join_pointer("/paths", path))
        for method, raw, pointer in operations_in(part, place, methods)
        if UNSELECTED not in raw
    )


def read_servers(reader: Reader, raw: object) -> tuple[Server, ...]:
    """Read servers, with the defaults of their variables filled in."""
    return tuple(
        Server(_fill_variables(server), str(server.get("description", "")))
        for server in (raw if is_array(raw) else [])
        if is_object(server)
    )


def resolve(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Mapping[str, Any], Pointer]:
    """Follow references, to anything but schemas, to what they stand for."""
    seen: set[Pointer] = set()
    while isinstance(reference := raw.get("$ref"), str):
        target = pointer_of_reference(reference)
        found: Any = None
        if target is not None and target not in seen:
            try:
                found = reader.document.find(target)
            except (LookupError, ValueError):
                found = None
        if target is None or not is_object(found):
            reader.diagnostics.error(
                "unresolved-reference",
                f'"{reference}" leads nowhere in this description',
                reader.node(pointer),
            )
            return {}, pointer
        seen.add(target)
        raw, pointer = found, target
    return raw, pointer


@dataclass(frozen=True, slots=True)
class _Outer:
    """The path item around an operation."""

    path: str
    raw: Mapping[str, Any]
    pointer: Pointer


def _read_operation(
    reader: Reader, outer: _Outer, method: str, raw: Mapping[str, Any], pointer: Pointer
) -> Operation:
    operation_id = raw.get("operationId")
    tags = raw.get("tags")
    return Operation(
        pointer=pointer,
        method=method,
        path=outer.path,
        operation_id=operation_id if isinstance(operation_id, str) else None,
        tags=tuple(str(tag) for tag in tags) if is_array(tags) else (),
        summary=str(raw.get("summary", "")),
        description=str(raw.get("description", "")),
        deprecated=raw.get("deprecated") is True,
        parameters=_read_parameters(reader, outer, raw, pointer),
        body=_read_body(reader, raw, pointer),
        responses=_read_responses(reader, raw, pointer),
        security=_read_security(reader, raw),
        servers=read_servers(reader, raw.get("servers", outer.raw.get("servers"))),
    )


def _read_parameters(
    reader: Reader, outer: _Outer, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Parameter, ...]:
    """Read the path's parameters and the operation's, which replace those."""
    found: dict[tuple[str, str], Parameter] = {}
    for owner, above in ((outer.raw, outer.pointer), (raw, pointer)):
        listed = owner.get("parameters")
        for index, item in enumerate(listed if is_array(listed) else []):
            if is_object(item):
                place = join_pointer(above, "parameters", index)
                parameter = _read_parameter(reader, *resolve(reader, item, place))
                if parameter is not None:
                    found[(parameter.place, parameter.name)] = parameter
    return tuple(found.values())


def _read_parameter(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> Parameter | None:
    name, place = str(raw.get("name", "")), _PLACES.get(str(raw.get("in")))
    if place is None or (place == "header" and name.lower() in _RESERVED_HEADERS):
        return None
    content = _read_content(reader, raw, pointer)
    style = str(raw.get("style", _DEFAULT_STYLES.get(place, "form")))
    explode = raw.get("explode")
    return Parameter(
        pointer=pointer,
        name=name,
        place=place,
        required=raw.get("required") is True or place == "path",
        schema=_parameter_schema(reader, raw, pointer, content),
        style=style,
        explode=explode if isinstance(explode, bool) else style in ("form", "cookie"),
        allow_reserved=raw.get("allowReserved") is True,
        allow_empty=raw.get("allowEmptyValue") is True,
        content_type=content[0].content_type if content else None,
        description=str(raw.get("description", "")),
        deprecated=raw.get("deprecated") is True,
    )


def _parameter_schema(
    reader: Reader,
    raw: Mapping[str, Any],
    pointer: Pointer,
    content: tuple[MediaType, ...],
) -> Schema:
    if content and content[0].schema is not None:
        return content[0].schema
    place = join_pointer(pointer, "schema")
    return read_schema(reader.schema_reader, raw.get("schema", {}), place)


def _read_body(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> RequestBody | None:
    written = raw.get("requestBody")
    if not is_object(written):
        return None
    body, place = resolve(reader, written, join_pointer(pointer, "requestBody"))
    return RequestBody(
        pointer=place,
        required=body.get("required") is True,
        description=str(body.get("description", "")),
        content=_read_content(reader, body, place),
    )


def _read_content(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[MediaType, ...]:
    return tuple(
        _read_media_type(reader, content_type, media, place)
        for content_type, written in objects_in(raw.get("content"))
        for media, place in [
            resolve(reader, written, join_pointer(pointer, "content", content_type))
        ]
    )


def _read_media_type(
    reader: Reader, content_type: str, raw: Mapping[str, Any], pointer: Pointer
) -> MediaType:
    schemas = {
        key: read_schema(reader.schema_reader, raw[key], join_pointer(pointer, key))
        for key in ("schema", "itemSchema")
        if key in raw
    }
    encoding = {
        name: _read_encoding(reader, written, join_pointer(pointer, "encoding", name))
        for name, written in objects_in(raw.get("encoding"))
    }
    return MediaType(
        pointer=pointer,
        content_type=content_type,
        schema=schemas.get("schema"),
        item_schema=schemas.get("itemSchema"),
        encoding=encoding,
    )


def _read_encoding(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> Encoding:
    explode = raw.get("explode")
    return Encoding(
        content_type=raw.get("contentType"),
        style=raw.get("style"),
        explode=explode if isinstance(explode, bool) else None,
        allow_reserved=raw.get("allowReserved") is True,
        headers=_read_headers(reader, raw, pointer),
    )


def _read_responses(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Response, ...]:
    responses: list[Response] = []
    for status, written in objects_in(raw.get("responses")):
        if status.startswith("x-"):
            continue
        place = join_pointer(pointer, "responses", status)
        found, where = resolve(reader, written, place)
        responses.append(
            Response(
                pointer=where,
                status=status,
                description=str(found.get("description", "")),
                headers=_read_headers(reader, found, where),
                content=_read_content(reader, found, where),
            )
        )
    return tuple(responses)


def _read_headers(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Header, ...]:
    headers: list[Header] = []
    for name, written in objects_in(raw.get("headers")):
        place = join_pointer(pointer, "headers", name)
        header, where = resolve(reader, written, place)
        content = _read_content(reader, header, where)
        headers.append(
            Header(
                name=name,
                schema=_parameter_schema(reader, header, where, content),
                required=header.get("required") is True,
                description=str(header.get("description", "")),
            )
        )
    return tuple(headers)


def _read_security(
    reader: Reader, raw: Mapping[str, Any]
) -> tuple[tuple[str, ...], ...]:
    """Read the alternatives; none at all is one that needs nothing."""
    written = raw.get("security", reader.document.root.get("security"))
    alternatives = [
        tuple(alternative)
        for alternative in (written if is_array(written) else [])
        if is_object(alternative)
    ]
    return tuple(dict.fromkeys(alternatives)) or ((),)


def _fill_variables(server: Mapping[str, Any]) -> str:
    url = str(server.get("url", "/"))
    variables = dict(objects_in(server.get("variables")))
    return re.sub(
        r"\{([^{}]*)\}",
        lambda match: str(variables.get(match[1], {}).get("default", match[0])),
        url,
    )
