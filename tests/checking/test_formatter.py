"""Another black is another input, and no reason to write what is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import black
import pytest
from click.testing import Result

import oasmith
from oasmith import pipeline

Check = Callable[..., Result]

_ASKED = ("notes.yaml", "notes")


@pytest.fixture
def other_black(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer black than the one that has formatted the package; a release of ours."""
    monkeypatch.setenv("OASMITH_CACHE", str(project / "cache"))
    monkeypatch.setattr("_black_version.version", "99.1.0")
    monkeypatch.setattr("oasmith.unchanged.is_installed", lambda: True)


@pytest.fixture
def other_form(other_black: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves another line between what stands at the top of a module."""
    form = black.format_str

    def format_str(text: str, *, mode: black.Mode) -> str:
        return form(text, mode=mode).replace("\n\n\n", "\n\n\n\n")

    monkeypatch.setattr("black.format_str", format_str)
    # What is in black's form by construction has to be told by a test, not by a run.
    monkeypatch.setattr("oasmith.output.format.is_settled", lambda text: False)


@pytest.mark.usefixtures("other_form")
def test_what_it_forms_otherwise_is_noticed(check: Check, project: Path) -> None:
    checked = check()
    assert checked.exit_code == 1
    assert f"these have changed: black (from {_VERSION} to 99.1.0)" in checked.stderr
    assert "notes/client.py" in checked.stdout
    assert "client.py" in oasmith.generate(*_ASKED).written.changed
    assert '"formatter": "99.1.0"' in (project / "notes/oasmith.lock").read_text()
    assert check().output == "notes: up to date\n"


@pytest.mark.usefixtures("other_black")
def test_what_it_forms_alike_is_left_as_it_is(
    check: Check, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (project / "notes/oasmith.lock").read_bytes()
    assert f'"formatter": "{_VERSION}"'.encode() in before
    assert oasmith.generate(*_ASKED).written.changed == ()
    assert check().output == "notes: up to date\n"
    assert (project / "notes/oasmith.lock").read_bytes() == before
    # And that is known from then on.
    monkeypatch.delattr(pipeline, "make_package")
    assert check().output == "notes: up to date\n"


@pytest.mark.usefixtures("other_black")
def test_nothing_is_known_before_it_was_tried(
    check: Check, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "make_package", _refuse)
    assert check().exception is not None
    monkeypatch.setattr("_black_version.version", _VERSION)
    assert check().output == "notes: up to date\n"


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("a package is made")


_VERSION = black.__version__
