"""An environment with oasmith as users install it, and a project to build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from building_project import ROOT, Project, environment_of, make_project


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel, and two build backends."""
    folder = tmp_path_factory.mktemp("installed")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (wheel,) = folder.glob("*.whl")
    _run(sys.executable, "-m", "venv", str(folder / "venv"))
    scripts = folder / "venv/bin"
    pip = (str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "-qq")
    backends = ("hatchling", "editables", "setuptools>=77")
    _run(*pip, "install", "--no-compile", str(wheel), *backends)
    return scripts


@pytest.fixture
def project(
    installed: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Project:
    cache = tmp_path_factory.getbasetemp() / "building-cache"
    (tmp_path / "project").mkdir()
    return make_project(tmp_path / "project", environment_of(installed, cache))


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
