"""The lock: entry by line, healed after merges, and a proof that nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics
from oasmith.output.lock import (
    LOCK_NAME,
    Given,
    Inputs,
    Lock,
    build_lock,
    is_current,
    lock_text,
    read_lock,
)
from oasmith.output.states import states_of

_INPUTS = Inputs(
    "1.0", "specs/a.yaml", {"include": ("GET /a", "tag:B"), "package": "a"}
)
_NAMES = {"models": {"/components/schemas/Größe": "Groesse", "/b": "B"}, "groups": {}}


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lock:
    """Generate two files from one source into "out", with a lock."""
    monkeypatch.chdir(tmp_path)
    files = {"a.py": b"a = 1\n", "models/b.py": b"b = 1\n"}
    _write("specs/a.yaml", b"openapi: 3.1.0\n")
    for path, content in files.items():
        _write(f"out/{path}", content)
    sources = states_of({"specs/a.yaml": b"openapi: 3.1.0\n"})
    given = Given(_NAMES, {"/b": "0123456789ab"})
    lock = build_lock("out", _INPUTS, sources, files, given)
    _write(f"out/{LOCK_NAME}", lock_text(lock).encode())
    return lock


def test_is_read_as_it_was_written(lock: Lock) -> None:
    diagnostics = Diagnostics()
    assert read_lock("out", diagnostics) == lock
    assert not list(diagnostics)
    assert lock.spec == "../specs/a.yaml"
    assert set(lock.files) == {"a.py", "models/b.py"}


def test_has_an_entry_a_line_in_sorted_order(lock: Lock) -> None:
    lines = lock_text(lock).splitlines()
    assert '      "/b": "B",' in lines
    assert '      "/components/schemas/Größe": "Groesse"' in lines
    files = [line for line in lines if ".py" in line]
    assert files == sorted(files) and len(files) == 2
    assert lock_text(lock).endswith("}\n")


def test_there_is_none_in_a_new_folder(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert read_lock(str(tmp_path / "new"), diagnostics) is None
    assert not list(diagnostics)


def test_is_current_when_nothing_changed(lock: Lock) -> None:
    assert is_current("out", lock, _INPUTS)


def test_is_current_from_another_folder(
    lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("specs")
    assert is_current("../out", lock, _INPUTS._replace(spec="a.yaml"))


@pytest.mark.parametrize(
    "change",
    [
        lambda: _write("specs/a.yaml", b"openapi: 3.1.1\n"),
        lambda: os.remove("specs/a.yaml"),
        lambda: _write("out/a.py", b"a = 2\n"),
        lambda: os.remove("out/models/b.py"),
    ],
)
def test_is_not_current_when_a_file_changed(
    lock: Lock, change: Callable[[], None]
) -> None:
    change()
    assert not is_current("out", lock, _INPUTS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes")
def test_does_not_wait_for_a_pipe(lock: Lock) -> None:
    os.remove("out/a.py")
    os.mkfifo("out/a.py")
    assert not is_current("out", lock, _INPUTS)


@pytest.mark.parametrize(
    "inputs",
    [
        _INPUTS._replace(version="1.1"),
        _INPUTS._replace(spec="specs/b.yaml"),
        _INPUTS._replace(options={**_INPUTS.options, "include": ("GET /a",)}),
        _INPUTS._replace(options={**_INPUTS.options, "package": "b"}),
        _INPUTS._replace(options={**_INPUTS.options, "more": "x"}),
    ],
)
def test_is_not_current_for_other_inputs(lock: Lock, inputs: Inputs) -> None:
    assert not is_current("out", lock, inputs)


def test_a_merge_conflict_keeps_names_and_files(lock: Lock) -> None:
    ours = lock._replace(
        names={"models": {"/b": "B", "/c": "C", "/e": "E"}},
        files={"a.py": "1" * 64, "models/b.py": "2" * 64, "models/c.py": "3" * 64},
    )
    theirs = lock._replace(
        names={"models": {"/b": "B", "/d": "D", "/e": "F"}},
        files={"a.py": "1" * 64, "models/b.py": "4" * 64, "models/d.py": "5" * 64},
    )
    merged = _merge(lock_text(lock), lock_text(ours), lock_text(theirs))
    assert "<<<<<<<" in merged
    _write(f"out/{LOCK_NAME}", merged.encode())
    diagnostics = Diagnostics()
    healed = read_lock("out", diagnostics)
    assert [found.code for found in diagnostics] == ["broken-lock"]
    assert healed is not None
    assert healed.names == {"models": {"/b": "B", "/c": "C", "/d": "D", "/e": "E"}}
    assert healed.files == {
        "a.py": "1" * 64,
        "models/b.py": "",
        "models/c.py": "3" * 64,
        "models/d.py": "5" * 64,
    }
    assert not is_current("out", healed, _INPUTS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"version": 1}',
        b'    "files": {\n    "../../../etc/passwd": "",\n',
    ],
)
def test_garbage_counts_as_empty(lock: Lock, content: bytes) -> None:
    _write(f"out/{LOCK_NAME}", content)
    diagnostics = Diagnostics()
    empty = Lock("", "", {}, {}, {}, {}, {}, is_whole=False)
    assert read_lock("out", diagnostics) == empty
    assert [found.code for found in diagnostics] == ["broken-lock"]


def test_paths_out_of_the_folder_are_not_taken_up(lock: Lock) -> None:
    evil = lock._replace(files={"../specs/a.yaml": "", "/etc/passwd": "", "a.py": ""})
    _write(f"out/{LOCK_NAME}", lock_text(evil).encode())
    diagnostics = Diagnostics()
    found = read_lock("out", diagnostics)
    assert found is not None and list(found.files) == ["a.py"]
    assert [found.code for found in diagnostics] == ["broken-lock"]


def test_a_folder_in_its_place_counts_as_none(lock: Lock) -> None:
    os.remove(f"out/{LOCK_NAME}")
    os.mkdir(f"out/{LOCK_NAME}")
    diagnostics = Diagnostics()
    assert read_lock("out", diagnostics) is None
    assert [found.code for found in diagnostics] == ["broken-lock"]


def test_needs_no_slow_import() -> None:
    code = "import sys, oasmith.output.lock; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    slow = {b"dataclasses", b"inspect", b"pathlib", b"oasmith.diagnostics"}
    assert not slow & set(ran.stdout.split())


def _merge(base: str, ours: str, theirs: str) -> str:
    """What git makes of two changes to one file."""
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        _write(name, text.encode())
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    return subprocess.run(command, capture_output=True).stdout.decode()


def _write(path: str, content: bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content)
