"""Wherever output leads to, the work is done, and the exit code is right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors differ")

_SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example/v1}]
paths:
  /pets/läufig:
    get:
      operationId: listPets
      responses: {"204": {description: None.}}
"""

_FULL = "standard output can't be written to: no space left on device"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two clients, of which the second is told of after the first."""
    (tmp_path / "spec.yaml").write_text(_SPEC, encoding="utf-8")
    table = '[[tool.oasmith.client]]\nspec = "spec.yaml"\noutput = "{}"\n'
    text = "\n".join(map(table.format, ("one", "two")))
    (tmp_path / "pyproject.toml").write_text(text)
    return tmp_path


def _run(
    project: Path, shell: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell, in which $oasmith is what users call so."""
    return subprocess.run(
        ["bash", "-c", shell],
        cwd=project,
        env={
            **os.environ,
            "oasmith": f"{sys.executable} -m oasmith",
            "OASMITH_CACHE": str(project / "cache"),
            **environment,
        },
        capture_output=True,
    )


@pytest.mark.parametrize(
    "shell",
    [
        "$oasmith generate | true; exit ${PIPESTATUS[0]}",
        "$oasmith generate >&-",
        "$oasmith generate >&- 2>&- <&-",
        "$oasmith generate 2>&1 | true; exit ${PIPESTATUS[0]}",
    ],
)
def test_who_does_not_read_has_it_done_all_the_same(project: Path, shell: str) -> None:
    done = _run(project, shell)
    assert (done.returncode, done.stderr) == (0, b"")
    for name in ("one", "two"):
        assert (project / name / "oasmith.lock").is_file()
    (project / "one/client.py").unlink()
    drifted = _run(project, shell.replace("generate", "check"))
    assert drifted.returncode == 1
    assert b"bug" not in drifted.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_a_full_disk_is_told_after_all_is_done(project: Path) -> None:
    done = _run(project, "$oasmith generate > /dev/full")
    assert done.returncode == 1
    assert done.stderr.decode() == f"error[unwritable-output]: {_FULL}\n"
    for name in ("one", "two"):
        assert (project / name / "oasmith.lock").is_file()
    for arguments in ("check", "check --format json", "operations", "--help"):
        done = _run(project, f"$oasmith {arguments} > /dev/full")
        assert done.returncode == 1, arguments
        assert done.stderr.decode() == f"error[unwritable-output]: {_FULL}\n"
    assert _run(project, "$oasmith validate nowhere.yaml 2> /dev/full").returncode == 1


def test_what_an_encoding_lacks_is_escaped(project: Path) -> None:
    done = _run(project, "$oasmith operations", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"/pets/l\xe4ufig" in done.stdout
    done = _run(project, "$oasmith validate schön.yaml", PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert "schön.yaml: error[no-such-file]".encode("latin-1") in done.stderr


def test_a_package_may_have_any_name_on_any_terminal(project: Path) -> None:
    arguments = "generate spec.yaml -o schön"
    for encoding in ("ascii", "utf-8"):
        done = _run(project, f"$oasmith {arguments}", PYTHONIOENCODING=encoding)
        shown = "schön".encode(encoding, "backslashreplace")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(shown + b": ")


@pytest.mark.parametrize("command", ["generate", "check", "operations"])
def test_a_working_directory_that_is_gone_is_told(project: Path, command: str) -> None:
    shell = f"mkdir gone && cd gone && rmdir ../gone && $oasmith {command}"
    done = _run(project, shell)
    assert done.returncode == 1
    first, *help = done.stderr.decode().splitlines()
    assert first.startswith("error[no-working-directory]: ")
    assert [line.partition(":")[0] for line in help] == ["  = help"]
