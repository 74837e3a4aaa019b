"""Harmless faults are mended, named and placed; everything else is left alone."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.document import Document, is_object
from oasmith.validation.repair import repair_document

Place = Callable[[str, str, Any], Document]
Told = Callable[[Diagnostics], list[tuple[str, str]]]

SCHEMA = "/components/schemas/A"
MEDIA = "/components/requestBodies/A/content/application~1json"
OPERATION = "/paths/~1a/get"
ITEM = "/paths/~1a~1{id}"

OK = {"200": {"description": ""}}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}

# rule, version, where the fragment stands, the fragment, what becomes of it, and the
# place that is named, below the fragment's own
MENDED: list[tuple[str, str, str, Any, Any, str]] = [
    (
        "range-code-case",
        "3.0.0",
        f"{OPERATION}/responses",
        {"4xx": {"description": "no"}, "default": {"description": ""}},
        {"4XX": {"description": "no"}, "default": {"description": ""}},
        "/4xx",
    ),
    (
        "null-member",
        "3.0.0",
        SCHEMA,
        {"type": "string", "description": None, "example": None},
        {"type": "string", "example": None},
        "/description",
    ),
    (
        "null-member",
        "3.1.0",
        OPERATION,
        {"parameters": None, "responses": OK},
        {"responses": OK},
        "/parameters",
    ),
    (
        "duplicate-required",
        "3.0.0",
        SCHEMA,
        {"required": ["b", "a", "b"]},
        {"required": ["b", "a"]},
        "/required",
    ),
    (
        "duplicate-enum-value",
        "3.0.0",
        SCHEMA,
        {"enum": [1, True, 1.0, "1"]},
        {"enum": [1, True, "1"]},
        "/enum",
    ),
    (
        "duplicate-tag",
        "3.0.0",
        "/tags",
        [{"name": "a"}, {"name": "a", "description": "again"}, {"name": "b"}],
        [{"name": "a"}, {"name": "b"}],
        "",
    ),
    ("empty-list", "3.0.0", SCHEMA, {"oneOf": []}, {}, "/oneOf"),
    ("empty-list", "3.0.0", SCHEMA, {"required": []}, {}, "/required"),
    ("empty-list", "3.1.0", SCHEMA, {"anyOf": []}, {}, "/anyOf"),
    (
        "boolean-required",
        "3.0.0",
        f"{SCHEMA}/properties",
        {"required": {"type": "string", "required": True}},
        {"required": {"type": "string"}},
        "/required/required",
    ),
    (
        "default-outside-type",
        "3.0.0",
        SCHEMA,
        {"type": "boolean", "default": "true"},
        {"type": "boolean"},
        "/default",
    ),
    (
        "default-outside-type",
        "3.1.0",
        SCHEMA,
        {"type": ["integer", "null"], "default": False},
        {"type": ["integer", "null"]},
        "/default",
    ),
    (
        "default-outside-type",
        "2.0",
        "/parameters/A",
        {"in": "query", "name": "a", "type": "integer", "default": "1"},
        {"in": "query", "name": "a", "type": "integer"},
        "/default",
    ),
    (
        "default-outside-enum",
        "3.0.0",
        f"{SCHEMA}/properties/default",
        {"type": "string", "enum": ["a", "b"], "default": "c"},
        {"type": "string", "enum": ["a", "b"]},
        "/default",
    ),
    (
        "optional-path-parameter",
        "3.0.0",
        "/components/parameters/A",
        {"name": "a", "in": "path", "schema": {}},
        {"name": "a", "in": "path", "schema": {}, "required": True},
        "/in",
    ),
    (
        "missing-path-parameter",
        "3.0.0",
        ITEM,
        {"get": {"responses": OK}},
        {"get": {"responses": OK, "parameters": [ID]}},
        "/get",
    ),
    (
        "missing-description",
        "3.1.0",
        f"{OPERATION}/responses",
        {"200": {}},
        OK,
        "/200",
    ),
    (
        "misplaced-annotation",
        "3.0.0",
        f"{OPERATION}/responses/200",
        {"description": "", "externalDocs": {"url": "https://example.com"}},
        {"description": ""},
        "/externalDocs",
    ),
    (
        "missing-responses",
        "3.0.0",
        "/paths/~1a",
        {"get": {"operationId": "a"}},
        {"get": {"operationId": "a", "responses": {"default": {"description": ""}}}},
        "/get",
    ),
    (
        "missing-responses",
        "3.1.0",
        "/paths/~1a",
        {"get": {"responses": {}}},
        {"get": {"responses": {"default": {"description": ""}}}},
        "/get/responses",
    ),
    (
        "null-type",
        "3.1.0",
        SCHEMA,
        {"anyOf": [{"type": "string"}, {"type": None}]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "/anyOf/1/type",
    ),
    (
        "boolean-bound",
        "3.1.0",
        SCHEMA,
        {"maximum": 5, "exclusiveMaximum": True},
        {"maximum": 5, "exclusiveMaximum": 5},
        "/exclusiveMaximum",
    ),
    (
        "boolean-bound",
        "3.1.0",
        SCHEMA,
        {"minimum": 5, "exclusiveMinimum": False},
        {"minimum": 5},
        "/exclusiveMinimum",
    ),
    (
        "misplaced-annotation",
        "3.0.0",
        "/info",
        {"title": "a", "version": "1", "summary": "since 3.1"},
        {"title": "a", "version": "1"},
        "/summary",
    ),
    (
        "misshapen-examples",
        "3.1.0",
        SCHEMA,
        {"examples": {"a": {"value": 1}}},
        {},
        "/examples",
    ),
    (
        "misshapen-examples",
        "3.0.0",
        MEDIA,
        {"examples": [1, 2]},
        {},
        "/examples",
    ),
    (
        "example-and-examples",
        "3.0.0",
        MEDIA,
        {"example": 1, "examples": {"a": {"value": 1}}},
        {"examples": {"a": {"value": 1}}},
        "/example",
    ),
    *(
        (
            "slashed-pattern",
            "3.0.0",
            SCHEMA,
            {"type": "string", "pattern": pattern},
            {"type": "string", **mended},
            "/pattern",
        )
        for pattern, mended in (
            ("/^[a-z]+$/", {"pattern": "^[a-z]+$"}),
            ("/^a/g", {"pattern": "^a"}),
            ("/a$/", {"pattern": "a$"}),
            ("/^[a-z]+$/i", {}),
        )
    ),
    (
        "unsupported-pattern",
        "3.0.0",
        SCHEMA,
        {"type": "string", "pattern": r"^\p{L}+$"},
        {"type": "string"},
        "/pattern",
    ),
    ("version-number", "3.1", "/openapi", 3.1, "3.1.0", ""),
    ("version-number", "3.0", "/openapi", "3.0", "3.0.0", ""),
    ("version-number", "2.0", "/swagger", 2.0, "2.0", ""),
    (
        "number-for-text",
        "3.0.0",
        "/info",
        {"title": "a", "version": 1.5},
        {"title": "a", "version": "1.5"},
        "/version",
    ),
]

LEFT_ALONE: list[tuple[str, str, Any]] = [
    # Properties that are called like keywords.
    ("3.0.0", f"{SCHEMA}/properties", {"default": {}, "externalDocs": {}, "4xx": {}}),
    # Free data.
    ("3.0.0", SCHEMA, {"example": {"required": [1, 1], "description": None}}),
    ("3.0.0", SCHEMA, {"default": {"oneOf": [], "type": "string", "default": 1}}),
    ("3.0.0", SCHEMA, {"enum": [{"required": ["a", "a"]}, {"oneOf": []}]}),
    ("3.1.0", f"{OPERATION}/x-more", {"responses": {"4xx": {}}, "a": None}),
    ("3.0.0", "/paths/x-more", {"get": {"responses": {"4xx": {}}}}),
    ("3.0.0", "/components/examples/A", {"value": None}),
    # What means something.
    ("3.0.0", SCHEMA, {"type": "string", "pattern": "/a/"}),
    ("3.0.0", SCHEMA, {"type": "string", "pattern": "^/a/$"}),
    ("3.0.0", SCHEMA, {"type": "string", "pattern": "/a\\$/"}),
    ("3.0.0", SCHEMA, {"type": "string", "nullable": True, "default": None}),
    ("3.1.0", SCHEMA, {"type": "null", "enum": [None], "default": None}),
    ("3.1.0", SCHEMA, {"const": None, "required": [], "summary": "any", "enum": []}),
    ("3.0.0", SCHEMA, {"type": "integer", "enum": [1, 2], "default": 1.0}),
    ("3.0.0", f"{OPERATION}", {"responses": OK, "security": []}),
    ("3.2.0", f"{OPERATION}/responses", {"200": {}}),
    ("3.0.0", SCHEMA, {"maximum": 5, "exclusiveMaximum": True}),
    # 3.1 leaves it open what an operation answers.
    ("3.1.0", "/paths/~1a", {"get": {"operationId": "a"}}),
    # A text, a type that was forgotten, or null: it can't be known.
    ("3.1.0", SCHEMA, {"type": None}),
    ("3.0.0", SCHEMA, {"anyOf": [{"type": None}]}),
    # A range that is there already, in the right spelling.
    (
        "3.0.0",
        f"{OPERATION}/responses",
        {"4xx": {"description": ""}, "4XX": {"description": ""}},
    ),
    # The parameter may be meant under another name, or in another place.
    ("3.0.0", ITEM, {"get": {"responses": OK, "parameters": [{**ID, "name": "ID"}]}}),
    (
        "3.0.0",
        ITEM,
        {"get": {"responses": OK, "parameters": [{"$ref": "other.yaml#/a"}]}},
    ),
    (
        "3.0.0",
        "/paths/~1a?q={q}",
        {"get": {"responses": OK, "parameters": [{"name": "q", "in": "query"}]}},
    ),
]


@pytest.mark.parametrize(
    ("rule", "version", "pointer", "before", "after", "below"), MENDED
)
def test_a_harmless_fault_is_mended(
    rule: str,
    version: str,
    pointer: str,
    before: Any,
    after: Any,
    below: str,
    place: Place,
    told: Told,
) -> None:
    document = place(version, pointer, before)
    original = copy.deepcopy(document.root)
    diagnostics = Diagnostics()

    repaired = repair_document(document, diagnostics)

    assert told(diagnostics) == [(f"repair[{rule}]", pointer + below)]
    assert not diagnostics.has_errors
    assert repaired.find(pointer) == after
    assert _keys(repaired.find(pointer)) == _keys(after)
    assert document.root == original
    again = Diagnostics()
    assert repair_document(repaired, again).root is repaired.root
    assert not list(again)


@pytest.mark.parametrize(("version", "pointer", "value"), LEFT_ALONE)
def test_what_is_no_harmless_fault_is_left_alone(
    version: str, pointer: str, value: Any, place: Place, told: Told
) -> None:
    document = place(version, pointer, value)
    diagnostics = Diagnostics()

    assert repair_document(document, diagnostics) is document
    assert told(diagnostics) == []


def test_what_did_not_change_is_shared(place: Place) -> None:
    document = place("3.0.0", SCHEMA, {"oneOf": []})
    repaired = repair_document(document, Diagnostics())

    assert repaired.root["info"] is document.root["info"]


def test_several_faults_in_one_branch(place: Place, told: Told) -> None:
    parameter = {"name": "id", "in": "path", "required": None, "summary": "no"}
    content: Any = {"text/plain": {"schema": {"allOf": []}}}
    document = place(
        "3.0.0", ITEM, {"get": {"responses": {"5xx": {"content": content}}}}
    )
    document.root["paths"]["/a/{id}"]["parameters"] = [parameter]
    diagnostics = Diagnostics()

    repaired = repair_document(document, diagnostics)

    assert repaired.find(ITEM) == {
        "get": {
            "responses": {
                "5XX": {"description": "", "content": {"text/plain": {"schema": {}}}}
            }
        },
        "parameters": [{"name": "id", "in": "path", "required": True}],
    }
    assert len(told(diagnostics)) == 6


def test_a_renamed_part_is_still_found_in_its_source(place: Place) -> None:
    responses = f"{OPERATION}/responses"
    document = place("3.0.0", f"{responses}/4xx", {"description": "", "content": {}})
    repaired = repair_document(document, Diagnostics())

    node = repaired.node(f"{responses}/4XX/content")
    assert node.pointer == f"{responses}/4xx/content"


def test_a_document_of_no_known_version_is_left_alone(place: Place) -> None:
    document = place("4.0.0", "/tags", None)
    assert repair_document(document, Diagnostics()) is document


def _keys(value: Any) -> list[str]:
    return list(value) if is_object(value) else []
