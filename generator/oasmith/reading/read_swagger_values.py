"""Reads the values that Swagger 2.0 sends outside JSON, and how these are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..document import Pointer, is_object, join_pointer
from .read_operations import Reader
from .read_schema import read_schema
from .spec import Schema

_DELIMITED = {
    "ssv": "spaceDelimited",
    "pipes": "pipeDelimited",
    # OpenAPI 3 has no style for it.
    "tsv": "tabDelimited",
}


@dataclass(frozen=True, slots=True)
class StyledValue:
    schema: Schema
    style: str
    explode: bool


def read_styled_value(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> StyledValue:
    """Read a parameter that is not the body; it is a schema of its own.

    Its "collectionFormat" becomes the style that writes the same. An
    array that none of these can write is taken as the text that goes over the wire.
    """
    schema = read_schema(reader.schema_reader, raw, pointer)
    place = str(raw.get("in"))
    usual = "simple" if place in ("path", "header") else "form"
    if raw.get("type") != "array":
        return StyledValue(schema, usual, usual == "form")
    written = str(raw.get("collectionFormat", "csv"))
    items = raw.get("items")
    nested = is_object(items) and items.get("type") == "array"
    match written, usual:
        case "csv", _ if not nested:
            return StyledValue(schema, usual, False)
        case "multi", "form" if not nested:
            return StyledValue(schema, "form", True)
        case ("ssv" | "pipes" | "tsv"), _ if not nested:
            return StyledValue(schema, _DELIMITED[written], False)
        case _:
            what = "an array of arrays" if nested else f'an array as "{written}"'
            _tell_of_text(reader, raw, pointer, what)
            return StyledValue(_as_text(schema), usual, usual == "form")


def _tell_of_text(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer, what: str
) -> None:
    named = "collectionFormat" in raw
    reader.diagnostics.warning(
        "unsupported-style",
        f'{raw.get("in")} parameter "{raw.get("name")}" is {what}, which is not '
        "supported; it takes a string in place of the array",
        reader.node(join_pointer(pointer, "collectionFormat") if named else pointer),
        help="the caller has to join the items",
    )


def _as_text(schema: Schema) -> Schema:
    plain = replace(schema.annotations, default=None, examples=())
    return Schema(pointer=schema.pointer, types=("string",), annotations=plain)
