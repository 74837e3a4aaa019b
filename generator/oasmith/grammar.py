"""What stands where in an OpenAPI description, and a walk over all of it.

One grammar serves 2.0 to 3.2, since no member means one kind of object in one version
and another kind in the next. What it does not name is free data (examples, defaults,
extensions) and is never entered: a property called "default" is no keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from .document import Pointer, is_array, is_object, join_pointer, objects_in

Version = Literal["2.0", "3.0", "3.1", "3.2"]

Kind = Literal[
    "OpenAPI",
    "Info",
    "Contact",
    "License",
    "Server",
    "ServerVariable",
    "Components",
    "Paths",
    "PathItem",
    "Operation",
    "ExternalDocs",
    "Parameter",
    "RequestBody",
    "MediaType",
    "Encoding",
    "Responses",
    "Response",
    "Callback",
    "Example",
    "Link",
    "Header",
    "Items",
    "Tag",
    "Schema",
    "Discriminator",
    "Xml",
    "SecurityScheme",
    "OAuthFlows",
    "OAuthFlow",
]

METHODS = (
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
)
"""The members of a path item that are operations; "query" came with 3.2."""


class Part(NamedTuple):
    """An object of a known kind, and where it stands."""

    kind: Kind
    pointer: Pointer
    value: dict[str, Any]


def version_of(root: Mapping[str, Any]) -> Version | None:
    """The version of OpenAPI that a description is written in, else None.

    A number where a text belongs (`openapi: 3.1`) says it well enough.
    """
    if str(root.get("swagger")) in ("2", "2.0"):
        return "2.0"
    match re.match(r"3\.([012])(\.|$)", str(root.get("openapi"))):
        case re.Match() as found:
            return _MINOR_VERSIONS[found[1]]
        case None:
            return None


def has_default_mapping(root: Mapping[str, Any]) -> bool:
    """Whether discriminators may have a "defaultMapping" (OpenAPI 3.2, section 4.25).

    Before 3.2 the member means nothing.
    """
    return version_of(root) == "3.2"


def walk(root: dict[str, Any]) -> Iterator[Part]:
    """Give every object whose kind is known, each before what it holds, in order."""
    waiting = [Part("OpenAPI", "", root)]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(list(parts_of(part))))


def parts_of(part: Part) -> Iterator[Part]:
    """Give the objects of known kinds that an object holds, in order."""
    members = _GRAMMAR[part.kind]
    for name, value in part.value.items():
        if is_object(value):
            if slot := members.get(name) or _patterned(part.kind, name):
                yield from _parts_in_object(slot, _extended(part.pointer, name), value)
        elif is_array(value) and (slot := members.get(name)):
            pointer = _extended(part.pointer, name)
            for index, item in enumerate(value):
                if is_object(item):
                    yield Part(slot.kind, f"{pointer}/{index}", item)


def referring_maps(part: Part) -> Iterator[tuple[str, Kind]]:
    """Members that are maps of objects of a kind, but have a reference as a whole."""
    for name, slot in _GRAMMAR[part.kind].items():
        value = part.value.get(name)
        is_map = slot.shape == "map" and is_object(value)
        if is_map and isinstance(part.value[name].get("$ref"), str):
            yield name, slot.kind


def members_of(part: Part) -> Iterator[Part]:
    """The objects in a map, whose kind the part has."""
    for key, item in objects_in(part.value):
        yield Part(part.kind, _extended(part.pointer, key), item)


def may_refer(kind: Kind) -> bool:
    """Whether a reference may stand in place of an object, in one version at least."""
    return kind in _REFERABLE


def holds_schema(kind: Kind, member: str) -> bool:
    """Whether a member of a kind of object is one schema."""
    return _GRAMMAR[kind].get(member) == _one("Schema")


class _Slot(NamedTuple):
    kind: Kind
    shape: Literal["one", "map"]
    """"one" is an object or an array of them: `items` has been both."""


def _one(kind: Kind) -> _Slot:
    return _Slot(kind, "one")


def _map(kind: Kind) -> _Slot:
    return _Slot(kind, "map")


def _parts_in_object(
    slot: _Slot, pointer: Pointer, value: dict[str, Any]
) -> Iterator[Part]:
    if slot.shape == "one":
        yield Part(slot.kind, pointer, value)
    else:
        for key, item in objects_in(value):
            yield Part(slot.kind, _extended(pointer, key), item)


def _patterned(kind: Kind, name: str) -> _Slot | None:
    if name.startswith("x-"):
        return None
    return _PATTERNED.get(kind)


def _extended(pointer: Pointer, key: str) -> Pointer:
    """What `join_pointer` gives, but quicker for one key that needs no escape."""
    if "~" in key or "/" in key:
        return join_pointer(pointer, key)
    return f"{pointer}/{key}"


_MINOR_VERSIONS: Mapping[str, Version] = {"0": "3.0", "1": "3.1", "2": "3.2"}

_REFERABLE = frozenset[Kind](
    {
        "Callback",
        "Example",
        "Header",
        "Link",
        "MediaType",
        "Parameter",
        "PathItem",
        "RequestBody",
        "Response",
        "Schema",
        "SecurityScheme",
    }
)

_PATTERNED: Mapping[Kind, _Slot] = {
    "Paths": _one("PathItem"),
    "Responses": _one("Response"),
    "Callback": _one("PathItem"),
}
"""What the members of an object are whose names are the user's own."""

_GRAMMAR: Mapping[Kind, Mapping[str, _Slot]] = {
    "OpenAPI": {
        "info": _one("Info"),
        "servers": _one("Server"),
        "paths": _one("Paths"),
        "webhooks": _map("PathItem"),
        "components": _one("Components"),
        "tags": _one("Tag"),
        "externalDocs": _one("ExternalDocs"),
        "definitions": _map("Schema"),
        "parameters": _map("Parameter"),
        "responses": _map("Response"),
        "securityDefinitions": _map("SecurityScheme"),
    },
    "Info": {"contact": _one("Contact"), "license": _one("License")},
    "Contact": {},
    "License": {},
    "Server": {"variables": _map("ServerVariable")},
    "ServerVariable": {},
    "Components": {
        "schemas": _map("Schema"),
        "responses": _map("Response"),
        "parameters": _map("Parameter"),
        "examples": _map("Example"),
        "requestBodies": _map("RequestBody"),
        "headers": _map("Header"),
        "securitySchemes": _map("SecurityScheme"),
        "links": _map("Link"),
        "callbacks": _map("Callback"),
        "pathItems": _map("PathItem"),
        "mediaTypes": _map("MediaType"),
    },
    "Paths": {},
    "PathItem": {
        **{method: _one("Operation") for method in METHODS},
        "additionalOperations": _map("Operation"),
        "servers": _one("Server"),
        "parameters": _one("Parameter"),
    },
    "Operation": {
        "externalDocs": _one("ExternalDocs"),
        "parameters": _one("Parameter"),
        "requestBody": _one("RequestBody"),
        "responses": _one("Responses"),
        "callbacks": _map("Callback"),
        "servers": _one("Server"),
    },
    "ExternalDocs": {},
    "Parameter": {
        "schema": _one("Schema"),
        "content": _map("MediaType"),
        "examples": _map("Example"),
        "items": _one("Items"),
    },
    "RequestBody": {"content": _map("MediaType")},
    "MediaType": {
        "schema": _one("Schema"),
        "itemSchema": _one("Schema"),
        "examples": _map("Example"),
        "encoding": _map("Encoding"),
        "prefixEncoding": _one("Encoding"),
        "itemEncoding": _one("Encoding"),
    },
    "Encoding": {
        "headers": _map("Header"),
        "encoding": _map("Encoding"),
        "prefixEncoding": _one("Encoding"),
        "itemEncoding": _one("Encoding"),
    },
    "Responses": {},
    "Response": {
        "headers": _map("Header"),
        "content": _map("MediaType"),
        "links": _map("Link"),
        "schema": _one("Schema"),
    },
    "Callback": {},
    "Example": {},
    "Link": {"server": _one("Server")},
    "Header": {
        "schema": _one("Schema"),
        "content": _map("MediaType"),
        "examples": _map("Example"),
        "items": _one("Items"),
    },
    "Items": {"items": _one("Items")},
    "Tag": {"externalDocs": _one("ExternalDocs")},
    "Schema": {
        "properties": _map("Schema"),
        "patternProperties": _map("Schema"),
        "additionalProperties": _one("Schema"),
        "unevaluatedProperties": _one("Schema"),
        "propertyNames": _one("Schema"),
        "dependentSchemas": _map("Schema"),
        "items": _one("Schema"),
        "prefixItems": _one("Schema"),
        "unevaluatedItems": _one("Schema"),
        "contains": _one("Schema"),
        "contentSchema": _one("Schema"),
        "allOf": _one("Schema"),
        "anyOf": _one("Schema"),
        "oneOf": _one("Schema"),
        "not": _one("Schema"),
        "if": _one("Schema"),
        "then": _one("Schema"),
        "else": _one("Schema"),
        "$defs": _map("Schema"),
        "definitions": _map("Schema"),
        "discriminator": _one("Discriminator"),
        "xml": _one("Xml"),
        "externalDocs": _one("ExternalDocs"),
    },
    "Discriminator": {},
    "Xml": {},
    "SecurityScheme": {"flows": _one("OAuthFlows")},
    "OAuthFlows": {
        "implicit": _one("OAuthFlow"),
        "password": _one("OAuthFlow"),
        "clientCredentials": _one("OAuthFlow"),
        "authorizationCode": _one("OAuthFlow"),
        "deviceAuthorization": _one("OAuthFlow"),
    },
    "OAuthFlow": {},
}
