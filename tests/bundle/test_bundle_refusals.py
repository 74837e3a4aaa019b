"""References that can't be followed are told where they stand, each once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bundling import Bundle

_ROOT = """openapi: 3.0.3
info: {title: Pets, version: "1"}
paths: {}
components:
  schemas:
    Pet:
      allOf:
        - $ref: REFERENCE
        - $ref: REFERENCE
"""


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("missing.yaml", "unresolved-reference"),
        ("pets.yaml#/Missing", "unresolved-reference"),
        ("pets.yaml#anchor", "unresolved-reference"),
        ("pets.yaml#/list/1", "unresolved-reference"),
        ("pets.yaml#/list", "unresolved-reference"),
        ("%00.yaml", "unresolved-reference"),
        ("folder", "unresolved-reference"),
        ("pipe", "unresolved-reference"),
        ("../pets.yaml", "reference-outside"),
        ("%2e%2e/pets.yaml", "reference-outside"),
        ("/etc/passwd", "reference-outside"),
        ("link.yaml", "reference-outside"),
        ("https://example.com/pets.yaml#/Pet", "remote-reference"),
        ("//example.com/pets.yaml", "remote-reference"),
        ("file:///etc/passwd", "remote-reference"),
    ],
)
def test_tells_where_the_reference_stands(
    reference: str, code: str, bundle: Bundle, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.yaml").symlink_to("/etc/passwd")
    bundled = bundle(
        {"api.yaml": _ROOT.replace("REFERENCE", f'"{reference}"'), "pets.yaml": _PETS}
    )
    assert bundled.told == [f"api.yaml:8:11 {code}", f"api.yaml:9:11 {code}"]
    assert bundled.find("/components/schemas/Pet/allOf/0") == {"$ref": reference}


_PETS = """Pet: {type: object}
list: [{type: object}]
"""


def test_tells_of_a_reference_in_another_file(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _ROOT.replace("REFERENCE", "models/pet.yaml"),
            "models/pet.yaml": "properties:\n  owner:\n    $ref: owner.yaml\n",
        }
    )
    assert bundled.told == ["models/pet.yaml:3:5 unresolved-reference"]


def test_tells_what_is_wrong_with_another_file(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": _ROOT.replace("REFERENCE", "pet.yaml"),
            "pet.yaml": "type: object\ntype: string\n",
        }
    )
    assert bundled.told == ["pet.yaml:2:1 duplicate-key"]


def test_leaves_wrong_pointers_within_the_description_to_others(bundle: Bundle) -> None:
    files = {
        "api.yaml": _ROOT.replace("REFERENCE", '"#/nowhere"').replace("3.0", "3.1")
    }
    files["api.yaml"] += "    Other: {$anchor: other}\n"
    assert bundle(files).told == []


def test_refuses_path_items_that_hold_themselves(bundle: Bundle) -> None:
    bundled = bundle(
        {
            "api.yaml": """openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets: {$ref: pets.yaml}
  /circle: {$ref: "circle.yaml#/a"}
""",
            "pets.yaml": """get:
  responses: {"200": {description: ok}}
  callbacks:
    born:
      "{$request.body#/url}": {$ref: pets.yaml}
""",
            "circle.yaml": 'a: {$ref: "#/b"}\nb: {$ref: "#/a"}\n',
        }
    )
    assert bundled.told == [
        "pets.yaml:5:32 unresolved-reference",
        "circle.yaml:2:5 unresolved-reference",
    ]
