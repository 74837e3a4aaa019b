"""The hooks for pre-commit: they run for descriptions, and fail on drift."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest
from building_project import CLIENT, INPUTS, ROOT, Project

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
)

_SOURCES = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE")

_CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: {hook}
"""

_BY_HAND = 'templates = "templates"\nruntime = "src/shop/_shared"\n'

_IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.com")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is released, as a repository of its own; and where hooks are installed."""
    folder = tmp_path_factory.mktemp("pre-commit")
    for name in _SOURCES:
        (folder / "oasmith").mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / "oasmith" / name)
    for name in ("generator", "templates"):
        shutil.copytree(
            ROOT / name,
            folder / "oasmith" / name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    return folder


@pytest.fixture
def committed(project: Project, hooks: Path) -> Project:
    """The project, generated and committed."""
    project.environment["PRE_COMMIT_HOME"] = str(hooks / "home")
    # What is used once need not be compiled before.
    project.environment["PIP_NO_COMPILE"] = "1"
    project.write("pyproject.toml", CLIENT)
    project.run("oasmith", "generate")
    project.run("git", "init", "-q")
    _commit(project)
    return project


def test_generate_runs_for_descriptions_alone(committed: Project, hooks: Path) -> None:
    _use(committed, "oasmith-generate", hooks)
    committed.write("README.md", "changed")
    assert "no files to check" in _run_hooks(committed)
    for path in INPUTS:
        committed.change(path)
        # The lock knows the hash of each file; so it changes, and has to be staged.
        told = _run_hooks(committed, code=1)
        assert "files were modified by this hook" in told
        assert " files, 1 changed; " in told
        _commit(committed)
    committed.write(INPUTS[0], committed.read(INPUTS[0]).replace("A pet", "One pet"))
    _run_hooks(committed, code=1)
    assert "Passed" in _run_hooks(committed)


def test_generate_runs_for_templates_and_runtimes(
    committed: Project, hooks: Path
) -> None:
    committed.write("pyproject.toml", CLIENT + _BY_HAND)
    (committed.folder / "templates").mkdir()
    committed.run("oasmith", "generate")
    _use(committed, "oasmith-generate", hooks)
    include = '# Ours.\n{% include "oasmith/client.py.jinja" %}\n'
    committed.write("templates/client.py.jinja", include)
    assert " files, 2 changed; " in _run_hooks(committed, code=1)
    _commit(committed)
    lock = committed.read("src/shop/_shared/oasmith.lock")
    committed.write("src/shop/_shared/oasmith.lock", lock.replace('"0.', '"9.', 1))
    assert "src/shop/_shared: " in _run_hooks(committed, code=1)


def test_check_fails_on_drift(committed: Project, hooks: Path) -> None:
    _use(committed, "oasmith-check", hooks)
    committed.write("README.md", "changed")
    assert "no files to check" in _run_hooks(committed)
    committed.change("specs/parts/pet.yaml")
    assert "error[drift]" in _run_hooks(committed, code=1)
    committed.run("oasmith", "generate")
    assert "Passed" in _run_hooks(committed)


def _use(project: Project, hook: str, hooks: Path) -> None:
    repository = hooks / "oasmith"
    if not (repository / ".git").exists():
        released = Project(repository, project.environment)
        released.run("git", "init", "-q")
        _commit(released)
    revision = Project(repository, project.environment).run("git", "rev-parse", "HEAD")
    config = _CONFIG.format(repository=repository, revision=revision.strip(), hook=hook)
    project.write(".pre-commit-config.yaml", config)
    _commit(project)


def _run_hooks(project: Project, code: int = 0) -> str:
    project.run("git", "add", "-A")
    return project.run(sys.executable, "-m", "pre_commit", "run", code=code)


def _commit(project: Project) -> None:
    project.run("git", "add", "-A")
    project.run("git", *_IDENTITY, "commit", "-q", "--allow-empty", "-m", "State")
