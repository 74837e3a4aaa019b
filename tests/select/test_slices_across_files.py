"""What a slice keeps of a description in several files, through discriminators too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import oasmith
from oasmith.cli import cli

_FILES = {
    "api.yaml": """\
openapi: {version}
info: {{title: Zoo, version: "1"}}
paths:
  /pets: {{$ref: "paths/pets.yaml"}}
  /tools: {{$ref: "paths/tools.yaml"}}
components:
  schemas:
    Puppy:
      allOf:
        - {{$ref: "lib/dogs.yaml#/Dog"}}
        - {{properties: {{bowl: {{$ref: "lib/things.yaml#/Bowl"}}}}}}
    Alone: {{type: string}}
""",
    "paths/pets.yaml": """\
get:
  operationId: listPets
  responses:
    "200":
      description: Pets.
      content: {application/json: {schema: {$ref: "../lib/pets.yaml#/Pet"}}}
""",
    "paths/tools.yaml": """\
get:
  operationId: listTools
  responses:
    "200":
      description: Tools.
      content: {application/json: {schema: {$ref: "../lib/things.yaml#/Tool"}}}
""",
    "lib/pets.yaml": """\
Pet:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  discriminator:
    propertyName: kind
    mapping:
      cat: cats.yaml#/Cat
      dog: "dogs.yaml#/Dog"
""",
    "lib/cats.yaml": """\
Cat:
  allOf:
    - {$ref: "pets.yaml#/Pet"}
    - {properties: {toy: {$ref: "things.yaml#/Toy"}}}
Unused: {type: string}
""",
    "lib/dogs.yaml": """\
Dog:
  allOf: [{$ref: "pets.yaml#/Pet"}, {properties: {name: {type: string}}}]
""",
    "lib/things.yaml": """\
Toy: {type: object, properties: {name: {type: string}}}
Bowl: {type: object, properties: {size: {type: integer}}}
Tool: {type: object, properties: {name: {type: string}}}
""",
}


@pytest.fixture(params=["3.0.3", "3.1.0", "3.2.0"])
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in _FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        is_root = name == "api.yaml"
        path.write_text(text.format(version=request.param) if is_root else text)
    return tmp_path


def _slice(*include: str) -> dict[str, Any]:
    patterns = [word for each in include for word in ("-i", each)]
    command = ["slice", "api.yaml", "-o", "slice.json", *patterns]
    done = CliRunner().invoke(cli, command)
    assert (done.exit_code, done.stderr) == (0, "")
    root: dict[str, Any] = json.loads(Path("slice.json").read_text())
    return root


def test_heirs_come_from_the_files_that_a_mapping_names(folder: Path) -> None:
    kept = _slice("op:listPets")
    assert list(kept["paths"]) == ["/pets"]
    # Puppy extends what extends Pet, so that it can come wherever a Pet does.
    assert set(kept["components"]["schemas"]) == {
        *("Pet", "Cat", "Dog", "Puppy", "Toy", "Bowl"),
    }
    mapping = kept["components"]["schemas"]["Pet"]["discriminator"]["mapping"]
    assert mapping == {
        "cat": "#/components/schemas/Cat",
        "dog": "#/components/schemas/Dog",
    }


def test_the_rest_stays_out(folder: Path) -> None:
    kept = _slice("GET /tools")
    assert list(kept["paths"]) == ["/tools"]
    assert set(kept["components"]["schemas"]) == {"Tool"}


def test_only_what_is_reached_is_generated(folder: Path) -> None:
    oasmith.generate("api.yaml", "zoo", include=["/pets"])
    models = {path.stem for path in (folder / "zoo/models").glob("[!_]*.py")}
    assert {"pet", "cat", "dog", "puppy", "toy", "bowl"} <= models
    assert not models & {"tool", "alone", "unused"}
    functions = {path.stem for path in (folder / "zoo/api").rglob("[!_]*.py")}
    assert functions == {"list_pets"}


def test_a_slice_gives_what_the_whole_gives(folder: Path) -> None:
    """It is one file in place of many, but it becomes the same package."""
    _slice("/pets")
    oasmith.generate("api.yaml", "zoo", include=["/pets"])
    oasmith.generate("slice.json", "sliced", package="zoo")
    for path in sorted((folder / "zoo").rglob("*.py")):
        text = (folder / "sliced" / path.relative_to(folder / "zoo")).read_text()
        assert text.replace("slice.json", "api.yaml") == path.read_text(), path


def test_a_fault_elsewhere_is_no_error(folder: Path) -> None:
    (folder / "paths/tools.yaml").write_text("get: {responses: [\n")
    result = oasmith.generate("api.yaml", "zoo", include=["/pets"])
    assert {each.severity for each in result.diagnostics} <= {"warning"}
    with pytest.raises(oasmith.Failed, match=r"paths/tools\.yaml"):
        oasmith.generate("api.yaml", "tools", include=["/tools"])
