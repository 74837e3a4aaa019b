"""A patch names files so that "git apply" takes it, wherever the check has run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import oasmith


@pytest.mark.parametrize("applied_in", ["", "src", "src/app"])
@pytest.mark.parametrize("checked_in", ["", "src/app", "tools", "../elsewhere"])
def test_from_the_root_of_the_work_tree(
    checked_in: str, applied_in: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project / "root"
    for each in ("src/app", "tools", "../elsewhere"):
        (root / each).mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "root"], check=True)
    monkeypatch.chdir(root / checked_in)
    spec, output = (
        os.path.relpath(each)
        for each in (project / "notes.yaml", root / "src/app/notes")
    )
    oasmith.generate(spec, output)
    before = _read(root)
    Path(output, "py.typed").unlink()
    Path(output, "client.py").write_text("# mine\n")
    patch = oasmith.check(spec, output).drift.patch
    assert "\n+++ b/src/app/notes/client.py\n" in patch
    command = ["git", "apply"]
    subprocess.run(command, input=patch.encode(), cwd=root / applied_in, check=True)
    assert _read(root) == before


def test_without_git_from_where_pyproject_stands(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _read(project / "notes")
    (project / "notes/client.py").write_text("# mine\n")
    (project / "tools").mkdir()
    monkeypatch.chdir(project / "tools")
    patch = oasmith.check("../notes.yaml", "../notes").drift.patch
    subprocess.run(["git", "apply"], input=patch.encode(), cwd=project, check=True)
    assert _read(project / "notes") == before


def test_without_either_from_the_working_directory(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "pyproject.toml").unlink()
    (project / "notes/client.py").write_text("# mine\n")
    assert "+++ b/notes/client.py\n" in oasmith.check("notes.yaml", "notes").drift.patch
    (project / "tools").mkdir()
    monkeypatch.chdir(project / "tools")
    patch = oasmith.check("../notes.yaml", "../notes").drift.patch
    assert "+++ b/client.py\n" in patch


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
