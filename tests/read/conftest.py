"""Reads descriptions that a test writes down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.loading.load import load_document
from oasmith.reading.read import read_spec
from oasmith.reading.spec import Spec

Read = Callable[[str], tuple[Spec, list[str]]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read a description; gives the line and the code of each diagnostic, too."""

    def read(text: str) -> tuple[Spec, list[str]]:
        monkeypatch.chdir(tmp_path)
        Path("api.yaml").write_text(text, encoding="utf-8")
        diagnostics = Diagnostics()
        spec = read_spec(load_document("api.yaml", diagnostics), diagnostics)
        told: list[str] = []
        for found in diagnostics:
            assert found.place is not None
            told.append(f"{found.place.locate().line} {found.code}")
        return spec, told

    return read
