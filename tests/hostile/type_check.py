"""Checks the types of packages, one after the other."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from mypy import api


class TypeCheck:
    """Runs mypy over packages, which remembers what they have in common.

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
        limit = sys.getrecursionlimit()
        said, complaint, code = api.run(
            ["--strict", "--config-file=", "--cache-dir", cache, str(copy)]
        )
        sys.setrecursionlimit(limit)  # Mypy leaves it higher.
        if code:
            yield f"types: {(said or complaint)[:300]!r}"
