"""What a dependency file names, and how its target is dated."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from building_project import CLIENT, FILES, PACKAGE, PET, SPEC, Project, make_project

import oasmith
from oasmith.config import ClientConfig, configured_clients
from oasmith.diagnostics import Diagnostics
from oasmith.loading.addresses import copy_path
from oasmith.write_depfile import write_depfile

_TARGET = Path(PACKAGE, "manifest.json")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project, in the working directory, and generated."""
    monkeypatch.chdir(tmp_path)
    project = make_project(tmp_path, {**os.environ})
    project.write("pyproject.toml", CLIENT)
    _generate()
    return project


def test_it_names_all_that_counts(here: Project) -> None:
    _write()
    assert here.read("pets.d").partition("\n\n")[0] == (
        f"{PACKAGE}/manifest.json: \\\n"
        "  pyproject.toml \\\n"
        "  specs/parts/parameters.yaml \\\n"
        "  specs/parts/pet.yaml \\\n"
        "  specs/pets.overlay.yaml \\\n"
        "  specs/pets.yaml"
    )


def test_it_names_copies_and_nothing_that_is_missing(here: Project) -> None:
    url = "https://pets.example/pet.yaml"
    copy = copy_path("specs/pets.yaml", url)
    here.write(copy, PET)
    text = SPEC.replace("parts/pet.yaml", url) + "  /gone: {$ref: gone.yaml}\n"
    here.write("specs/pets.yaml", text)
    here.write("pyproject.toml", CLIENT + _ALLOWED)
    _generate(include=["op:getPet"], allow_remote=["pets.example"])
    _write()
    depfile = here.read("pets.d")
    assert f"  {copy}\n\n" in depfile
    assert "gone.yaml" not in depfile and "gone.yaml" in here.read(_LOCK)


def test_the_target_is_newer_than_what_was_taken_up(here: Project) -> None:
    time.sleep(0.02)
    for path in FILES:
        os.utime(path)
    _write()
    newest = max(Path(path).stat().st_mtime_ns for path in FILES)
    assert _TARGET.stat().st_mtime_ns >= newest


@pytest.mark.parametrize("path", ["specs/parts/pet.yaml", "specs/pets.overlay.yaml"])
def test_what_changed_meanwhile_stays_newer(here: Project, path: str) -> None:
    started = time.time_ns()
    time.sleep(0.02)
    here.change(path)
    _write(started)
    assert _TARGET.stat().st_mtime_ns == started < Path(path).stat().st_mtime_ns


def test_so_does_another_table(here: Project) -> None:
    started = time.time_ns()

    def find(diagnostics: Diagnostics) -> Sequence[ClientConfig]:
        found = configured_clients(diagnostics)
        here.write("pyproject.toml", CLIENT + 'include = ["tag:pets"]\n')
        return found

    write_depfile("pets.d", find, started, Diagnostics())
    assert _TARGET.stat().st_mtime_ns == started


_LOCK = f"{PACKAGE}/oasmith.lock"

_ALLOWED = 'include = ["op:getPet"]\nallow-remote = ["pets.example"]\n'


def _generate(
    include: Sequence[str] = (), allow_remote: Sequence[str] = ()
) -> oasmith.GenerateResult:
    return oasmith.generate(
        "specs/pets.yaml",
        PACKAGE,
        overlays=["specs/pets.overlay.yaml"],
        include=include,
        allow_remote=allow_remote,
    )


def _write(started: int = 0) -> None:
    write_depfile("pets.d", configured_clients, started, Diagnostics())
