"""Copies what every client shares, which needs no template."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from ..layout.package import OutputFile


def copy_runtime() -> Iterator[OutputFile]:
    """The files of the runtime as they are, by their paths below its folder."""
    yield from _copy(files("oasmith") / "runtime", "")


def _copy(folder: Traversable, path: str) -> Iterator[OutputFile]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.name.endswith(".py"):
            yield OutputFile(f"{path}{each.name}", each.read_text(encoding="utf-8"))
        elif each.name == "transports":
            yield from _copy(each, f"{path}{each.name}/")
