"""Compares a package on disk with the one that would be generated."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from ..diagnostics import Diagnostics, File
from .lock import read_lock


@dataclass(frozen=True, slots=True)
class Drift:
    """How the files on disk differ from what would be generated; paths are sorted."""

    missing: tuple[str, ...]
    different: tuple[str, ...]
    stale: tuple[str, ...]
    patch: str
    """A unified diff, from what is there to what would be."""

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.stale)


def compare_package(
    folder: str, files: Mapping[str, bytes], diagnostics: Diagnostics
) -> Drift:
    """Compare, without writing anything."""
    lock = read_lock(folder, diagnostics)
    there = {path: _read(folder, path) for path in files}
    gone = sorted(set(lock.files) - set(files)) if lock else []
    stale = {path: _read(folder, path) for path in gone}
    stale = {path: content for path, content in stale.items() if content is not None}
    missing = sorted(path for path, content in there.items() if content is None)
    different = sorted(
        path
        for path, content in there.items()
        if content is not None and content != files[path]
    )
    patch = "".join(
        line
        for path in sorted([*missing, *different, *stale])
        for line in _diff(folder, path, there.get(path) or stale.get(path), files)
    )
    return Drift(tuple(missing), tuple(different), tuple(stale), patch)


def _read(folder: str, path: str) -> bytes | None:
    try:
        with open(os.path.join(folder, path), "rb") as file:
            return file.read()
    except OSError:
        return None


def _diff(
    folder: str, path: str, old: bytes | None, files: Mapping[str, bytes]
) -> Iterator[str]:
    name = f"{_shown(folder)}{path}"
    new = files.get(path)
    before = "/dev/null" if old is None else f"a/{name}"
    after = "/dev/null" if new is None else f"b/{name}"
    lines = unified_diff(_lines(old), _lines(new), before, after)
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _shown(folder: str) -> str:
    """The folder as a patch can name it: below the working directory, or not at all."""
    shown = os.path.relpath(folder).replace(os.sep, "/")
    return "" if shown == "." or shown.startswith("../") else f"{shown}/"


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode(errors="replace").splitlines(keepends=True)


def tell_drift(folder: str, drift: Drift, diagnostics: Diagnostics) -> None:
    """Tell how many files of a package are not what they would be."""
    missing = f"{len(drift.missing):,} file{'' if len(drift.missing) == 1 else 's'}"
    diagnostics.error(
        "drift",
        f"{missing} missing, {len(drift.different)} different, "
        f"{len(drift.stale)} left over",
        File(folder),
        help='run "oasmith generate"',
    )
