"""--watch generates again after each change, faulty ones included, until Ctrl-C."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building_project import CLIENT, PACKAGE, PET, Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process groups")

_SECONDS = 30
"""For which something is waited for; it takes a fraction, on an idle machine."""


class _Watch:
    """A run that goes on, and what it says."""

    def __init__(self, project: Project, *arguments: str) -> None:
        self._process = subprocess.Popen(
            ["oasmith", "generate", "--watch", *arguments],
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Who runs the tests in the background may have it ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def hear(self, text: str) -> list[str]:
        """Wait for a line with a text; all lines up to it."""
        heard: list[str] = []
        end = time.monotonic() + _SECONDS
        while not heard or text not in heard[-1]:
            try:
                heard.append(self._lines.get(timeout=max(0, end - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"no {text!r} in {heard}")
        return heard

    def hear_nothing(self, seconds: float) -> None:
        with pytest.raises(queue.Empty):
            self._lines.get(timeout=seconds)

    def interrupt(self) -> int:
        # As a terminal does it: every process of the group gets the signal.
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(_SECONDS)

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)


@pytest.fixture
def watch(project: Project) -> Iterator[_Watch]:
    project.write("pyproject.toml", CLIENT)
    watch = _Watch(project)
    yield watch
    watch.end()


def test_each_change_is_taken_up_once(project: Project, watch: _Watch) -> None:
    watch.hear("created")
    for path in ("specs/parts/pet.yaml", "specs/pets.overlay.yaml", "pyproject.toml"):
        project.change(path)
        heard = watch.hear(f"{PACKAGE}: ")
        assert heard[0] == f"{path} changed\n"
    project.write("specs/others.yaml", "{}")
    watch.hear_nothing(1)
    assert watch.interrupt() == 130
    watch.hear("no package is half written")


def test_it_outlives_faults_wherever_they_are(project: Project, watch: _Watch) -> None:
    watch.hear("created")
    project.write("specs/parts/pet.yaml", "Pet: [")
    watch.hear("error[bad-yaml]")
    project.write("specs/parts/pet.yaml", PET.replace("name", "nick"))
    watch.hear(" files, 2 changed; ")
    assert "nick: str" in project.read(f"{PACKAGE}/models/pet.py")
    project.write("pyproject.toml", CLIENT.replace("[[", "["))
    watch.hear("error[")
    project.write("pyproject.toml", CLIENT)
    watch.hear(f"{PACKAGE}: ")


def test_a_file_that_a_first_faulty_run_met_is_watched(project: Project) -> None:
    project.write("specs/parts/pet.yaml", "Pet: [")
    watch = _Watch(project, "specs/pets.yaml", "-o", PACKAGE)
    try:
        watch.hear("error[bad-yaml]")
        (project.folder / "specs/parts/pet.yaml").unlink()
        watch.hear("error[unresolved-reference]")
        project.write("specs/parts/pet.yaml", PET)
        watch.hear("created")
    finally:
        watch.end()


def test_what_is_there_by_hand_is_watched_also_after_faults(project: Project) -> None:
    """Templates, modules for exports, and the package that a shared runtime needs."""
    (project.folder / "src/shop/__init__.py").unlink()
    project.write("templates/models.py.jinja", "")
    project.write("pyproject.toml", CLIENT + _BY_HAND)
    watch = _Watch(project)
    try:
        watch.hear("error[bad-runtime]")
        project.write("src/shop/__init__.py", "")
        watch.hear("error[unknown-template]")
        (project.folder / "templates/models.py.jinja").unlink()
        watch.hear("error[bad-export]")
        project.write(f"{PACKAGE}/extra/__init__.py", "HELP = 1\n")
        watch.hear(f"{PACKAGE}: ")
        # What is written by hand may say what it likes, but has to be there.
        project.write(f"{PACKAGE}/extra/__init__.py", "HELP = 2\n")
        project.write("src/shop/__init__.py", "import logging\n")
        project.write("templates/notes.txt", "Ours.\n")
        watch.hear_nothing(1)
        project.write("templates/client.py.jinja", '{% include "oasmith/client.py.')
        assert watch.hear("error[bad-template]")[0] == "templates changed\n"
        include = '# Ours.\n{% include "oasmith/client.py.jinja" %}\n'
        project.write("templates/client.py.jinja", include)
        watch.hear(f"{PACKAGE}: ")
        assert "# Ours." in project.read(f"{PACKAGE}/client.py")
        shutil.rmtree(project.folder / PACKAGE / "extra")
        watch.hear("error[bad-export]")
    finally:
        watch.end()


_BY_HAND = """\
templates = "templates"
exports = ["extra:HELP"]
runtime = "src/shop/_shared"
"""


def test_an_edit_while_it_generates_is_taken_up(project: Project) -> None:
    watch = _Watch(project, "specs/pets.yaml", "-o", PACKAGE)
    try:
        watch.hear("watching")
        model = project.folder / PACKAGE / "models/pet.py"
        names = [f"name_{index}" for index in range(6)]
        for name in names:
            # Somewhere in the run that the one before has started.
            project.write("specs/parts/pet.yaml", PET.replace("name", name))
            time.sleep(0.45)
        end = time.monotonic() + _SECONDS
        while not (model.exists() and names[-1] in model.read_text()):
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        watch.end()


def test_without_a_project_there_is_nothing_to_watch(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oasmith", "generate", "--watch"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    assert done.returncode == 1
    assert "error[no-config]" in done.stderr
