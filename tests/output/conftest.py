"""A folder to write packages into, and what stands in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

Tree = dict[str, bytes | str | None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output folder that is not there yet, as a path from the working directory."""
    monkeypatch.chdir(tmp_path)
    return Path("generated", "pets")


@pytest.fixture
def read_tree() -> Callable[[Path], Tree]:
    """Whatever stands below a folder: files, links by their target, folders."""

    def read_tree(folder: Path) -> Tree:
        tree: Tree = {}
        for above, folders, files in os.walk(folder):
            for path in [Path(above, name) for name in folders + files]:
                tree[path.relative_to(folder).as_posix()] = _read(path)
        return tree

    return read_tree


def _read(path: Path) -> bytes | str | None:
    if path.is_symlink():
        return os.readlink(path)
    return None if path.is_dir() else path.read_bytes()
