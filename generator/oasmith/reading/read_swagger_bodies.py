"""Reads the bodies of Swagger 2.0: one parameter that is all, or fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..document import Pointer, is_array, join_pointer
from .read_operations import Reader, Scope
from .read_schema import read_schema
from .read_swagger_values import StyledValue, read_styled_value
from .spec import Encoding, MediaType, RequestBody, Schema

_JSON = "application/json"
_MULTIPART = "multipart/form-data"
_FORMS = ("application/x-www-form-urlencoded", _MULTIPART)


def read_swagger_body(reader: Reader, scope: Scope) -> RequestBody | None:
    """Read the body, which is a parameter, or several that are fields of a form."""
    by_place: dict[str, list[tuple[Mapping[str, Any], Pointer]]] = {}
    for raw, pointer in scope.parameters:
        by_place.setdefault(str(raw.get("in")), []).append((raw, pointer))
    wholes, fields = by_place.get("body", []), by_place.get("formData", [])
    if len(wholes) > 1 or (wholes and fields):
        reader.diagnostics.error(
            "several-bodies",
            "an operation has one body parameter, or form parameters",
            reader.node((fields or wholes)[-1][1]),
        )
    if wholes:
        return _read_whole_body(reader, scope, *wholes[0])
    return _read_form(reader, scope, fields) if fields else None


def media_types(reader: Reader, scope: Scope, keyword: str) -> list[str]:
    """The media types of the operation, or else the document's."""
    written = scope.operation.get(keyword, reader.document.root.get(keyword))
    listed = written if is_array(written) else []
    return list(dict.fromkeys(each for each in listed if isinstance(each, str)))


def _read_whole_body(
    reader: Reader, scope: Scope, raw: Mapping[str, Any], pointer: Pointer
) -> RequestBody:
    place = join_pointer(pointer, "schema")
    schema = read_schema(reader.schema_reader, raw.get("schema", {}), place)
    types = media_types(reader, scope, "consumes") or [_JSON]
    return RequestBody(
        pointer=pointer,
        required=raw.get("required") is True,
        description=str(raw.get("description", "")),
        content=tuple(
            MediaType(pointer, each, schema)
            for each in [each for each in types if each not in _FORMS] or types
        ),
    )


def _read_form(
    reader: Reader, scope: Scope, fields: list[tuple[Mapping[str, Any], Pointer]]
) -> RequestBody:
    pointer = join_pointer(scope.pointer, "parameters")
    values = {
        str(raw.get("name", "")): read_styled_value(reader, raw, place)
        for raw, place in fields
    }
    required = [str(raw["name"]) for raw, _ in fields if raw.get("required") is True]
    schema = Schema(
        pointer=pointer,
        types=("object",),
        properties=tuple((name, value.schema) for name, value in values.items()),
        required=tuple(required),
    )
    encoding = {
        name: _encoding_of(value)
        for name, value in values.items()
        if "array" in value.schema.types
    }
    return RequestBody(
        pointer=pointer,
        required=bool(required),
        description="",
        content=tuple(
            MediaType(pointer, each, schema, encoding=encoding)
            for each in _form_types(reader, scope, fields)
        ),
    )


def _encoding_of(value: StyledValue) -> Encoding:
    return Encoding(None, value.style, value.explode, False, ())


def _form_types(
    reader: Reader, scope: Scope, fields: list[tuple[Mapping[str, Any], Pointer]]
) -> list[str]:
    """The media types that a form is sent in; only a multipart one can hold files."""
    if any(raw.get("type") == "file" for raw, _ in fields):
        return [_MULTIPART]
    types = media_types(reader, scope, "consumes")
    return [each for each in types if each in _FORMS] or [_FORMS[0]]
