"""A build in a sandbox: links for inputs, no home, no network, the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from building_project import INPUTS, PACKAGE, Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights")

_GENERATE = (
    *("generate", "specs/pets.yaml", "--overlay", "specs/pets.overlay.yaml"),
    *("-o", PACKAGE, "--depfile", "pets.d"),
)


def test_a_sandbox_gives_the_same_bytes(
    project: Project, installed: Path, tmp_path: Path
) -> None:
    project.run("oasmith", *_GENERATE)
    sandbox = tmp_path / "sandbox"
    for path in INPUTS:
        _link(project.folder / path, sandbox / path)
    # What keeps the names is an input like the others, and is written over.
    lock = sandbox / PACKAGE / "oasmith.lock"
    lock.parent.mkdir(parents=True)
    shutil.copy(project.folder / PACKAGE / "oasmith.lock", lock)
    done = subprocess.run(
        [*_without_network(), str(installed / "oasmith"), *_GENERATE],
        cwd=sandbox,
        # No folder can be made in it, so nothing is kept.
        env={"OASMITH_CACHE": os.devnull},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    made = _files_below(project.folder / PACKAGE)
    assert b"name: str" in made["models/pet.py"]
    assert _files_below(sandbox / PACKAGE) == made
    depfile = (sandbox / "pets.d").read_text()
    assert depfile == project.read("pets.d")
    assert sorted(os.listdir(sandbox)) == ["pets.d", "specs", "src"]


def _link(source: Path, target: Path) -> None:
    """As Bazel does it: a link for each file, in folders of its own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source)


def _without_network() -> list[str]:
    """What runs a command where there is no network, as far as that can be had."""
    unshare = shutil.which("unshare")
    command = [unshare, "--net", "--map-root-user"] if unshare else []
    works = command and subprocess.run([*command, "true"], capture_output=True)
    return command if works and works.returncode == 0 else []


def _files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
