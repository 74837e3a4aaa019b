"""Tells build tools which files packages depend on, and that these were taken up."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress

from .config import ClientConfig
from .dependencies import are_current, dependencies_of
from .diagnostics import Diagnostics, File
from .output.depfile import depfile_text, is_nameable
from .output.lock import LOCK_NAME
from .output.write_text import write_text

TARGET = "manifest.json"
"""The file of a package that stands for it: a build tool that deletes it after a
failure, as Make does, destroys nothing. Without the lock, names would be lost."""


def write_depfile(
    path: str,
    find_clients: Callable[[Diagnostics], Sequence[ClientConfig]],
    started: int,
    diagnostics: Diagnostics,
) -> None:
    """Write the dependency file of packages that were just made, and date them.

    Args:
        find_clients: Finds them as the command line and pyproject.toml have them now.
        started: When the run began, in nanoseconds since the epoch.

    Raises:
        Stopped: It can't be written.
    """
    clients = find_clients(diagnostics)
    targets = [os.path.join(client.output_path, TARGET) for client in clients]
    read, runtimes = _files_of(clients), _runtimes_of(clients)
    named = [each for each in (*read, *runtimes) if _can_be_named(each, diagnostics)]
    with suppress(OSError):
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    write_text(path, depfile_text(targets, named), diagnostics)
    _date_back(runtimes, read)
    _date(targets, find_clients, started)


def _files_of(clients: Sequence[ClientConfig]) -> list[str]:
    tables = {client.place.file for client in clients if client.place is not None}
    found = set[str]()
    for client in clients:
        for path, need in dependencies_of(client):
            # Make and Ninja take a file that is not there for one to be made, for ever.
            found |= _folders_in(path) if need == "names" else {path}
    return [*sorted(tables), *sorted(filter(os.path.exists, found))]


def _folders_in(folder: str) -> set[str]:
    """A folder and those in it, whose dates change when a file comes or goes."""
    return {above for above, _, _ in os.walk(folder)}


def _runtimes_of(clients: Sequence[ClientConfig]) -> list[str]:
    """The file of each shared runtime that tells whether it is there."""
    folders = {client.runtime_path for client in clients} - {None}
    return sorted(os.path.join(str(folder), LOCK_NAME) for folder in folders)


def _date_back(runtimes: Sequence[str], read: Sequence[str]) -> None:
    """Make runtimes no newer than what packages are made of.

    Ninja takes what a command itself changes for changed after it.
    """
    newest = max((os.stat(path).st_mtime_ns for path in read), default=0)
    for path in runtimes:
        if newest < os.stat(path).st_mtime_ns:
            os.utime(path, ns=(newest, newest))


def _can_be_named(path: str, diagnostics: Diagnostics) -> bool:
    if is_nameable(path):
        return True
    message = "no dependency file can name this file; its changes go unnoticed"
    diagnostics.warning("unnameable-file", message, File(path), help="rename it")
    return False


def _date(
    targets: Sequence[str],
    find_clients: Callable[[Diagnostics], Sequence[ClientConfig]],
    started: int,
) -> None:
    """Make targets newer than what they were made of, and than nothing else.

    What changed in the meantime has to stay newer, or nobody would take it up.
    """
    for target in targets:
        os.utime(target)
    if not are_current(find_clients(Diagnostics())):
        for target in targets:
            os.utime(target, ns=(started, started))
