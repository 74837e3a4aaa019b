"""A virtual environment in which oasmith and its peers are installed."""

from __future__ import annotations

import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path

PEERS = ("cloudflare==5.9.0", "httpx2==2.16.2", "openapi-python-client==0.29.1")


class InstallFailed(Exception):
    """Pip could not install something."""


def make_environment(folder: Path, checkout: Path) -> Path:
    """Make the environment if it is not there, and give its Python.

    oasmith is installed anew each time, as users have it: a checkout takes no shortcut.

    Raises:
        InstallFailed: The peers, or oasmith, could not be installed.
    """
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, clear=True, with_pip=True)
    _install(python, [*PEERS, str(checkout)])
    return python


def site_packages(folder: Path) -> Path:
    """Where the environment has what is installed in it."""
    return next(folder.glob("lib/python*/site-packages"))


def _install(python: Path, requirements: Sequence[str]) -> None:
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    result = subprocess.run(
        [*pip, *requirements], capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise InstallFailed(result.stderr.strip())
