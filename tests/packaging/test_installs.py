"""What users install: a wheel and an sdist, on each Python, away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _find_pythons() -> list[str]:
    """One of each version that oasmith supports, on the PATH or kept by pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    found: list[str] = []
    for version in ("3.11", "3.12", "3.13"):
        kept = sorted(map(str, pyenv.glob(f"{version}.*/bin/python{version}")))
        for python in (f"python{version}", *kept):
            if shutil.which(python) and _answers(python):
                found.append(python)
                break
    return found


def _answers(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


PYTHONS = _find_pythons()

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example/v1}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
"""


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "hatchling", "build", "-d", str(folder), cwd=ROOT)
    return folder


def test_the_wheel_holds_the_package_and_its_templates(distributions: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {path.name for path in (ROOT / "templates").iterdir()}
    assert {f"oasmith/templates/{name}" for name in templates} <= names
    assert {"oasmith/py.typed", "oasmith/runtime/model.py"} <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"oasmith"}


@pytest.mark.parametrize("python", PYTHONS, ids=lambda path: Path(path).name)
def test_the_wheel_works(python: str, distributions: Path, tmp_path: Path) -> None:
    (wheel,) = distributions.glob("*.whl")
    _try_out(python, wheel, tmp_path)


def test_the_sdist_works(distributions: Path, tmp_path: Path) -> None:
    (sdist,) = distributions.glob("*.tar.gz")
    _try_out(sys.executable, sdist, tmp_path)


def _try_out(python: str, distribution: Path, folder: Path) -> None:
    """Install in an environment of its own, generate twice, and use the package."""
    _run(python, "-m", "venv", str(folder / "venv"), cwd=folder)
    scripts = folder / "venv/bin"
    pip = (str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "-qq")
    _run(*pip, "install", str(distribution), cwd=folder)
    (folder / "pets.yaml").write_text(SPEC)
    (folder / "pyproject.toml").write_text(
        '[[tool.oasmith.client]]\nspec = "pets.yaml"\noutput = "pets"\n'
    )
    oasmith = str(scripts / "oasmith")
    assert "created" in _run(oasmith, "generate", cwd=folder)
    assert _run(oasmith, "generate", cwd=folder) == "pets: up to date\n"
    assert _run(oasmith, "check", cwd=folder) == "pets: up to date\n"
    program = (
        "from pets import Client\n"
        "from pets.models import Pet\n"
        "print(Client().pets.get_pet.__name__, Pet.from_dict({'name': 'Tom'}))"
    )
    told = _run(python, "-c", program, cwd=folder)
    assert told == "get_pet Pet(name='Tom')\n"


def _run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
