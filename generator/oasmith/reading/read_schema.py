"""Reads JSON Schemas as each version of OpenAPI writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..circles import components
from ..diagnostics import Diagnostics
from ..document import (
    Document,
    Node,
    Pointer,
    find_object,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
)
from ..grammar import has_default_mapping
from .spec import (
    Annotations,
    Constraints,
    Discriminator,
    JsonType,
    Schema,
    Value,
)

_JSON_TYPES: Mapping[str, JsonType] = {
    "object": "object",
    "array": "array",
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "file": "string",  # Swagger 2.0
}

_ANNOTATIONS = {
    *("title", "description", "default", "example", "examples", "deprecated"),
    *("readOnly", "writeOnly", "externalDocs", "xml", "$comment", "summary"),
}


@dataclass(frozen=True, slots=True)
class SchemaReader:
    """What reading schemas takes, and the targets of references read so far."""

    document: Document
    diagnostics: Diagnostics
    modern: bool
    """JSON Schema 2020-12 (OpenAPI 3.1 and later) rather than its forerunners."""

    schemas: dict[Pointer, Schema] = field(default_factory=dict[Pointer, Schema])
    circular: dict[Pointer, bool] = field(default_factory=dict[Pointer, bool])
    """Whether a target is a part of itself, as far as that was asked."""

    def node(self, pointer: Pointer) -> Node:
        return self.document.node(pointer)


def read_schema(reader: SchemaReader, raw: Any, pointer: Pointer) -> Schema:
    """Read the schema that stands at a pointer, and all that it refers to."""
    if raw is False:
        return Schema(pointer=pointer, never=True)
    if not is_object(raw):
        return Schema(pointer=pointer)
    reference = raw.get("$ref")
    if not isinstance(reference, str):
        return _read_keywords(reader, raw, pointer)
    target = _read_reference(reader, reference, pointer)
    if not reader.modern:
        return target
    annotated = replace(target, annotations=_read_annotations(raw))
    siblings = {key: item for key, item in raw.items() if key != "$ref"}
    if all(key in _ANNOTATIONS or key.startswith("x-") for key in siblings):
        return annotated
    beside = _read_keywords(reader, siblings, pointer)
    return Schema(
        pointer=pointer,
        all_of=(replace(target, annotations=Annotations()), beside),
        nullable=beside.nullable,
        annotations=annotated.annotations,
    )


def read_target(reader: SchemaReader, target: Pointer) -> bool:
    """Read what a reference points at, once; whether it exists.

    That one leads nowhere is for `check_semantics` to tell.
    """
    if target in reader.schemas:
        return True
    try:
        raw = reader.document.find(target)
    except (LookupError, ValueError):
        return False
    # A schema that refers to itself finds this entry while it is being read.
    reader.schemas[target] = Schema(pointer=target)
    reader.schemas[target] = read_schema(reader, raw, target)
    return True


def _read_reference(reader: SchemaReader, reference: str, pointer: Pointer) -> Schema:
    target = pointer_of_reference(reference)
    if target is None:
        return Schema(pointer=pointer)
    if _holds_itself(reader, target):
        reader.diagnostics.error(
            "unresolved-reference",
            f'"{reference}" refers to what is a part of itself',
            reader.node(pointer),
        )
        return Schema(pointer=pointer)
    if not read_target(reader, target):
        return Schema(pointer=pointer)
    return Schema(pointer=pointer, reference=target)


def _holds_itself(reader: SchemaReader, target: Pointer) -> bool:
    """Whether a schema is, by references and "allOf" alone, a part of itself."""
    if target not in reader.circular:
        held: dict[Pointer, set[Pointer]] = {}
        waiting = [target]
        while waiting:
            pointer = waiting.pop()
            if pointer not in held:
                # What is known already is held by nothing that is not.
                known = pointer in reader.circular
                held[pointer] = set() if known else _held_by(reader, pointer)
                waiting.extend(held[pointer])
        for component in components(held):
            for pointer in component:
                holds = len(component) > 1 or pointer in held[pointer]
                reader.circular.setdefault(pointer, holds)
    return reader.circular[target]


def _held_by(reader: SchemaReader, pointer: Pointer) -> set[Pointer]:
    """What a schema is by references and "allOf" alone."""
    found: set[Pointer] = set()
    waiting: list[Any] = [find_object(reader.document, pointer)]
    while waiting:
        raw = waiting.pop()
        if is_object(raw):
            reference, parts = raw.get("$ref"), raw.get("allOf")
            target = isinstance(reference, str) and pointer_of_reference(reference)
            if target:
                found.add(target)
            waiting += parts if is_array(parts) else []
    return found


def _read_keywords(
    reader: SchemaReader, raw: Mapping[str, Any], pointer: Pointer
) -> Schema:
    types, nullable = _read_types(raw)
    if reader.modern and "contentMediaType" in raw and "contentSchema" in raw:
        reader.diagnostics.warning(
            "unsupported-content-schema",
            f'what is in a string of "{raw["contentMediaType"]}" is not read',
            reader.node(join_pointer(pointer, "contentSchema")),
            help="it is a string, as it goes over the wire",
        )
    enum = raw.get("enum")
    return Schema(
        pointer=pointer,
        types=types,
        nullable=nullable,
        format=_read_format(raw, reader.modern),
        enum=tuple(enum) if is_array(enum) else None,
        constant=_read_constant(raw, reader.modern),
        properties=_read_named(reader, raw, "properties", pointer),
        required=_read_required(raw),
        additional=_read_additional(reader, raw, pointer),
        pattern_properties=_read_named(reader, raw, "patternProperties", pointer),
        items=_read_items(reader, raw, pointer),
        prefix_items=_read_list(reader, raw, "prefixItems", pointer),
        all_of=_read_list(reader, raw, "allOf", pointer),
        one_of=_read_list(reader, raw, "oneOf", pointer),
        any_of=_read_list(reader, raw, "anyOf", pointer),
        discriminator=_read_discriminator(reader, raw, pointer),
        constraints=_read_constraints(raw),
        annotations=_read_annotations(raw),
    )


def _read_types(raw: Mapping[str, Any]) -> tuple[tuple[JsonType, ...], bool]:
    written = raw.get("type")
    names = written if is_array(written) else [written]
    types: list[JsonType] = [
        _JSON_TYPES[str(name)] for name in names if str(name) in _JSON_TYPES
    ]
    nullable = (
        "null" in names or raw.get("nullable") is True or raw.get("x-nullable") is True
    )
    return tuple(dict.fromkeys(types)), nullable


def _read_format(raw: Mapping[str, Any], modern: bool) -> str:
    """Read the format; of bytes, binary or byte (3.1 names them otherwise)."""
    if modern and raw.get("contentEncoding") == "base64" and "format" not in raw:
        return "byte"
    media, encoded = _text(raw, "contentMediaType"), "contentEncoding" in raw
    is_text = not media or media.startswith("text/") or media.endswith(("json", "xml"))
    if raw.get("type") == "file" or not (is_text or encoded or "format" in raw):
        return "binary"
    return _text(raw, "format")


def _read_constant(raw: Mapping[str, Any], modern: bool) -> Value | None:
    if modern and "const" in raw:
        return Value(raw["const"])
    return Value(None) if raw.get("type") in ("null", ["null"]) else None


def _read_named(
    reader: SchemaReader, raw: Mapping[str, Any], keyword: str, pointer: Pointer
) -> tuple[tuple[str, Schema], ...]:
    named = raw.get(keyword)
    if not is_object(named):
        return ()
    return tuple(
        (name, read_schema(reader, item, join_pointer(pointer, keyword, name)))
        for name, item in named.items()
    )


def _read_required(raw: Mapping[str, Any]) -> tuple[str, ...]:
    required = raw.get("required")
    if not is_array(required):
        return ()
    return tuple(name for name in required if isinstance(name, str))


def _read_additional(
    reader: SchemaReader, raw: Mapping[str, Any], pointer: Pointer
) -> Schema | None:
    additional = raw.get("additionalProperties")
    if additional is None or additional is True:
        return None
    place = join_pointer(pointer, "additionalProperties")
    return read_schema(reader, additional, place)


def _read_items(
    reader: SchemaReader, raw: Mapping[str, Any], pointer: Pointer
) -> Schema | None:
    if "items" not in raw:
        return None
    return read_schema(reader, raw["items"], join_pointer(pointer, "items"))


def _read_list(
    reader: SchemaReader, raw: Mapping[str, Any], keyword: str, pointer: Pointer
) -> tuple[Schema, ...]:
    listed = raw.get(keyword)
    if not is_array(listed):
        return ()
    return tuple(
        read_schema(reader, item, join_pointer(pointer, keyword, index))
        for index, item in enumerate(listed)
    )


def _read_discriminator(
    reader: SchemaReader, raw: Mapping[str, Any], pointer: Pointer
) -> Discriminator | None:
    written = raw.get("discriminator")
    if isinstance(written, str):  # Swagger 2.0
        return Discriminator(written)
    if not is_object(written) or not isinstance(written.get("propertyName"), str):
        return None
    mapping: list[tuple[str, Pointer]] = []
    given = written.get("mapping")
    for tag, name in given.items() if is_object(given) else ():
        target = _mapping_target(reader, str(name))
        if read_target(reader, target):
            mapping.append((tag, target))
    default = _read_default_mapping(reader, written)
    return Discriminator(written["propertyName"], tuple(mapping), default)


def _read_default_mapping(
    reader: SchemaReader, written: Mapping[str, Any]
) -> Pointer | None:
    name = written.get("defaultMapping")
    if not isinstance(name, str) or not has_default_mapping(reader.document.root):
        return None
    target = _mapping_target(reader, name)
    return target if read_target(reader, target) else None


def _mapping_target(reader: SchemaReader, name: str) -> Pointer:
    """A mapping holds references or bare names of component schemas."""
    target = pointer_of_reference(name)
    if target is not None:
        return target
    section = "definitions" if "swagger" in reader.document.root else "components"
    keys = (section, name) if section == "definitions" else (section, "schemas", name)
    return join_pointer("", *keys)


def _read_constraints(raw: Mapping[str, Any]) -> Constraints:
    minimum, exclusive_minimum = _read_bound(raw, "minimum", "exclusiveMinimum")
    maximum, exclusive_maximum = _read_bound(raw, "maximum", "exclusiveMaximum")
    pattern = raw.get("pattern")
    return Constraints(
        minimum=minimum,
        maximum=maximum,
        exclusive_minimum=exclusive_minimum,
        exclusive_maximum=exclusive_maximum,
        multiple_of=_number(raw, "multipleOf"),
        min_length=_count(raw, "minLength"),
        max_length=_count(raw, "maxLength"),
        pattern=pattern if isinstance(pattern, str) else None,
        min_items=_count(raw, "minItems"),
        max_items=_count(raw, "maxItems"),
        unique_items=raw.get("uniqueItems") is True,
        min_properties=_count(raw, "minProperties"),
        max_properties=_count(raw, "maxProperties"),
    )


def _read_bound(
    raw: Mapping[str, Any], inclusive: str, exclusive: str
) -> tuple[int | float | None, int | float | None]:
    """Read a bound; up to OpenAPI 3.0 ``exclusive`` is a flag, later a number."""
    bound = _number(raw, inclusive)
    if raw.get(exclusive) is True:
        return None, bound
    return bound, _number(raw, exclusive)


def _number(raw: Mapping[str, Any], keyword: str) -> int | float | None:
    value = raw.get(keyword)
    return (
        None if isinstance(value, bool) or not isinstance(value, int | float) else value
    )


def _count(raw: Mapping[str, Any], keyword: str) -> int | None:
    value = _number(raw, keyword)
    return None if value is None else int(value)


def _read_annotations(raw: Mapping[str, Any]) -> Annotations:
    examples = raw.get("examples")
    values = [Value(item) for item in examples] if is_array(examples) else []
    if "example" in raw:
        values.insert(0, Value(raw["example"]))
    return Annotations(
        title=_text(raw, "title"),
        description=_text(raw, "description"),
        default=Value(raw["default"]) if "default" in raw else None,
        examples=tuple(values),
        deprecated=raw.get("deprecated") is True,
        read_only=raw.get("readOnly") is True,
        write_only=raw.get("writeOnly") is True,
    )


def _text(raw: Mapping[str, Any], keyword: str) -> str:
    value = raw.get(keyword)
    return value if isinstance(value, str) else ""
