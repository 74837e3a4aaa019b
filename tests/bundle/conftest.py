"""Bundles descriptions whose files a test writes down."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from bundling import Bundle, Bundled

from oasmith.diagnostics import Diagnostics
from oasmith.loading.bundle import bundle_document
from oasmith.loading.load import load_document
from oasmith.validation.broken import tell_broken


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
        tell_broken(bundled, bundled, diagnostics)
        told: list[str] = []
        for found in diagnostics:
            assert found.place is not None
            where = found.place.locate()
            told.append(f"{where.file}:{where.line}:{where.column} {found.code}")
        return Bundled(bundled, told)

    return bundle
