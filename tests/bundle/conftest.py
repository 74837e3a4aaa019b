"""Bundles descriptions whose files a test writes down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oasmith.bundle import bundle_document
from oasmith.diagnostics import Diagnostics
from oasmith.document import Document
from oasmith.load import load_document


@dataclass(frozen=True)
class Bundled:
    document: Document
    told: Sequence[str]
    """The place and the code of each diagnostic: "pets.yaml:3:7 remote-reference"."""

    def find(self, pointer: str) -> Any:
        return self.document.find(pointer)

    def place(self, pointer: str) -> str:
        """Where the user finds a part: "pets.yaml:3:7"."""
        found = self.document.node(pointer).locate()
        return f"{found.file}:{found.line}:{found.column}"


Bundle = Callable[[Mapping[str, str]], Bundled]


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bundle:
    """Write files, and bundle "api.yaml", which is one of them."""

    def bundle(files: Mapping[str, str]) -> Bundled:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        diagnostics = Diagnostics()
        document = load_document("api.yaml", diagnostics)
        bundled = bundle_document(document, diagnostics)
        told: list[str] = []
        for found in diagnostics:
            assert found.place is not None
            where = found.place.locate()
            told.append(f"{where.file}:{where.line}:{where.column} {found.code}")
        return Bundled(bundled, told)

    return bundle
