"""Descriptions for tests of selecting and slicing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.document import Document
from oasmith.loading.load import load_document


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Document]:
    """Load a description that a test writes down."""

    def load(text: str) -> Document:
        path = tmp_path / "spec.yaml"
        path.write_text(text, encoding="utf-8")
        diagnostics = Diagnostics()
        document = load_document(str(path), diagnostics)
        assert not list(diagnostics)
        return document

    return load
