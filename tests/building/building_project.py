"""A project with a description in several files, which build systems are tried on."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example/v1}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{$ref: "parts/parameters.yaml#/Id"}]
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: "parts/pet.yaml#/Pet"}}}
"""

PET = "Pet: {type: object, required: [name], properties: {name: {type: string}}}\n"

FILES = {
    "specs/pets.yaml": SPEC,
    "specs/parts/pet.yaml": PET,
    "specs/parts/parameters.yaml": (
        "Id: {name: id, in: path, required: true, schema: {type: integer}}\n"
    ),
    "specs/pets.overlay.yaml": """\
overlay: 1.0.0
info: {title: Ours, version: "1"}
actions:
  - {target: $.info, update: {description: For our shop.}}
""",
    "src/shop/__init__.py": "",
}

INPUTS = tuple(path for path in FILES if path.startswith("specs/"))

CLIENT = """
[[tool.oasmith.client]]
spec = "specs/pets.yaml"
overlays = ["specs/pets.overlay.yaml"]
output = "src/shop/pets"
"""

PACKAGE = "src/shop/pets"


@dataclass(frozen=True)
class Project:
    """A folder, and the environment that commands run with in it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *command: str, code: int = 0) -> str:
        """Run a command that ends with an exit code; all that it says."""
        found = shutil.which(command[0], path=self.environment["PATH"])
        assert found, command[0]
        done = subprocess.run(
            [found, *command[1:]],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        assert done.returncode == code, done.stdout
        return done.stdout

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def change(self, path: str) -> None:
        """Change a file of YAML or TOML, without changing what it says."""
        with open(self.folder / path, "a") as file:
            file.write("# changed\n")

    def read(self, path: str) -> str:
        return (self.folder / path).read_text()


def make_project(folder: Path, environment: dict[str, str]) -> Project:
    project = Project(folder, environment)
    for path, text in FILES.items():
        project.write(path, text)
    return project


def environment_of(scripts: Path, cache: Path) -> dict[str, str]:
    """What commands run with: the programs of an environment before all others."""
    path = os.pathsep.join([str(scripts), os.environ["PATH"]])
    others = {name: os.environ[name] for name in os.environ if name != "PYTHONPATH"}
    return {**others, "PATH": path, "OASMITH_CACHE": str(cache)}
