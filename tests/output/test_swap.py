"""A folder is wholly old or wholly new: after errors, after kills, among other runs."""

from __future__ import annotations

import errno
import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from oasmith.output.exchange import find_exchange
from oasmith.output.swap import Change, alone_beside, change_folder

Tree = dict[str, bytes | str | None]
ReadTree = Callable[[Path], Tree]

_KILLS = 200

forks = pytest.mark.skipif(sys.platform == "win32", reason="Windows can't fork")

_UNCHANGED: Tree = {"same.py": b"same"}
_FOREIGN: Tree = {"notes": None, "notes/mine.txt": b"mine", "link": "notes"}


def test_there_is_an_exchange_on_these_systems() -> None:
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("only Linux and macOS have one")
    assert find_exchange() is not None


@forks
def test_a_kill_leaves_the_folder_wholly_old_or_new(
    folder: Path, read_tree: ReadTree
) -> None:
    versions = [_make_version(number) for number in range(2)]
    _start(folder, versions[0])
    started = time.perf_counter()
    for version in versions:
        change_folder(folder, _change_to(folder, version))
    longest = time.perf_counter() - started
    chance = random.Random(6)
    seen = {0: 0, 1: 0}
    for _ in range(_KILLS):
        _kill_while_writing(folder, versions, chance.uniform(0, longest))
        seen[_version_in(read_tree(folder))] += 1
    assert all(seen.values())
    change_folder(folder, _change_to(folder, versions[0]))
    assert os.listdir(folder.parent) == ["pets"]


@forks
def test_runs_at_once_do_not_mix(folder: Path, read_tree: ReadTree) -> None:
    versions = [_make_version(number) for number in range(3)]
    _start(folder, versions[0])
    children = [_fork(partial(_write_often, folder, version)) for version in versions]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert _version_in(read_tree(folder)) in range(3)
    assert os.listdir(folder.parent) == ["pets"]


@dataclass(frozen=True)
class _Failure:
    """Calls of the system that make something fail, from the first of them or once."""

    first: int
    is_lasting: bool
    has_exchange: bool
    is_there: bool

    def start(self, patch: pytest.MonkeyPatch) -> None:
        calls = itertools.count()

        def failing(function: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **options: object) -> object:
                number = next(calls)
                if number == self.first or (self.is_lasting and number > self.first):
                    raise OSError(errno.ENOSPC, "no space")
                return function(*args, **options)

            return call

        if not self.has_exchange:
            patch.setattr("oasmith.output.swap.find_exchange", lambda: None)
        patch.setattr(os, "mkdir", failing(os.mkdir))
        patch.setattr(os, "link", failing(os.link))
        patch.setattr(Path, "write_bytes", failing(Path.write_bytes))
        if not self.is_lasting:
            # A full disk still lets files be renamed, which undoing needs.
            patch.setattr(os, "rename", failing(os.rename))


_FAILURES = [
    _Failure(first, *how)
    for how in itertools.product((True, False), repeat=3)
    for first in range(0, 60, 3)
]


@pytest.mark.parametrize("failure", _FAILURES, ids=str)
def test_an_error_changes_nothing_or_is_overcome(
    folder: Path,
    read_tree: ReadTree,
    monkeypatch: pytest.MonkeyPatch,
    failure: _Failure,
) -> None:
    folder.parent.mkdir()
    if failure.is_there:
        _start(folder, _make_version(0))
    before = read_tree(folder.parent)
    change = _change_to(folder, _make_version(1))
    with monkeypatch.context() as patch:
        failure.start(patch)
        try:
            change_folder(folder, change)
            is_done = True
        except OSError as error:
            assert error.errno == errno.ENOSPC
            is_done = False
    if is_done:
        assert _version_in(read_tree(folder) | _UNCHANGED | _FOREIGN) == 1
    else:
        assert read_tree(folder.parent) == before
    assert os.listdir(folder.parent) == (["pets"] if is_done or before else [])


def test_what_a_killed_run_left_is_cleared_away(
    folder: Path, read_tree: ReadTree
) -> None:
    _start(folder, _make_version(0))
    (folder / ".oasmith" / "new").mkdir(parents=True)
    folder.with_name(".pets.oasmith").symlink_to(folder / "notes")
    change_folder(folder, _change_to(folder, _make_version(1)))
    assert os.listdir(folder.parent) == ["pets"]
    assert (folder / "notes/mine.txt").exists()


def _version_in(tree: Tree) -> int:
    """Which version a folder holds, wholly, besides the foreign files."""
    return [_make_version(number) | _FOREIGN for number in range(3)].index(tree)


def _make_version(number: int) -> Tree:
    content = f"{number}\n".encode() * 100
    tree: Tree = {"lock": content, "both": None, **_UNCHANGED}
    tree |= {f"both/{index}.py": content for index in range(5)}
    tree |= {f"only{number}": None, f"only{number}/a.py": content}
    return tree | {f"only{number}/b": None, f"only{number}/b/c.py": content}


def _change_to(folder: Path, tree: Tree) -> Change:
    """The change that makes a version of whichever version stands in a folder."""
    files = {path: item for path, item in tree.items() if isinstance(item, bytes)}
    names = os.listdir(folder) if folder.is_dir() else []
    others = [name for name in names if name.startswith("only") and name not in tree]
    return Change({path: files[path] for path in files.keys() - _UNCHANGED}, others)


def _start(folder: Path, tree: Tree) -> None:
    for path, item in (tree | _FOREIGN).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(item, bytes):
            target.write_bytes(item)
        elif isinstance(item, str):
            target.symlink_to(item)


def _kill_while_writing(folder: Path, versions: list[Tree], seconds: float) -> None:
    has_started, start = os.pipe()
    child = _fork(lambda: _alternate(folder, versions, start))
    os.read(has_started, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(has_started)
    os.close(start)


def _alternate(folder: Path, versions: list[Tree], start: int) -> None:
    os.write(start, b".")
    while True:
        for version in versions:
            change_folder(folder, _change_to(folder, version))


def _write_often(folder: Path, version: Tree) -> None:
    for _ in range(20):
        with alone_beside([folder]):
            change_folder(folder, _change_to(folder, version))


def _fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        # Whatever happens, the test must not go on in here a second time.
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return child
