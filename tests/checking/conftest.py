"""A project with a generated client, for tests of how it is checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import oasmith
from oasmith.cli import cli

_SPEC = """\
openapi: 3.0.3
info: {title: Notes, version: "1"}
tags: [{name: notes, description: "100%, a: b"}]
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [notes]
      responses: {"204": {description: None.}}
  /tags:
    get:
      operationId: listTags
      responses: {"204": {description: None.}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the description notes.yaml, and the package of it, called notes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / "notes.yaml").write_text(_SPEC)
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.oasmith.client]]\nspec = "notes.yaml"\noutput = "notes"\n'
    )
    oasmith.generate("notes.yaml", "notes")
    return tmp_path


@pytest.fixture
def check(project: Path) -> Callable[..., Result]:
    """Run the command, there."""

    def check(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["check", *arguments])

    return check
