"""Reads what OpenAPI 3 says of the wire: parameters, bodies, responses, servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..document import Pointer, is_object, join_pointer, objects_in
from ..grammar import version_of
from .read_operations import Reader, Scope, Wire, quote_names, resolve
from .read_schema import read_schema
from .read_servers import read_own_servers
from .spec import (
    Encoding,
    Example,
    Header,
    MediaType,
    Parameter,
    ParameterPlace,
    RequestBody,
    Response,
    Schema,
    Value,
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


_POSITIONAL = frozenset({"prefixEncoding", "itemEncoding"})


def read_openapi_wire(reader: Reader, scope: Scope) -> Wire:
    """Read what an operation sends and gets."""
    raw, pointer = scope.operation, scope.pointer
    read = (_read_parameter(reader, *each) for each in scope.parameters)
    return Wire(
        parameters=tuple(each for each in read if each is not None),
        body=_read_body(reader, raw, pointer),
        responses=_read_responses(reader, raw, pointer),
        servers=read_own_servers(scope),
    )


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
        allow_reserved=_allows_reserved(reader, raw),
        allow_empty=raw.get("allowEmptyValue") is True,
        content_type=content[0].content_type if content else None,
        description=str(raw.get("description", "")),
        deprecated=raw.get("deprecated") is True,
    )


def _allows_reserved(reader: Reader, raw: Mapping[str, Any]) -> bool:
    """Whether reserved characters pass; before 3.2 that was for queries alone.

    Headers encode nothing (3.2.0 section 4.12.2.2).
    """
    newest = version_of(reader.document.root) == "3.2"
    places = ("query", "path", "cookie") if newest else ("query",)
    return raw.get("allowReserved") is True and raw.get("in") in places


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
    modern = reader.schema_reader.modern
    is_multipart = content_type.lower().startswith("multipart/")
    # 3.0 has styles for url-encoded forms alone (3.0.4 section 4.7.15.1.2).
    is_styled = not is_multipart or (modern and "/form-data" in content_type.lower())
    encoding = {
        name: encoding if is_styled else _without_style(encoding)
        for name, written in objects_in(raw.get("encoding"))
        for place in [join_pointer(pointer, "encoding", name)]
        for encoding in [_read_encoding(reader, written, place)]
    }
    return MediaType(
        pointer=pointer,
        content_type=content_type,
        schema=schemas.get("schema"),
        item_schema=schemas.get("itemSchema"),
        encoding=encoding,
        is_positional=not _POSITIONAL.isdisjoint(raw),
        untyped_is_binary=is_multipart and modern,
        examples=tuple(_read_examples(reader, raw, pointer)),
    )


def _read_examples(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> Iterator[Example]:
    """Read the one example or the several; 3.2 calls their values otherwise."""
    if "example" in raw:
        yield Example(join_pointer(pointer, "example"), Value(raw["example"]))
    for name, written in objects_in(raw.get("examples")):
        found, place = resolve(reader, written, join_pointer(pointer, "examples", name))
        keys = [
            key for key in ("dataValue", "value", "serializedValue") if key in found
        ]
        value = Value(found[keys[0]]) if keys else None
        is_serialized = keys[:1] == ["serializedValue"]
        yield Example(join_pointer(place, *keys[:1]), value, is_serialized)


def _read_encoding(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> Encoding:
    explode = raw.get("explode")
    return Encoding(
        content_type=_text_or_none(raw, "contentType"),
        style=_text_or_none(raw, "style"),
        explode=explode if isinstance(explode, bool) else None,
        allow_reserved=raw.get("allowReserved") is True,
        headers=_read_headers(reader, raw, pointer),
        is_nested="encoding" in raw or not _POSITIONAL.isdisjoint(raw),
    )


def _without_style(encoding: Encoding) -> Encoding:
    """An encoding whose style is ignored."""
    return replace(encoding, style=None, explode=None, allow_reserved=False)


def _text_or_none(raw: Mapping[str, Any], key: str) -> str | None:
    value = raw.get(key)
    return value if isinstance(value, str) else None


def _read_responses(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Response, ...]:
    responses: list[Response] = []
    for status, written in objects_in(raw.get("responses")):
        if status.startswith("x-"):
            continue
        place = join_pointer(pointer, "responses", status)
        found, where = resolve(reader, written, place)
        _warn_of_links(reader, found, where)
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


def _warn_of_links(reader: Reader, raw: Mapping[str, Any], pointer: Pointer) -> None:
    names = [name for name, _ in objects_in(raw.get("links"))]
    if names:
        reader.diagnostics.warning(
            "unsupported-link",
            f"nothing is made to follow {quote_names(names)}",
            reader.node(join_pointer(pointer, "links")),
            help="call the operation with the values of the answer",
        )


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
                pointer=where,
                name=name,
                schema=_parameter_schema(reader, header, where, content),
                description=str(header.get("description", "")),
                required=header.get("required") is True,
                explode=header.get("explode") is True,
                content_type=content[0].content_type if content else None,
                deprecated=header.get("deprecated") is True,
            )
        )
    return tuple(headers)
