"""Components of other files have names that do not depend on which is found first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from bundling import Bundle

import oasmith

_HEAD = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths:\n'
_PATH = """\
  /NAME:
    get:
      operationId: NAME
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "REFERENCE"}}}
"""
_FILES = {
    "common.yaml": "Pet: {type: object, properties: {a: {type: string}}}\n",
    "v2/common.yaml": "Pet: {type: object, properties: {b: {type: string}}}\n",
    "other.yaml": "Pet: {type: object, properties: {c: {$ref: '#/Tag'}}}\n"
    "Tag: {type: object, properties: {d: {type: string}}}\n",
    "a/Cat.yaml": "type: object\n",
    "b/Cat.yaml": "type: object\n",
    "same.yaml": "x: {Dog: {type: object}}\ny: {Dog: {type: object}}\n",
}


def _spec(references: Sequence[str]) -> str:
    paths = [
        _PATH.replace("NAME", f"op{sum(map(ord, each))}").replace("REFERENCE", each)
        for each in references
    ]
    return _HEAD + "".join(paths)


@pytest.mark.parametrize(
    ("references", "names"),
    [
        (["common.yaml#/Pet"], {"Pet"}),
        (["other.yaml#/Pet"], {"Pet", "Tag"}),
        (
            ["common.yaml#/Pet", "other.yaml#/Pet"],
            {"common_Pet", "other_Pet", "Tag"},
        ),
        (
            ["common.yaml#/Pet", "v2/common.yaml#/Pet", "other.yaml#/Tag"],
            {"common_Pet", "v2_common_Pet", "Tag"},
        ),
        (["a/Cat.yaml", "b/Cat.yaml"], {"a_Cat", "b_Cat"}),
        (["same.yaml#/x/Dog", "same.yaml#/y/Dog"], {"same_x_Dog", "same_y_Dog"}),
    ],
)
def test_twins_say_their_files(
    references: list[str], names: set[str], bundle: Bundle
) -> None:
    for each in (references, references[::-1]):
        bundled = bundle({"api.yaml": _spec(each), **_FILES})
        assert bundled.told == []
        assert {*bundled.find("/components/schemas")} == names


def test_an_operation_that_is_added_renames_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in _FILES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text)
    Path("api.yaml").write_text(_spec(["other.yaml#/Pet"]))
    oasmith.generate("api.yaml", "pets")
    before = Path("pets/models/pet.py").read_bytes()
    Path("api.yaml").write_text(_spec(["common.yaml#/Pet", "other.yaml#/Pet"]))
    oasmith.generate("api.yaml", "pets")
    assert Path("pets/models/pet.py").read_bytes() == before
    names = json.loads(Path("pets/oasmith.lock").read_text())["names"]
    assert names["models"] == {
        "common.yaml#/Pet": "CommonPet",
        "other.yaml#/Pet": "Pet",
        "other.yaml#/Tag": "Tag",
    }
    assert names["fields"]["other.yaml#/Pet/properties/c"] == "c"


def test_a_discriminator_goes_by_the_names_that_are_written(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _HEAD
            + _PATH.replace("NAME", "a").replace("REFERENCE", "any.yaml#/Any")
            + _PATH.replace("NAME", "b").replace("REFERENCE", "common.yaml#/Pet"),
            "any.yaml": "Any:\n  oneOf: [{$ref: other.yaml#/Pet}, {$ref: '#/Dog'}]\n"
            "  discriminator: {propertyName: kind}\nDog: {type: object}\n",
            **_FILES,
        }
    )
    assert bundled.told == []
    discriminator = bundled.find("/components/schemas/Any/discriminator")
    assert discriminator["mapping"] == {"Pet": "#/components/schemas/other_Pet"}
