"""A project with two descriptions, and a way to run oasmith in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SPEC = """\
openapi: 3.0.3
info: {{title: {title}, version: "1"}}
servers: [{{url: "https://example.org"}}]
paths:
  /{path}:
    get:
      operationId: get{title}
      tags: [{path}]
      responses:
        "200":
          description: One.
          content:
            application/json: {{schema: {{$ref: "#/components/schemas/{title}"}}}}
components:
  schemas:
    {title}:
      type: object
      required: [id]
      properties: {{id: {{type: string, format: uuid}}, note: {{type: string}}}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with "pet.yaml" and "shop.yaml", and a package "app" in "src"."""
    for path, title in (("pet", "Pet"), ("shop", "Shop")):
        (tmp_path / f"{path}.yaml").write_text(SPEC.format(path=path, title=title))
    (tmp_path / "src" / "app").mkdir(parents=True)
    (tmp_path / "src" / "app" / "__init__.py").write_text("")
    monkeypatch.setenv("OASMITH_CACHE", os.fspath(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(project: Path) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=project)

    return run
