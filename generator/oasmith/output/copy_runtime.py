"""Copies what every client shares, which needs no template."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from ..layout.package import OutputFile


def copy_runtime() -> Iterator[OutputFile]:
    """The files of the runtime as they are, and the marker of PEP 561."""
    yield OutputFile("py.typed", "")
    folder = files("oasmith") / "runtime"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            yield OutputFile(f"_runtime/{file.name}", file.read_text(encoding="utf-8"))
