"""Several folders are written all or none, whatever goes wrong, and whenever."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oasmith.diagnostics import Diagnostics, Stopped
from oasmith.output import write
from oasmith.output.lock import LOCK_NAME, lock_shared, lock_text
from oasmith.output.swap import Change, change_folder
from oasmith.output.write import Writing, write_packages

Tree = dict[str, bytes | str | None]
ReadTree = Callable[[Path], Tree]

_OLD = {"a.py": b"a = 1\n", "b.py": b"b = 1\n", "old/c.py": b"c = 1\n"}
_NEW = {"a.py": b"a = 2\n", "b.py": b"b = 1\n", "new/d.py": b"d = 2\n"}
_FOLDERS = ("app/runtime", "app/one", "app/more/two")


@pytest.mark.parametrize("failing", range(len(_FOLDERS)))
@pytest.mark.parametrize("is_first", [False, True], ids=["changed", "created"])
def test_what_was_written_is_taken_back(
    failing: int,
    is_first: bool,
    folder: Path,
    read_tree: ReadTree,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder.mkdir(parents=True)
    if not is_first:
        write_packages(_writings(_OLD, folder))
    (folder / "app/more").mkdir(parents=True, exist_ok=True)
    before = read_tree(folder)
    calls: list[Path] = []

    def fail(root: Path, change: Change) -> None:
        calls.append(root)
        if len(calls) == failing + 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        change_folder(root, change)

    with monkeypatch.context() as patch:
        patch.setattr(write, "change_folder", fail)
        writings = _writings(_NEW, folder)
        with pytest.raises(Stopped):
            write_packages(writings)
    assert read_tree(folder) == before
    told = [[each.code for each in it.diagnostics] for it in writings]
    assert told == [["unwritable-output"] * (index == failing) for index in range(3)]
    write_packages(_writings(_NEW, folder))
    assert (folder / _FOLDERS[-1] / "a.py").read_bytes() == b"a = 2\n"
    assert not (folder / _FOLDERS[-1] / "old").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to hold back")
def test_ctrl_c_comes_after_all_of_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(root: Path, change: Change) -> None:
        signal.raise_signal(signal.SIGINT)
        change_folder(root, change)

    monkeypatch.setattr(write, "change_folder", interrupted)
    # Who runs the tests in the background may have it ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            write_packages(_writings(_NEW, folder))
    finally:
        signal.signal(signal.SIGINT, before)
    for each in _FOLDERS:
        assert (folder / each / LOCK_NAME).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can't fork")
def test_runs_at_once_do_not_wait_for_one_another(folder: Path) -> None:
    """Whatever the order in which they name the folders."""
    context = multiprocessing.get_context("fork")

    def run(number: int) -> None:
        for turn in range(20):
            writings = _writings((_OLD, _NEW)[(number + turn) % 2], folder)
            write_packages(writings[:: -1 if number % 2 else 1])

    runs = [context.Process(target=run, args=(number,)) for number in range(4)]
    for each in runs:
        each.start()
    for each in runs:
        each.join(60)
    stuck = [each for each in runs if each.is_alive()]
    for each in stuck:
        each.kill()
    assert not stuck
    assert [each.exitcode for each in runs] == [0] * 4
    found = {(folder / each / "a.py").read_bytes() for each in _FOLDERS}
    assert len(found) == 1


def _writings(files: dict[str, bytes], folder: Path) -> list[Writing]:
    lock = lock_text(lock_shared("1", files)).encode()
    return [
        Writing(str(folder / each), {**files, LOCK_NAME: lock}, Diagnostics())
        for each in _FOLDERS
    ]
