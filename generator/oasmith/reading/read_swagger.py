"""Reads what Swagger 2.0 says of the wire: parameters, bodies, responses, servers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..document import Pointer, is_array, is_object, join_pointer, objects_in
from .read_operations import Reader, Scope, Wire, resolve
from .read_schema import read_schema
from .read_swagger_bodies import media_types, read_swagger_body
from .read_swagger_values import read_styled_value
from .spec import (
    Example,
    Header,
    MediaType,
    Parameter,
    ParameterPlace,
    Response,
    Server,
    Value,
)

_PLACES: Mapping[str, ParameterPlace] = {
    "path": "path",
    "query": "query",
    "header": "header",
}

_DELIMITERS = {"ssv": " ", "tsv": "\t", "pipes": "|"}
"""What stands between the items of a header, where it is no comma."""


def read_swagger_wire(reader: Reader, scope: Scope) -> Wire:
    """Read what an operation sends and gets."""
    return Wire(
        parameters=tuple(
            _read_parameter(reader, place, raw, pointer)
            for raw, pointer in scope.parameters
            if (place := _PLACES.get(str(raw.get("in")))) is not None
        ),
        body=read_swagger_body(reader, scope),
        responses=_read_responses(reader, scope),
        servers=_read_own_servers(reader.document.root, scope.operation),
    )


def read_swagger_servers(root: Mapping[str, Any]) -> tuple[Server, ...]:
    """Read where the API is, by https first where there is a choice.

    Without "schemes" it is where the description came from, which nobody knows later;
    https is assumed.
    """
    return _servers(root, root.get("schemes"))


def _servers(root: Mapping[str, Any], schemes: object) -> tuple[Server, ...]:
    host, base_path = root.get("host"), root.get("basePath")
    path = base_path if isinstance(base_path, str) else ""
    if not isinstance(host, str):
        return (Server(path, ""),) if path else ()
    named = schemes if is_array(schemes) else []
    usable = [each for each in ("https", "http") if each in named] or ["https"]
    return tuple(Server(f"{scheme}://{host}{path}", "") for scheme in usable)


def _read_own_servers(
    root: Mapping[str, Any], operation: Mapping[str, Any]
) -> tuple[Server, ...]:
    """Read the servers of an operation that can't use the document's first."""
    if "schemes" not in operation:
        return ()
    own, usual = _servers(root, operation["schemes"]), read_swagger_servers(root)
    return () if usual[:1] == own[:1] else own


def _read_parameter(
    reader: Reader, place: ParameterPlace, raw: Mapping[str, Any], pointer: Pointer
) -> Parameter:
    value = read_styled_value(reader, raw, pointer)
    return Parameter(
        pointer=pointer,
        name=str(raw.get("name", "")),
        place=place,
        required=raw.get("required") is True or place == "path",
        schema=value.schema,
        style=value.style,
        explode=value.explode,
        allow_empty=raw.get("allowEmptyValue") is True,
        description=str(raw.get("description", "")),
    )


def _read_responses(reader: Reader, scope: Scope) -> tuple[Response, ...]:
    responses: list[Response] = []
    for status, written in objects_in(scope.operation.get("responses")):
        if status.startswith("x-"):
            continue
        place = join_pointer(scope.pointer, "responses", status)
        raw, pointer = resolve(reader, written, place)
        responses.append(
            Response(
                pointer=pointer,
                status=status,
                description=str(raw.get("description", "")),
                headers=_read_headers(reader, raw, pointer),
                content=_read_content(reader, scope, raw, pointer),
            )
        )
    return tuple(responses)


def _read_headers(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Header, ...]:
    return tuple(
        Header(
            pointer=place,
            name=name,
            schema=read_schema(reader.schema_reader, header, place),
            description=str(header.get("description", "")),
            delimiter=_DELIMITERS.get(str(header.get("collectionFormat")), ","),
        )
        for name, header in objects_in(raw.get("headers"))
        for place in [join_pointer(pointer, "headers", name)]
    )


def _read_content(
    reader: Reader, scope: Scope, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[MediaType, ...]:
    """Read what a response holds; "produces" is what the client may choose from.

    JSON is chosen where it is offered, since clients ask for it, except for a file.
    """
    written = raw.get("schema")
    if written is None:
        return ()
    schema = read_schema(reader.schema_reader, written, join_pointer(pointer, "schema"))
    offered = media_types(reader, scope, "produces")
    as_json = [each for each in offered if _is_json(each)]
    if is_object(written) and written.get("type") == "file":
        others = [each for each in offered if each not in as_json]
        chosen = others or ["application/octet-stream"]
    else:
        chosen = as_json or offered or ["application/json"]
    examples = {
        each: (Example(join_pointer(pointer, "examples", each), Value(value)),)
        for each, value in _members(raw.get("examples"))
    }
    return tuple(
        MediaType(pointer, each, schema, examples=examples.get(each, ()))
        for each in chosen
    )


def _members(raw: object) -> Iterable[tuple[str, Any]]:
    return raw.items() if is_object(raw) else ()


def _is_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "text/json" or essence.endswith(("/json", "+json"))
