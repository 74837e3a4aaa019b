"""What `oasmith operations` prints: a list, a table of costs, JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from oasmith.cli import cli

_SPEC = """\
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      summary: List them
      tags: [pets, all]
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      deprecated: true
      tags: [pets]
      responses:
        "200":
          description: A pet.
          content:
            application/json: {schema: {$ref: "#/components/schemas/PetAndHome"}}
    delete:
      responses: {"204": {description: Gone.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    PetAndHome:
      properties:
        pet: {$ref: "#/components/schemas/Pet"}
        home: {type: object, properties: {street: {type: string}}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(_SPEC)
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["operations", *arguments])


def _operations(*arguments: str) -> list[dict[str, Any]]:
    done = _run("pets.yaml", "--format", "json", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    (client,) = json.loads(done.stdout)["clients"]
    operations: list[dict[str, Any]] = client["operations"]
    return operations


def test_a_list_is_in_the_order_of_the_description(folder: Path) -> None:
    assert _run("pets.yaml").stdout.splitlines() == [
        "GET     /pets       listPets  pets, all",
        "GET     /pets/{id}  getPet    pets",
        "DELETE  /pets/{id}  -         -",
    ]


def test_costs_are_a_table_with_the_dearest_first(folder: Path) -> None:
    # The modules are get_pet 38, list_pets 39, delete_pets_by_id 35, Pet 17, PetAndHome
    # 22, and its home 17.
    lines = _run("pets.yaml", "--costs").stdout.splitlines()
    assert lines == [
        "saves lines  models  needs lines  models  operation",
        "         77       2           94       3  GET     /pets/{id}  getPet    pets",
        "         39       0           56       1  GET     /pets       listPets  "
        "pets, all",
        "         35       0           35       0  DELETE  /pets/{id}  -         -",
        "                             168       3  all 3 operations",
    ]


def test_json_has_what_is_seen_from_outside(folder: Path) -> None:
    listed, got, deleted = _operations()
    assert listed == {
        "method": "GET",
        "path": "/pets",
        "operationId": "listPets",
        "tags": ["pets", "all"],
        "summary": "List them",
        "deprecated": False,
    }
    assert got["deprecated"] is True
    assert (deleted["operationId"], deleted["tags"], deleted["summary"]) == (
        None,
        [],
        "",
    )


def test_json_has_costs_where_they_are_asked_for(folder: Path) -> None:
    done = _run("pets.yaml", "--format", "json", "--costs")
    told = json.loads(done.stdout)
    assert (told["operations"], told["diagnostics"]) == (1, [])
    (client,) = told["clients"]
    assert (client["spec"], client["diagnostics"]) == ("pets.yaml", [])
    assert client["total"] == {"lines": 168, "models": 3}
    costs = [(each["saves"], each["needs"]) for each in client["operations"]]
    assert costs == [
        ({"lines": 39, "models": 0}, {"lines": 56, "models": 1}),
        ({"lines": 77, "models": 2}, {"lines": 94, "models": 3}),
        ({"lines": 35, "models": 0}, {"lines": 35, "models": 0}),
    ]


def test_a_selection_shares_less(folder: Path) -> None:
    (listed,) = _operations("-i", "GET /pets", "--costs")
    assert listed["saves"] == listed["needs"] == {"lines": 56, "models": 1}


def test_without_a_description_it_is_what_clients_include(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        '[[tool.oasmith.client]]\nspec = "pets.yaml"\noutput = "one"\n'
        'include = ["tag:all"]\n[[tool.oasmith.client]]\nspec = "pets.yaml"\n'
        'output = "two"\ninclude = ["op:petList", "op:getPet"]\n'
    )
    done = _run()
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "one:",
        "GET  /pets  listPets  pets, all",
        "two:",
        "GET  /pets/{id}  getPet  pets",
    ]
    assert 'pyproject.toml:8:1: error[no-such-operation]: "op:petList"' in done.stderr
    assert 'did you mean "op:getPet" or "op:listPets"' in done.stderr


@pytest.mark.parametrize("option", [[], ["--costs"], ["--format", "json"]])
def test_a_misspelt_include_is_told(folder: Path, option: list[str]) -> None:
    done = _run("pets.yaml", "-i", "delete /pet/{id}", *option)
    assert done.exit_code == 1
    assert "did you mean" in done.output
    assert "DELETE /pets/{id}" in done.output


def test_costs_of_what_is_at_fault_are_not_told(folder: Path) -> None:
    (folder / "pets.yaml").write_text(_SPEC.replace('schemas/Pet"', 'schemas/Pte"'))
    done = _run("pets.yaml", "--costs")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "error[unresolved-reference]" in done.stderr
    assert _run("pets.yaml", "-i", "DELETE /**", "--costs").exit_code == 0
    assert _run("pets.yaml").exit_code == 0


@pytest.mark.parametrize("option", [[], ["--costs"]], ids=["list", "costs"])
def test_no_operation_is_no_error(folder: Path, option: list[str]) -> None:
    head = _SPEC.partition("paths:")[0]
    (folder / "pets.yaml").write_text(head + "paths: {}\n")
    done = _run("pets.yaml", *option)
    assert (done.exit_code, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == (2 if option else 0)


@pytest.mark.parametrize(
    "option", [[], ["--costs"], ["--format", "json"]], ids=["list", "costs", "json"]
)
def test_a_terminal_is_safe_from_descriptions(folder: Path, option: list[str]) -> None:
    hostile = '"a\\e[31m\\x9b\\u202e\\n\\u2028b"'
    text = _SPEC.replace("listPets", hostile).replace("List them", hostile)
    (folder / "pets.yaml").write_text(text.replace("pets, all", hostile))
    done = _run("pets.yaml", *option)
    assert done.exit_code == 0
    assert not set("\x1b\x9b\u202e\u2028") & set(done.stdout)
    if not option:
        assert len(done.stdout.splitlines()) == 3
        assert "a\\x1b[31m\\x9b\\u202e\\n\\u2028b" in done.stdout


def test_a_list_does_not_wait_for_what_costs_need(folder: Path) -> None:
    script = (
        "import sys; from oasmith.__main__ import main\n"
        "sys.argv = ['oasmith', 'operations', 'pets.yaml']\n"
        "try: main()\n"
        "finally: print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True
    )
    loaded = set(done.stderr.splitlines())
    assert "/pets/{id}" in done.stdout
    assert "oasmith.slicing.select" in loaded
    assert not loaded & {"jinja2", "black", "oasmith.building.build"}
