"""Paths that share a path item by reference are operations of their own."""

from __future__ import annotations

import json
from pathlib import Path

import oasmith

SPEC = """\
openapi: 3.0.3
info: {title: Shared, version: "1"}
paths:
  /new: {$ref: "#/paths/~1old"}
  /old:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {"204": {description: Done.}}
"""


def test_each_path_has_its_function(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text(SPEC)
    oasmith.generate(tmp_path / "shared.yaml", tmp_path / "shared")
    manifest = json.loads((tmp_path / "shared" / "manifest.json").read_text())
    found = {each["path"]: each["function"] for each in manifest["operations"]}
    assert found == {"/new": "get_new", "/old": "get_old"}
    for path, function in found.items():
        module = tmp_path / "shared" / "api" / "default" / f"{function}.py"
        assert f'path="{path}"' in module.read_text()
