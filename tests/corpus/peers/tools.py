"""The generators that are compared: how each is installed and called."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..store import FetchFailed


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator.

    Its environment holds what its packages import, and stubs for that, too.
    """

    name: str
    requirements: tuple[str, ...]
    """Nothing for oasmith, which runs from this checkout."""

    command: Callable[[Path, Path, Path], list[str]]
    """Makes the arguments, from the folder of programs, description and package."""

    package: Callable[[Path], Path]
    """Where the package is, in the folder that the command was given."""

    def python(self, store: Path) -> Path:
        """The interpreter of its environment, which is made if need be.

        Raises:
            FetchFailed: Something can't be installed.
        """
        if not self.requirements:
            return Path(sys.executable)
        folder = store / f"venv-{self.name}"
        python = folder / "bin" / "python"
        if not python.exists():
            venv.create(folder, with_pip=True)
            pip = [os.fspath(python), "-m", "pip", "-q", "install", *self.requirements]
            ran = subprocess.run(pip, capture_output=True, text=True)
            if ran.returncode:
                python.unlink()
                raise FetchFailed(f"{self.name}: {ran.stderr.strip()}")
        return python


def _oasmith(programs: Path, spec: Path, package: Path) -> list[str]:
    allowed = os.fspath(spec.parent.parent)
    command = [sys.executable, "-m", "oasmith", "generate", os.fspath(spec)]
    return [*command, "-o", os.fspath(package), "--allow", allowed]


def _openapi_python_client(programs: Path, spec: Path, package: Path) -> list[str]:
    return [
        *(os.fspath(programs / "openapi-python-client"), "generate"),
        *("--path", os.fspath(spec), "--meta", "none"),
        *("--output-path", os.fspath(package)),
    ]


def _openapi_generator(programs: Path, spec: Path, package: Path) -> list[str]:
    return [
        *(os.fspath(programs / "openapi-generator-cli"), "generate", "-g", "python"),
        *("-i", os.fspath(spec), "--package-name", package.name),
        *("-o", os.fspath(package)),
    ]


OURS = "oasmith"

TOOLS: Sequence[Tool] = (
    Tool(OURS, (), _oasmith, lambda package: package),
    Tool(
        "openapi-python-client",
        (
            *("openapi-python-client==0.29.1", "httpx==0.28.1", "attrs==26.1.0"),
            *("python-dateutil", "types-python-dateutil"),
        ),
        _openapi_python_client,
        lambda package: package,
    ),
    Tool(
        "openapi-generator-cli",
        (
            *("openapi-generator-cli==7.26.0", "urllib3>=2.7,<3", "pydantic>=2.11"),
            *("python-dateutil", "types-python-dateutil", "typing-extensions"),
        ),
        _openapi_generator,
        lambda package: package / package.name,
    ),
)
