"""The three forms of a report, word by word, and what sets the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oasmith.cli import cli

_NOTES = Path(__file__).parent / "notes"


def _diff(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.chdir(_NOTES)
    return CliRunner().invoke(cli, ["diff", *arguments])


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_report(
    form: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    done = _diff(monkeypatch, "old.yaml", "new.yaml", "--format", form)
    expected = _NOTES / "expected" / f"report.{form}"
    if request.config.getoption("--update-cases"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(done.output)
    assert done.output == expected.read_text()


@pytest.mark.parametrize(
    ("new", "fail_on", "code"),
    [
        ("new.yaml", None, 1),
        ("new.yaml", "breaking", 1),
        ("new.yaml", "never", 0),
        ("old.yaml", None, 0),
        ("old.yaml", "risky", 0),
        ("moved.yaml", None, 0),
        ("moved.yaml", "risky", 1),
        ("gone.yaml", "never", 1),
    ],
)
def test_exit_code(
    new: str,
    fail_on: str | None,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """ "moved.yaml" differs in what is risky at most, and "gone.yaml" is not there."""
    for path in (*_NOTES.glob("*.yaml"), *_NOTES.glob("*/*.yaml")):
        target = tmp_path / path.relative_to(_NOTES)
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text())
    moved = (
        (_NOTES / "old.yaml").read_text().replace("example.com/v1", "example.com/v2")
    )
    (tmp_path / "moved.yaml").write_text(moved)
    monkeypatch.chdir(tmp_path)
    options = [] if fail_on is None else ["--fail-on", fail_on]
    done = CliRunner().invoke(cli, ["diff", "old.yaml", new, *options])
    assert done.exit_code == code, done.output
