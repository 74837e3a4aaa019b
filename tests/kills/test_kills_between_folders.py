"""A run that is killed between two folders is told by check, and put right by the next.

Packages on one runtime are written one after another: no system exchanges several
folders in one step.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .two_packages import describe

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signal kills there")

_FOLDERS = ("app/runtime", "app/cats", "app/dogs")
"""In the order in which they are written."""

_RUN = """\
import os, signal, sys
import oasmith

oasmith.__version__, left = sys.argv[1], int(sys.argv[2])
del sys.argv[1:3]
from oasmith import unchanged
from oasmith.__main__ import main
from oasmith.output import write

unchanged.is_installed = lambda: True
change_folder = write.change_folder

def change_or_die(folder, change):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    change_folder(folder, change)

write.change_folder = change_or_die
main()
"""
"""Runs as an installed release of a version, which dies before a folder is written."""

_NEVER = 99


@pytest.mark.parametrize("written", [1, 2])
def test_the_next_run_puts_it_right(written: int, tmp_path: Path) -> None:
    _configure(tmp_path, 1)
    assert _run(tmp_path, "generate", "2.0").returncode == 0
    new = _read(tmp_path)
    _configure(tmp_path, 0)
    assert _run(tmp_path, "generate", "1.0").returncode == 0
    _configure(tmp_path, 1)
    old = _read(tmp_path)

    killed = _run(tmp_path, "generate", "2.0", written)
    assert killed.returncode == -signal.SIGKILL
    left = _read(tmp_path)
    assert left == {**old, **{name: new[name] for name in _FOLDERS[:written]}} != old

    checked = _run(tmp_path, "check", "2.0")
    assert checked.returncode == 1
    for name in _FOLDERS:
        drifted = f"{name}: error[drift]" in checked.stderr
        assert drifted == (name not in _FOLDERS[:written])
    assert _run(tmp_path, "generate", "2.0").returncode == 0
    assert _read(tmp_path) == new
    done = _run(tmp_path, "check", "2.0")
    assert (done.returncode, done.stdout.count(": up to date")) == (0, 3)


def _configure(folder: Path, number: int) -> None:
    (folder / "app").mkdir(exist_ok=True)
    (folder / "app/__init__.py").touch()
    (folder / "pets.json").write_text(json.dumps(describe(number)))
    table = (
        '[[tool.oasmith.client]]\nspec = "pets.json"\noutput = "{}"\n'
        f'runtime = "{_FOLDERS[0]}"\n'
    )
    (folder / "pyproject.toml").write_text("".join(map(table.format, _FOLDERS[1:])))


def _run(
    folder: Path, command: str, version: str, left: int = _NEVER
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _RUN, version, str(left), command],
        cwd=folder,
        env={**os.environ, "OASMITH_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
    )


def _read(folder: Path) -> dict[str, dict[str, bytes]]:
    return {
        name: {
            path.relative_to(folder / name).as_posix(): path.read_bytes()
            for path in sorted((folder / name).rglob("*"))
            if path.is_file()
        }
        for name in _FOLDERS
    }
