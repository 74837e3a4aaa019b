"""What is told of a changed description is what would be told had it been the first."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from oasmith.validation import spec_validator
from oasmith.validation.validate import check_with_validator

_PARAMETER = {"name": "id", "in": "path", "required": True}
_PET: dict[str, Any] = {
    "type": "object",
    "required": ["id", "owner"],
    "properties": {
        "id": {"type": "string", "default": "1"},
        "owner": {"$ref": "#/components/schemas/Owner"},
        "kind": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Owner"}]},
    },
}
_OWNER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}
    },
}
_ANSWER = {"200": {"$ref": "#/components/responses/Pet"}}
_CONTENT = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
_DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "parameters": [{"$ref": "#/components/parameters/Id"}],
            "get": {"operationId": "getPet", "responses": _ANSWER},
        },
        "/owners": {
            "post": {
                "operationId": "addOwner",
                "requestBody": {"content": _CONTENT},
                "responses": {"204": {"description": "Done."}},
            },
        },
        "/a~b/c": {"get": {"operationId": "odd", "responses": _ANSWER}},
        "/again": {"$ref": "#/paths/~1a~0b~1c"},
    },
    "components": {
        "schemas": {"Pet": _PET, "Owner": _OWNER, "Alone": {"type": "integer"}},
        "responses": {"Pet": {"description": "A pet.", "content": _CONTENT}},
        "parameters": {"Id": {**_PARAMETER, "schema": {"type": "string"}}},
    },
}


@pytest.fixture(autouse=True)
def use_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def use_cache(name: str) -> None:
        monkeypatch.setenv("OASMITH_CACHE", str(tmp_path / name))

    use_cache("warm")
    return use_cache


def test_every_change_is_seen(use_cache: Callable[[str], None]) -> None:
    check_with_validator(_DOCUMENT)
    number = found = 0
    for changed in _changes(_DOCUMENT):
        use_cache("warm")
        warm = check_with_validator(changed)
        use_cache(f"cold{number}")
        assert check_with_validator(changed) == warm, json.dumps(changed)
        number += 1
        found += bool(warm)
        use_cache("warm")
        check_with_validator(_DOCUMENT)
    assert number > 150
    assert found > 80


@pytest.mark.parametrize("key", ["$id", "$anchor", "$dynamicRef"])
def test_other_references_are_left_to_the_validator(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = copy.deepcopy(_DOCUMENT)
    document["components"]["schemas"]["Alone"][key] = "#x"
    asked = _note_questions(monkeypatch)
    check_with_validator(document)
    document["info"]["version"] = "2"
    check_with_validator(document)
    assert [len(each["paths"]) for each in asked] == [4, 4]


def test_only_what_is_new_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _note_questions(monkeypatch)
    assert check_with_validator(_DOCUMENT) == []
    changed = copy.deepcopy(_DOCUMENT)
    changed["info"]["version"] = "2"
    changed["paths"]["/owners"]["post"]["summary"] = "Add an owner."
    assert check_with_validator(changed) == []
    assert asked[1]["paths"].keys() == {"/owners"}
    assert asked[1]["components"]["schemas"].keys() == {"Pet", "Owner"}
    changed["components"]["parameters"]["Id"]["description"] = "Which."
    assert check_with_validator(changed) == []
    assert asked[2]["paths"].keys() == {"/pets/{id}"}
    assert check_with_validator(changed) == []
    assert len(asked) == 3


def _note_questions(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []
    ask = spec_validator.find_problems

    def note(root: dict[str, Any]) -> Any:
        asked.append(root)
        return ask(root)

    monkeypatch.setattr(spec_validator, "find_problems", note)
    return asked


def _changes(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The document without each member, and with other things in its place."""
    for path in _paths_in(document):
        for change in (_remove, _replace_by_list, _replace_by_number):
            changed = copy.deepcopy(document)
            owner = changed
            for key in path[:-1]:
                owner = owner[key]
            change(owner, path[-1])
            if "openapi" in changed and isinstance(changed["openapi"], str):
                yield changed


def _remove(owner: Any, key: Any) -> None:
    del owner[key]


def _replace_by_list(owner: Any, key: Any) -> None:
    owner[key] = []


def _replace_by_number(owner: Any, key: Any) -> None:
    owner[key] = 7


def _paths_in(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield (*above, key)
        yield from _paths_in(item, (*above, key))
