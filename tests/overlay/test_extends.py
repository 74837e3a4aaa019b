"""An overlay that says which description it is for is told when that is another."""

from __future__ import annotations

from pathlib import Path

import pytest

import oasmith

_SPEC = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\n'
_OVERLAY = """overlay: 1.0.0
info: {title: O, version: "1"}
extends: %s
actions: [{target: $.info, update: {description: Words.}}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs/overlays").mkdir(parents=True)
    (tmp_path / "specs/api.yaml").write_text(_SPEC)
    (tmp_path / "specs/my api.yaml").write_text(_SPEC)
    (tmp_path / "specs/overlays/api.yaml").write_text(_SPEC)
    return tmp_path


def _told(extends: str, spec: str = "specs/api.yaml") -> list[str]:
    overlay = Path("specs/overlays/o.yaml")
    overlay.write_text(_OVERLAY % extends)
    made = oasmith.generate(spec, "made", overlays=[str(overlay)])
    return [f"{each.code}: {each.message}" for each in made.diagnostics]


@pytest.mark.parametrize(
    "extends",
    [
        "../api.yaml",
        "./../../specs/api.yaml",
        "../api.yaml#/info",
        "https://example.com/v1/openapi.json",
        "//example.com/openapi.json",
        "urn:example:api",
        # Nothing is there; elsewhere it may be called so.
        "elsewhere/api.yaml",
        "file:///nowhere/api.yaml",
    ],
)
def test_it_may_be_for_this_one(folder: Path, extends: str) -> None:
    assert _told(extends) == []


@pytest.mark.parametrize(
    "extends",
    [
        "../my%20api.yaml",
        # There is such a file, which is another one.
        "api.yaml",
        "elsewhere/openapi.yaml",
        "'http://[broken'",
    ],
)
def test_it_is_for_another_one(folder: Path, extends: str) -> None:
    shown = extends.strip("'")
    message = f'this overlay is for "{shown}", not for "specs/api.yaml"'
    assert _told(extends) == [f"other-description: {message}"]


def test_escapes_of_uris_are_read(folder: Path) -> None:
    assert _told("../my%20api.yaml", "specs/my api.yaml") == []


def test_an_absolute_path_is_compared(folder: Path) -> None:
    assert _told(f"file://{folder}/specs/api.yaml") == []
    assert len(_told(f"file://{folder}/specs/overlays/api.yaml")) == 1


def test_something_else_is_an_error(folder: Path) -> None:
    with pytest.raises(oasmith.Failed, match=r"o\.yaml:3:1: error\[bad-overlay\]"):
        _told("[api.yaml]")
