"""Checks the types of packages, one after the other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


class TypeCheck:
    """Runs mypy over packages, which remembers what they have in common.

    It has a process of its own: what it leaves in memory would be in the way of others.

    Args:
        root: A folder that is there for this alone.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._root.mkdir(parents=True)

    def faults(self, package: Path) -> Iterator[str]:
        """What mypy --strict says of a package."""
        # Under one name, so that what is known of its modules still holds.
        copy = self._root / "package"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(package, copy)
        cache = str(self._root / "cache")
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mypy", "--strict", "--config-file="),
                *("--cache-dir", cache, str(copy)),
            ],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            yield f"types: {(done.stdout or done.stderr)[:300]!r}"
