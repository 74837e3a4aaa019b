"""Changes files of a folder, all of them or none.

On Linux and macOS the folder is wholly old or wholly new at every moment, whenever the
process is killed: a second folder beside it, of hard links and the new files, is
exchanged with it in one system call. The old folder is then brought up to date out of
sight and exchanged back, so that it stays the same folder for whoever is in it.

Where that can't be done (other systems and file systems, a mount point, a folder above
that can't be written to) files are replaced one by one, within milliseconds. An error
then is undone; being killed just then leaves a mixture, which the next run repairs.
Nothing is forced to the disk: a power failure is not provided against.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .exchange import find_exchange
from .paths import WORK_NAME


@dataclass(frozen=True, slots=True)
class Change:
    """Paths are relative and have slashes."""

    written: Mapping[str, bytes]
    """The content of new and of changed files."""

    removed: Collection[str]
    """Files and whole folders."""


def change_folder(folder: Path, change: Change) -> None:
    """Make a change, all or nothing; the folder is made if there is none.

    Raises:
        OSError: The folder is as it was.
    """
    if not _change_by_exchange(folder, change):
        _change_in_place(folder, change)


@contextlib.contextmanager
def alone_beside(folders: Iterable[Path]) -> Generator[None]:
    """Wait until no other run changes folders with the same parents, and keep it so.

    Windows has no such lock, nor have some network file systems: there, two runs at
    once into one folder are not kept apart.
    """
    with contextlib.ExitStack() as stack:
        # In one order for all runs, or two would wait for one another.
        for parent in sorted({folder.parent for folder in folders}):
            with contextlib.suppress(OSError, ImportError):
                import fcntl

                descriptor = os.open(parent, os.O_RDONLY)
                stack.callback(os.close, descriptor)
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def _change_by_exchange(folder: Path, change: Change) -> bool:
    """Whether it could be done; if not, nothing has happened."""
    beside = folder.with_name(f".{folder.name}{WORK_NAME}")
    try:
        _discard(beside)
        if not folder.exists():
            beside.mkdir()
            _write_files(beside, change.written)
            beside.rename(folder)
            return True
        exchange = find_exchange()
        if exchange is None:
            return False
        _link_tree(folder, beside, {*change.written, *change.removed})
        _write_files(beside, change.written)
        exchange(beside, folder)
        # From here on it is done; what fails only leaves another folder in its place.
        with contextlib.suppress(OSError):
            _change_in_place(beside, change, made=folder)
            exchange(beside, folder)
    except OSError:
        return False
    finally:
        _discard(beside)
    return True


def _link_tree(
    source: Path, target: Path, left_out: Collection[str], above: str = ""
) -> None:
    """Make a folder of the same files, apart from some paths."""
    target.mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            path = above + entry.name
            if path in left_out:
                continue
            if entry.is_dir(follow_symlinks=False):
                inner = source / entry.name, target / entry.name
                _link_tree(*inner, left_out, path + "/")
            else:
                _link(entry.path, target / entry.name)
    shutil.copystat(source, target)


def _link(source: str | Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _link_files(source: Path, folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(source / path, target)


def _change_in_place(folder: Path, change: Change, made: Path | None = None) -> None:
    """Replace files one by one; a folder in which the new ones stand may help."""
    work = folder / WORK_NAME
    _discard(work)
    with contextlib.ExitStack() as undo:
        _make_folder(folder, undo)
        undo.callback(_discard, work)
        new = work / "new"
        new.mkdir(parents=True)
        if made is None:
            _write_files(new, change.written)
        else:
            _link_files(made, new, change.written)
        old = _Bin(work / "old", undo)
        for path in change.removed:
            old.take(folder / path)
        for path in change.written:
            target = folder / path
            _make_folder(target.parent, undo)
            if os.path.lexists(target):
                old.take(target)
            _move(new / path, target, undo)
        undo.pop_all()
    _discard(work)


class _Bin:
    """Where things go that are in the way, from where they can be taken back."""

    def __init__(self, folder: Path, undo: contextlib.ExitStack) -> None:
        folder.mkdir()
        self._folder = folder
        self._undo = undo
        self._count = 0

    def take(self, path: Path) -> None:
        self._count += 1
        _move(path, self._folder / str(self._count), self._undo)


def _move(source: Path, target: Path, undo: contextlib.ExitStack) -> None:
    source.rename(target)
    undo.callback(target.rename, source)


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent, undo)
        folder.mkdir()
        undo.callback(folder.rmdir)


def _discard(path: Path) -> None:
    """Remove what another run may have left, or this one; best effort."""
    if path.is_symlink() or path.is_file():
        with contextlib.suppress(OSError):
            path.unlink()
    else:
        for above, _, _ in os.walk(path):
            with contextlib.suppress(OSError):
                os.chmod(above, stat.S_IRWXU)
        shutil.rmtree(path, ignore_errors=True)
