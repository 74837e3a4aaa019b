"""The Python API as its callers see it: its keywords, their types, where it stands."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import oasmith

_SPEC = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: https://notes.example}]
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [notes]
      responses: {"204": {description: None.}}
"""

_OVERLAY = """\
overlay: 1.0.0
info: {title: Ours, version: "1"}
actions: [{target: $.info, update: {description: Ours.}}]
"""

_CALLER = """\
from pathlib import Path
from typing import Unpack
import oasmith

def bring_up_to_date(spec: Path, **options: Unpack[oasmith.Options]) -> bool:
    if oasmith.check(spec, "out/notes", **options).is_current:
        return False
    made = oasmith.generate(spec, "out/notes", runtime=Path("out/rt"), include=["x"])
    return bool(made.written.changed or (made.runtime and made.runtime.changed))

common: oasmith.DiffOptions = {"lenient": True, "names": {"models": {"/a": "B"}}}
oasmith.generate("a.yaml", "notes", package="notes", **common)
changes = oasmith.diff("a.yaml", "git:HEAD", output=None, **common).comparison.changes
"""

_WRONG = """\
import oasmith

oasmith.generate("a.yaml", "notes", includes=["x"])
oasmith.check("a.yaml", "notes", lenient="yes")
oasmith.diff("a.yaml", "b.yaml", examples=True)
"""


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_checkers_know_the_keywords(tmp_path: Path, checker: str) -> None:
    if shutil.which(checker) is None:
        pytest.skip(f"{checker} is not installed")
    (tmp_path / "caller.py").write_text(_CALLER)
    (tmp_path / "wrong.py").write_text(_WRONG)
    if checker == "mypy":
        command = ["mypy", "--strict", "--config-file=", "--no-error-summary"]
    else:
        (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
        command = ["pyright", "--pythonpath", sys.executable]
    done = _run(*command, "caller.py", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    done = _run(*command, "wrong.py", folder=tmp_path)
    lines = {
        line.strip().split(":")[1]
        for line in done.stdout.splitlines()
        if "error" in line and ".py:" in line
    }
    assert lines == {"3", "4", "5"}, done.stdout


@pytest.mark.parametrize("name", ["generate", "check", "diff"])
def test_an_unknown_keyword_is_refused(name: str) -> None:
    wrong = "examples" if name == "diff" else "includes"
    said = rf"^{name}\(\) got an unexpected keyword argument '{wrong}'$"
    with pytest.raises(TypeError, match=said):
        getattr(oasmith, name)("gone.yaml", "gone", **{wrong: True})


def test_it_does_not_matter_where_a_project_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether paths are absolute or not, and from wherever, the lock is the same."""
    locks: list[bytes] = []
    for place in ("one", "two/three"):
        root = tmp_path / place
        for path, text in (
            ("specs/notes.yaml", _SPEC),
            ("specs/ours.yaml", _OVERLAY),
            ("src/app/__init__.py", ""),
            ("templates/mine.txt", ""),
            ("shared/mine.txt", ""),
        ):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        for start in (None, root, root / "src"):
            if start is not None:
                monkeypatch.chdir(start)

            def name(path: str, root: Path = root, start: Path | None = start) -> str:
                above = "../" if start is not None and start != root else ""
                return str(root / path) if start is None else above + path

            oasmith.generate(
                name("specs/notes.yaml"),
                name("src/app/notes"),
                overlays=[name("specs/ours.yaml")],
                allow=[name("shared")],
                runtime=name("src/app/_shared"),
                templates=name("templates"),
            )
            locks.append((root / "src/app/notes/oasmith.lock").read_bytes())
    assert len({*locks}) == 1
    assert str(tmp_path).encode() not in locks[0]


def _run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)
