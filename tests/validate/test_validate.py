"""What openapi-spec-validator finds is told with a place, and remembered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics, Stopped
from oasmith.document import Document
from oasmith.validation import spec_validator, validate
from oasmith.validation.validate import check_with_validator, validate_document
from oasmith.validation.verdict import Problem

Place = Callable[[str, str, Any], Document]
Told = Callable[[Diagnostics], list[tuple[str, str]]]

SCHEMA = "/components/schemas/A"
GET = "/paths/~1a/get"
OK = {"200": {"description": ""}}

# version, where the fragment stands, the fragment, the code, the place below the
# fragment's own, and words of the message
INVALID: list[tuple[str, str, Any, str, str, str]] = [
    ("3.0.0", "/info", {"title": "a"}, "invalid-document", "", '"version" is missing'),
    ("3.1.0", "/info", {"title": "a"}, "invalid-document", "", '"version" is missing'),
    ("3.2.0", "/info", {"title": "a"}, "invalid-document", "", '"version" is missing'),
    ("2.0", "/info", {"title": "a"}, "invalid-document", "", '"version" is missing'),
    (
        "3.0.0",
        GET,
        {"responses": OK, "tagz": []},
        "invalid-document",
        "/tagz",
        '"tagz" has no place here',
    ),
    # Alternatives: the one that was meant says what is wrong.
    (
        "3.0.0",
        f"{GET}",
        {
            "responses": OK,
            "parameters": [{"name": "a", "in": "query", "schema": {"type": "strin"}}],
        },
        "invalid-document",
        "/parameters/0/schema/type",
        '"strin" is not "array", "boolean",',
    ),
    (
        "3.0.0",
        "/components/securitySchemes/A",
        {"type": "apiKey", "in": "heather", "name": "a"},
        "invalid-document",
        "/in",
        '"heather" is not "header", "query" or "cookie"',
    ),
    # Found behind a reference.
    (
        "3.0.0",
        "/components",
        {
            "schemas": {"A": {"type": "string", "format": "date", "default": "now"}},
            "parameters": {
                "A": {
                    "name": "a",
                    "in": "query",
                    "schema": {"$ref": "#/components/schemas/A"},
                }
            },
        },
        "invalid-default",
        "/schemas/A/default",
        '"now" is not a date',
    ),
    (
        "3.0.0",
        SCHEMA,
        {"properties": {"b": {"items": {"type": "string"}, "default": [1]}}},
        "invalid-default",
        "/properties/b/default/0",
        "1 is not a text",
    ),
    (
        "3.0.0",
        SCHEMA,
        {"allOf": [{"properties": {"a": {}}}], "required": ["b"]},
        "undefined-required",
        "",
        "required list",
    ),
    # Whatever it raises.
    (
        "3.0.0",
        SCHEMA,
        {"properties": {"a": {"$ref": "http://192.0.2.1/a.json"}}},
        "validator-failed",
        "",
        "",
    ),
    ("3.0.0", SCHEMA, {"items": {"$ref": "#/no/where"}}, "validator-failed", "", ""),
]


@pytest.mark.parametrize(
    ("version", "pointer", "value", "code", "below", "words"), INVALID
)
def test_what_is_wrong_is_told(
    version: str,
    pointer: str,
    value: Any,
    code: str,
    below: str,
    words: str,
    place: Place,
    told: Told,
) -> None:
    diagnostics = Diagnostics()

    validate_document(place(version, pointer, value), diagnostics)

    failed = code == "validator-failed"
    assert told(diagnostics) == [(code, "" if failed else pointer + below)]
    [diagnostic] = diagnostics
    assert words in diagnostic.message
    assert diagnostics.has_errors == (code == "invalid-document")


def test_what_is_near_is_said(place: Place) -> None:
    for pointer, value, help in (
        (GET, {"responses": OK, "tagz": []}, 'did you mean "tags"?'),
        (GET, {"responses": OK, "tags": [], "tagz": []}, None),
        (SCHEMA, {"type": "strin"}, 'did you mean "string"?'),
        (SCHEMA, {"type": "file"}, None),
    ):
        diagnostics = Diagnostics()
        validate_document(place("3.0.0", pointer, value), diagnostics)
        assert [each.help for each in diagnostics] == [help]


@pytest.mark.parametrize("version", ["2.0", "3.0.3", "3.1.1", "3.2.0"])
def test_a_valid_document_tells_nothing(version: str, place: Place) -> None:
    diagnostics = Diagnostics()
    validate_document(place(version, GET, {"responses": OK}), diagnostics)
    assert not list(diagnostics)


@pytest.mark.parametrize(
    ("root", "code", "pointer"),
    [
        ({}, "not-openapi", ""),
        ({"swagger": "1.2"}, "unsupported-version", "/swagger"),
        ({"openapi": "4.0.0"}, "unsupported-version", "/openapi"),
        ({"openapi": "3.10.0"}, "unsupported-version", "/openapi"),
        ({"openapi": None}, "unsupported-version", "/openapi"),
    ],
)
def test_other_documents_end_the_run(
    root: dict[str, Any], code: str, pointer: str, place: Place, told: Told
) -> None:
    diagnostics = Diagnostics()
    document = Document(place("3.0.0", "/paths", {}).source, root)
    with pytest.raises(Stopped):
        validate_document(document, diagnostics)
    assert told(diagnostics) == [(code, pointer)]


def test_long_messages_are_cut(place: Place) -> None:
    diagnostics = Diagnostics()
    validate_document(place("3.0.0", "/info", ["long"] * 1000), diagnostics)
    [diagnostic] = diagnostics
    assert len(diagnostic.message) <= 200
    assert diagnostic.message.endswith("... is not an object")


def test_many_problems_are_counted(place: Place) -> None:
    diagnostics = Diagnostics()
    paths = {f"/{number}": {"get": {"responses": OK, "a": 1}} for number in range(60)}
    validate_document(place("3.0.0", "/paths", paths), diagnostics)
    assert len(list(diagnostics)) == 51
    assert list(diagnostics)[-1].message == "there are 10 more problems like these"


def test_the_verdict_is_remembered(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = place("3.0.0", "/info", {"title": "a"}).root
    first = check_with_validator(root)

    def find_none(root: dict[str, Any]) -> list[Problem]:
        return []

    monkeypatch.setattr(spec_validator, "find_problems", find_none)
    assert first and check_with_validator(json.loads(json.dumps(root))) == first
    assert not check_with_validator({**root, "x-other": 1})
    monkeypatch.setattr(validate, "_RULES_VERSION", -1)
    assert not check_with_validator(root)


def test_the_verdict_can_come_from_another_process(place: Place) -> None:
    root = place("3.0.0", "/info", {"title": "a"}).root
    with get_context("spawn").Pool(1) as pool:
        [problem] = pool.apply(check_with_validator, (root,))
    assert problem == Problem('"version" is missing', "/info", "invalid-document")


def test_the_validator_is_imported_when_it_is_needed(cache_folder: Path) -> None:
    program = (
        "import sys, oasmith.validation.validate\n"
        "sys.exit('openapi_spec_validator' in sys.modules or 'black' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
