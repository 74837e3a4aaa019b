"""Ctrl-C ends a run at any moment: no traceback, no process, no half of a package."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process groups")

_OPERATIONS = 600
_READY = "import oasmith.__main__ as m; print('ready', flush=True); m.main()"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A description that takes a second or two."""
    fields = {f"field_{index}": {"type": "string"} for index in range(20)}
    schema = {"type": "object", "properties": fields}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    answer = {"200": {"description": "A thing.", "content": content}}
    body = {"content": {"application/json": {"schema": schema}}}
    paths = {
        f"/things/{index}": {"post": {"requestBody": body, "responses": answer}}
        for index in range(_OPERATIONS)
    }
    path = tmp_path / "spec.json"
    info = {"title": "Things", "version": "1"}
    components = {"schemas": {"Thing": schema}}
    description = {"openapi": "3.1.0", "info": info, "paths": paths}
    path.write_text(json.dumps({**description, "components": components}))
    return path


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.5])
def test_several_clients_end_together(seconds: float, spec: Path) -> None:
    folder = spec.parent
    table = '[[tool.oasmith.client]]\nspec = "spec.json"\noutput = "{}"\n'
    text = "\n".join(map(table.format, ("one", "two", "three")))
    (folder / "pyproject.toml").write_text(text)
    with subprocess.Popen(
        [sys.executable, "-c", _READY, "generate"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OASMITH_CACHE": str(folder / "cache")},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        time.sleep(seconds)
        os.killpg(run.pid, signal.SIGINT)
        _, told = run.communicate(timeout=30)
    assert run.returncode == 130
    assert told.lstrip() == "oasmith: interrupted; no package is half written\n"
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    for name in ("one", "two", "three"):
        modules = list((folder / name).glob("api/default/*.py"))
        assert len(modules) in (0, _OPERATIONS + 1)


@pytest.mark.parametrize("seconds", [0.0, 0.3, 0.8, 1.5, 2.5])
def test_an_interrupted_run_leaves_nothing_behind(
    seconds: float, spec: Path, tmp_path: Path
) -> None:
    output = tmp_path / "package"
    environment = {**os.environ, "OASMITH_CACHE": str(tmp_path / "cache")}
    with subprocess.Popen(
        [sys.executable, "-c", _READY, "generate", str(spec), "-o", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
        # Who runs the tests in the background may have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        time.sleep(seconds)
        # As a terminal does it: every process of the group gets the signal.
        os.killpg(run.pid, signal.SIGINT)
        pressed = time.monotonic()
        _, told = run.communicate(timeout=30)
        took = time.monotonic() - pressed
    assert (run.returncode, told.lstrip()) in (
        (130, "oasmith: interrupted; no package is half written\n"),
        (0, ""),
    )
    assert run.returncode == 130 or seconds > 1
    assert took < 3, "it must not wait for what is no longer wanted"
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    left = {path.name for path in tmp_path.iterdir()} - {"cache", "spec.json"}
    assert left in ({"package"}, set())
    if left:
        assert len(list(output.glob("api/default/*.py"))) == _OPERATIONS + 1
