"""Documents made in memory, for the stages that look for faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oasmith.diagnostics import Diagnostics, Location
from oasmith.document import Document, Node, split_pointer

Place = Callable[[str, str, Any], Document]
Told = Callable[[Diagnostics], list[tuple[str, str]]]


@dataclass(frozen=True)
class Memory:
    """A source that has nothing to show."""

    name: str = "memory"
    content: bytes = b""

    def locate(self, pointer: str) -> Location:
        return Location(self.name, 1, 1)


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OASMITH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def place() -> Place:
    """Makes a small valid document with a value at a pointer."""

    def make(version: str, pointer: str, value: Any) -> Document:
        keyword = "swagger" if version == "2.0" else "openapi"
        root: dict[str, Any] = {
            keyword: version,
            "info": {"title": "a title", "version": "1"},
            "paths": {},
        }
        *above, last = split_pointer(pointer)
        holder = root
        for key in above:
            holder = holder.setdefault(key, {})
        holder[last] = value
        return Document(Memory(), root)

    return make


@pytest.fixture
def told() -> Told:
    """Gives the code and the pointer of each diagnostic."""

    def tell(diagnostics: Diagnostics) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        for diagnostic in diagnostics:
            assert isinstance(diagnostic.place, Node)
            pairs.append((diagnostic.code, diagnostic.place.pointer))
        return pairs

    return tell
