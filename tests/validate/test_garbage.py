"""No value in an odd place makes a stage fail: it is told, or left to the validator."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.document import (
    Document,
    is_array,
    is_object,
    join_pointer,
    split_pointer,
)
from oasmith.validation.repair import repair_document
from oasmith.validation.semantics import check_semantics
from oasmith.validation.validate import validate_document

Place = Callable[[str, str, Any], Document]

PATH_ITEM: dict[str, Any] = {
    "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
    "post": {
        "operationId": "a",
        "tags": ["a", "a"],
        "security": [{"token": []}],
        "parameters": [{"$ref": "#/paths/~1a~1{id}/parameters/0"}],
        "requestBody": {
            "content": {
                "a/b": {
                    "example": 1,
                    "examples": {"a": {"value": 1}},
                    "schema": {
                        "type": "object",
                        "required": ["a", "a"],
                        "properties": {
                            "a": {"type": "string", "enum": ["a"], "default": "b"},
                            "b": {"pattern": "(", "examples": []},
                        },
                        "oneOf": [{"$ref": "#/info"}],
                        "discriminator": {"propertyName": "a", "mapping": {"b": "b"}},
                    },
                },
            },
        },
        "responses": {"4xx": {"externalDocs": {}, "headers": {"a": {}}}},
    },
}
GARBAGE: list[Any] = [None, True, 7, "a", "", [], [None], {}, {"$ref": 7}, {"a": None}]


def _pointers(value: Any, pointer: str) -> Iterator[str]:
    yield pointer
    if is_object(value):
        for key, item in value.items():
            yield from _pointers(item, join_pointer(pointer, key))
    elif is_array(value):
        for index, item in enumerate(value):
            yield from _pointers(item, join_pointer(pointer, index))


def _with(root: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    root = copy.deepcopy(root)
    *above, last = split_pointer(pointer)
    holder: Any = root
    for key in above:
        holder = holder[int(key) if is_array(holder) else key]
    holder[int(last) if is_array(holder) else last] = value
    return root


@pytest.mark.parametrize("version", ["2.0", "3.0.0", "3.1.0"])
def test_repairs_and_checks_take_anything(version: str, place: Place) -> None:
    document = place(version, "/paths/~1a~1{id}", PATH_ITEM)
    for pointer in _pointers(document.root, ""):
        for value in GARBAGE if pointer else ():
            root = _with(document.root, pointer, value)
            odd = Document(document.source, root)
            diagnostics = Diagnostics()
            check_semantics(repair_document(odd, diagnostics), diagnostics)
            # All that can be mended is mended at once.
            again = Diagnostics()
            repair_document(repair_document(odd, Diagnostics()), again)
            assert not list(again), (pointer, value)


@pytest.mark.parametrize("value", [value for value in GARBAGE if value != {}])
@pytest.mark.parametrize("pointer", ["/paths", "/paths/~1a~1{id}/post/parameters"])
def test_the_validator_takes_anything(pointer: str, value: Any, place: Place) -> None:
    document = place("3.0.0", "/paths/~1a~1{id}", PATH_ITEM)
    odd = Document(document.source, _with(document.root, pointer, value))
    diagnostics = Diagnostics()
    validate_document(odd, diagnostics)
    assert list(diagnostics)
