"""Overlays in a run: names, what the run depends on, references that they add."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import oasmith
from oasmith.cli import cli

SPEC = """openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /a:
    get:
      operationId: a
      responses: {"200": {description: It., content: {application/json: {schema: {}}}}}
"""

ACTION = """overlay: 1.0.0
info: {title: O, version: "1"}
actions:
  - target: $.paths['/a'].get.responses['200'].content['application/json'].schema
    update: {$ref: %s}
  - target: $
    update: {components: {schemas: {Pet: {properties: {a: {type: string}}}}}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "overlay.yaml").write_text(ACTION % "'#/components/schemas/Pet'")
    return tmp_path


def generate() -> None:
    oasmith.generate("spec.yaml", "made", overlays=["overlay.yaml"])


def test_names_are_those_of_the_description(folder: Path) -> None:
    generate()
    lock = json.loads((folder / "made" / "oasmith.lock").read_text())
    assert "/components/schemas/Pet" in json.dumps(lock["names"])
    assert "overlay.yaml" not in json.dumps(lock["names"])


def test_a_change_of_the_overlay_is_seen(folder: Path) -> None:
    generate()
    assert not oasmith.check("spec.yaml", "made", overlays=["overlay.yaml"]).drift
    text = (folder / "overlay.yaml").read_text()
    (folder / "overlay.yaml").write_text(text.replace("{a:", "{b:"))
    assert oasmith.check("spec.yaml", "made", overlays=["overlay.yaml"]).drift


def test_references_may_lead_to_other_files(folder: Path) -> None:
    (folder / "other.yaml").write_text("Dog: {type: object, properties: {b: {}}}\n")
    (folder / "overlay.yaml").write_text(ACTION % "other.yaml#/Dog")
    generate()
    assert (folder / "made" / "models" / "dog.py").exists()


def test_a_missing_overlay_is_told(folder: Path) -> None:
    (folder / "overlay.yaml").unlink()
    with pytest.raises(oasmith.Failed, match="no-such-file"):
        generate()
    assert not (folder / "made").exists()


def test_the_lock_depends_on_overlays(folder: Path) -> None:
    generate()
    lock = json.loads((folder / "made" / "oasmith.lock").read_text())
    assert lock["options"]["overlays"] == ["../overlay.yaml"]
    assert any(path.endswith("overlay.yaml") for path in lock["sources"])


@pytest.mark.parametrize(
    "command", [["generate"], ["check"], ["init"]], ids=lambda command: command[0]
)
def test_the_command_line_takes_overlays(folder: Path, command: list[str]) -> None:
    generate()
    overlaid = ["spec.yaml", "-o", "made", "--overlay", "overlay.yaml"]
    done = CliRunner().invoke(cli, [*command, *overlaid])
    assert done.exit_code == 0, done.output
    if command == ["init"]:
        assert 'overlays = [\n    "overlay.yaml",\n]' in done.output
    else:
        assert "up to date" in done.output
