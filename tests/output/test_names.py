"""Names over several runs: those that stay, those that are chosen, what is said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import oasmith
from oasmith.config import read_clients
from oasmith.diagnostics import Diagnostics
from oasmith.listing import format_diagnostic

Names = dict[str, dict[str, str]]


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_function_keeps_its_name_aloud() -> None:
    _generate(_pets())
    said = _generate(_pets(operation_id="fetchPet"))
    assert _names()["operations"]["/paths/~1pets~1{id}/get"] == "get_pet"
    assert said == [
        'warning[kept-name]: the function "get_pet" keeps its name, and would be '
        '"fetch_pet" now',
        "  = help: in the client's table of pyproject.toml: "
        'names.operations."/paths/~1pets~1{id}/get" = "fetch_pet"',
    ]


@pytest.mark.parametrize("name", ["fetch_pet", "get_pet", "load_pet"])
def test_what_is_chosen_counts_and_is_told_no_more(name: str) -> None:
    _generate(_pets())
    chosen = {"operations": {"/paths/~1pets~1{id}/get": name}}
    assert _generate(_pets(operation_id="fetchPet"), chosen) == []
    assert _names()["operations"]["/paths/~1pets~1{id}/get"] == name
    assert Path(f"pets/api/pets/{name}.py").exists()


def test_a_path_is_the_same_whatever_its_variable_is_called() -> None:
    _generate(_pets())
    said = _generate(_pets(variable="petId", operation_id="fetchPet"))
    assert _names()["operations"] == {"/paths/~1pets~1{petId}/get": "get_pet"}
    key = "/paths/~1pets~1{petId}/get/path/petId"
    assert _names()["arguments"][key] == "id"
    assert [line for line in said if "argument" in line and "help" not in line] == [
        'warning[kept-name]: the argument "id" keeps its name, and would be "pet_id" '
        "now"
    ]


def test_variables_that_change_places_take_their_names_with_them() -> None:
    def description(path: str) -> dict[str, Any]:
        made = _pets()
        made["paths"] = {path: made["paths"]["/pets/{id}"]}
        made["paths"][path]["get"]["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in ("owner", "repo")
        ]
        return made

    _generate(description("/{owner}/{repo}"))
    said = _generate(description("/{repo}/{owner}"))
    given = _names()["arguments"]
    assert {key.rpartition("/")[2]: name for key, name in given.items()} == {
        "owner": "owner",
        "repo": "repo",
    }
    assert said == []


def test_a_schema_with_another_name_is_proposed() -> None:
    """So is what is in it, and what refers to it, which is the same but for that."""
    _generate(_pets())
    assert _generate(_pets(pet="Animal", owner="Keeper")) == [
        'warning[renamed-schema]: "/components/schemas/Animal" is what '
        '"/components/schemas/Pet" was, whose class was called "Pet"',
        "  = help: to call it so, in the client's table of pyproject.toml: "
        'names.models."/components/schemas/Animal" = "Pet"',
        'warning[renamed-schema]: "/components/schemas/Animal/properties/colour" is '
        'what "/components/schemas/Pet/properties/colour" was, whose class was called '
        '"PetColour"',
        "  = help: to call it so, in the client's table of pyproject.toml: "
        'names.models."/components/schemas/Animal/properties/colour" = "PetColour"',
        'warning[renamed-schema]: "/components/schemas/Keeper" is what '
        '"/components/schemas/Owner" was, whose class was called "Owner"',
        "  = help: to call it so, in the client's table of pyproject.toml: "
        'names.models."/components/schemas/Keeper" = "Owner"',
    ]
    assert _names()["models"]["/components/schemas/Animal"] == "Animal"


def test_the_lines_that_are_told_can_be_pasted() -> None:
    _generate(_pets())
    said = _generate(_pets(pet="Animal"))
    lines = [each.partition("toml: ")[2] for each in said if "help" in each]
    table = ["[[tool.oasmith.client]]", 'spec = "spec.json"', 'output = "pets"', *lines]
    Path("pyproject.toml").write_text("\n".join(table))
    diagnostics = Diagnostics()
    (client,) = read_clients("pyproject.toml", diagnostics)
    assert not list(diagnostics)
    chosen = {"models": {key: name for _, key, name in client.names}}
    assert _generate(_pets(pet="Animal"), chosen) == []
    assert set(_names()["models"].values()) == {
        "GetPetLook",
        "Owner",
        "Pet",
        "PetColour",
    }


def test_diff_proposes_it_too() -> None:
    Path("old.json").write_text(json.dumps(_pets()))
    Path("new.json").write_text(json.dumps(_pets(pet="Animal")))
    result = oasmith.diff("old.json", "new.json")
    codes = [each.code for each in result.comparison.changes]
    assert [each.code for each in result.diagnostics] == ["renamed-schema"] * 2
    assert codes == ["model-renamed"] * 2


def test_diff_tells_of_names_that_are_newly_chosen() -> None:
    chosen = {"models": {"/components/schemas/Pet": "Beast"}}
    _generate(_pets())
    with_lock = oasmith.diff("spec.json", "spec.json", output="pets", names=chosen)
    assert [each.code for each in with_lock.comparison.changes] == ["model-renamed"]
    without = oasmith.diff("spec.json", "spec.json", names=chosen)
    assert without.comparison.changes == ()


@pytest.mark.parametrize(
    "description",
    [
        {"pet": "Animal", "more": {"age": {"type": "integer"}}},
        {"pet": "Animal", "twin": "Beast"},
    ],
    ids=["another shape", "two of one shape"],
)
def test_what_may_be_something_else_is_not_proposed(
    description: dict[str, Any],
) -> None:
    _generate(_pets())
    assert not any("Animal" in line for line in _generate(_pets(**description)))


@pytest.mark.parametrize(
    ("key", "name", "problem"),
    [
        ("/components/schemas/Pet", "class", "is no name in Python"),
        ("/components/schemas/Pet", "a-b", "is no name in Python"),
        ("/components/schemas/Pet", "\ufb01sh", "is no name in Python"),
        ("/components/schemas/Pet", "Literal", "means something else there"),
        ("/components/schemas/Pet", "__init__", "means something else there"),
    ],
)
def test_a_name_must_be_one(key: str, name: str, problem: str) -> None:
    assert _generate(_pets(), {"models": {key: name}})[0] == (
        f'error[unusable-name]: "{name}" can\'t be the name for "{key}": it {problem}'
    )


def test_a_name_is_chosen_once() -> None:
    names = {f"/components/schemas/{each}": "Same" for each in ("Pet", "Owner")}
    said = _generate(_pets(), {"models": names})
    assert "it is the name of something else" in said[0]


def test_a_chosen_name_goes_before_one_that_was_given() -> None:
    _generate(_pets())
    _generate(_pets(), {"models": {"/components/schemas/Pet": "Owner"}})
    assert _names()["models"]["/components/schemas/Pet"] == "Owner"
    assert _names()["models"]["/components/schemas/Owner"] == "Owner2"


def test_what_nothing_has_is_told() -> None:
    said = _generate(_pets(), {"models": {"/components/schemas/Pte": "Pet"}})
    assert said == [
        'warning[unused-name]: nothing that is generated has the key "/components/'
        'schemas/Pte" among "models"',
        '  = help: the keys are those of "names" in oasmith.lock',
    ]


def test_the_place_of_a_chosen_name_is_told() -> None:
    table = '[[tool.oasmith.client]]\nspec = "spec.json"\noutput = "pets"\n'
    table += 'names.models."/components/schemas/Pet" = "class"\n'
    Path("pyproject.toml").write_text(table)
    Path("spec.json").write_text(json.dumps(_pets()))
    ran = _run("-m", "oasmith", "generate")
    assert ran.returncode == 1
    assert ran.stderr.startswith("pyproject.toml:4:14: error[unusable-name]: ")


def test_the_name_of_before_is_taken_of_a_lock_without_shapes() -> None:
    """As locks were that knew parameters by their number, and no shapes."""
    _generate(_pets())
    path = Path("pets/oasmith.lock")
    lock = json.loads(path.read_text())
    del lock["shapes"]
    lock["names"]["models"] = {"/paths/~1pets~1{id}/get/parameters/1/schema": "Look"}
    path.write_text(json.dumps(lock))
    assert _generate(_pets()) == []


def test_a_merge_of_two_branches_is_healed() -> None:
    """Each branch adds operations and generates; git can't merge what they made."""
    _git("init", "-q", "-b", "main")
    _commit({"/m": "middle"})
    _git("checkout", "-q", "-b", "theirs")
    _commit({"/m": "middle", "/n": "their", "/o": "Shared"})
    theirs = _names()
    _git("checkout", "-q", "-b", "ours", "main")
    _commit({"/m": "middle", "/l": "our", "/k": "shared"})
    ours = _names()
    merged = subprocess.run(
        ["git", *_AS_SOMEBODY, "merge", "-q", "theirs"], capture_output=True, text=True
    )
    assert merged.returncode == 1
    assert "<<<<<<<" in Path("pets/oasmith.lock").read_text()
    both = {"/m": "middle", "/l": "our", "/k": "shared", "/n": "their", "/o": "Shared"}
    said = _generate(_with_paths(both))
    told = [line for line in said if "help" not in line and "edited-file" not in line]
    assert told[0].startswith("warning[broken-lock]")
    # Two branches called a thing of theirs so; one of these has another name now.
    assert [line.partition(" of ")[2] for line in told[1:]] == [
        '"operations" was called "shared", and is "shared_2" now'
    ]
    healed = _names()["operations"]
    twins = {"/paths/~1k/get", "/paths/~1o/get"}
    for key, name in {**ours["operations"], **theirs["operations"]}.items():
        assert healed[key] == name or key in twins
    assert {healed[key] for key in twins} == {"shared", "shared_2"}
    again = oasmith.generate("spec.json", "pets")
    assert not (again.written.created or again.written.changed or again.diagnostics)
    for path in Path("pets").rglob("*"):
        assert path.is_dir() or b"<<<<<<<" not in path.read_bytes()


_AS_SOMEBODY = ("-c", "user.name=Somebody", "-c", "user.email=s@example.com")


def _commit(paths: dict[str, str]) -> None:
    _generate(_with_paths(paths))
    _git("add", "-A")
    _git(*_AS_SOMEBODY, "commit", "-q", "-m", "Generate")


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True)


def _generate(description: dict[str, Any], names: Names | None = None) -> list[str]:
    """Generate over what is there, and give what is said, without places."""
    Path("spec.json").write_text(json.dumps(description, indent=1))
    try:
        told = oasmith.generate("spec.json", "pets", names=names).diagnostics
    except oasmith.Failed as failure:
        told = failure.diagnostics
    said = [
        line
        for each in told
        for line in format_diagnostic(each._replace(place=None)).splitlines()
    ]
    return said


def _names() -> Names:
    names: Names = json.loads(Path("pets/oasmith.lock").read_text())["names"]
    return names


def _pets(
    *,
    variable: str = "id",
    operation_id: str = "getPet",
    pet: str = "Pet",
    owner: str = "Owner",
    more: dict[str, Any] | None = None,
    twin: str | None = None,
) -> dict[str, Any]:
    text = {"type": "string"}
    properties = {"name": text, "colour": {"type": "string", "enum": ["a", "b"]}}
    animal = {"type": "object", "properties": {**properties, **(more or {})}}
    referred = {"$ref": f"#/components/schemas/{pet}"}
    schemas: dict[str, Any] = {
        pet: animal,
        owner: {"type": "object", "properties": {"pet": referred, "city": text}},
    }
    answer: dict[str, Any] = {"$ref": f"#/components/schemas/{owner}"}
    if twin is not None:
        schemas[twin] = animal
        schemas[owner]["properties"]["other"] = {"$ref": f"#/components/schemas/{twin}"}
    operation = {
        "tags": ["pets"],
        "operationId": operation_id,
        "parameters": [
            {"name": variable, "in": "path", "required": True, "schema": text},
            {"name": "look", "in": "query", "schema": {"enum": ["short", "long"]}},
        ],
        "responses": {
            "200": {
                "description": "Found.",
                "content": {"application/json": {"schema": answer}},
            }
        },
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "paths": {f"/pets/{{{variable}}}": {"get": operation}},
        "components": {"schemas": schemas},
    }


def _with_paths(operation_ids: dict[str, str]) -> dict[str, Any]:
    """A description of operations without answers, by path."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "paths": {
            path: {
                "get": {
                    "tags": ["pets"],
                    "operationId": operation_id,
                    "responses": {"204": {"description": "Done."}},
                }
            }
            for path, operation_id in operation_ids.items()
        },
    }
