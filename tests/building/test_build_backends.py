"""Hatchling and setuptools bring packages up to date, and ship what belongs to them."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from building_project import CLIENT, INPUTS, PACKAGE, PET, Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="venvs differ there")

_PYPROJECT = """\
[build-system]
requires = ["{requires}", "oasmith"]
build-backend = "{module}"

[project]
name = "shop-{requires}"
version = "1"
"""

_HATCH = """
[tool.hatch.build.hooks.oasmith]

[tool.hatch.build.targets.wheel]
packages = ["src/shop"]
"""

_SETUPTOOLS = """
[tool.setuptools.cmdclass]
build_py = "oasmith.integrations.setuptools.BuildPy"
"""

_USE = "from shop.pets.models import Pet; print(Pet.from_dict({'name': 'Tom'}))"


@dataclass(frozen=True)
class Backend:
    requires: str
    module: str
    table: str

    def configure(self, project: Project) -> None:
        head = _PYPROJECT.format(requires=self.requires, module=self.module)
        project.write("pyproject.toml", head + self.table + CLIENT)
        # They are ours all the same.
        project.write(".gitignore", f"/{PACKAGE}/\n/dist/\n")
        project.run("git", "init", "-q")

    def build(self, project: Project, kind: str) -> str:
        """Call the hook of PEP 517, as pip and build do; all that is said."""
        call = f"from {self.module} import build_{kind} as build; build('dist')"
        return project.run("python", "-c", call)


@pytest.fixture(
    params=[
        Backend("hatchling", "hatchling.build", _HATCH),
        Backend("setuptools", "setuptools.build_meta", _SETUPTOOLS),
    ],
    ids=lambda backend: backend.requires,
)
def backend(request: pytest.FixtureRequest, project: Project) -> Backend:
    found: Backend = request.param
    found.configure(project)
    return found


def test_each_file_counts_and_no_other(project: Project, backend: Backend) -> None:
    assert _runs(backend.build(project, "wheel")) == 1
    assert _runs(backend.build(project, "wheel")) == 0
    for path in INPUTS:
        project.change(path)
        assert _runs(backend.build(project, "wheel")) == 1, path
    project.write("specs/others.yaml", "{}")
    assert _runs(backend.build(project, "wheel")) == 0


def test_wheels_have_what_is_generated(project: Project, backend: Backend) -> None:
    project.write(f"{PACKAGE}/mine.py", "mine = 1\n")
    backend.build(project, "wheel")
    (wheel,) = (project.folder / "dist").glob("*.whl")
    shipped = {
        name.removeprefix("shop/pets/")
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith("shop/pets/")
    }
    assert shipped == _files_below(project.folder / PACKAGE)
    assert {"mine.py", "models/pet.py", "py.typed", "oasmith.lock"} <= shipped


def test_setuptools_ships_what_is_far_below_a_package(project: Project) -> None:
    listed = '\n[tool.setuptools]\npackages = ["shop"]\ninclude-package-data = false\n'
    backend = Backend("setuptools", "setuptools.build_meta", _SETUPTOOLS + listed)
    backend.configure(project)
    project.write("shop/__init__.py", "")
    table = project.read("pyproject.toml")
    project.write("pyproject.toml", table.replace(PACKAGE, "shop/clients/pets"))
    backend.build(project, "wheel")
    (wheel,) = (project.folder / "dist").glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    made = _files_below(project.folder / "shop" / "clients" / "pets")
    assert "models/pet.py" in made
    assert {f"shop/clients/pets/{path}" for path in made} <= shipped


def test_an_sdist_can_be_built_from(project: Project, backend: Backend) -> None:
    unpacked = _make_sdist(project, backend)
    assert all((unpacked.folder / path).is_file() for path in INPUTS)
    made = _files_below(project.folder / PACKAGE)
    assert "models/pet.py" in made
    assert _files_below(unpacked.folder / PACKAGE) == made
    assert _runs(backend.build(unpacked, "wheel")) == 0


def test_so_it_is_with_what_is_written_by_hand(
    project: Project, backend: Backend
) -> None:
    """Templates, a module that the package offers; and a runtime beside it."""
    table = project.read("pyproject.toml")
    project.write("pyproject.toml", table + _BY_HAND)
    include = '# Ours.\n{% include "oasmith/client.py.jinja" %}\n'
    project.write("house/client.py.jinja", include)
    project.write(f"{PACKAGE}/extra/__init__.py", "HELP = 1\n")
    unpacked = _make_sdist(project, backend)
    for path in (PACKAGE, "house", "src/shop/_shared"):
        made = _files_below(project.folder / path)
        assert _files_below(unpacked.folder / path) == made
    told = backend.build(unpacked, "wheel")
    assert _runs(told) == 0 and "src/shop/_shared: up to date" in told


_BY_HAND = """\
templates = "house"
exports = ["extra:HELP"]
runtime = "src/shop/_shared"
"""


@pytest.fixture
def outside(project: Project, backend: Backend) -> Project:
    """Its description stands beside the project, where several projects use it."""
    (project.folder / "specs").rename(project.folder.parent / "specs")
    table = project.read("pyproject.toml").replace('"specs/', '"../specs/')
    project.write("pyproject.toml", table)
    return project


@pytest.mark.parametrize("more", ["", 'runtime = "src/shop/_shared"\n'])
def test_an_sdist_may_lack_what_stands_outside(
    more: str, outside: Project, backend: Backend
) -> None:
    outside.write("pyproject.toml", outside.read("pyproject.toml") + more)
    unpacked = _make_sdist(outside, backend)
    made = _files_below(outside.folder / PACKAGE)
    # Another project's may stand there, and another oasmith may build.
    for path in ("specs/pets.yaml", "specs/parts/pet.yaml"):
        (outside.folder.parent / path).unlink()
    outside.write("../specs/pets.yaml", "openapi: 3.1.0\n")
    told = backend.build(unpacked, "wheel")
    assert f"{PACKAGE}: taken as the sdist has it" in told
    (wheel,) = (unpacked.folder / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"shop/pets/{path}" for path in made} <= names


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"{PACKAGE}/client.py", "class Client", "class  Client"),
        ("pyproject.toml", "output = ", 'include = ["/pets/**"]\noutput = '),
    ],
)
def test_it_must_be_as_it_was_shipped(
    path: str, old: str, new: str, outside: Project, backend: Backend
) -> None:
    unpacked = _make_sdist(outside, backend)
    unpacked.write(path, unpacked.read(path).replace(old, new))
    call = f"from {backend.module} import build_wheel; build_wheel('dist')"
    told = unpacked.run("python", "-c", call, code=1)
    assert "error[source-outside]" in told and "build from the project itself" in told
    assert '"../specs/pets.yaml" stands outside of the project' in told


def test_outside_of_an_sdist_all_of_it_is_needed(
    outside: Project, backend: Backend
) -> None:
    backend.build(outside, "wheel")
    (outside.folder.parent / "specs/pets.yaml").unlink()
    call = f"from {backend.module} import build_wheel; build_wheel('dist')"
    told = outside.run("python", "-c", call, code=1)
    assert "error[no-such-file]" in told and "source-outside" not in told


def _make_sdist(project: Project, backend: Backend) -> Project:
    """Make an sdist, and unpack it."""
    backend.build(project, "sdist")
    (sdist,) = (project.folder / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(project.folder.parent, filter="data")
    folder = project.folder.parent / sdist.name.removesuffix(".tar.gz")
    return replace(project, folder=folder)


def test_editable_installs_generate(project: Project, backend: Backend) -> None:
    pip = ("python", "-m", "pip", "--disable-pip-version-check", "-q")
    try:
        project.run(*pip, "install", "--no-build-isolation", "--no-deps", "-e", ".")
        assert project.run("python", "-c", _USE) == "Pet(name='Tom')\n"
        project.write("specs/parts/pet.yaml", PET.replace("name", "nick"))
        project.run("oasmith", "generate")
        use = _USE.replace("name", "nick")
        assert project.run("python", "-c", use) == "Pet(nick='Tom')\n"
    finally:
        project.run(*pip, "uninstall", "-y", f"shop-{backend.requires}")


def test_a_fault_ends_the_build(project: Project, backend: Backend) -> None:
    project.write("specs/parts/pet.yaml", "Pet: [")
    call = f"from {backend.module} import build_wheel; build_wheel('dist')"
    told = project.run("python", "-c", call, code=1)
    assert "specs/parts/pet.yaml:" in told and "error[bad-yaml]" in told
    assert not (project.folder / PACKAGE).exists()


def test_hatchling_may_only_check(project: Project) -> None:
    table = _HATCH.replace("oasmith]\n", "oasmith]\ncheck = true\n")
    backend = Backend("hatchling", "hatchling.build", table)
    backend.configure(project)
    project.run("oasmith", "generate")
    backend.build(project, "wheel")
    project.write("specs/parts/pet.yaml", PET.replace("name", "nick"))
    call = "from hatchling.build import build_wheel; build_wheel('dist')"
    assert "error[drift]" in project.run("python", "-c", call, code=1)
    assert "nick" not in project.read(f"{PACKAGE}/models/pet.py")


def _runs(told: str) -> int:
    """How often a package was generated, and not found to be up to date."""
    lines = [line for line in told.splitlines() if line.startswith(f"{PACKAGE}: ")]
    assert lines
    return sum(not line.endswith(": up to date") for line in lines)


def _files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }
