"""What the parts of a description say about each other is checked, and placed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.document import Document
from oasmith.validation.semantics import check_semantics

Place = Callable[[str, str, Any], Document]
Told = Callable[[Diagnostics], list[tuple[str, str]]]

SCHEMAS = "/components/schemas"
GET = "/paths/~1a/get"
ITEM = "/paths/~1a~1{id}"
ID = {"name": "id", "in": "path", "required": True}
ELSEWHERE = {"$ref": "common.yaml#/components/schemas/A"}
NOWHERE = {"$ref": "#/components/schemas/Nowhere"}
REFUSAL = {"401": {"description": "Who are you?"}}

# version, where the fragment stands, the fragment, and what is told: codes and places,
# these below the fragment's own
FRAGMENTS: list[tuple[str, str, Any, list[tuple[str, str]]]] = [
    # References.
    (
        "3.0.0",
        SCHEMAS,
        {"A": {"items": NOWHERE}, "B": {"$ref": "#/components/schemas/A"}},
        [("unresolved-reference", "/A/items/$ref")],
    ),
    (
        "3.0.0",
        f"{GET}/requestBody",
        {"content": {"a/b": {"schema": {"allOf": [NOWHERE]}}}},
        [("unresolved-reference", "/content/a~1b/schema/allOf/0/$ref")],
    ),
    ("3.0.0", f"{GET}/requestBody", NOWHERE, [("unresolved-reference", "/$ref")]),
    (
        "3.0.0",
        f"{GET}/responses",
        {"200": NOWHERE, "400": {"headers": {"A": NOWHERE}}},
        [
            ("unresolved-reference", "/200/$ref"),
            ("unresolved-reference", "/400/headers/A/$ref"),
        ],
    ),
    (
        "3.0.0",
        f"{GET}/parameters",
        [NOWHERE],
        [("unresolved-reference", "/0/$ref")],
    ),
    ("3.0.0", f"{SCHEMAS}/A", ELSEWHERE, [("external-reference", "/$ref")]),
    (
        "3.0.0",
        f"{SCHEMAS}/A",
        {"$ref": "https://example.com/a.json"},
        [("external-reference", "/$ref")],
    ),
    ("3.0.0", f"{SCHEMAS}/A", {"properties": {"$ref": {"type": "string"}}}, []),
    ("3.0.0", f"{SCHEMAS}/A", {"example": NOWHERE, "x-a": NOWHERE}, []),
    (
        "3.0.0",
        SCHEMAS,
        {"A b": {"items": {"$ref": "#/components/schemas/A%20b"}}},
        [],
    ),
    (
        "2.0",
        "/definitions",
        {"A": {"$ref": "#/definitions/A"}, "B": {"$ref": "#/definitions/C"}},
        [("unresolved-reference", "/B/$ref")],
    ),
    (
        "3.1.0",
        f"{SCHEMAS}/A",
        {
            "$id": "https://example.com/a",
            "$defs": {"B": {"$anchor": "b"}},
            "prefixItems": [
                {"$ref": "#b"},
                {"$ref": "#/$defs/B"},
                {"$ref": "https://example.com/a#/$defs/B"},
                {"$ref": "#c"},
            ],
        },
        [("unresolved-reference", "/prefixItems/3/$ref")],
    ),
    # Discriminators.
    (
        "3.0.0",
        SCHEMAS,
        {
            "Dog": {"properties": {"kind": {}}},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Dog"}]},
            "Fish": {},
            "Pet": {
                "oneOf": [
                    {"$ref": "#/components/schemas/Dog"},
                    {"$ref": "#/components/schemas/Cat"},
                    {"$ref": "#/components/schemas/Fish"},
                ],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {
                        "a": "Dog",
                        "b": "#/components/schemas/Cat",
                        "c": "Bird",
                        "d": "#/components/schemas/Bird",
                        "e": "bird.yaml",
                    },
                },
            },
        },
        [
            ("unresolved-reference", "/Pet/discriminator/mapping/c"),
            ("unresolved-reference", "/Pet/discriminator/mapping/d"),
            ("external-reference", "/Pet/discriminator/mapping/e"),
            ("undeclared-discriminator", "/Pet/oneOf/2"),
        ],
    ),
    (
        "3.2.0",
        SCHEMAS,
        {
            "Dog": {"properties": {"kind": {}}},
            "Any": {},
            "A": {
                "oneOf": [
                    {"$ref": "#/components/schemas/Dog"},
                    {"$ref": "#/components/schemas/Any"},
                ],
                "discriminator": {"propertyName": "kind", "defaultMapping": "Any"},
            },
            "B": {
                "properties": {"kind": {}},
                "discriminator": {"propertyName": "kind", "defaultMapping": "Bird"},
            },
            "C": {
                "properties": {"kind": {}},
                "discriminator": {"propertyName": "kind", "defaultMapping": "a.yaml"},
            },
        },
        [
            ("unresolved-reference", "/B/discriminator/defaultMapping"),
            ("external-reference", "/C/discriminator/defaultMapping"),
        ],
    ),
    # Before 3.2 it means nothing.
    (
        "3.1.0",
        f"{SCHEMAS}/A",
        {
            "properties": {"kind": {}},
            "discriminator": {"propertyName": "kind", "defaultMapping": "Bird"},
        },
        [],
    ),
    (
        "2.0",
        "/definitions",
        {
            "A": {"discriminator": "a", "properties": {"a": {}}},
            "B": {"discriminator": "b", "properties": {"a": {}}},
        },
        [("undeclared-discriminator", "/B/discriminator")],
    ),
    # Security.
    (
        "3.0.0",
        GET,
        {"responses": {}, "security": [{}, {"token": [], "key": []}]},
        [
            ("unknown-security-scheme", "/security/1/token"),
            ("unknown-security-scheme", "/security/1/key"),
        ],
    ),
    ("2.0", "/security", [{"token": []}], [("unknown-security-scheme", "/0/token")]),
    (
        "3.2.0",
        "/security",
        [{"#/info": []}],
        [("unknown-security-scheme", "/0/#~1info")],
    ),
    (
        "3.2.0",
        GET,
        {
            "responses": {},
            "security": [{"#/components/securitySchemes/key": []}],
        },
        [
            (
                "unresolved-reference",
                "/security/0/#~1components~1securitySchemes~1key",
            )
        ],
    ),
    # Paths and their parameters.
    (
        "3.0.0",
        ITEM,
        {"parameters": [ID], "get": {"responses": {}}, "put": {"parameters": [ID]}},
        [],
    ),
    (
        "3.0.0",
        ITEM,
        {"get": {"parameters": [{**ID, "name": "ID"}]}},
        [
            ("path-parameter-mismatch", "/get"),
            ("path-parameter-mismatch", "/get/parameters/0"),
        ],
    ),
    (
        "3.0.0",
        ITEM,
        {"parameters": [ID, {**ID, "in": "query"}, {**ID, "required": False}]},
        [("duplicate-parameter", "/parameters/2")],
    ),
    (
        "3.0.0",
        f"{GET}/parameters",
        [{"name": "X-A", "in": "header"}, {"name": "x-a", "in": "header"}],
        [("duplicate-parameter", "/1")],
    ),
    (
        "3.0.0",
        "/paths",
        {"/a/{x}": {}, "/a/{y}": {}, "/a/b": {}, "/a/{y}/b": {}},
        [("ambiguous-path", "/~1a~1{y}")],
    ),
    ("3.0.0", "/webhooks", {"a{b}": {"post": {"parameters": [ID]}}}, []),
    # Operation ids.
    (
        "3.0.0",
        "/paths/~1a",
        {"get": {"operationId": "a"}, "put": {"operationId": "a"}},
        [("duplicate-operation-id", "/put/operationId")],
    ),
    # Answers that ask for credentials, of which none are described.
    (
        "3.0.0",
        "/paths/~1a",
        {"get": {"responses": REFUSAL}, "put": {"responses": REFUSAL}},
        [("undescribed-security", "/get/responses/401")],
    ),
    (
        "3.0.0",
        "/paths/~1a",
        {"get": {"responses": REFUSAL, "security": [{}]}},
        [("undescribed-security", "/get/responses/401")],
    ),
    ("3.0.0", f"{GET}/responses", {"200": {}, "403": {}, "default": {}}, []),
    (
        "2.0",
        "/paths",
        {
            "/a": {"get": {"responses": REFUSAL}},
            "/b": {"get": {"security": [{"nobody": []}]}},
        },
        [("unknown-security-scheme", "/~1b/get/security/0/nobody")],
    ),
]

WARNINGS = {
    "ambiguous-path",
    "duplicate-operation-id",
    "undeclared-discriminator",
    "undescribed-security",
}


@pytest.mark.parametrize(("version", "pointer", "value", "expected"), FRAGMENTS)
def test_a_fragment_tells(
    version: str,
    pointer: str,
    value: Any,
    expected: list[tuple[str, str]],
    place: Place,
    told: Told,
) -> None:
    diagnostics = Diagnostics()

    check_semantics(place(version, pointer, value), diagnostics)

    assert told(diagnostics) == [(code, pointer + below) for code, below in expected]
    assert {found.code for found in diagnostics if found.severity == "warning"} == {
        code for code, _ in expected if code in WARNINGS
    }


def test_references_that_go_in_circles_end(place: Place) -> None:
    a, b = "#/components/schemas/A", "#/components/schemas/B"
    schemas: dict[str, Any] = {
        "A": {"$ref": b},
        "B": {"$ref": a},
        "C": {
            "allOf": [{"$ref": "#/components/schemas/C"}],
            "discriminator": {"propertyName": "kind"},
        },
    }
    diagnostics = Diagnostics()

    check_semantics(place("3.0.0", SCHEMAS, schemas), diagnostics)

    assert [found.code for found in diagnostics] == ["undeclared-discriminator"]


def test_a_deep_schema_is_no_trouble(place: Place, told: Told) -> None:
    schema: dict[str, Any] = dict(NOWHERE)
    for _ in range(5000):
        schema = {"items": schema}
    diagnostics = Diagnostics()

    check_semantics(place("3.0.0", f"{SCHEMAS}/A", schema), diagnostics)

    assert [code for code, _ in told(diagnostics)] == ["unresolved-reference"]
