"""Reads the schemas of a description as JSON Schema 2020-12, one set of ``$defs``.

What it does not understand (references to other files, anchors, dynamic references)
it refuses, so that nothing is sampled from half a schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from oasmith.document import (
    Pointer,
    ancestors,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
    split_pointer,
)

Schema = dict[str, Any] | bool

_ONE = (
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "dependentSchemas")
_KEPT = (
    "const",
    "contentEncoding",
    "dependentRequired",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maximum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minimum",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
)
_NOT_UNDERSTOOD = ("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$schema")
_PREFIX = "#/$defs/"


class NotUnderstood(Exception):
    """A schema uses what can't be sampled; the message says what."""


class Definitions:
    """The schemas of a document by their pointers, with all that they refer to."""

    def __init__(self, root: dict[str, Any]) -> None:
        self._root = root
        version = str(root.get("openapi") or root.get("swagger"))
        self._is_old = version.startswith(("2.", "3.0"))
        self._schemas: dict[Pointer, Schema | NotUnderstood] = {}

    def add(self, pointer: Pointer) -> None:
        """Read a schema and all that it refers to.

        Raises:
            NotUnderstood: One of them is not there, or uses what is not understood.
        """
        seen = {pointer}
        left = [pointer]
        while left:
            schema = self._read_once(left.pop())
            found = set(references_in(schema)) - seen
            seen |= found
            left.extend(found)

    def is_merged(self, pointer: Pointer) -> bool:
        """Whether a schema stands in one with parts elsewhere, which may change it.

        What is made of it is then not what it says alone.
        """
        # From the top, since below an allOf a pointer may be none of the description's.
        above = reversed([*ancestors(pointer)][1:])
        found = (_find(self._root, it) for it in above)
        return any("allOf" in it or "$ref" in it for it in found)

    def get(self, pointer: Pointer) -> Schema:
        schema = self._schemas[pointer]
        assert not isinstance(schema, NotUnderstood)
        return schema

    def as_resource(self) -> dict[str, Any]:
        """All that was read, as a schema that holds nothing but ``$defs``."""
        schemas = self._schemas.items()
        return {"$defs": {k: v for k, v in schemas if not isinstance(v, NotUnderstood)}}

    def _read_once(self, pointer: Pointer) -> Schema:
        if pointer not in self._schemas:
            try:
                self._schemas[pointer] = self._read(_find(self._root, pointer))
            except NotUnderstood as reason:
                self._schemas[pointer] = reason
        schema = self._schemas[pointer]
        if isinstance(schema, NotUnderstood):
            raise schema
        return schema

    def _read(self, schema: Any) -> Schema:
        if isinstance(schema, bool):
            return schema
        if not is_object(schema):
            raise NotUnderstood("a schema that is neither object nor boolean")
        if odd := [key for key in _NOT_UNDERSTOOD if key in schema]:
            raise NotUnderstood(odd[0])
        if self._is_old and "$ref" in schema:
            return {"$ref": _rewrite(schema["$ref"])}
        read = {key: schema[key] for key in _KEPT if key in schema}
        if "$ref" in schema:
            read["$ref"] = _rewrite(schema["$ref"])
        if self._is_old and isinstance(read.get("discriminator"), str):
            read["discriminator"] = {"propertyName": read["discriminator"]}
        read |= {key: self._read(schema[key]) for key in _ONE if key in schema}
        for key in _LISTS:
            if key in schema:
                read[key] = [self._read(item) for item in schema[key]]
        for key in _MAPS:
            if is_object(items := schema.get(key)):
                read[key] = {name: self._read(item) for name, item in items.items()}
        return self._modernise(read, schema) if self._is_old else read

    def _modernise(self, read: dict[str, Any], schema: dict[str, Any]) -> Schema:
        """Say in 2020-12 what OpenAPI 3.0 says otherwise."""
        if read.get("type") == "file":
            raise NotUnderstood("a file")
        if schema.get("nullable") is True and isinstance(read.get("type"), str):
            read["type"] = [read["type"], "null"]
        for key in ("Minimum", "Maximum"):
            strict = read.pop(f"exclusive{key}", None)
            if strict is True and key.lower() in read:
                read[f"exclusive{key}"] = read.pop(key.lower())
        return read


def schema_reference(pointer: Pointer) -> str:
    """The reference to a schema in the set, as a fragment."""
    return _PREFIX + quote(join_pointer("", pointer)[1:], safe="")


def target_of(reference: str) -> Pointer:
    """The pointer that a reference in the set stands for."""
    return split_pointer("/" + unquote(reference.removeprefix(_PREFIX)))[0]


def references_in(schema: Schema) -> Iterator[Pointer]:
    """The pointers that a schema of the set refers to, at any depth."""
    if isinstance(schema, bool):
        return
    if "$ref" in schema:
        yield target_of(schema["$ref"])
    if "discriminator" in schema:
        yield from mapped_pointers(schema["discriminator"])
    parts = [schema[key] for key in _ONE if key in schema]
    for key in _LISTS:
        parts += schema.get(key, [])
    for key in _MAPS:
        parts += schema.get(key, {}).values()
    for part in parts:
        yield from references_in(part)


def mapped_pointers(discriminator: Any) -> Iterator[Pointer]:
    """The schemas that a discriminator's mapping names by reference."""
    if is_object(discriminator) and is_object(discriminator.get("mapping")):
        for reference in discriminator["mapping"].values():
            if pointer := pointer_of_reference(str(reference)):
                yield pointer


def _rewrite(reference: Any) -> str:
    pointer = pointer_of_reference(str(reference))
    if pointer is None:
        raise NotUnderstood("a reference to elsewhere")
    return schema_reference(pointer)


def _find(root: Any, pointer: Pointer) -> Any:
    value = root
    for key in split_pointer(pointer):
        if is_object(value) and key in value:
            value = value[key]
        elif is_array(value) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            raise NotUnderstood("a pointer to nothing")
    return value
