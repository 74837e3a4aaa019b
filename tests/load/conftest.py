"""Loads descriptions that a test writes down, and tells what is said about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics, Stopped
from oasmith.document import Document
from oasmith.listing import format_diagnostic
from oasmith.loading.load import load_document

Load = Callable[[str | bytes], Document]
Refuse = Callable[[str | bytes], list[str]]


@pytest.fixture
def load(in_folder: None) -> Load:
    """Load a description that nothing is wrong with."""

    def load(content: str | bytes) -> Document:
        diagnostics = Diagnostics()
        document = load_document(write(content), diagnostics)
        assert not list(diagnostics)
        return document

    return load


@pytest.fixture
def refuse(in_folder: None) -> Refuse:
    """Load a description that is refused, and give the first line of each reason."""

    def refuse(content: str | bytes) -> list[str]:
        diagnostics = Diagnostics()
        with pytest.raises(Stopped):
            load_document(write(content), diagnostics)
        return [format_diagnostic(found).splitlines()[0] for found in diagnostics]

    return refuse


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    Path("api").write_bytes(raw)
    return "api"
